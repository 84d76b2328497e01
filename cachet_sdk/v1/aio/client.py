"""The client of the v1 API: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

import httpx

from cachet_sdk.core.aio.client import AsyncBaseClient
from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.options import Settings
from cachet_sdk.v1.aio.component_groups import AsyncComponentGroupManager
from cachet_sdk.v1.aio.components import AsyncComponentManager
from cachet_sdk.v1.aio.incident_templates import AsyncIncidentTemplateManager
from cachet_sdk.v1.aio.incident_updates import AsyncIncidentUpdatesManager
from cachet_sdk.v1.aio.incidents import AsyncIncidentManager
from cachet_sdk.v1.aio.metric_points import AsyncMetricPointManager
from cachet_sdk.v1.aio.metrics import AsyncMetricManager
from cachet_sdk.v1.aio.ping import AsyncPingManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.aio.schedules import AsyncScheduleManager
from cachet_sdk.v1.aio.status import AsyncStatusManager
from cachet_sdk.v1.aio.subscribers import AsyncSubscriberManager, AsyncSubscriptionManager
from cachet_sdk.v1.aio.version import AsyncVersionManager


class AsyncClient(AsyncBaseClient):
    """An asynchronous client of Cachet 2.3 and 2.4. Made by :func:`cachet_sdk.AsyncClient`.

    It holds one pool of connections and is safe to share. Close it when it is not needed any more, or use it in a
    ``with`` statement.

    Attributes:
        ping: Whether the API answers.
        version: The version of the server.
        status: How everything is doing.
        components: The components.
        component_groups: The component groups.
        incidents: The incidents.
        incident_updates: The updates of incidents. Cachet 2.4.
        incident_templates: The incident templates. Cachet 2.4.
        metrics: The metrics.
        metric_points: The points of metrics.
        schedules: The schedules. Cachet 2.4.
        subscribers: The subscribers.
        subscriptions: The subscriptions to single components.
    """

    def __init__(
        self, settings: Settings, connection: ConnectionSettings[httpx.AsyncBaseTransport, httpx.AsyncClient]
    ) -> None:
        super().__init__(settings, connection)
        transport = self._transport
        release = AsyncReleaseProbe(transport)
        self.ping: AsyncPingManager = AsyncPingManager(transport)
        self.version: AsyncVersionManager = AsyncVersionManager(transport)
        self.status: AsyncStatusManager = AsyncStatusManager(transport)
        self.components: AsyncComponentManager = AsyncComponentManager(transport, release)
        self.component_groups: AsyncComponentGroupManager = AsyncComponentGroupManager(transport, self.components)
        self.incident_updates: AsyncIncidentUpdatesManager = AsyncIncidentUpdatesManager(transport)
        self.incidents: AsyncIncidentManager = AsyncIncidentManager(transport, self.components, self.incident_updates)
        self.incident_templates: AsyncIncidentTemplateManager = AsyncIncidentTemplateManager(transport)
        self.metric_points: AsyncMetricPointManager = AsyncMetricPointManager(transport)
        self.metrics: AsyncMetricManager = AsyncMetricManager(transport, self.metric_points, release)
        self.schedules: AsyncScheduleManager = AsyncScheduleManager(transport)
        self.subscribers: AsyncSubscriberManager = AsyncSubscriberManager(transport)
        self.subscriptions: AsyncSubscriptionManager = AsyncSubscriptionManager(transport)
