"""The client of Cachet 3: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from cachet_sdk.core.aio.client import AsyncBaseClient
from cachet_sdk.core.aio.resource import AsyncBinding
from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.options import Settings
from cachet_sdk.v3.aio.component_groups import AsyncComponentGroupManager
from cachet_sdk.v3.aio.components import AsyncComponentManager
from cachet_sdk.v3.aio.incident_templates import AsyncIncidentTemplateManager
from cachet_sdk.v3.aio.incident_updates import AsyncIncidentUpdateManager
from cachet_sdk.v3.aio.incidents import AsyncIncidentManager
from cachet_sdk.v3.aio.metric_points import AsyncMetricPointManager
from cachet_sdk.v3.aio.metrics import AsyncMetricManager
from cachet_sdk.v3.aio.ping import AsyncPingManager
from cachet_sdk.v3.aio.schedule_updates import AsyncScheduleUpdateManager
from cachet_sdk.v3.aio.schedules import AsyncScheduleManager
from cachet_sdk.v3.aio.status import AsyncStatusManager
from cachet_sdk.v3.aio.subscribers import AsyncSubscriberManager
from cachet_sdk.v3.aio.version import AsyncVersionManager


class AsyncClient(AsyncBaseClient):
    """An asynchronous client of Cachet 3. Made by :func:`cachet_sdk.AsyncClient` with ``version="3"``.

    It holds one pool of connections and is safe to share. Close it when it is not needed any more, or use it in a
    ``with`` statement.

    Attributes:
        ping: Whether the API answers.
        version: The version of the server.
        status: How everything is doing.
        components: The components.
        component_groups: The component groups.
        incidents: The incidents.
        incident_updates: The updates of incidents.
        incident_templates: The incident templates.
        metrics: The metrics.
        metric_points: The points of metrics.
        schedules: The schedules.
        schedule_updates: The updates of schedules.
        subscribers: The subscribers.
    """

    def __init__(
        self, settings: Settings, connection: ConnectionSettings[httpx.AsyncBaseTransport, httpx.AsyncClient]
    ) -> None:
        super().__init__(settings, connection)
        transport = self._transport
        self.ping: AsyncPingManager = AsyncPingManager(transport)
        self.version: AsyncVersionManager = AsyncVersionManager(transport)
        self.status: AsyncStatusManager = AsyncStatusManager(transport)
        self.components: AsyncComponentManager = AsyncComponentManager(transport)
        self.component_groups: AsyncComponentGroupManager = AsyncComponentGroupManager(transport)
        self.incidents: AsyncIncidentManager = AsyncIncidentManager(transport)
        self.incident_updates: AsyncIncidentUpdateManager = AsyncIncidentUpdateManager(transport, self.incidents.moves)
        self.incident_templates: AsyncIncidentTemplateManager = AsyncIncidentTemplateManager(transport)
        self.metrics: AsyncMetricManager = AsyncMetricManager(transport)
        self.metric_points: AsyncMetricPointManager = AsyncMetricPointManager(transport)
        self.schedules: AsyncScheduleManager = AsyncScheduleManager(transport)
        self.schedule_updates: AsyncScheduleUpdateManager = AsyncScheduleUpdateManager(transport, self.schedules.moves)
        self.subscribers: AsyncSubscriberManager = AsyncSubscriberManager(transport)
        self._relate()

    @property
    def rate_limit(self) -> RateLimit | None:
        """What the last answer that told of a rate limit said; None before the first one.

        The server counts reads by address, and everything else by user; this is the one that the last request went
        into.

        Example:
            >>> component = await client.components.get(1)
            >>> client.rate_limit.limit
            300
        """
        return self._transport.rate_limit

    def _relate(self) -> None:
        shared: Mapping[str, AsyncBinding] = {
            "components": self.components.binding,
            "componentGroups": self.component_groups.binding,
            "incidents": self.incidents.binding,
            "metrics": self.metrics.binding,
            "metricPoints": self.metric_points.binding,
            "schedules": self.schedules.binding,
        }
        self.components.relate(shared)
        self.component_groups.relate(shared)
        self.incident_updates.relate(shared)
        self.metrics.relate(shared)
        self.metric_points.relate(shared)
        self.schedule_updates.relate(shared)
        self.subscribers.relate(shared)
        # Updates of incidents and of schedules share their JSON:API type, and no manager.
        self.incidents.relate({**shared, "updates": self.incident_updates.binding})
        self.schedules.relate({**shared, "updates": self.schedule_updates.binding})
