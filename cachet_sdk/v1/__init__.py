"""The API of Cachet 2.3 and 2.4: its clients, resources and enumerations.

>>> from cachet_sdk.v1 import Client, Component, ComponentStatus
>>> with Client(endpoint, api_token) as client:
...     component: Component = client.components.create(name="API", status=ComponentStatus.OPERATIONAL)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.core.lazy import load

if TYPE_CHECKING:
    from cachet_sdk.v1.aio.client import AsyncClient
    from cachet_sdk.v1.aio.component_groups import AsyncComponentGroup
    from cachet_sdk.v1.aio.components import AsyncComponent
    from cachet_sdk.v1.aio.incident_templates import AsyncIncidentTemplate
    from cachet_sdk.v1.aio.incident_updates import AsyncIncidentUpdate
    from cachet_sdk.v1.aio.incidents import AsyncIncident
    from cachet_sdk.v1.aio.metric_points import AsyncMetricPoint
    from cachet_sdk.v1.aio.metrics import AsyncMetric
    from cachet_sdk.v1.aio.schedules import AsyncSchedule
    from cachet_sdk.v1.aio.subscribers import AsyncSubscriber
    from cachet_sdk.v1.client import Client
    from cachet_sdk.v1.component_groups import ComponentGroup
    from cachet_sdk.v1.components import Component
    from cachet_sdk.v1.enums import (
        ComponentGroupCollapsed,
        ComponentStatus,
        IncidentStatus,
        MetricCalculation,
        MetricView,
        MetricVisibility,
        ScheduleStatus,
    )
    from cachet_sdk.v1.incident_templates import IncidentTemplate
    from cachet_sdk.v1.incident_updates import IncidentUpdate
    from cachet_sdk.v1.incidents import Incident
    from cachet_sdk.v1.metric_points import MetricPoint
    from cachet_sdk.v1.metrics import Metric
    from cachet_sdk.v1.schedules import Schedule
    from cachet_sdk.v1.subscribers import Subscriber

__all__ = [
    "AsyncClient",
    "AsyncComponent",
    "AsyncComponentGroup",
    "AsyncIncident",
    "AsyncIncidentTemplate",
    "AsyncIncidentUpdate",
    "AsyncMetric",
    "AsyncMetricPoint",
    "AsyncSchedule",
    "AsyncSubscriber",
    "Client",
    "Component",
    "ComponentGroup",
    "ComponentGroupCollapsed",
    "ComponentStatus",
    "Incident",
    "IncidentStatus",
    "IncidentTemplate",
    "IncidentUpdate",
    "Metric",
    "MetricCalculation",
    "MetricPoint",
    "MetricView",
    "MetricVisibility",
    "Schedule",
    "ScheduleStatus",
    "Subscriber",
]

_MODULES = {
    "AsyncClient": "aio.client",
    "AsyncComponent": "aio.components",
    "AsyncComponentGroup": "aio.component_groups",
    "AsyncIncident": "aio.incidents",
    "AsyncIncidentTemplate": "aio.incident_templates",
    "AsyncIncidentUpdate": "aio.incident_updates",
    "AsyncMetric": "aio.metrics",
    "AsyncMetricPoint": "aio.metric_points",
    "AsyncSchedule": "aio.schedules",
    "AsyncSubscriber": "aio.subscribers",
    "Client": "client",
    "Component": "components",
    "ComponentGroup": "component_groups",
    "ComponentGroupCollapsed": "enums",
    "ComponentStatus": "enums",
    "Incident": "incidents",
    "IncidentStatus": "enums",
    "IncidentTemplate": "incident_templates",
    "IncidentUpdate": "incident_updates",
    "Metric": "metrics",
    "MetricCalculation": "enums",
    "MetricPoint": "metric_points",
    "MetricView": "enums",
    "MetricVisibility": "enums",
    "Schedule": "schedules",
    "ScheduleStatus": "enums",
    "Subscriber": "subscribers",
}


if not TYPE_CHECKING:
    # Type checkers know the names from above; to them, this would make every misspelt name exist.
    def __getattr__(name: str) -> object:
        return load(__name__, _MODULES, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
