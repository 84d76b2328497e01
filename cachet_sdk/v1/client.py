# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The client of the v1 API: one connection pool, and a manager for each kind of resource."""

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
        """Read what the status page shows, in one snapshot.

        It takes eight requests, and one more for each hundred groups or schedules: one each for the status, the
        components, the groups and the schedules, and four for the open incidents, which are read by their status so
        that the closed ones of many years are not. In the first seconds of a minute the schedules may take one more,
        to tell dates that are null. What changes in between may be seen half. Disabled components are
        left out, with any token. What only logged-in users see is there with a valid token. A component whose group
        the token may not see is among the ungrouped.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

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
        components: Mapping[int, int] | Sequence[int] | None = None,
        duration: timedelta | float = timedelta(hours=1),
        start: datetime | None = None,
        notify: bool = True,
        on_error: OnError = "close",
    ) -> Maintenance:
        """Announce maintenance for as long as a block of code runs.

        The window opens when the block begins, and is closed when it ends. The block is not stopped when it takes
        longer than the window: call ``window.extend()`` in time.

        It is a schedule on Cachet 2.4, in progress from its start, with its end announced as ``completed_at``; an
        incident of the state "scheduled" on 2.3. **The server closes neither by itself**: after a process that was
        killed it has to be closed by hand. Its ``completed_at`` then says until when it was planned, on 2.4. A lost
        answer when it is made is raised, with ``maybe_applied``, and the block does not run.

        Args:
            name: The title.
            message: The text, in Markdown.
            components: Components that get another state meanwhile: states by id. Each gets its old one back at the
                end, unless somebody has given it another one. Ids alone change nothing: Cachet 2 has no state for
                maintenance.
            duration: How long it is to take at most, as a timedelta or in seconds. Defaults to an hour.
            start: When it is to begin, aware; the block begins at once nevertheless. Defaults to now.
            notify: Whether subscribers are told.
            on_error: What an exception in the block does, Ctrl-C and a cancellation too: ``"close"`` closes the window,
                ``"extend"`` leaves it open for another ``duration``, ``"incident"`` closes it and opens an incident
                about the components, in partial outage (the first of them). The exception is
                raised in any case; when the window cannot be ended, a note on the exception says so.

        Raises:
            ArgumentError: for a bad argument.
            HTTPError: when the server refuses, in the ``with`` statement.
            TransportError: when no answer comes, in the ``with`` statement.

        Example:
            >>> with client.maintenance("New disks", message="One by one", duration=600) as window:
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
