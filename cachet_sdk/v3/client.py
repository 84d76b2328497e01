# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The client of Cachet 3: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from cachet_sdk.core.client import BaseClient
from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.maintenance import OnError
from cachet_sdk.core.paging.simple import MutationCounter
from cachet_sdk.core.resource import Binding
from cachet_sdk.core.unbound import unbound
from cachet_sdk.v3.board import StatusBoard, read_board
from cachet_sdk.v3.component_groups import ComponentGroupManager
from cachet_sdk.v3.components import ComponentManager
from cachet_sdk.v3.incident_templates import IncidentTemplateManager
from cachet_sdk.v3.incident_updates import IncidentUpdateManager
from cachet_sdk.v3.keyed_incidents import KeyedIncidentManager
from cachet_sdk.v3.maintenance import Maintenance
from cachet_sdk.v3.manager import Manager
from cachet_sdk.v3.metric_points import MetricPointManager
from cachet_sdk.v3.metrics import MetricManager
from cachet_sdk.v3.ping import PingManager
from cachet_sdk.v3.schedule_updates import ScheduleUpdateManager
from cachet_sdk.v3.schedules import ScheduleManager
from cachet_sdk.v3.status import StatusManager
from cachet_sdk.v3.subscribers import SubscriberManager
from cachet_sdk.v3.version import VersionManager


class Client(BaseClient):
    """The synchronous client of Cachet 3.

    It holds one pool of connections and is safe to share. Close it when it is not needed any more, or use it in a
    ``with`` statement.
    """

    _VERSION = "3"

    ping: PingManager = unbound(PingManager)
    """Whether the API answers: ``client.ping()``."""
    version: VersionManager = unbound(VersionManager)
    """The server's version: ``client.version()``."""
    status: StatusManager = unbound(StatusManager)
    """The overall status of the page: ``client.status()``."""
    components: ComponentManager = unbound(ComponentManager)
    """The components: the parts of your service, each with a status."""
    component_groups: ComponentGroupManager = unbound(ComponentGroupManager)
    """The groups that components are shown in."""
    incidents: KeyedIncidentManager = unbound(KeyedIncidentManager)
    """The incidents, which can have statuses for several components."""
    incident_updates: IncidentUpdateManager = unbound(IncidentUpdateManager)
    """The updates of incidents."""
    incident_templates: IncidentTemplateManager = unbound(IncidentTemplateManager)
    """The incident templates."""
    metrics: MetricManager = unbound(MetricManager)
    """The metrics, which are drawn as charts."""
    metric_points: MetricPointManager = unbound(MetricPointManager)
    """The points of metrics: values at times."""
    schedules: ScheduleManager = unbound(ScheduleManager)
    """The schedules: planned maintenance."""
    schedule_updates: ScheduleUpdateManager = unbound(ScheduleUpdateManager)
    """The updates of schedules."""
    subscribers: SubscriberManager = unbound(SubscriberManager)
    """The subscribers, who get mail about what happens."""

    def _connect(self, transport: Transport) -> None:
        earlier = self._counters()  # of the client that with_options() was called on
        super()._connect(transport)
        self.ping = PingManager(transport)
        self.version = VersionManager(transport)
        self.status = StatusManager(transport)
        self.components = ComponentManager(transport)
        self.component_groups = ComponentGroupManager(transport)
        self.incidents = KeyedIncidentManager(transport)
        self.incident_updates = IncidentUpdateManager(transport, self.incidents.moves)
        self.incident_templates = IncidentTemplateManager(transport)
        self.metrics = MetricManager(transport)
        self.metric_points = MetricPointManager(transport)
        self.schedules = ScheduleManager(transport)
        self.schedule_updates = ScheduleUpdateManager(transport, self.schedules.moves)
        self.subscribers = SubscriberManager(transport)
        for name, counter in self._counters().items():
            if name in earlier:
                counter.join(earlier[name])
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

    def maintenance(
        self,
        name: str,
        *,
        message: str,
        components: Mapping[int, int] | Sequence[int] | None = None,
        duration: timedelta | float = timedelta(hours=1),
        start: datetime | None = None,
        notifications: bool | None = None,
        on_error: OnError = "close",
    ) -> Maintenance:
        """Announce maintenance for as long as a block of code runs.

        The window opens when the block begins, and is closed when it ends. The block is not stopped when it takes
        longer than the window: call ``window.extend()`` in time.

        It is a schedule with an end: after a process that was killed, the server itself takes it for complete when
        that has come. When the answer is lost that makes it, the server is asked for it before it is sent again.

        Args:
            name: The title.
            message: The text, in Markdown.
            components: The components that it is about: ids, which are under maintenance meanwhile, or other states
                by id. The server computes the state that the page shows, so that it comes and goes with the window.
            duration: How long it is to take at most, as a timedelta or in seconds. Defaults to an hour.
            start: When it is to begin, aware; the block begins at once nevertheless. Defaults to now.
            notifications: Whether subscribers are told.
            on_error: What an exception in the block does, Ctrl-C and a cancellation too: ``"close"`` closes the window,
                ``"extend"`` leaves it open for another ``duration``, ``"incident"`` closes it and opens an incident
                about the components, in partial outage. The exception is
                raised in any case; when the window cannot be ended, a note on the exception says so.

        Raises:
            ArgumentError: for a bad argument.
            HTTPError: when the server refuses, in the ``with`` statement.
            TransportError: when no answer comes, in the ``with`` statement.

        Example:
            >>> with client.maintenance("New disks", message="One by one", duration=600) as window:
            ...     print(window.schedule.name)
            New disks
            >>> (client.schedules.get(window.id)).status_name
            'Complete'
        """
        return Maintenance(
            self.schedules,
            self.incidents,
            name,
            message=message,
            components=components,
            duration=duration,
            start=start,
            notifications=notifications,
            on_error=on_error,
        )

    def status_board(self) -> StatusBoard:
        """Read what the status page shows, in one snapshot.

        It takes five requests, and one more for each further hundred of a kind: the status, the components with their
        groups, the groups, the open incidents, the schedules. What changes in between may be seen half. Disabled
        components are left out, with any token. What only logged-in users see is there with a valid token.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> board = client.status_board()
            >>> str(board.status), [it.name for it in board.ungrouped]
            ('partial_outage', ['API'])
        """
        return read_board(self.status, self.components, self.component_groups, self.incidents, self.schedules)

    def _counters(self) -> dict[str, MutationCounter]:
        """Return what counts the mutations by each manager."""
        return {
            name: manager.moves
            for name, manager in cast("dict[str, object]", vars(self)).items()
            if isinstance(manager, Manager)
        }

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
