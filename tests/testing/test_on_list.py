"""``on_list``: changes between the two queries of a list, the count and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cachet_sdk.testing import FakeCachet
from tests.testing.api import Api

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Request


def test_a_page_is_shorter_than_its_total_if_rows_are_deleted_in_between(fake: FakeCachet, api: Api) -> None:
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
def test_every_list_of_version_1_calls_on_list(fake: FakeCachet, api: Api, path: str, body: dict[str, Any]) -> None:
    api.post("metrics", name="M", suffix="s", description="", default_value=0)
    api.post("incidents", name="I", message="m", status=1)
    made = api.post(path, **body)["id"]
    before = api.get(path)["meta"]["pagination"]["total"]
    paths: list[str] = []

    def delete_row(request: Request) -> None:
        paths.append(request.path)
        api.delete(f"{path}/{made}")

    fake.on_list = delete_row
    page = api.get(path)
    assert (page["meta"]["pagination"]["total"], len(page["data"])) == (before, before - 1)
    assert paths == [f"/api/v1/{path}"]


def test_version_3_calls_on_list_before_it_reads() -> None:
    fake = FakeCachet(version="3")
    client = fake.client()
    for name in "abc":
        client.components.create(name=name)

    def delete_one(_: Request) -> None:
        fake.on_list = None
        client.components.delete(2)

    fake.on_list = delete_one
    assert [row.id for row in client.components.list()] == [1, 3]


def test_lists_that_the_hook_reads_do_not_call_it(fake: FakeCachet, api: Api) -> None:
    seen: list[list[int]] = []
    fake.on_list = lambda _: seen.append(api.ids("components"))
    api.post("components", name="A", status=1)
    assert api.ids("components") == [1]
    assert seen == [[1]]


def test_an_error_in_the_hook_propagates_and_the_server_stays_usable(fake: FakeCachet, api: Api) -> None:
    def fail(_: Request) -> None:
        raise LookupError("in the hook")

    fake.on_list = fail
    with pytest.raises(LookupError, match="in the hook"):
        api.get("components")
    fake.on_list = None
    assert api.ids("components") == []


def test_pages_repeat_and_miss_points_with_the_same_time(api: Api) -> None:
    api.post("metrics", name="M", suffix="s", description="", default_value=0)
    for value in range(45):
        api.post("metrics/1/points", value=value, timestamp=1767322800)
    ids = [row for page in (1, 2, 3) for row in api.ids("metrics/1/points", page=page)]
    assert len(ids) == 45
    assert len(set(ids)) < 30
    assert sorted(api.ids("metrics/1/points", per_page=1000)) == list(range(1, 46))


def test_points_are_newest_first_on_every_page(api: Api) -> None:
    api.post("metrics", name="M", suffix="s", description="", default_value=0)
    for value in range(60):
        # Pairs have the same time, so that every page is sorted with the database's algorithm.
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
