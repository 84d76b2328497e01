"""Components, groups, and computed statuses."""

from __future__ import annotations

from typing import Any

import pytest

from cachet_sdk.testing.v3 import CachetV3
from tests.testing_v3.conftest import MAIN, Api, Clock


def latest(api: Api, component: int = 1) -> int:
    value: int = api.get(f"/components/{component}").attributes["latest_status"]["value"]
    return value


def system(api: Api) -> str:
    return str(api.get("/status").data["status"])


def incident(api: Api, impact: int, /, **fields: Any) -> int:
    return api.make(
        "/incidents",
        **{"name": "n", "message": "m", "status": 1, "visible": True, "components": [{"id": 1, "status": impact}]}
        | fields,
    )


def maintenance(api: Api, status: int = 6, **fields: Any) -> int:
    return api.make(
        "/schedules",
        **{
            "name": "n",
            "message": "m",
            "scheduled_at": "2026-11-23 11:00:00",
            "components": [{"id": 1, "status": status}],
        }
        | fields,
    )


def test_a_group_created_with_only_a_name_hides_its_components_from_guests(api: Api) -> None:
    component = api.make("/components", name="A")
    group = api.make("/component-groups", name="G", components=[component])
    guest = api.as_guest()
    assert guest.get(f"/components/{component}").status == 404
    assert guest.get("/components").ids == []
    assert guest.get(f"/component-groups/{group}").status == 404
    assert guest.get("/component-groups").ids == []
    assert api.get("/components").ids == [component]
    api.put(f"/component-groups/{group}", visible=True)
    assert guest.get("/components").ids == [component]
    assert guest.get(f"/component-groups/{group}").status == 200


def test_a_group_with_visible_2_is_hidden_from_everyone_but_can_still_be_written(api: Api) -> None:
    api.make("/components", name="A")
    api.make("/component-groups", name="G", components=[1])
    api.app.store.groups.rows[1].visible = 2
    assert api.get("/component-groups/1").status == 404
    assert api.get("/component-groups").ids == []
    assert api.get("/components/1").status == 404
    assert api.put("/component-groups/1", name="H").attributes["visible"] == 2
    assert api.delete("/component-groups/1").status == 204
    assert api.get("/components/1").status == 200


def test_guests_do_not_see_disabled_members_of_a_group(api: Api) -> None:
    made = [api.make("/components", name="A", enabled=enabled) for enabled in (True, False)]
    api.make("/component-groups", name="G", visible=True, components=made)
    query = {"include": "components"}
    assert len(api.get("/component-groups/1", query).data["relationships"]["components"]["data"]) == 2
    assert len(api.as_guest().get("/component-groups/1", query).data["relationships"]["components"]["data"]) == 1


def test_components_leave_a_group_only_by_moving_to_another(api: Api) -> None:
    first, second = api.make("/components", name="A"), api.make("/components", name="B")
    one = api.make("/component-groups", name="1", components=[first, second])
    api.put(f"/component-groups/{one}", components=[second])
    other = api.make("/component-groups", name="2", components=[first])
    assert api.get(f"/component-groups/{one}", {"include": "components"}).data["relationships"] == {
        "components": {"data": [{"type": "components", "id": str(second)}]}
    }
    assert api.get(f"/component-groups/{other}", {"include": "components"}).data["relationships"] == {
        "components": {"data": [{"type": "components", "id": str(first)}]}
    }


def test_the_id_of_a_soft_deleted_component_passes_validation(api: Api) -> None:
    gone = api.make("/components", name="A")
    api.delete(f"/components/{gone}")
    api.make("/component-groups", name="G", components=[gone])
    made = api.make("/incidents", name="n", message="m", status=1, components=[{"id": gone, "status": 1}])
    assert api.get(f"/incidents/{made}", {"include": "components"}).data["relationships"] == {
        "components": {"data": []}
    }
    assert api.delete(f"/incidents/{made}").status == 204
    assert api.make("/components", name="B") == gone + 1


@pytest.mark.parametrize(("column", "status"), [("manual", 201), ("name", 422)])
def test_any_order_but_the_manual_one_needs_a_direction(api: Api, column: str, status: int) -> None:
    assert api.post("/component-groups", name="G", order_column=column).status == status


def test_updated_changes_only_if_a_column_does(api: Api, clock: Clock) -> None:
    api.make("/components", name="A")
    clock.forward(minutes=1)
    assert api.put("/components/1", name="A").attributes["updated"]["human"] == "1 minute ago"
    assert api.put("/components/1", name="B").attributes["updated"]["human"] == "0 seconds ago"


def test_the_worst_open_incident_visible_to_guests_wins(api: Api) -> None:
    api.make("/components", name="A", status=2)
    mild = incident(api, 1)
    assert latest(api) == 2
    worse = incident(api, 3)
    incident(api, 4, visible=False)
    incident(api, 4, status=4)
    incident(api, 4, published_at="2030-01-01")
    assert latest(api) == 3
    api.put(f"/incidents/{worse}", status=4)
    assert latest(api) == 2
    api.delete(f"/incidents/{mild}")
    assert api.get("/components/1").attributes["status"]["value"] == 2


def test_a_maintenance_in_progress_replaces_the_stored_status(api: Api) -> None:
    api.make("/components", name="A", status=4)
    unpublished = maintenance(api, published_at="2030-01-01")
    upcoming = maintenance(api, scheduled_at="2030-01-01")
    over = maintenance(api, completed_at="2026-11-23 11:30:00")
    assert latest(api) == 4
    running = maintenance(api)
    assert latest(api) == 6
    assert [
        api.get(f"/schedules/{schedule}").attributes["status"]["value"]
        for schedule in (unpublished, upcoming, over, running)
    ] == [1, 0, 2, 1]
    incident(api, 2)
    assert latest(api) == 2
    api.delete(f"/schedules/{running}")
    assert latest(api) == 4


def test_the_system_status_follows_the_components(api: Api, clock: Clock) -> None:
    assert system(api) == "operational"
    for _ in range(5):
        api.make("/components", name="A", status=1)
    assert system(api) == "operational"
    api.put("/components/2", status=5)
    assert system(api) == "partial_outage"
    api.put("/components/2", status=4)
    assert system(api) == "partial_outage"
    api.put("/components/3", status=6)
    assert system(api) == "under_maintenance"
    api.put("/components/4", status=4)
    assert system(api) == "major_outage"
    for component in (2, 3, 4):
        api.put(f"/components/{component}", enabled=False)
    assert system(api) == "operational"


def test_an_open_incident_visible_to_guests_is_a_partial_outage(api: Api) -> None:
    made = api.make("/incidents", name="n", message="m", status=1, published_at="2030-01-01", visible=True)
    assert system(api) == "operational"
    api.put(f"/incidents/{made}", published_at="2026-01-01")
    assert api.get("/status").data == {"status": "partial_outage", "message": "Some systems are experiencing issues."}


def test_the_threshold_of_a_major_outage_is_a_setting(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, major_outage_threshold=60))
    api.make("/components", name="A", status=4)
    api.make("/components", name="B", status=1)
    assert system(api) == "partial_outage"


def test_guests_do_not_see_hidden_incidents_of_a_component(api: Api) -> None:
    api.make("/components", name="A")
    hidden, shown = incident(api, 2, visible=False), incident(api, 2)
    query = {"include": "incidents"}
    seen = api.as_guest().get("/components/1", query).data["relationships"]["incidents"]["data"]
    assert [int(item["id"]) for item in seen] == [shown]
    assert len(api.get("/components/1", query).data["relationships"]["incidents"]["data"]) == 2
    api.delete(f"/incidents/{hidden}")
    assert len(api.get("/components/1", query).data["relationships"]["incidents"]["data"]) == 1


def test_an_incident_does_not_reveal_the_group_of_a_component(api: Api) -> None:
    api.make("/components", name="A")
    api.make("/component-groups", name="secret", components=[1])
    made = incident(api, 2)
    query = {"include": "components.group"}
    assert b"secret" in api.get(f"/incidents/{made}", query).body
    guest = api.as_guest().get(f"/incidents/{made}", query)
    assert guest.json["included"][0]["relationships"] == {"group": {"data": None}}
