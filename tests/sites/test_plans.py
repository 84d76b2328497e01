"""Plans and their application, on every release."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from cachet_sdk import ArgumentError, ConfigurationError, TransportError, sites
from cachet_sdk.sites import PageChangedError
from cachet_sdk.testing import FakeCachet
from tests.sites.pages import RELEASES, Killed, Killer, Release, client_of, make_fake, populated, writes

PAGE = """
version: 1
owner: infra
groups:
- key: shop
  name: Shop
  collapsed: operational
  components:
  - {key: web, name: Website, link: https://example.com, tags: [public]}
  - {key: api, name: API, description: All of it, enabled: false, status: unknown}
components:
- {key: db, name: Database}
metrics:
- {key: rt, name: Response time, suffix: ms, calc_type: average}
"""


def document(folder: Path, text: str = PAGE) -> sites.Document:
    file = folder / "page.yaml"
    file.write_text(text, encoding="utf-8")
    return sites.load(file)


def applied(client: Any, page: sites.Document, **options: Any) -> sites.ApplyReport:
    report = sites.apply(sites.plan(page, client, **options))
    report.raise_for_failures()
    assert report.ok
    return report


def page_of(client: Any) -> dict[str, Any]:
    return {
        it.name: it for it in client.components.list(**({"enabled": None} if "v3" in type(client).__module__ else {}))
    }


@pytest.fixture(params=RELEASES)
def fake(request: pytest.FixtureRequest) -> FakeCachet[Any, Any]:
    return make_fake(request.param)


def test_an_empty_page_is_made_to_match_the_document_and_then_left_alone(
    fake: FakeCachet[Any, Any], tmp_path: Path
) -> None:
    client, page = client_of(fake), document(tmp_path)
    plan = sites.plan(page, client)
    assert [str(it) for it in plan.changes][:2] == ['+ group shop "Shop"', '+ component web "Website"']
    assert writes(fake) == []
    assert len(sites.apply(plan).done) == 5
    rows = page_of(client)
    assert rows["API"].enabled is False
    assert rows["Website"].order < rows["API"].order
    since = len(fake.requests)
    again = sites.plan(page, client)
    assert not again
    assert str(again) == "nothing to do"
    sites.apply(again)
    assert writes(fake, since) == []


def test_only_fields_in_the_document_are_compared_and_never_the_status(
    fake: FakeCachet[Any, Any], tmp_path: Path
) -> None:
    client, page = client_of(fake), document(tmp_path)
    applied(client, page)
    web = page_of(client)["Website"]
    client.components.update(web.id, status=4, description="by hand")
    assert not sites.plan(page, client)
    client.components.update(web.id, name="By hand", link="https://other.example")
    plan = sites.plan(page, client)
    assert [str(field) for it in plan.changes for field in it.fields] == [
        'name: "By hand" → "Website"', 'link: "https://other.example" → "https://example.com"'
    ]  # fmt: skip
    sites.apply(plan).raise_for_failures()
    web = client.components.get(web.id)
    assert (web.name, web.status, web.description) == ("Website", 4, "by hand")


def test_a_new_name_updates_the_same_row(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    applied(client, document(tmp_path))
    ids = {it.name: it.id for it in page_of(client).values()}
    applied(
        client, document(tmp_path, PAGE.replace("Website", "Shop front").replace("name: Response", "name: Reaction"))
    )
    assert {it.name: it.id for it in page_of(client).values()} == {
        "Shop front" if name == "Website" else name: row for name, row in ids.items()
    }
    assert [metric.name for metric in client.metrics.list()] == ["Reaction time"]


def test_was_adopts_a_row_created_by_hand_or_with_another_key(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    by_hand = client.components.create(name="Site", status=2)
    plan = sites.plan(document(tmp_path, PAGE.replace("name: Website", "name: Site")), client)
    assert "to adopt it instead of creating another one, add: was: [Site]" in plan.notes[0]
    adopting = document(tmp_path, PAGE.replace("name: Website", "name: Website, was: [Site]"))
    assert [it.action for it in sites.plan(adopting, client).changes if it.key == "web"] == ["adopt"]
    applied(client, adopting)
    assert client.components.get(by_hand.id).name == "Website"
    assert client.components.get(by_hand.id).status == 2
    assert not sites.plan(adopting, client)
    rekeyed = document(tmp_path, PAGE.replace("key: web", "key: www, was: [web]"))
    applied(client, rekeyed)
    assert len(page_of(client)) == 3
    assert not sites.plan(rekeyed, client)


def test_two_rows_with_the_former_name_are_refused(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    for _ in range(2):
        client.components.create(name="Site", status=1)
    with pytest.raises(ConfigurationError, match=r"component web: was: several rows are named 'Site' \(ids 1, 2\)"):
        sites.plan(document(tmp_path, PAGE.replace("name: Website", "name: Website, was: [Site]")), client)


def test_only_moved_rows_are_sent(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    lines = [f"- {{key: c{n}, name: C{n}}}" for n in range(12)]
    head = "version: 1\nowner: infra\ncomponents:\n"
    applied(client, document(tmp_path, head + "\n".join(lines)))
    moved = document(tmp_path, head + "\n".join([lines[11], *lines[:11]]))
    plan = sites.plan(moved, client)
    assert [(it.action, it.key) for it in plan.changes] == [("move", "c11")]
    sites.apply(plan)
    rows = sorted(page_of(client).values(), key=lambda row: row.order)
    assert [row.name for row in rows][:2] == ["C11", "C0"]
    assert not sites.plan(moved, client)


def test_a_component_moves_to_another_group_and_keeps_its_id(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    applied(client, document(tmp_path))
    text = PAGE.replace("components:\n- {key: db, name: Database}\n", "").replace(
        "metrics:", "- {key: data, name: Data, components: [{key: db, name: Database}]}\nmetrics:"
    )
    page = document(tmp_path, text)
    plan = sites.plan(page, client)
    assert [str(it) for it in plan.changes if it.key == "db"] == ['> component db "Database"\n    group: null → "Data"']
    sites.apply(plan).raise_for_failures()
    assert not sites.plan(page, client)
    assert len(page_of(client)) == 3


def test_pruning_deletes_only_rows_that_the_owner_created(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    client.components.create(name="By hand", status=1)
    client.components.create(name="Adopted", status=1)
    text = PAGE.replace(
        "components:\n- {key: db, name: Database}\n", "components:\n- {key: old, name: Adopted, was: [Adopted]}\n"
    )
    applied(client, document(tmp_path, text))
    smaller = document(tmp_path, "version: 1\nowner: infra\n")
    unpruned = sites.plan(smaller, client)
    assert not unpruned
    assert "prune deletes them" in unpruned.notes[0]
    with pytest.raises(ArgumentError, match="max_delete: is 2, but there would be 4 deletions"):
        sites.plan(smaller, client, prune=True, max_delete=2)
    plan = sites.plan(smaller, client, prune=True)
    assert [(it.kind, it.key) for it in plan.changes] == [
        ("component", "web"),
        ("component", "api"),
        ("group", "shop"),
        ("metric", "rt"),
    ]
    sites.apply(plan).raise_for_failures()
    assert sorted(page_of(client)) == ["Adopted", "By hand"]
    assert not sites.plan(smaller, client, prune=True)


def test_two_owners_can_share_a_page(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    applied(client, document(tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    theirs = document(other, "version: 1\nowner: apps\ncomponents:\n- {key: web, name: Their website}\n")
    applied(client, theirs, prune=True)
    assert len(page_of(client)) == 4
    with pytest.raises(ConfigurationError, match="belongs to owner 'infra'"):
        sites.plan(theirs, client, lock=tmp_path / "cachet.lock.json") if (
            tmp_path / "cachet.lock.json"
        ).exists() else pytest.fail("no lock")


def test_nothing_is_sent_if_the_page_has_changed_since_the_plan(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    client = client_of(fake)
    applied(client, document(tmp_path))
    web = page_of(client)["Website"]
    plan = sites.plan(document(tmp_path, PAGE.replace("Website", "Shop front")), client)
    client.components.update(web.id, status=3)
    client.components.update(web.id, description="by hand")
    since = len(fake.requests)
    with pytest.raises(PageChangedError, match=f"component {web.id}"):
        sites.apply(plan)
    assert writes(fake, since) == []


@pytest.mark.parametrize("applied_last", [False, True])
def test_an_apply_killed_at_any_write_is_completed_by_the_next_without_duplicates(
    fake: FakeCachet[Any, Any], tmp_path: Path, applied_last: bool
) -> None:
    for at in range(1, 6):
        fake.reset()
        folder = tmp_path / f"{at}"
        folder.mkdir()
        page = document(folder)
        killed = client_of(fake, transport=Killer(fake, at, applied=applied_last))
        with pytest.raises(Killed):
            sites.apply(sites.plan(page, killed), concurrency=1)
        client = client_of(fake)
        applied(client, sites.load(folder / "page.yaml"))
        assert sorted(page_of(client)) == ["API", "Database", "Website"]
        assert [it.name for it in client.component_groups.list()] == ["Shop"]
        assert [it.name for it in client.metrics.list()] == ["Response time"]
        assert not sites.plan(page, client)


def test_a_failed_change_is_reported_and_the_others_are_made(fake: FakeCachet[Any, Any], tmp_path: Path) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and b"Shop" in request.read():
            return httpx.Response(422, json={"message": "no", "errors": {}})
        return fake.transport.handle_request(request)

    page = document(tmp_path)
    report = sites.apply(sites.plan(page, client_of(fake, transport=httpx.MockTransport(handle))))
    assert [(it.kind, it.key) for it in report.done] == [("component", "db"), ("metric", "rt")]
    assert [it.key for it, _ in report.failed] == ["shop"]
    assert [it.key for it in report.skipped] == ["web", "api"]
    assert "2 done, 1 failed, 2 not tried" in str(report)
    applied(client_of(fake), page)
    assert not sites.plan(page, client_of(fake))


def test_changes_are_skipped_once_all_requests_would_fail(tmp_path: Path) -> None:
    fake = make_fake("3")

    def handle(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            raise httpx.ConnectError("refused")
        return fake.transport.handle_request(request)

    client = client_of(fake, transport=httpx.MockTransport(handle), max_retries=0)
    report = sites.apply(sites.plan(document(tmp_path), client), concurrency=1)
    assert isinstance(report.failed[0][1], TransportError)
    assert len(report.failed) == 1
    assert len(report.skipped) == 4


@pytest.mark.parametrize("release", ["2.4", "3"])
def test_a_page_of_300_components_is_created_and_then_nothing_is_sent(release: Release, tmp_path: Path) -> None:
    fake = make_fake(release)
    groups = "".join(
        f"- key: g{g}\n  name: Group {g}\n  components:\n"
        + "".join(
            f"  - {{key: c{g}-{n}, name: C {g} {n}, link: https://example.com/{n}, meta: {{team: t{n}}}}}\n"
            for n in range(30)
        )
        for g in range(10)
    )
    page = document(tmp_path, f"version: 1\nowner: infra\ngroups:\n{groups}")
    client = client_of(fake)
    assert len(applied(client, page).done) == 310
    since = len(fake.requests)
    plan = sites.plan(page, client)
    assert str(plan) == "nothing to do"
    sites.apply(plan)
    assert writes(fake, since) == []
    assert len(fake.requests) - since < 12


def test_apply_waits_for_the_rate_limit(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += timedelta(seconds=seconds)

    fake = make_fake("3", rate_limit=20, clock=lambda: now[0])
    text = "version: 1\nowner: infra\ncomponents:\n" + "".join(f"- {{key: c{n}, name: C{n}}}\n" for n in range(45))
    report = sites.apply(sites.plan(document(tmp_path, text), client_of(fake, max_retries=0)), concurrency=1, wait=wait)
    assert len(report.done) == 45
    assert waits == [60.0, 60.0]


@pytest.mark.parametrize(
    ("release", "section", "entry", "limit"),
    [
        ("2.3", "components", "meta: {x: 1}", "component a: meta: Cachet 2.3 has no meta for a component"),
        ("2.4", "groups", "meta: {x: 1}", "group a: meta: Cachet 2.4 has no meta for a group"),
        ("2.4", "components", "tags: [C++, C]", "component a: tags: two tags have the same slug"),
        ("2.4", "metrics", "suffix: s, default_value: 1.5", "metric a: default_value: Cachet 2.4 stores whole"),
        ("2.4", "templates", "template: T", "template a: the API of Cachet 2.4 cannot create or change"),
        ("3", "metrics", "suffix: s, visible: hidden", "metric a: visible: the API of Cachet 3 cannot set it"),
        ("3", "metrics", "suffix: s, default_value: 1.555", "metric a: default_value: Cachet 3 stores two"),
    ],
)
def test_a_plan_lists_what_the_api_cannot_do(
    release: Release, section: str, entry: str, limit: str, tmp_path: Path
) -> None:
    text = f"{section}:\n- {{key: a, name: A, {entry}}}"
    fake = make_fake(release)
    client, page = client_of(fake), document(tmp_path, f"version: 1\nowner: infra\n{text}\n")
    for _ in range(2):
        plan = sites.plan(page, client)
        assert plan.limits[0].startswith(limit)
        assert f"! {limit}" in str(plan)
        sites.apply(plan).raise_for_failures()
    assert not sites.plan(page, client)


def test_a_plan_lists_what_the_api_cannot_change_in_existing_rows(tmp_path: Path) -> None:
    head = "version: 1\nowner: infra\n"
    text = (
        head + "groups:\n- {key: g, name: G, components: [{key: a, name: A, description: D, tags: [t]}]}\n"
        "metrics:\n- {key: m, name: M, suffix: s, places: 1}\n"
    )
    other = text.replace("description: D", "description: ''").replace("places: 1", "places: 2")
    ungrouped = "version: 1\nowner: infra\ncomponents:\n- {key: a, name: A, tags: []}\n"
    client = client_of(make_fake("3"))
    applied(client, document(tmp_path, text))
    assert sites.plan(document(tmp_path, other), client).limits == (
        "component a: description: Cachet 3 cannot clear a text",
        "metric m: places: Cachet 3 accepts it only when the metric is created",
    )
    assert (
        "component a: Cachet 3 cannot remove a component from its group"
        in sites.plan(document(tmp_path, ungrouped), client).limits
    )
    client = client_of(make_fake("2.4"))
    applied(client, document(tmp_path, text))
    assert sites.plan(document(tmp_path, ungrouped), client).limits == (
        "component a: tags: Cachet 2.4 cannot remove the last tag",
    )


def test_other_keys_in_meta_survive_on_cachet_3(tmp_path: Path) -> None:
    client = client_of(make_fake("3"))
    text = "version: 1\nowner: infra\ncomponents:\n- {key: a, name: A, tags: [x], meta: {team: a}}\n"
    applied(client, document(tmp_path, text))
    row = client.components.get(1, include=("meta",))
    client.components.update(1, meta={**row.meta, "theirs": {"k": 1}})
    changed = document(tmp_path, text.replace("[x]", "[x, y]").replace("team: a", "team: b"))
    plan = sites.plan(changed, client)
    assert [str(it) for it in plan.changes[0].fields] == [
        'tags: ["x"] → ["x", "y"]',
        'meta: {"team": "a"} → {"team": "b"}',
    ]
    sites.apply(plan).raise_for_failures()
    meta = client.components.get(1, include=("meta",)).meta
    assert (meta["theirs"], meta["team"], meta["tags"]) == ({"k": 1}, "b", ["x", "y"])


def test_a_document_that_needs_a_lock_file_is_refused_without_one() -> None:
    page = sites.loads(PAGE)
    with pytest.raises(ArgumentError, match="lock: is missing: Cachet 2.3 cannot store the key of a group"):
        sites.plan(page, client_of(make_fake("2.3")))
    assert sites.plan(
        sites.loads("version: 1\nowner: infra\ncomponents:\n- {key: a, name: A}\n"), client_of(make_fake("3"))
    )


def test_a_damaged_lock_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cachet.lock.json").write_text("{", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"cachet\.lock\.json: not a lock file"):
        sites.plan(document(tmp_path), client_of(make_fake("2.4")))


@pytest.mark.parametrize("release", RELEASES)
def test_a_pulled_page_needs_no_changes_except_order_numbers(release: Release, tmp_path: Path) -> None:
    fake = populated(release)
    client = client_of(fake)
    since = len(fake.requests)
    pulled = sites.pull(client, tmp_path / "page.yaml", owner="infra")
    assert [group.name for group in pulled.groups] == ["Inside", "Shop"]
    assert pulled.groups[1].components[0].tags == ["Web Site", "public"] or release == "3"
    page = sites.load(tmp_path / "page.yaml")
    plan = sites.plan(page, client, prune=True)
    assert [str(it) for it in plan.changes if it.action != "move"] == []
    sites.apply(plan).raise_for_failures()
    assert not sites.plan(page, client, prune=True)
    assert sites.plan(sites.loads("version: 1\nowner: infra\n").at(page.path), client, prune=True).changes == ()  # type: ignore[arg-type]
    assert all("PUT" in it for it in writes(fake, since))
    with pytest.raises(ConfigurationError, match="already exists"):
        sites.pull(client, tmp_path / "page.yaml", owner="infra")


def test_an_object_that_is_not_a_client_is_refused() -> None:
    with pytest.raises(ArgumentError, match="client: expected a client"):
        sites.plan(sites.loads("version: 1\nowner: infra\n"), object())  # type: ignore[arg-type]
