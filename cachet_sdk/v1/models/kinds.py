"""The resource types of Cachet 2."""

from __future__ import annotations

from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v1.models.component_groups import ComponentGroupData
from cachet_sdk.v1.models.components import ComponentData
from cachet_sdk.v1.models.incident_templates import IncidentTemplateData
from cachet_sdk.v1.models.incident_updates import IncidentUpdateData
from cachet_sdk.v1.models.incidents import IncidentData
from cachet_sdk.v1.models.metric_points import MetricPointData
from cachet_sdk.v1.models.metrics import MetricData
from cachet_sdk.v1.models.schedules import ScheduleData
from cachet_sdk.v1.models.subscribers import SubscriberData

KINDS: tuple[type[ResourceData], ...] = (
    ComponentData,
    ComponentGroupData,
    IncidentData,
    IncidentTemplateData,
    IncidentUpdateData,
    MetricData,
    MetricPointData,
    ScheduleData,
    SubscriberData,
)
