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
from cachet_sdk.v3.enums import ComponentStatus
from cachet_sdk.v3.models.documents import check_document
from cachet_sdk.v3.models.jsonapi import page_documents, rows_with_foreign_statuses, with_own_statuses
from cachet_sdk.v3.resources import Component, Incident, Metric
from tests.v3.models.recordings import recorded


class Binding:
    """A binding, with the bindings of related resources."""

    def __init__(self, zone: ZoneInfo | None = None, related: dict[str, Any] | None = None) -> None:
        self.zone = zone
        self.related = related or {}


def component(**attributes: Any) -> Component:
    (resource,) = load(Component, [{"data": {"type": "components", "attributes": {"id": 1, **attributes}}}], None)
    return resource


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
    assert second.group is not None
    assert second.group.name == "G"


def test_rows_share_the_objects_of_their_page() -> None:
    response = recorded("/components", "group,meta").response
    rows = page_documents(response)
    assert rows[1]["data"] is response["data"][1]
    assert rows[1]["included"][0] is response["included"][0]  # type: ignore[index]  # (JSON)


def test_a_relation_is_none_if_not_included_and_an_empty_list_if_it_has_no_resources() -> None:
    (found,) = load(
        Incident, [recorded("/incidents/2", "components,components.group,updates,user,meta").response], None
    )
    assert found.updates == []
    assert found.user is None
    (plain,) = load(Incident, [recorded("/incidents", "", "POST").response], None)
    assert plain.updates is None


def test_the_points_of_a_metric_keep_the_order_of_the_server() -> None:
    (metric,) = load(Metric, [recorded("/metrics/1", "points").response], None)
    assert metric.points is not None
    assert [(point.id, point.calculated_value) for point in metric.points] == [(1, 25), (2, 3), (3, 3)]


def test_a_relation_is_built_once_so_changes_to_it_are_kept() -> None:
    (found,) = load(Incident, [recorded("/incidents/2", "components").response], None)
    (included, *_) = found.components or []
    included.name = "Renamed"
    for restored in (found, copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        (kept, *_) = restored.components or []
        assert kept.name == "Renamed"


def test_related_resources_are_bound_to_their_own_manager() -> None:
    inner = Binding()
    outer = Binding(related={"components": inner})
    (found,) = load(Incident, [recorded("/incidents/2", "components").response], outer)
    assert binding_of(found) is outer
    assert [binding_of(one) for one in found.components or []] == [inner, inner]


def test_a_component_of_an_incident_has_its_group() -> None:
    related = {"group": {"data": {"type": "componentGroups", "id": "7"}}}
    group: Any = {"type": "componentGroups", "id": "7", "attributes": {"id": 7, "name": "Core"}}
    one: dict[str, Any] = {"data": incident(1), "included": [{**shared_component(4), "relationships": related}, group]}
    (row,) = page_documents({"data": [one["data"]], "included": one["included"]})
    (included,) = load(Incident, [row], None)[0].components or []
    assert included.group is not None
    assert included.group.name == "Core"
    assert included.attrs["included"] == [group]


def test_circular_relations_can_be_followed() -> None:
    back = {"incidents": {"data": [{"type": "incidents", "id": "1"}]}}
    circular: dict[str, Any] = {
        "data": [incident(1)],
        "included": [{**shared_component(4), "relationships": back}, incident(1)],
    }
    (row,) = page_documents(circular)
    (found,) = load(Incident, [row], None)
    (included,) = found.components or []
    (again,) = included.incidents or []
    assert again == found


def test_malformed_included_data_raises_an_error_that_names_the_relation() -> None:
    malformed: Any = {"type": "components", "id": "1", "attributes": {"id": "one"}}
    (found,) = load(Incident, [{"data": incident(1), "included": [malformed]}], None)
    with pytest.raises(UnexpectedResponseError, match="components included with this Incident "):
        _ = found.components


def test_the_component_status_in_a_list_is_that_of_the_first_incident_only() -> None:
    rows = page_documents({"data": [incident(1), incident(2), incident(3)], "included": [shared_component(4)]})
    assert rows_with_foreign_statuses(rows) == [1, 2]
    own = {"data": incident(2), "included": [shared_component(2)]}
    read_again = with_own_statuses(rows[1], own)  # type: ignore[arg-type]  # (JSON)
    statuses = []
    for row in (rows[0], read_again):
        (included,) = load(Incident, [row], None)[0].components or []
        statuses.append(included.component_status)
    assert statuses == [ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PERFORMANCE_ISSUES]


def test_a_component_removed_meanwhile_does_not_have_the_status_of_another_incident() -> None:
    rows = page_documents({"data": [incident(1), incident(2)], "included": [shared_component(4)]})
    read_again = with_own_statuses(rows[1], {"data": incident(2)})
    (included,) = load(Incident, [read_again], None)[0].components or []
    assert included.component_status is None


def test_incidents_that_share_no_components_are_not_read_again() -> None:
    assert rows_with_foreign_statuses(page_documents(recorded("/incidents", "components,updates").response)) == []


def test_meta_is_none_unless_included_and_a_dictionary_even_if_php_sends_a_list() -> None:
    assert component().meta is None
    assert component(meta=[]).meta == {}
    assert component(meta=["a", "b"]).meta == {"0": "a", "1": "b"}
    assert component(meta={"k": {"n": [1]}}).meta == {"k": {"n": [1]}}


def test_saving_keeps_the_meta_and_the_relations_that_the_response_omits() -> None:
    (one,) = load(Component, [recorded("/components/2", "group,incidents,meta").response], None)
    meta = one.meta
    assert meta == {"region": "eu", "n": 1}
    one.status = ComponentStatus.MAJOR_OUTAGE
    (fresh,) = load(Component, [recorded("/components/2", "", "PUT").response], None)
    refresh(one, fresh)
    assert (one.status, one.status_name, one.meta) == (ComponentStatus.MAJOR_OUTAGE, "Major outage", meta)
    assert one.group is not None
    assert one.group.name == "G"
    assert one.changes() == {}
    assert fresh.meta is None


def test_a_changed_value_is_serialized_in_the_form_of_the_server() -> None:
    (one,) = load(Component, [recorded("/components/2", "group,incidents,meta").response], None)
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


def test_times_are_naive_without_a_zone_and_aware_with_one() -> None:
    document = recorded("/incidents/2", "components").response
    (naive,) = load(Incident, [document], None)
    assert naive.occurred_at == datetime(2026, 1, 2, 3, 4, 5)
    oslo = ZoneInfo("Europe/Oslo")
    (aware,) = load(Incident, [document], Binding(oslo))
    assert aware.occurred_at == datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)
    assert aware.created_at is not None
    assert aware.created_at.tzinfo is oslo
    assert aware.changes() == {}


def test_a_changed_time_is_serialized_in_the_servers_zone() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    document = recorded("/incidents/2", "components").response
    (one,) = load(Incident, [document], Binding(oslo))
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
        load(Component, [{"data": {"attributes": malformed}}], None)


@pytest.mark.parametrize("data", [None, [], "text", 7])
def test_data_that_is_not_a_resource_object_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="dictionary"):
        load(Component, [{"data": data}], None)


def test_the_id_may_be_outside_the_attributes() -> None:
    (one,) = load(Component, [{"data": {"type": "components", "id": "4", "attributes": {"name": "A"}}}], None)
    assert (one.id, one.name) == (4, "A")


def test_a_document_of_another_type_is_refused() -> None:
    with pytest.raises(ArgumentError, match="'incidents', expected 'components'"):
        check_document({"data": incident(1)}, Component)


def test_data_validated_by_pydantic_itself_has_attrs_that_load() -> None:
    one = component(status={"human": "Operational", "value": 1}, created={"human": "", "string": "2026-01-02 03:04:05"})
    validated = Component.model_validate(one.model_dump())
    assert validated == one
    assert load(Component, [validated.attrs], None)[0] == one
