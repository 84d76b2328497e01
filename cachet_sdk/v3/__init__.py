"""The API of Cachet 3: clients, managers, resources, enumerations, and other types for annotations.

>>> from cachet_sdk.v3 import Client, Component, ComponentStatus
>>> with Client(endpoint, api_token) as client:
...     component: Component = client.components.create(
...         name="API", status=ComponentStatus.OPERATIONAL
...     )
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.core.lazy import load

if TYPE_CHECKING:
    from cachet_sdk.core.aio.general import AsyncPingManager
    from cachet_sdk.core.aio.listing import AsyncListing
    from cachet_sdk.core.general import PingManager
    from cachet_sdk.core.keyed import EnsuredIncident, ResolvedIncident
    from cachet_sdk.core.listing import Listing
    from cachet_sdk.core.outcomes import Batch, Outcome
    from cachet_sdk.v3.aio.board import AsyncBoardGroup, AsyncStatusBoard
    from cachet_sdk.v3.aio.client import AsyncClient
    from cachet_sdk.v3.aio.component_groups import AsyncComponentGroupManager
    from cachet_sdk.v3.aio.components import AsyncComponentManager
    from cachet_sdk.v3.aio.incident_templates import AsyncIncidentTemplateManager
    from cachet_sdk.v3.aio.incident_updates import AsyncIncidentUpdateManager
    from cachet_sdk.v3.aio.keyed_incidents import AsyncKeyedIncidentManager
    from cachet_sdk.v3.aio.maintenance import AsyncMaintenance
    from cachet_sdk.v3.aio.metric_points import AsyncMetricPointManager
    from cachet_sdk.v3.aio.metrics import AsyncMetricManager
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
    from cachet_sdk.v3.aio.schedule_updates import AsyncScheduleUpdateManager
    from cachet_sdk.v3.aio.schedules import AsyncScheduleManager
    from cachet_sdk.v3.aio.status import AsyncStatusManager
    from cachet_sdk.v3.aio.subscribers import AsyncSubscriberManager
    from cachet_sdk.v3.aio.version import AsyncVersionManager
    from cachet_sdk.v3.board import BoardGroup, StatusBoard
    from cachet_sdk.v3.client import Client
    from cachet_sdk.v3.component_groups import ComponentGroupManager
    from cachet_sdk.v3.components import ComponentManager
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
    from cachet_sdk.v3.incident_templates import IncidentTemplateManager
    from cachet_sdk.v3.incident_updates import IncidentUpdateManager
    from cachet_sdk.v3.keyed_incidents import KeyedIncidentManager
    from cachet_sdk.v3.maintenance import Maintenance
    from cachet_sdk.v3.metric_points import MetricPointManager
    from cachet_sdk.v3.metrics import MetricManager
    from cachet_sdk.v3.models.components import ComponentFields
    from cachet_sdk.v3.models.general import SystemStatusReport, Version
    from cachet_sdk.v3.models.incidents import User
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
    from cachet_sdk.v3.schedule_updates import ScheduleUpdateManager
    from cachet_sdk.v3.schedules import ScheduleManager
    from cachet_sdk.v3.status import StatusManager
    from cachet_sdk.v3.subscribers import SubscriberManager
    from cachet_sdk.v3.version import VersionManager

__all__ = [
    "AsyncBoardGroup",
    "AsyncClient",
    "AsyncComponent",
    "AsyncComponentGroup",
    "AsyncComponentGroupManager",
    "AsyncComponentManager",
    "AsyncIncident",
    "AsyncIncidentTemplate",
    "AsyncIncidentTemplateManager",
    "AsyncIncidentUpdate",
    "AsyncIncidentUpdateManager",
    "AsyncKeyedIncidentManager",
    "AsyncListing",
    "AsyncMaintenance",
    "AsyncMetric",
    "AsyncMetricManager",
    "AsyncMetricPoint",
    "AsyncMetricPointManager",
    "AsyncPingManager",
    "AsyncSchedule",
    "AsyncScheduleManager",
    "AsyncScheduleUpdate",
    "AsyncScheduleUpdateManager",
    "AsyncStatusBoard",
    "AsyncStatusManager",
    "AsyncSubscriber",
    "AsyncSubscriberManager",
    "AsyncVersionManager",
    "Batch",
    "BoardGroup",
    "Client",
    "Component",
    "ComponentFields",
    "ComponentGroup",
    "ComponentGroupCollapsed",
    "ComponentGroupManager",
    "ComponentManager",
    "ComponentStatus",
    "EnsuredIncident",
    "Incident",
    "IncidentStatus",
    "IncidentTemplate",
    "IncidentTemplateManager",
    "IncidentUpdate",
    "IncidentUpdateManager",
    "KeyedIncidentManager",
    "Listing",
    "Maintenance",
    "Metric",
    "MetricCalculation",
    "MetricManager",
    "MetricPoint",
    "MetricPointManager",
    "MetricView",
    "OrderColumn",
    "OrderDirection",
    "Outcome",
    "PingManager",
    "ResolvedIncident",
    "Schedule",
    "ScheduleManager",
    "ScheduleStatus",
    "ScheduleUpdate",
    "ScheduleUpdateManager",
    "StatusBoard",
    "StatusManager",
    "Subscriber",
    "SubscriberManager",
    "SystemStatus",
    "SystemStatusReport",
    "TemplateEngine",
    "User",
    "Version",
    "VersionManager",
    "Visibility",
]

_MODULES = {
    "AsyncBoardGroup": "aio.board",
    "AsyncClient": "aio.client",
    "AsyncComponent": "aio.resources",
    "AsyncComponentGroup": "aio.resources",
    "AsyncComponentGroupManager": "aio.component_groups",
    "AsyncComponentManager": "aio.components",
    "AsyncIncident": "aio.resources",
    "AsyncIncidentTemplate": "aio.resources",
    "AsyncIncidentTemplateManager": "aio.incident_templates",
    "AsyncIncidentUpdate": "aio.resources",
    "AsyncIncidentUpdateManager": "aio.incident_updates",
    "AsyncKeyedIncidentManager": "aio.keyed_incidents",
    "AsyncListing": "cachet_sdk.core.aio.listing",
    "AsyncMaintenance": "aio.maintenance",
    "AsyncMetric": "aio.resources",
    "AsyncMetricManager": "aio.metrics",
    "AsyncMetricPoint": "aio.resources",
    "AsyncMetricPointManager": "aio.metric_points",
    "AsyncPingManager": "cachet_sdk.core.aio.general",
    "AsyncSchedule": "aio.resources",
    "AsyncScheduleManager": "aio.schedules",
    "AsyncScheduleUpdate": "aio.resources",
    "AsyncScheduleUpdateManager": "aio.schedule_updates",
    "AsyncStatusBoard": "aio.board",
    "AsyncStatusManager": "aio.status",
    "AsyncSubscriber": "aio.resources",
    "AsyncSubscriberManager": "aio.subscribers",
    "AsyncVersionManager": "aio.version",
    "Batch": "cachet_sdk.core.outcomes",
    "BoardGroup": "board",
    "Client": "client",
    "Component": "resources",
    "ComponentFields": "models.components",
    "ComponentGroup": "resources",
    "ComponentGroupCollapsed": "enums",
    "ComponentGroupManager": "component_groups",
    "ComponentManager": "components",
    "ComponentStatus": "enums",
    "EnsuredIncident": "cachet_sdk.core.keyed",
    "Incident": "resources",
    "IncidentStatus": "enums",
    "IncidentTemplate": "resources",
    "IncidentTemplateManager": "incident_templates",
    "IncidentUpdate": "resources",
    "IncidentUpdateManager": "incident_updates",
    "KeyedIncidentManager": "keyed_incidents",
    "Listing": "cachet_sdk.core.listing",
    "Maintenance": "maintenance",
    "Metric": "resources",
    "MetricCalculation": "enums",
    "MetricManager": "metrics",
    "MetricPoint": "resources",
    "MetricPointManager": "metric_points",
    "MetricView": "enums",
    "OrderColumn": "enums",
    "OrderDirection": "enums",
    "Outcome": "cachet_sdk.core.outcomes",
    "PingManager": "cachet_sdk.core.general",
    "ResolvedIncident": "cachet_sdk.core.keyed",
    "Schedule": "resources",
    "ScheduleManager": "schedules",
    "ScheduleStatus": "enums",
    "ScheduleUpdate": "resources",
    "ScheduleUpdateManager": "schedule_updates",
    "StatusBoard": "board",
    "StatusManager": "status",
    "Subscriber": "resources",
    "SubscriberManager": "subscribers",
    "SystemStatus": "enums",
    "SystemStatusReport": "models.general",
    "TemplateEngine": "enums",
    "User": "models.incidents",
    "Version": "models.general",
    "VersionManager": "version",
    "Visibility": "enums",
}


if not TYPE_CHECKING:
    # Hidden from type checkers, which would accept every misspelled name.
    def __getattr__(name: str) -> object:
        return load(__name__, _MODULES, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
