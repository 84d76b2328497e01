"""The client of the v1 API: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

from cachet_sdk.core.aio.client import AsyncBaseClient
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.unbound import unbound
from cachet_sdk.v1.aio.component_groups import AsyncComponentGroupManager
from cachet_sdk.v1.aio.components import AsyncComponentManager
from cachet_sdk.v1.aio.incident_templates import AsyncIncidentTemplateManager
from cachet_sdk.v1.aio.incident_updates import AsyncIncidentUpdatesManager
from cachet_sdk.v1.aio.keyed_incidents import AsyncKeyedIncidentManager
from cachet_sdk.v1.aio.metric_points import AsyncMetricPointManager
from cachet_sdk.v1.aio.metrics import AsyncMetricManager
from cachet_sdk.v1.aio.ping import AsyncPingManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.aio.schedules import AsyncScheduleManager
from cachet_sdk.v1.aio.status import AsyncStatusManager
from cachet_sdk.v1.aio.subscribers import AsyncSubscriberManager, AsyncSubscriptionManager
from cachet_sdk.v1.aio.version import AsyncVersionManager


class AsyncClient(AsyncBaseClient):
    """The asynchronous client of Cachet 2.3 and 2.4.

    It holds one pool of connections and is safe to share. Close it when it is not needed any more, or use it in a
    ``with`` statement.
    """

    _VERSION = "1"

    ping: AsyncPingManager = unbound(AsyncPingManager)
    """Whether the API answers: ``await client.ping()``."""
    version: AsyncVersionManager = unbound(AsyncVersionManager)
    """The server's version, and whether it is the latest: ``await client.version()``."""
    status: AsyncStatusManager = unbound(AsyncStatusManager)
    """The overall status of the page: ``await client.status()``."""
    components: AsyncComponentManager = unbound(AsyncComponentManager)
    """The components: the parts of your service, each with a status."""
    component_groups: AsyncComponentGroupManager = unbound(AsyncComponentGroupManager)
    """The groups that components are shown in."""
    incidents: AsyncKeyedIncidentManager = unbound(AsyncKeyedIncidentManager)
    """The incidents, which can set the status of a component."""
    incident_updates: AsyncIncidentUpdatesManager = unbound(AsyncIncidentUpdatesManager)
    """The updates of incidents. Cachet 2.4."""
    incident_templates: AsyncIncidentTemplateManager = unbound(AsyncIncidentTemplateManager)
    """The incident templates, read-only here. Cachet 2.4."""
    metrics: AsyncMetricManager = unbound(AsyncMetricManager)
    """The metrics, which are drawn as charts."""
    metric_points: AsyncMetricPointManager = unbound(AsyncMetricPointManager)
    """The points of metrics: values at times."""
    schedules: AsyncScheduleManager = unbound(AsyncScheduleManager)
    """The schedules: planned maintenance. Cachet 2.4."""
    subscribers: AsyncSubscriberManager = unbound(AsyncSubscriberManager)
    """The subscribers, who get mail about incidents."""
    subscriptions: AsyncSubscriptionManager = unbound(AsyncSubscriptionManager)
    """The subscriptions of subscribers to single components."""

    def _connect(self, transport: AsyncTransport) -> None:
        super()._connect(transport)
        release = AsyncReleaseProbe(transport)
        self.ping = AsyncPingManager(transport)
        self.version = AsyncVersionManager(transport)
        self.status = AsyncStatusManager(transport)
        self.components = AsyncComponentManager(transport, release)
        self.component_groups = AsyncComponentGroupManager(transport, self.components)
        self.incident_updates = AsyncIncidentUpdatesManager(transport)
        self.incidents = AsyncKeyedIncidentManager(transport, self.components, self.incident_updates, release)
        self.incident_templates = AsyncIncidentTemplateManager(transport)
        self.metric_points = AsyncMetricPointManager(transport)
        self.metrics = AsyncMetricManager(transport, self.metric_points, release)
        self.schedules = AsyncScheduleManager(transport)
        self.subscribers = AsyncSubscriberManager(transport)
        self.subscriptions = AsyncSubscriptionManager(transport)
