"""The API of Cachet 3: its clients, resources and enumerations.

>>> from cachet_sdk.v3 import Client, Component, ComponentStatus
>>> with Client(endpoint, api_token) as client:
...     component: Component = client.components.create(name="API", status=ComponentStatus.OPERATIONAL)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.core.lazy import load

if TYPE_CHECKING:
    from cachet_sdk.v3.aio.client import AsyncClient
    from cachet_sdk.v3.aio.resources import (
        AsyncComponent,
        AsyncComponentGroup,
        AsyncIncident,
        AsyncIncidentTemplate,
        AsyncIncidentUpdate,
        AsyncMetric,
        AsyncMetricPoint,
        AsyncSchedule,
        AsyncScheduleUpdate,
        AsyncSubscriber,
    )
    from cachet_sdk.v3.client import Client
    from cachet_sdk.v3.enums import (
        ComponentGroupCollapsed,
        ComponentStatus,
        IncidentStatus,
        MetricCalculation,
        MetricView,
        OrderColumn,
        OrderDirection,
        ScheduleStatus,
        SystemStatus,
        TemplateEngine,
        Visibility,
    )
    from cachet_sdk.v3.resources import (
        Component,
        ComponentGroup,
        Incident,
        IncidentTemplate,
        IncidentUpdate,
        Metric,
        MetricPoint,
        Schedule,
        ScheduleUpdate,
        Subscriber,
    )

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
    "AsyncScheduleUpdate",
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
    "OrderColumn",
    "OrderDirection",
    "Schedule",
    "ScheduleStatus",
    "ScheduleUpdate",
    "Subscriber",
    "SystemStatus",
    "TemplateEngine",
    "Visibility",
]

_MODULES = {
    "AsyncClient": "aio.client",
    "AsyncComponent": "aio.resources",
    "AsyncComponentGroup": "aio.resources",
    "AsyncIncident": "aio.resources",
    "AsyncIncidentTemplate": "aio.resources",
    "AsyncIncidentUpdate": "aio.resources",
    "AsyncMetric": "aio.resources",
    "AsyncMetricPoint": "aio.resources",
    "AsyncSchedule": "aio.resources",
    "AsyncScheduleUpdate": "aio.resources",
    "AsyncSubscriber": "aio.resources",
    "Client": "client",
    "Component": "resources",
    "ComponentGroup": "resources",
    "ComponentGroupCollapsed": "enums",
    "ComponentStatus": "enums",
    "Incident": "resources",
    "IncidentStatus": "enums",
    "IncidentTemplate": "resources",
    "IncidentUpdate": "resources",
    "Metric": "resources",
    "MetricCalculation": "enums",
    "MetricPoint": "resources",
    "MetricView": "enums",
    "OrderColumn": "enums",
    "OrderDirection": "enums",
    "Schedule": "resources",
    "ScheduleStatus": "enums",
    "ScheduleUpdate": "resources",
    "Subscriber": "resources",
    "SystemStatus": "enums",
    "TemplateEngine": "enums",
    "Visibility": "enums",
}


if not TYPE_CHECKING:
    # Type checkers know the names from above; to them, this would make every misspelt name exist.
    def __getattr__(name: str) -> object:
        return load(__name__, _MODULES, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
