"""JSON schemas of resources, for OpenAPI and for code generated from it."""

from __future__ import annotations

import pytest

from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v1 import component_groups, components, incidents, metrics, schedules, subscribers
from cachet_sdk.v1.aio.components import AsyncComponent
from cachet_sdk.v3 import resources

CLASSES: tuple[type[ResourceData], ...] = (
    components.Component,
    component_groups.ComponentGroup,
    incidents.Incident,
    metrics.Metric,
    schedules.Schedule,
    subscribers.Subscriber,
    resources.Component,
    resources.ComponentGroup,
    resources.Incident,
    resources.Metric,
    resources.Schedule,
    resources.Subscriber,
)


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("kind", CLASSES, ids=[f"{kind.__module__}.{kind.__name__}" for kind in CLASSES])
def test_every_property_is_described_and_those_always_present_are_required(kind: type[ResourceData], mode: str) -> None:
    schema = kind.model_json_schema(mode=mode)  # type: ignore[arg-type]  # one of the two
    assert [name for name, one in schema["properties"].items() if "description" not in one] == []
    expected = {"id"} if mode == "validation" else schema["properties"].keys() - {"tags", "enabled_components"}
    assert set(schema["required"]) >= expected


def test_text_properties_are_never_null_in_serialized_resources() -> None:
    properties = components.Component.model_json_schema(mode="serialization")["properties"]
    assert {name for name, one in properties.items() if {"type": "null"} in one.get("anyOf", ())} == {
        "created_at",
        "updated_at",
        "deleted_at",
    }
    assert {"type": "null"} in components.Component.model_json_schema()["properties"]["name"]["anyOf"]


@pytest.mark.parametrize("kind", [components.Component, AsyncComponent])
def test_enums_have_the_names_and_meanings_of_their_members(kind: type[ResourceData]) -> None:
    status = kind.model_json_schema()["$defs"]["ComponentStatus"]
    assert status["x-enum-varnames"][:2] == ["UNKNOWN", "OPERATIONAL"]
    assert status["description"].startswith("Status of a component.\n\n- 0: UNKNOWN (Not set yet.)\n")
    schedule = schedules.Schedule.model_json_schema()["$defs"]["ScheduleStatus"]
    assert schedule["description"].endswith("\n- 0: UPCOMING\n- 1: IN_PROGRESS\n- 2: COMPLETE")


def test_resources_nested_in_a_resource_are_described() -> None:
    schema = component_groups.ComponentGroup.model_json_schema()
    assert schema["$defs"]["Component"]["properties"]["status_name"]["description"]
    assert "x-enum-varnames" in schema["$defs"]["ComponentStatus"]
