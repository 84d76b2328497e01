"""Documents: rows of a list, relations, states within an incident, and records that are changed."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk.core.models.resource_data import binding_of, load, refresh
from cachet_sdk.errors import ArgumentError, UnexpectedResponseError
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.models.component_groups import ComponentGroupData
from cachet_sdk.v3.models.components import ComponentData
from cachet_sdk.v3.models.documents import check_document
from cachet_sdk.v3.models.incidents import IncidentData
from cachet_sdk.v3.models.jsonapi import borrowed_states, page_documents, with_own_states
from cachet_sdk.v3.models.metric_points import MetricPointData
from cachet_sdk.v3.models.metrics import MetricData
from tests.v3.models.recordings import recorded


class Tie:
    """A binding of its own, with that of components."""

    def __init__(self, zone: ZoneInfo | None = None, related: dict[str, Any] | None = None) -> None:
        self.zone = zone
        self.related = related or {}


def component(**attributes: Any) -> ComponentData:
    (record,) = load(ComponentData, [{"data": {"type": "components", "attributes": {"id": 1, **attributes}}}], None)
    return record


def shared(state: int) -> dict[str, Any]:
    return {"type": "components", "id": "1", "attributes": {"id": 1, "pivot": {"component_status": {"value": state}}}}


def incident(number: int) -> dict[str, Any]:
    related = {"components": {"data": [{"type": "components", "id": "1"}]}}
    return {"type": "incidents", "id": str(number), "attributes": {"id": number}, "relationships": related}


def test_each_row_of_a_list_has_only_its_own_included_resources() -> None:
    rows = page_documents(recorded("/components", "group,meta").answer)
    assert [list(row) for row in rows] == [["data"], ["data", "included"]]
    first, second = load(ComponentData, rows, None)
    assert first._related_one("group", ComponentGroupData) is None
    group = second._related_one("group", ComponentGroupData)
    assert group is not None
    assert group.name == "G"


def test_rows_share_the_objects_of_their_page() -> None:
    answer = recorded("/components", "group,meta").answer
    rows = page_documents(answer)
    assert rows[1]["data"] is answer["data"][1]
    assert rows[1]["included"][0] is answer["included"][0]  # type: ignore[index]  # (recorded)


def test_a_relation_is_none_if_not_included_and_an_empty_list_if_it_has_no_resources() -> None:
    (found,) = load(
        IncidentData, [recorded("/incidents/2", "components,components.group,updates,user,meta").answer], None
    )
    assert found._related_many("updates", IncidentData) == []
    assert found._related_one("user", IncidentData) is None
    (plain,) = load(IncidentData, [recorded("/incidents", "", "POST").answer], None)
    assert plain._related_many("updates", IncidentData) is None


def test_the_points_of_a_metric_keep_the_order_of_the_server() -> None:
    (metric,) = load(MetricData, [recorded("/metrics/1", "points").answer], None)
    points = metric._related_many("points", MetricPointData)
    assert points is not None
    assert [point.id for point in points] == [1, 2, 3]
    assert [point.calculated_value for point in points] == [25, 3, 3]


def test_a_relation_is_built_once_so_changes_to_it_are_kept() -> None:
    (found,) = load(IncidentData, [recorded("/incidents/2", "components").answer], None)
    (held, *_) = found._related_many("components", ComponentData) or []
    held.name = "Renamed"
    for restored in (found, copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        (kept, *_) = restored._related_many("components", ComponentData) or []
        assert kept.name == "Renamed"


def test_related_resources_are_bound_to_their_own_manager() -> None:
    inner = Tie()
    outer = Tie(related={"components": inner})
    (found,) = load(IncidentData, [recorded("/incidents/2", "components").answer], outer)
    assert binding_of(found) is outer
    assert [binding_of(one) for one in found._related_many("components", ComponentData) or []] == [inner, inner]


def test_a_component_of_an_incident_has_its_group() -> None:
    related = {"group": {"data": {"type": "componentGroups", "id": "7"}}}
    group: Any = {"type": "componentGroups", "id": "7", "attributes": {"id": 7, "name": "Core"}}
    one: dict[str, Any] = {"data": incident(1), "included": [{**shared(4), "relationships": related}, group]}
    (row,) = page_documents({"data": [one["data"]], "included": one["included"]})
    (held,) = load(IncidentData, [row], None)[0]._related_many("components", ComponentData) or []
    found = held._related_one("group", ComponentGroupData)
    assert found is not None
    assert found.name == "Core"
    assert held.attrs["included"] == [group]


def test_circular_relations_can_be_followed() -> None:
    back = {"incidents": {"data": [{"type": "incidents", "id": "1"}]}}
    circle: dict[str, Any] = {"data": [incident(1)], "included": [{**shared(4), "relationships": back}, incident(1)]}
    (row,) = page_documents(circle)
    (found,) = load(IncidentData, [row], None)
    (held,) = found._related_many("components", ComponentData) or []
    (again,) = held._related_many("incidents", IncidentData) or []
    assert again == found


def test_malformed_included_data_raises_an_error_that_names_the_relation() -> None:
    broken: Any = {"type": "components", "id": "1", "attributes": {"id": "one"}}
    (found,) = load(IncidentData, [{"data": incident(1), "included": [broken]}], None)
    with pytest.raises(UnexpectedResponseError, match="components included with this IncidentData"):
        found._related_many("components", ComponentData)


def test_the_component_status_in_a_list_is_that_of_the_first_incident_only() -> None:
    rows = page_documents({"data": [incident(1), incident(2), incident(3)], "included": [shared(4)]})
    assert borrowed_states(rows) == [1, 2]
    alone = {"data": incident(2), "included": [shared(2)]}
    mended = with_own_states(rows[1], alone)  # type: ignore[arg-type]  # (JSON)
    states = []
    for row in (rows[0], mended):
        (held,) = load(IncidentData, [row], None)[0]._related_many("components", ComponentData) or []
        states.append(held.component_status)
    assert states == [ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PERFORMANCE_ISSUES]


def test_a_component_removed_meanwhile_has_no_status_instead_of_that_of_another_incident() -> None:
    rows = page_documents({"data": [incident(1), incident(2)], "included": [shared(4)]})
    mended = with_own_states(rows[1], {"data": incident(2)})
    (held,) = load(IncidentData, [mended], None)[0]._related_many("components", ComponentData) or []
    assert held.component_status is None


def test_incidents_that_share_no_components_are_not_read_again() -> None:
    assert borrowed_states(page_documents(recorded("/incidents", "components,updates").answer)) == []


def test_meta_is_none_unless_included_and_a_dictionary_even_if_php_sends_a_list() -> None:
    assert component().meta is None
    assert component(meta=[]).meta == {}
    assert component(meta=["a", "b"]).meta == {"0": "a", "1": "b"}
    assert component(meta={"k": {"n": [1]}}).meta == {"k": {"n": [1]}}


def test_saving_keeps_the_meta_and_the_relations_that_the_response_omits() -> None:
    (one,) = load(ComponentData, [recorded("/components/2", "group,incidents,meta").answer], None)
    meta = one.meta
    assert meta == {"region": "eu", "n": 1}
    one.status = ComponentStatus.MAJOR_OUTAGE
    (fresh,) = load(ComponentData, [recorded("/components/2", "", "PUT").answer], None)
    refresh(one, fresh)
    assert (one.status, one.status_name, one.meta) == (ComponentStatus.MAJOR_OUTAGE, "Major outage", meta)
    group = one._related_one("group", ComponentGroupData)
    assert group is not None
    assert group.name == "G"
    assert one.changes() == {}
    assert fresh.meta is None


def test_a_changed_value_is_serialized_in_the_form_of_the_server() -> None:
    (one,) = load(ComponentData, [recorded("/components/2", "group,incidents,meta").answer], None)
    one.status = ComponentStatus.OPERATIONAL
    one.name = "Site"
    (restored,) = load(ComponentData, [check_document(json.loads(one.to_json()), ComponentData)], None)
    assert (restored.status, restored.name, restored.meta) == (ComponentStatus.OPERATIONAL, "Site", one.meta)
    assert one.changes() == {"name": "Site", "status": ComponentStatus.OPERATIONAL}


def test_adding_an_item_to_meta_is_a_change() -> None:
    one = component(meta={"a": 1})
    assert one.meta is not None
    one.meta["b"] = 2
    assert one.changes() == {"meta": {"a": 1, "b": 2}}


def test_read_only_attributes_and_relations_cannot_be_set() -> None:
    one = component()
    for name in ("id", "latest_status", "status_name", "created_at", "group"):
        with pytest.raises(AttributeError, match=f"{name} is read-only"):
            setattr(one, name, 1)
    with pytest.raises(ArgumentError):
        one.name = ""
    with pytest.raises(ArgumentError):
        one.description = None


def test_times_are_naive_without_a_zone_and_aware_with_one() -> None:
    document = recorded("/incidents/2", "components").answer
    (naive,) = load(IncidentData, [document], None)
    assert naive.occurred_at == datetime(2026, 1, 2, 3, 4, 5)
    oslo = ZoneInfo("Europe/Oslo")
    (aware,) = load(IncidentData, [document], Tie(oslo))
    assert aware.occurred_at == datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)
    assert aware.created_at is not None
    assert aware.created_at.tzinfo is oslo
    assert aware.changes() == {}


def test_a_changed_time_is_serialized_in_the_servers_zone() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    document = recorded("/incidents/2", "components").answer
    (one,) = load(IncidentData, [document], Tie(oslo))
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    one.occurred_at = moment
    assert '"string":"2026-07-01 12:00:00"' in one.to_json()
    (zoneless,) = load(IncidentData, [document], None)
    zoneless.occurred_at = moment
    assert '"string":"2026-07-01T10:00:00+00:00"' in zoneless.to_json()


def test_unknown_statuses_of_newer_servers_are_plain_ints() -> None:
    one = component(status={"human": "Haunted", "value": 13})
    assert (one.status, one.status_name) == (13, "Haunted")
    assert component(status={"human": None, "value": None}).status is ComponentStatus.UNKNOWN


@pytest.mark.parametrize("broken", [{}, {"id": None}, {"id": "x"}])
def test_a_resource_without_an_id_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="id"):
        load(ComponentData, [{"data": {"attributes": broken}}], None)


@pytest.mark.parametrize("data", [None, [], "text", 7])
def test_data_that_is_not_a_resource_object_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="dictionary"):
        load(ComponentData, [{"data": data}], None)


def test_the_id_may_be_outside_the_attributes() -> None:
    (one,) = load(ComponentData, [{"data": {"type": "components", "id": "4", "attributes": {"name": "A"}}}], None)
    assert (one.id, one.name) == (4, "A")


def test_a_document_of_another_type_is_refused() -> None:
    with pytest.raises(ArgumentError, match="'incidents', expected 'components'"):
        check_document({"data": incident(1)}, ComponentData)


def test_data_validated_by_pydantic_itself_has_attrs_that_load() -> None:
    one = component(status={"human": "Operational", "value": 1}, created={"human": "", "string": "2026-01-02 03:04:05"})
    made = ComponentData.model_validate(one.model_dump())
    assert made == one
    assert load(ComponentData, [made.attrs], None)[0] == one
