"""The resource types of Cachet 3."""

from __future__ import annotations

from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v3.models.component_groups import ComponentGroupData
from cachet_sdk.v3.models.components import ComponentData
from cachet_sdk.v3.models.incident_templates import IncidentTemplateData
from cachet_sdk.v3.models.incidents import IncidentData
from cachet_sdk.v3.models.metric_points import MetricPointData
from cachet_sdk.v3.models.metrics import MetricData
from cachet_sdk.v3.models.schedules import ScheduleData
from cachet_sdk.v3.models.subscribers import SubscriberData
from cachet_sdk.v3.models.updates import IncidentUpdateData, ScheduleUpdateData

KINDS: tuple[type[ResourceData], ...] = (
    ComponentData,
    ComponentGroupData,
    IncidentData,
    IncidentTemplateData,
    IncidentUpdateData,
    MetricData,
    MetricPointData,
    ScheduleData,
    ScheduleUpdateData,
    SubscriberData,
)
