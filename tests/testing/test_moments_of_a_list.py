"""A list is two queries, one for the count and one for the rows: what others do in between shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Api

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Request


def test_a_page_is_shorter_than_its_total_promises_when_rows_go_in_between(fake: FakeCachet, api: Api) -> None:
    for number in range(35):
        api.post("components", name=str(number), status=1)

    def delete_one(_: Request) -> None:
        api.delete("components/1")

    fake.on_list = delete_one
    page = api.get("components", per_page=10, page=4)
    fake.on_list = None
    assert (page["meta"]["pagination"]["total"], len(page["data"])) == (35, 4)
    assert api.get("components", per_page=10, page=4)["meta"]["pagination"]["total"] == 34


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("components", {"name": "A", "status": 1}),
        ("components/groups", {"name": "A"}),
        ("incidents", {"name": "A", "message": "m", "status": 1}),
        ("metrics", {"name": "A", "suffix": "s", "description": "", "default_value": 0}),
        ("metrics/1/points", {"value": 1}),
        ("schedules", {"name": "A", "status": 0, "scheduled_at": "2026-12-01 10:00"}),
        ("subscribers", {"email": "a@example.test"}),
        ("incidents/1/updates", {"status": 1, "message": "m"}),
    ],
)
def test_it_is_so_for_every_list_of_version_1(fake: FakeCachet, api: Api, path: str, body: dict[str, Any]) -> None:
    api.post("metrics", name="M", suffix="s", description="", default_value=0)
    api.post("incidents", name="I", message="m", status=1)
    made = api.post(path, **body)["id"]
    before = api.get(path)["meta"]["pagination"]["total"]
    asked: list[str] = []

    def delete_it(request: Request) -> None:
        asked.append(request.path)
        api.delete(f"{path}/{made}")

    fake.on_list = delete_it
    page = api.get(path)
    assert (page["meta"]["pagination"]["total"], len(page["data"])) == (before, before - 1)
    assert asked == [f"/api/v1/{path}"]


def test_version_3_counts_nothing_and_reads_what_is_left() -> None:
    fake = FakeCachet(version="3")
    client = fake.client()
    for name in "abc":
        client.components.create(name=name)

    def delete_one(_: Request) -> None:
        fake.on_list = None
        client.components.delete(2)

    fake.on_list = delete_one
    assert [row.id for row in client.components.list()] == [1, 3]


def test_a_list_that_the_hook_asks_for_does_not_call_it_again(fake: FakeCachet, api: Api) -> None:
    seen: list[list[int]] = []
    fake.on_list = lambda _: seen.append(api.ids("components"))
    api.post("components", name="A", status=1)
    assert api.ids("components") == [1]
    assert seen == [[1]]


def test_an_error_in_the_hook_reaches_the_test_and_the_server_goes_on(fake: FakeCachet, api: Api) -> None:
    def fail(_: Request) -> None:
        raise LookupError("in the hook")

    fake.on_list = fail
    with pytest.raises(LookupError, match="in the hook"):
        api.get("components")
    fake.on_list = None
    assert api.ids("components") == []


def test_points_of_one_moment_repeat_and_get_lost_from_page_to_page(api: Api) -> None:
    api.post("metrics", name="M", suffix="s", description="", default_value=0)
    for value in range(45):
        api.post("metrics/1/points", value=value, timestamp=1767322800)
    ids = [row for page in (1, 2, 3) for row in api.ids("metrics/1/points", page=page)]
    assert len(ids) == 45
    assert len(set(ids)) < 30
    assert sorted(api.ids("metrics/1/points", per_page=1000)) == list(range(1, 46))


def test_points_of_different_moments_are_newest_first_on_every_page(api: Api) -> None:
    api.post("metrics", name="M", suffix="s", description="", default_value=0)
    for value in range(60):
        # Pairs share a half minute, so that every page is sorted the database's way.
        api.post("metrics/1/points", value=value, timestamp=1767322800 + value // 2 * 30)
    for per_page in (7, 20, 60):
        rows = [
            row
            for page in range(1, -(-60 // per_page) + 1)
            for row in api.get("metrics/1/points", per_page=per_page, page=page)["data"]
        ]
        times = [row["created_at"] for row in rows]
        assert len(times) == 60
        assert times == sorted(times, reverse=True)
