# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The client of Cachet 3: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from cachet_sdk.core.client import BaseClient
from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.core.resource import Binding
from cachet_sdk.options import Settings
from cachet_sdk.v3.component_groups import ComponentGroupManager
from cachet_sdk.v3.components import ComponentManager
from cachet_sdk.v3.incident_templates import IncidentTemplateManager
from cachet_sdk.v3.incident_updates import IncidentUpdateManager
from cachet_sdk.v3.incidents import IncidentManager
from cachet_sdk.v3.metric_points import MetricPointManager
from cachet_sdk.v3.metrics import MetricManager
from cachet_sdk.v3.ping import PingManager
from cachet_sdk.v3.schedule_updates import ScheduleUpdateManager
from cachet_sdk.v3.schedules import ScheduleManager
from cachet_sdk.v3.status import StatusManager
from cachet_sdk.v3.subscribers import SubscriberManager
from cachet_sdk.v3.version import VersionManager


class Client(BaseClient):
    """An blocking client of Cachet 3. Made by :func:`cachet_sdk.Client` with ``version="3"``.

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

    def __init__(self, settings: Settings, connection: ConnectionSettings[httpx.BaseTransport, httpx.Client]) -> None:
        super().__init__(settings, connection)
        transport = self._transport
        self.ping: PingManager = PingManager(transport)
        self.version: VersionManager = VersionManager(transport)
        self.status: StatusManager = StatusManager(transport)
        self.components: ComponentManager = ComponentManager(transport)
        self.component_groups: ComponentGroupManager = ComponentGroupManager(transport)
        self.incidents: IncidentManager = IncidentManager(transport)
        self.incident_updates: IncidentUpdateManager = IncidentUpdateManager(transport, self.incidents.moves)
        self.incident_templates: IncidentTemplateManager = IncidentTemplateManager(transport)
        self.metrics: MetricManager = MetricManager(transport)
        self.metric_points: MetricPointManager = MetricPointManager(transport)
        self.schedules: ScheduleManager = ScheduleManager(transport)
        self.schedule_updates: ScheduleUpdateManager = ScheduleUpdateManager(transport, self.schedules.moves)
        self.subscribers: SubscriberManager = SubscriberManager(transport)
        self._relate()

    @property
    def rate_limit(self) -> RateLimit | None:
        """What the last answer that told of a rate limit said; None before the first one.

        The server counts reads by address, and everything else by user; this is the one that the last request went
        into.

        Example:
            >>> component = client.components.get(1)
            >>> client.rate_limit.limit
            300
        """
        return self._transport.rate_limit

    def _relate(self) -> None:
        shared: Mapping[str, Binding] = {
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
