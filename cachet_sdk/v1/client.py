# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The client of the v1 API: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

import httpx

from cachet_sdk.core.client import BaseClient
from cachet_sdk.core.http.connection import ConnectionSettings
from cachet_sdk.options import Settings
from cachet_sdk.v1.component_groups import ComponentGroupManager
from cachet_sdk.v1.components import ComponentManager
from cachet_sdk.v1.incident_templates import IncidentTemplateManager
from cachet_sdk.v1.incident_updates import IncidentUpdatesManager
from cachet_sdk.v1.incidents import IncidentManager
from cachet_sdk.v1.metric_points import MetricPointManager
from cachet_sdk.v1.metrics import MetricManager
from cachet_sdk.v1.ping import PingManager
from cachet_sdk.v1.release import ReleaseProbe
from cachet_sdk.v1.schedules import ScheduleManager
from cachet_sdk.v1.status import StatusManager
from cachet_sdk.v1.subscribers import SubscriberManager, SubscriptionManager
from cachet_sdk.v1.version import VersionManager


class Client(BaseClient):
    """An blocking client of Cachet 2.3 and 2.4. Made by :func:`cachet_sdk.Client`.

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

    def __init__(self, settings: Settings, connection: ConnectionSettings[httpx.BaseTransport, httpx.Client]) -> None:
        super().__init__(settings, connection)
        transport = self._transport
        release = ReleaseProbe(transport)
        self.ping: PingManager = PingManager(transport)
        self.version: VersionManager = VersionManager(transport)
        self.status: StatusManager = StatusManager(transport)
        self.components: ComponentManager = ComponentManager(transport, release)
        self.component_groups: ComponentGroupManager = ComponentGroupManager(transport, self.components)
        self.incident_updates: IncidentUpdatesManager = IncidentUpdatesManager(transport)
        self.incidents: IncidentManager = IncidentManager(transport, self.components, self.incident_updates)
        self.incident_templates: IncidentTemplateManager = IncidentTemplateManager(transport)
        self.metric_points: MetricPointManager = MetricPointManager(transport)
        self.metrics: MetricManager = MetricManager(transport, self.metric_points, release)
        self.schedules: ScheduleManager = ScheduleManager(transport)
        self.subscribers: SubscriberManager = SubscriberManager(transport)
        self.subscriptions: SubscriptionManager = SubscriptionManager(transport)
