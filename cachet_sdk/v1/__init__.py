"""The API of Cachet 2.3 and 2.4: clients, managers, resources, enumerations, and other types for annotations.

>>> from cachet_sdk.v1 import Client, Component, ComponentStatus
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
    from cachet_sdk.v1.aio.board import AsyncBoardGroup, AsyncStatusBoard
    from cachet_sdk.v1.aio.client import AsyncClient
    from cachet_sdk.v1.aio.component_groups import AsyncComponentGroup, AsyncComponentGroupManager
    from cachet_sdk.v1.aio.components import AsyncComponent, AsyncComponentManager
    from cachet_sdk.v1.aio.incident_templates import AsyncIncidentTemplate, AsyncIncidentTemplateManager
    from cachet_sdk.v1.aio.incident_updates import AsyncIncidentUpdate, AsyncIncidentUpdatesManager
    from cachet_sdk.v1.aio.incidents import AsyncIncident
    from cachet_sdk.v1.aio.keyed_incidents import AsyncKeyedIncidentManager
    from cachet_sdk.v1.aio.maintenance import AsyncMaintenance
    from cachet_sdk.v1.aio.metric_points import AsyncMetricPoint, AsyncMetricPointManager
    from cachet_sdk.v1.aio.metrics import AsyncMetric, AsyncMetricManager
    from cachet_sdk.v1.aio.schedules import AsyncSchedule, AsyncScheduleManager
    from cachet_sdk.v1.aio.status import AsyncStatusManager
    from cachet_sdk.v1.aio.subscribers import AsyncSubscriber, AsyncSubscriberManager, AsyncSubscriptionManager
    from cachet_sdk.v1.aio.version import AsyncVersionManager
    from cachet_sdk.v1.board import BoardGroup, StatusBoard
    from cachet_sdk.v1.client import Client
    from cachet_sdk.v1.component_groups import ComponentGroup, ComponentGroupManager
    from cachet_sdk.v1.components import Component, ComponentManager
    from cachet_sdk.v1.enums import (
        ComponentGroupCollapsed,
        ComponentStatus,
        IncidentStatus,
        MetricCalculation,
        MetricView,
        MetricVisibility,
        ScheduleStatus,
    )
    from cachet_sdk.v1.incident_templates import IncidentTemplate, IncidentTemplateManager
    from cachet_sdk.v1.incident_updates import IncidentUpdate, IncidentUpdatesManager
    from cachet_sdk.v1.incidents import Incident
    from cachet_sdk.v1.keyed_incidents import KeyedIncidentManager
    from cachet_sdk.v1.maintenance import Maintenance
    from cachet_sdk.v1.metric_points import MetricPoint, MetricPointManager
    from cachet_sdk.v1.metrics import Metric, MetricManager
    from cachet_sdk.v1.models.components import ComponentChanges, ComponentFields
    from cachet_sdk.v1.models.general import Status, Version
    from cachet_sdk.v1.models.subscribers import Subscription
    from cachet_sdk.v1.schedules import Schedule, ScheduleManager
    from cachet_sdk.v1.status import StatusManager
    from cachet_sdk.v1.subscribers import Subscriber, SubscriberManager, SubscriptionManager
    from cachet_sdk.v1.version import VersionManager

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
    "AsyncIncidentUpdatesManager",
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
    "AsyncStatusBoard",
    "AsyncStatusManager",
    "AsyncSubscriber",
    "AsyncSubscriberManager",
    "AsyncSubscriptionManager",
    "AsyncVersionManager",
    "Batch",
    "BoardGroup",
    "Client",
    "Component",
    "ComponentChanges",
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
    "IncidentUpdatesManager",
    "KeyedIncidentManager",
    "Listing",
    "Maintenance",
    "Metric",
    "MetricCalculation",
    "MetricManager",
    "MetricPoint",
    "MetricPointManager",
    "MetricView",
    "MetricVisibility",
    "Outcome",
    "PingManager",
    "ResolvedIncident",
    "Schedule",
    "ScheduleManager",
    "ScheduleStatus",
    "Status",
    "StatusBoard",
    "StatusManager",
    "Subscriber",
    "SubscriberManager",
    "Subscription",
    "SubscriptionManager",
    "Version",
    "VersionManager",
]

_MODULES = {
    "AsyncBoardGroup": "aio.board",
    "AsyncClient": "aio.client",
    "AsyncComponent": "aio.components",
    "AsyncComponentGroup": "aio.component_groups",
    "AsyncComponentGroupManager": "aio.component_groups",
    "AsyncComponentManager": "aio.components",
    "AsyncIncident": "aio.incidents",
    "AsyncIncidentTemplate": "aio.incident_templates",
    "AsyncIncidentTemplateManager": "aio.incident_templates",
    "AsyncIncidentUpdate": "aio.incident_updates",
    "AsyncIncidentUpdatesManager": "aio.incident_updates",
    "AsyncKeyedIncidentManager": "aio.keyed_incidents",
    "AsyncListing": "cachet_sdk.core.aio.listing",
    "AsyncMaintenance": "aio.maintenance",
    "AsyncMetric": "aio.metrics",
    "AsyncMetricManager": "aio.metrics",
    "AsyncMetricPoint": "aio.metric_points",
    "AsyncMetricPointManager": "aio.metric_points",
    "AsyncPingManager": "cachet_sdk.core.aio.general",
    "AsyncSchedule": "aio.schedules",
    "AsyncScheduleManager": "aio.schedules",
    "AsyncStatusBoard": "aio.board",
    "AsyncStatusManager": "aio.status",
    "AsyncSubscriber": "aio.subscribers",
    "AsyncSubscriberManager": "aio.subscribers",
    "AsyncSubscriptionManager": "aio.subscribers",
    "AsyncVersionManager": "aio.version",
    "Batch": "cachet_sdk.core.outcomes",
    "BoardGroup": "board",
    "Client": "client",
    "Component": "components",
    "ComponentChanges": "models.components",
    "ComponentFields": "models.components",
    "ComponentGroup": "component_groups",
    "ComponentGroupCollapsed": "enums",
    "ComponentGroupManager": "component_groups",
    "ComponentManager": "components",
    "ComponentStatus": "enums",
    "EnsuredIncident": "cachet_sdk.core.keyed",
    "Incident": "incidents",
    "IncidentStatus": "enums",
    "IncidentTemplate": "incident_templates",
    "IncidentTemplateManager": "incident_templates",
    "IncidentUpdate": "incident_updates",
    "IncidentUpdatesManager": "incident_updates",
    "KeyedIncidentManager": "keyed_incidents",
    "Listing": "cachet_sdk.core.listing",
    "Maintenance": "maintenance",
    "Metric": "metrics",
    "MetricCalculation": "enums",
    "MetricManager": "metrics",
    "MetricPoint": "metric_points",
    "MetricPointManager": "metric_points",
    "MetricView": "enums",
    "MetricVisibility": "enums",
    "Outcome": "cachet_sdk.core.outcomes",
    "PingManager": "cachet_sdk.core.general",
    "ResolvedIncident": "cachet_sdk.core.keyed",
    "Schedule": "schedules",
    "ScheduleManager": "schedules",
    "ScheduleStatus": "enums",
    "Status": "models.general",
    "StatusBoard": "board",
    "StatusManager": "status",
    "Subscriber": "subscribers",
    "SubscriberManager": "subscribers",
    "Subscription": "models.subscribers",
    "SubscriptionManager": "subscribers",
    "Version": "models.general",
    "VersionManager": "version",
}


if not TYPE_CHECKING:
    # Hidden from type checkers, which would accept every misspelled name.
    def __getattr__(name: str) -> object:
        return load(__name__, _MODULES, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
