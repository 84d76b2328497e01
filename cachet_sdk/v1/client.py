# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The client of the v1 API: one connection pool, and a manager per resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from cachet_sdk.core.client import BaseClient
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.maintenance import OnError
from cachet_sdk.core.unbound import unbound
from cachet_sdk.v1.board import StatusBoard, read_board
from cachet_sdk.v1.component_groups import ComponentGroupManager
from cachet_sdk.v1.components import ComponentManager
from cachet_sdk.v1.enums import ComponentStatus
from cachet_sdk.v1.incident_templates import IncidentTemplateManager
from cachet_sdk.v1.incident_updates import IncidentUpdatesManager
from cachet_sdk.v1.keyed_incidents import KeyedIncidentManager
from cachet_sdk.v1.maintenance import Maintenance
from cachet_sdk.v1.metric_points import MetricPointManager
from cachet_sdk.v1.metrics import MetricManager
from cachet_sdk.v1.ping import PingManager
from cachet_sdk.v1.release import ReleaseProbe
from cachet_sdk.v1.schedules import ScheduleManager
from cachet_sdk.v1.status import StatusManager
from cachet_sdk.v1.subscribers import SubscriberManager, SubscriptionManager
from cachet_sdk.v1.version import VersionManager


class Client(BaseClient):
    """The synchronous client of Cachet 2.3 and 2.4.

    It has one connection pool and is safe to share. Close it after use, or use ``with``.
    """

    _VERSION = "1"

    ping: PingManager = unbound(PingManager)
    """Check that the API responds: ``client.ping()``."""
    version: VersionManager = unbound(VersionManager)
    """Read the server's version: ``client.version()``."""
    status: StatusManager = unbound(StatusManager)
    """Read the overall status: ``client.status()``."""
    components: ComponentManager = unbound(ComponentManager)
    """Components: the parts of your service, each with a status."""
    component_groups: ComponentGroupManager = unbound(ComponentGroupManager)
    """Groups of components."""
    incidents: KeyedIncidentManager = unbound(KeyedIncidentManager)
    """Incidents, which can also set a component's status."""
    incident_updates: IncidentUpdatesManager = unbound(IncidentUpdatesManager)
    """Updates of incidents. Requires Cachet 2.4."""
    incident_templates: IncidentTemplateManager = unbound(IncidentTemplateManager)
    """Incident templates, which the API can only read. Requires Cachet 2.4."""
    metrics: MetricManager = unbound(MetricManager)
    """Metrics, shown as charts."""
    metric_points: MetricPointManager = unbound(MetricPointManager)
    """Values of metrics, each with a time."""
    schedules: ScheduleManager = unbound(ScheduleManager)
    """Scheduled maintenance. Requires Cachet 2.4."""
    subscribers: SubscriberManager = unbound(SubscriberManager)
    """Subscribers, who are notified of incidents by e-mail."""
    subscriptions: SubscriptionManager = unbound(SubscriptionManager)
    """Subscriptions to single components."""

    def _connect(self, transport: Transport) -> None:
        super()._connect(transport)
        release = self._release = ReleaseProbe(transport)
        self.ping = PingManager(transport)
        self.version = VersionManager(transport)
        self.status = StatusManager(transport)
        self.components = ComponentManager(transport, release)
        self.component_groups = ComponentGroupManager(transport, self.components, release)
        self.incident_updates = IncidentUpdatesManager(transport)
        self.incidents = KeyedIncidentManager(transport, self.components, self.incident_updates, release)
        self.incident_templates = IncidentTemplateManager(transport)
        self.metric_points = MetricPointManager(transport, release)
        self.metrics = MetricManager(transport, self.metric_points, release)
        self.schedules = ScheduleManager(transport)
        self.subscribers = SubscriberManager(transport, release)
        self.subscriptions = SubscriptionManager(transport)

    def status_board(self) -> StatusBoard:
        """Return a snapshot of what the status page shows.

        It takes eight requests, and one more per further hundred groups or schedules: one each for the status, the
        components, the groups and the schedules, and one for each of the four statuses of open incidents. In the first
        seconds of a minute, schedules may take one more request to recognize null dates. The snapshot is not atomic: a
        change made while it is read may be included in part. Disabled components are omitted, with any token. With a
        valid token, the snapshot contains what logged-in users see. A component whose group the token may not see is in
        ``ungrouped``.

        Example:
            >>> board = client.status_board()
            >>> board.status, [it.name for it in board.ungrouped]
            ('success', ['API'])
        """
        return read_board(self.status, self.components, self.component_groups, self.incidents, self.schedules)

    def maintenance(
        self,
        name: str,
        *,
        message: str,
        components: Mapping[int, ComponentStatus | int] | Sequence[int] | None = None,
        duration: timedelta | float = timedelta(hours=1),
        start: datetime | None = None,
        notify: bool = True,
        on_error: OnError = "close",
    ) -> Maintenance:
        """Announce maintenance while a block of code runs.

        The window opens when the block begins and closes when it ends. A block that takes longer than the window is
        not interrupted: call ``window.extend()`` in time.

        On Cachet 2.4 the window is a schedule, in progress from its start, with its planned end as ``completed_at``.
        On 2.3 it is an incident with the status "scheduled". **The server closes neither by itself**: if the process
        is killed, close the window by hand. If the response to opening the window is lost, the error is raised with
        ``maybe_applied``, and the block does not run.

        Args:
            name: Title.
            message: Text in Markdown.
            components: Statuses by component id, to be set during the maintenance. At the end, the previous statuses
                are restored, except those that were changed in the meantime. Ids alone change nothing, because Cachet 2
                has no status for maintenance.
            duration: Planned duration, as a timedelta or in seconds. Defaults to one hour.
            start: Announced start, an aware datetime. The block runs immediately in any case. Defaults to now.
            notify: Whether subscribers are notified.
            on_error: What to do if the block raises an exception (including Ctrl-C and cancellation): ``"close"``
                closes the window, ``"extend"`` leaves it open for another ``duration``, ``"incident"`` closes it and
                opens an incident that sets the first of the components to partial outage. The exception is raised in
                any case. If the window cannot be closed, a note is added to the exception.

        Example:
            >>> with client.maintenance(
            ...     "New disks", message="One by one", duration=600
            ... ) as window:
            ...     print(window.schedule.name)
            New disks
            >>> (client.schedules.get(window.id)).human_status
            'Complete'
        """
        return Maintenance(
            self.schedules,
            self.incidents,
            self.components,
            self._release,
            name,
            message=message,
            components=components,
            duration=duration,
            start=start,
            notify=notify,
            on_error=on_error,
        )
