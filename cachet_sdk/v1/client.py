# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The client of the v1 API: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

from cachet_sdk.core.client import BaseClient
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.unbound import unbound
from cachet_sdk.v1.component_groups import ComponentGroupManager
from cachet_sdk.v1.components import ComponentManager
from cachet_sdk.v1.incident_templates import IncidentTemplateManager
from cachet_sdk.v1.incident_updates import IncidentUpdatesManager
from cachet_sdk.v1.keyed_incidents import KeyedIncidentManager
from cachet_sdk.v1.metric_points import MetricPointManager
from cachet_sdk.v1.metrics import MetricManager
from cachet_sdk.v1.ping import PingManager
from cachet_sdk.v1.release import ReleaseProbe
from cachet_sdk.v1.schedules import ScheduleManager
from cachet_sdk.v1.status import StatusManager
from cachet_sdk.v1.subscribers import SubscriberManager, SubscriptionManager
from cachet_sdk.v1.version import VersionManager


class Client(BaseClient):
    """The blocking client of Cachet 2.3 and 2.4.

    It holds one pool of connections and is safe to share. Close it when it is not needed any more, or use it in a
    ``with`` statement.
    """

    _VERSION = "1"

    ping: PingManager = unbound(PingManager)
    """Whether the API answers: ``client.ping()``."""
    version: VersionManager = unbound(VersionManager)
    """The server's version, and whether it is the latest: ``client.version()``."""
    status: StatusManager = unbound(StatusManager)
    """The overall status of the page: ``client.status()``."""
    components: ComponentManager = unbound(ComponentManager)
    """The components: the parts of your service, each with a status."""
    component_groups: ComponentGroupManager = unbound(ComponentGroupManager)
    """The groups that components are shown in."""
    incidents: KeyedIncidentManager = unbound(KeyedIncidentManager)
    """The incidents, which can set the status of a component."""
    incident_updates: IncidentUpdatesManager = unbound(IncidentUpdatesManager)
    """The updates of incidents. Cachet 2.4."""
    incident_templates: IncidentTemplateManager = unbound(IncidentTemplateManager)
    """The incident templates, read-only here. Cachet 2.4."""
    metrics: MetricManager = unbound(MetricManager)
    """The metrics, which are drawn as charts."""
    metric_points: MetricPointManager = unbound(MetricPointManager)
    """The points of metrics: values at times."""
    schedules: ScheduleManager = unbound(ScheduleManager)
    """The schedules: planned maintenance. Cachet 2.4."""
    subscribers: SubscriberManager = unbound(SubscriberManager)
    """The subscribers, who get mail about incidents."""
    subscriptions: SubscriptionManager = unbound(SubscriptionManager)
    """The subscriptions of subscribers to single components."""

    def _connect(self, transport: Transport) -> None:
        super()._connect(transport)
        release = ReleaseProbe(transport)
        self.ping = PingManager(transport)
        self.version = VersionManager(transport)
        self.status = StatusManager(transport)
        self.components = ComponentManager(transport, release)
        self.component_groups = ComponentGroupManager(transport, self.components)
        self.incident_updates = IncidentUpdatesManager(transport)
        self.incidents = KeyedIncidentManager(transport, self.components, self.incident_updates, release)
        self.incident_templates = IncidentTemplateManager(transport)
        self.metric_points = MetricPointManager(transport)
        self.metrics = MetricManager(transport, self.metric_points, release)
        self.schedules = ScheduleManager(transport)
        self.subscribers = SubscriberManager(transport)
        self.subscriptions = SubscriptionManager(transport)
