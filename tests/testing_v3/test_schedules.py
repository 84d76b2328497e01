"""Schedules, their updates, and subscribers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.testing_v3.conftest import Api, Clock


def make(api: Api, **fields: Any) -> int:
    return api.make("/schedules", **{"name": "n", "message": "m", "scheduled_at": "2030-01-01"} | fields)


def test_the_status_is_computed_and_input_is_ignored(api: Api, clock: Clock) -> None:
    made = make(api, status=2, scheduled_at="2026-11-23 12:00:00", completed_at="2026-11-23 13:00:00")
    seen: list[int] = []
    for _ in range(3):
        seen.append(api.get(f"/schedules/{made}").attributes["status"]["value"])
        clock.forward(hours=1)
    assert seen == [0, 1, 2]


@pytest.mark.parametrize(
    ("status", "ids"), [("0", [1]), ("1", [2]), ("0,2", [1, 3]), ("x", [1, 2, 3]), ("9,x", [1, 2, 3]), ("", [1, 2, 3])]
)
def test_schedules_are_filtered_by_status_and_invalid_values_are_ignored(api: Api, status: str, ids: list[int]) -> None:
    make(api)
    make(api, scheduled_at="2026-01-01")
    make(api, scheduled_at="2026-01-01", completed_at="2026-01-02")
    assert api.get("/schedules", {"filter[status]": status}).ids == ids
    assert api.get("/schedules", {"filter[status][]": "1"}).ids == [2]


def test_including_the_user_is_a_500_if_there_is_a_row(api: Api) -> None:
    assert api.get("/schedules", {"include": "user"}).status == 200
    made = make(api)
    assert api.get("/schedules", {"include": "user"}).status == 500
    assert api.get(f"/schedules/{made}", {"include": "user"}).status == 500
    assert "X-RateLimit-Limit" not in api.get("/schedules").headers
    assert api.put(f"/schedules/{made}", {"include": "user"}, name="x").status == 200


def test_an_unpublished_schedule_is_hidden_but_leaks_its_updates(api: Api) -> None:
    made = make(api, published_at="2030-01-01")
    api.make(f"/schedules/{made}/updates", message="secret")
    guest = api.as_guest()
    assert api.get("/schedules").ids == [made]
    assert guest.get("/schedules").ids == []
    assert guest.get(f"/schedules/{made}").status == 404
    leak = guest.get(f"/schedules/{made}/updates", {"include": "schedule"}).json
    assert leak["data"][0]["attributes"]["message"] == "secret"
    assert "status" not in leak["data"][0]["attributes"]
    assert [item["type"] for item in leak["included"]] == ["schedules"]


def test_null_does_not_change_a_schedule(api: Api) -> None:
    made = make(api, completed_at="2030-01-02", meta={"k": "v"})
    before = api.get(f"/schedules/{made}", {"include": "meta"}).attributes
    nothing = {"scheduled_at": None, "completed_at": "", "published_at": None, "meta": None}
    assert api.put(f"/schedules/{made}", **nothing).status == 200
    assert api.get(f"/schedules/{made}", {"include": "meta"}).attributes == before
    assert api.put(f"/schedules/{made}", message="").status == 422


def test_components_are_replaced_and_a_removed_one_recovers(api: Api) -> None:
    for name in "AB":
        api.make("/components", name=name, status=1)
    made = make(api, scheduled_at="2026-01-01", components=[{"id": 1, "status": 6}, {"id": 2, "status": 6}])
    api.put(f"/schedules/{made}", components=[{"id": "2", "status": "3"}])
    statuses = [api.get(f"/components/{i}").attributes["latest_status"]["value"] for i in (1, 2)]
    assert statuses == [1, 3]
    query = {"include": "components.group,updates"}
    assert api.get(f"/schedules/{made}", query).data["relationships"]["components"]["data"] == [
        {"type": "components", "id": "2"}
    ]


def test_an_update_may_complete_its_schedule(api: Api) -> None:
    made = make(api, scheduled_at="2026-01-01")
    api.make(f"/schedules/{made}/updates", message="a", completed_at=None)
    assert api.get(f"/schedules/{made}").attributes["completed"]["string"] is None
    api.make(f"/schedules/{made}/updates", message="b", completed_at="2026-01-02")
    assert api.get(f"/schedules/{made}").attributes["status"] == {"human": "Complete", "value": 2}
    assert api.get(f"/schedules/{made}", {"include": "updates"}).json["included"][1]["attributes"]["message"] == "b"


def test_updates_need_their_own_abilities(api: Api) -> None:
    make(api)
    api.make("/incidents", name="n", message="m", status=1)
    api.make("/schedules/1/updates", message="a")
    api.make("/incidents/1/updates", message="a", status=1)
    api.app.add_token("2|parents", abilities=["schedules.manage", "incidents.manage", "schedules.delete"])
    parents = api.with_token("2|parents")
    assert parents.post("/schedules/1/updates", message="a").status == 403
    assert parents.post("/incidents/1/updates", message="a", status=1).status == 403
    assert parents.put("/schedules/1/updates/1", message="a").status == 403
    assert parents.delete("/schedules/1/updates/1").status == 403
    assert parents.delete("/incidents/1/updates/2").status == 403
    assert parents.put("/schedules/1", name="x").status == 200


def test_a_subscriber_is_global_and_unverified_by_default(api: Api) -> None:
    made = api.post("/subscribers", email="A@example.test").attributes
    assert (made["global"], made["verified"], made["verified_at"]["string"]) == (True, False, None)


def test_posting_an_existing_email_adds_components_and_keeps_the_rest(api: Api) -> None:
    for name in "AB":
        api.make("/components", name=name)
    api.make("/subscribers", email="a@example.test", components=[2])
    again = api.post(
        "/subscribers",
        {"include": "components"},
        email="a@example.test",
        components=[1, 2],
        verified=True,
        meta={"k": 1},
    )
    assert again.status == 200
    assert again.attributes["verified"] is False
    assert [item["id"] for item in again.data["relationships"]["components"]["data"]] == ["1", "2"]
    assert api.get("/subscribers/1", {"include": "meta"}).attributes["meta"] == {"k": 1}
    assert api.post("/subscribers", email="a@example.test", **{"global": False}).attributes["global"] is True


def test_a_new_email_must_be_verified_again(api: Api) -> None:
    api.make("/subscribers", email="a@example.test", verified=True)
    assert api.put("/subscribers/1", email="a@example.test", verified=False).attributes["verified"] is True
    assert api.put("/subscribers/1", email="b@example.test").attributes["verified"] is False


def test_an_email_of_another_subscriber_is_a_500(api: Api) -> None:
    api.make("/subscribers", email="a@example.test")
    made = api.make("/subscribers", email="b@example.test")
    assert api.put(f"/subscribers/{made}", email="a@example.test").status == 500


def test_a_subscribers_components_are_replaced_or_emptied(api: Api) -> None:
    for name in "AB":
        api.make("/components", name=name)
    api.make("/subscribers", email="a@example.test", components=[1])
    query = {"include": "components"}
    replaced = api.put("/subscribers/1", query, components=[2]).data["relationships"]["components"]["data"]
    assert replaced == [{"type": "components", "id": "2"}]
    assert api.put("/subscribers/1", query, **{"global": 0}).attributes["global"] is False
    api.delete("/components/2")
    assert api.get("/subscribers/1", query).data["relationships"]["components"]["data"] == []
    assert api.put("/subscribers/1", query, components=[]).data["relationships"]["components"]["data"] == []


def test_subscribers_are_filtered(api: Api) -> None:
    api.make("/subscribers", email="b@example.test", meta={"k": "v"})
    api.make("/subscribers", email="a@example.org", **{"global": False})
    assert api.get("/subscribers", {"filter[email]": "TEST"}).ids == [1]
    assert api.get("/subscribers", {"filter[global]": "0"}).ids == [2]
    assert api.get("/subscribers", {"filter[meta][k]": "v"}).ids == [1]
    assert api.get("/subscribers", {"sort": "email"}).ids == [2, 1]
