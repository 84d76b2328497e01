"""JSON:API documents: rows of a list, relations, statuses within an incident, and changes."""

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
from cachet_sdk.v3 import Component, ComponentStatus, Incident, Metric
from cachet_sdk.v3.models.documents import check_document
from cachet_sdk.v3.models.jsonapi import page_documents, rows_with_foreign_statuses, with_own_statuses
from tests.v3.models.recordings import recorded


class Binding:
    """A binding, with the bindings of related resources."""

    def __init__(self, zone: ZoneInfo | None = None, related: dict[str, Any] | None = None) -> None:
        self.zone = zone
        self.related = related or {}


def component(**attributes: Any) -> Component:
    (record,) = load(Component, [{"data": {"type": "components", "attributes": {"id": 1, **attributes}}}], None)
    return record


def shared_component(status: int) -> dict[str, Any]:
    return {"type": "components", "id": "1", "attributes": {"id": 1, "pivot": {"component_status": {"value": status}}}}


def incident(number: int) -> dict[str, Any]:
    related = {"components": {"data": [{"type": "components", "id": "1"}]}}
    return {"type": "incidents", "id": str(number), "attributes": {"id": number}, "relationships": related}


def test_each_row_of_a_list_has_only_its_own_included_resources() -> None:
    rows = page_documents(recorded("/components", "group,meta").response)
    assert [list(row) for row in rows] == [["data"], ["data", "included"]]
    first, second = load(Component, rows, None)
    assert first.group is None
    group = second.group
    assert group is not None
    assert group.name == "G"


def test_rows_share_the_objects_of_their_page() -> None:
    response = recorded("/components", "group,meta").response
    rows = page_documents(response)
    assert rows[1]["data"] is response["data"][1]
    assert rows[1]["included"][0] is response["included"][0]  # type: ignore[index]  # (JSON)


def test_what_was_not_included_is_none_and_what_holds_nothing_is_empty() -> None:
    (found,) = load(Incident, [recorded("/incidents/2", "components,components.group,updates,user,meta").answer], None)
    assert found.updates == []
    assert found.user is None
    (plain,) = load(Incident, [recorded("/incidents", "", "POST").answer], None)
    assert plain.updates is None


def test_points_of_a_metric_keep_the_order_of_the_server() -> None:
    (metric,) = load(Metric, [recorded("/metrics/1", "points").answer], None)
    points = metric.points
    assert points is not None
    assert [point.id for point in points] == [1, 2, 3]
    assert [point.calculated_value for point in points] == [25, 3, 3]


def test_a_relation_is_made_once_so_that_changes_to_it_stay() -> None:
    (found,) = load(Incident, [recorded("/incidents/2", "components").answer], None)
    (held, *_) = found.components or []
    held.name = "Renamed"
    for restored in (found, copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        (kept, *_) = restored.components or []
        assert kept.name == "Renamed"


def test_related_records_are_bound_to_their_own_manager() -> None:
    inner = Tie()
    outer = Tie(related={"components": inner})
    (found,) = load(Incident, [recorded("/incidents/2", "components").answer], outer)
    assert binding_of(found) is outer
    assert [binding_of(one) for one in found.components or []] == [inner, inner]


def test_a_component_of_an_incident_has_its_group() -> None:
    related = {"group": {"data": {"type": "componentGroups", "id": "7"}}}
    group: Any = {"type": "componentGroups", "id": "7", "attributes": {"id": 7, "name": "Core"}}
    one: dict[str, Any] = {"data": incident(1), "included": [{**shared_component(4), "relationships": related}, group]}
    (row,) = page_documents({"data": [one["data"]], "included": one["included"]})
    (held,) = load(Incident, [row], None)[0].components or []
    found = held.group
    assert found is not None
    assert found.name == "Core"
    assert held.attrs["included"] == [group]


def test_circular_relations_can_be_followed() -> None:
    back = {"incidents": {"data": [{"type": "incidents", "id": "1"}]}}
    circle: dict[str, Any] = {"data": [incident(1)], "included": [{**shared(4), "relationships": back}, incident(1)]}
    (row,) = page_documents(circle)
    (found,) = load(Incident, [row], None)
    (held,) = found.components or []
    (again,) = held.incidents or []
    assert again == found


def test_related_data_that_is_none_of_cachets_is_said_to_be_so() -> None:
    broken: Any = {"type": "components", "id": "1", "attributes": {"id": "one"}}
    (found,) = load(Incident, [{"data": incident(1), "included": [broken]}], None)
    with pytest.raises(UnexpectedResponseError, match="components included with this Incident are"):
        _ = found.components


def test_trap_7_a_state_in_a_list_belongs_to_the_first_incident_only() -> None:
    rows = page_documents({"data": [incident(1), incident(2), incident(3)], "included": [shared(4)]})
    assert rows_with_foreign_statuses(rows) == [1, 2]
    alone = {"data": incident(2), "included": [shared(2)]}
    mended = with_own_statuses(rows[1], alone)  # type: ignore[arg-type]  # (JSON)
    states = []
    for row in (rows[0], mended):
        (held,) = load(Incident, [row], None)[0].components or []
        states.append(held.component_status)
    assert states == [ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PERFORMANCE_ISSUES]


def test_trap_7_a_component_that_left_meanwhile_has_no_state_rather_than_anothers() -> None:
    rows = page_documents({"data": [incident(1), incident(2)], "included": [shared(4)]})
    mended = with_own_statuses(rows[1], {"data": incident(2)})
    (held,) = load(Incident, [mended], None)[0].components or []
    assert held.component_status is None


def test_trap_7_components_that_are_not_shared_need_no_reading_again() -> None:
    assert rows_with_foreign_statuses(page_documents(recorded("/incidents", "components,updates").answer)) == []


def test_meta_is_none_unless_included_and_a_dictionary_even_if_php_sends_a_list() -> None:
    assert component().meta is None
    assert component(meta=[]).meta == {}
    assert component(meta=["a", "b"]).meta == {"0": "a", "1": "b"}
    assert component(meta={"k": {"n": [1]}}).meta == {"k": {"n": [1]}}


def test_trap_6_saving_keeps_the_meta_and_the_relations_that_the_answer_does_not_tell() -> None:
    (one,) = load(Component, [recorded("/components/2", "group,incidents,meta").answer], None)
    meta = one.meta
    assert meta == {"region": "eu", "n": 1}
    one.status = ComponentStatus.MAJOR_OUTAGE
    (fresh,) = load(Component, [recorded("/components/2", "", "PUT").answer], None)
    refresh(one, fresh)
    assert (one.status, one.status_name, one.meta) == (ComponentStatus.MAJOR_OUTAGE, "Major outage", meta)
    group = one.group
    assert group is not None
    assert group.name == "G"
    assert one.changes() == {}
    assert fresh.meta is None


def test_a_changed_value_is_shown_as_the_server_shows_it_in_stored_json() -> None:
    (one,) = load(Component, [recorded("/components/2", "group,incidents,meta").answer], None)
    one.status = ComponentStatus.OPERATIONAL
    one.name = "Site"
    (restored,) = load(Component, [check_document(json.loads(one.to_json()), Component)], None)
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


def test_times_are_naive_as_sent_and_aware_in_the_servers_zone_when_it_is_named() -> None:
    document = recorded("/incidents/2", "components").answer
    (naive,) = load(Incident, [document], None)
    assert naive.occurred_at == datetime(2026, 1, 2, 3, 4, 5)
    oslo = ZoneInfo("Europe/Oslo")
    (aware,) = load(Incident, [document], Tie(oslo))
    assert aware.occurred_at == datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)
    assert aware.created_at is not None
    assert aware.created_at.tzinfo is oslo
    assert aware.changes() == {}


def test_a_changed_time_is_serialized_in_the_servers_zone() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    document = recorded("/incidents/2", "components").answer
    (one,) = load(Incident, [document], Tie(oslo))
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    one.occurred_at = moment
    assert '"string":"2026-07-01 12:00:00"' in one.to_json()
    (zoneless,) = load(Incident, [document], None)
    zoneless.occurred_at = moment
    assert '"string":"2026-07-01T10:00:00+00:00"' in zoneless.to_json()


def test_unknown_statuses_of_newer_servers_are_plain_ints() -> None:
    one = component(status={"human": "Haunted", "value": 13})
    assert (one.status, one.status_name) == (13, "Haunted")
    assert component(status={"human": None, "value": None}).status is ComponentStatus.UNKNOWN


@pytest.mark.parametrize("malformed", [{}, {"id": None}, {"id": "x"}])
def test_a_resource_without_an_id_is_refused(malformed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="id"):
        load(Component, [{"data": {"attributes": broken}}], None)


@pytest.mark.parametrize("data", [None, [], "text", 7])
def test_data_that_is_not_a_resource_object_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="dictionary"):
        load(Component, [{"data": data}], None)


def test_a_sparse_row_finds_its_id_beside_its_attributes() -> None:
    (one,) = load(Component, [{"data": {"type": "components", "id": "4", "attributes": {"name": "A"}}}], None)
    assert (one.id, one.name) == (4, "A")


def test_a_document_of_another_type_is_refused() -> None:
    with pytest.raises(ArgumentError, match="'incidents', expected 'components'"):
        check_document({"data": incident(1)}, Component)


def test_data_validated_by_pydantic_itself_has_attrs_that_load() -> None:
    one = component(status={"human": "Operational", "value": 1}, created={"human": "", "string": "2026-01-02 03:04:05"})
    made = Component.model_validate(one.model_dump())
    assert made == one
    assert load(Component, [made.attrs], None)[0] == one
