"""What an editor suggests for a resource, apart from its fields and pydantic's names: the public names only."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from cachet_sdk.core.models.base import Model
from cachet_sdk.v1 import (
    component_groups,
    components,
    incident_templates,
    incident_updates,
    incidents,
    metric_points,
    metrics,
    schedules,
    subscribers,
)
from cachet_sdk.v1.models import general as general_v1
from cachet_sdk.v1.models.subscribers import Subscription
from cachet_sdk.v3 import resources
from cachet_sdk.v3.models import general as general_v3
from cachet_sdk.v3.models.incidents import User

COMMON = "attrs changes delete get save to_json update"
NAMES: dict[type[Model], str] = {
    components.Component: "add_tag add_tags del_tag has_tag set_tags tag_names tag_slugs",
    component_groups.ComponentGroup: "is_collapsed is_open is_operational",
    incidents.Incident: "updates",
    incident_updates.IncidentUpdate: "",
    incident_templates.IncidentTemplate: "",
    metrics.Metric: "points",
    metric_points.MetricPoint: "",
    schedules.Schedule: "",
    subscribers.Subscriber: "is_verified",
    resources.Component: "group incidents",
    resources.ComponentGroup: "components",
    resources.Incident: "components updates user",
    resources.IncidentUpdate: "incident",
    resources.IncidentTemplate: "",
    resources.Metric: "points",
    resources.MetricPoint: "metric",
    resources.Schedule: "components updates",
    resources.ScheduleUpdate: "schedule",
    resources.Subscriber: "components is_verified",
}
READ_ONLY: tuple[type[Model], ...] = (
    general_v1.Version,
    general_v1.Status,
    general_v3.Version,
    general_v3.SystemStatusReport,
    Subscription,
)


def suggested(kind: type[Model]) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")} - set(dir(BaseModel)) - kind.model_fields.keys()


@pytest.mark.parametrize("kind", NAMES, ids=[f"{kind.__module__}.{kind.__name__}" for kind in NAMES])
def test_a_resource_has_only_its_public_names(kind: type[Model]) -> None:
    assert suggested(kind) == set(f"{COMMON} {NAMES[kind]}".split())


@pytest.mark.parametrize("kind", READ_ONLY)
def test_a_read_only_model_has_only_its_data(kind: type[Model]) -> None:
    assert suggested(kind) == {"attrs", "get"}


def test_a_user_has_only_its_data_and_changes() -> None:
    assert suggested(User) == {"attrs", "changes", "get", "to_json"}
