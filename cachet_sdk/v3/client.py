# Made by "make sync" from aio/client.py: edit that file instead of this one.
"""The client of Cachet 3: one connection pool, and a manager per resource."""

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
from cachet_sdk.v3.enums import ComponentStatus
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

    It has one connection pool and is safe to share. Close it after use, or use ``with``.
    """

    _VERSION = "3"

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
    """Incidents, which can set the status of several components."""
    incident_updates: IncidentUpdateManager = unbound(IncidentUpdateManager)
    """Updates of incidents."""
    incident_templates: IncidentTemplateManager = unbound(IncidentTemplateManager)
    """Reusable texts for incidents."""
    metrics: MetricManager = unbound(MetricManager)
    """Metrics, shown as charts."""
    metric_points: MetricPointManager = unbound(MetricPointManager)
    """Values of metrics, each with a time."""
    schedules: ScheduleManager = unbound(ScheduleManager)
    """Scheduled maintenance."""
    schedule_updates: ScheduleUpdateManager = unbound(ScheduleUpdateManager)
    """Updates of schedules."""
    subscribers: SubscriberManager = unbound(SubscriberManager)
    """Subscribers, who are notified by e-mail."""

    def _connect(self, transport: Transport) -> None:
        earlier = self._counters()  # those of the client on which with_options() was called
        super()._connect(transport)
        self.ping = PingManager(transport)
        self.version = VersionManager(transport)
        self.status = StatusManager(transport)
        self.components = ComponentManager(transport)
        self.component_groups = ComponentGroupManager(transport)
        self.incidents = KeyedIncidentManager(transport)
        self.incident_updates = IncidentUpdateManager(transport, self.incidents.mutations)
        self.incident_templates = IncidentTemplateManager(transport)
        self.metrics = MetricManager(transport)
        self.metric_points = MetricPointManager(transport)
        self.schedules = ScheduleManager(transport)
        self.schedule_updates = ScheduleUpdateManager(transport, self.schedules.mutations)
        self.subscribers = SubscriberManager(transport)
        for name, counter in self._counters().items():
            if name in earlier:
                counter.join(earlier[name])
        self._relate()

    @property
    def rate_limit(self) -> RateLimit | None:
        """The rate limit of the last response that stated one. None if none did.

        The server has two limits: reads are counted by IP address, everything else by user. This is the one that
        applied to the last request.

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
        components: Mapping[int, ComponentStatus | int] | Sequence[int] | None = None,
        duration: timedelta | float = timedelta(hours=1),
        start: datetime | None = None,
        notifications: bool | None = None,
        on_error: OnError = "close",
    ) -> Maintenance:
        """Announce maintenance while a block of code runs.

        The window opens when the block begins and closes when it ends. A block that takes longer than the window is
        not interrupted: call ``window.extend()`` in time.

        The window is a schedule with an end. If the process is killed, it completes when its end has passed. If the
        response to creating it is lost, the SDK checks whether it exists before sending it again.

        Args:
            name: Title.
            message: Text in Markdown.
            components: Statuses of the affected components by id, or only their ids, to show them as under maintenance.
                The server computes the status that the page shows, so it reverts when the window closes.
            duration: Planned duration, as a timedelta or in seconds. Defaults to one hour.
            start: Announced start, an aware datetime. The block runs immediately in any case. Defaults to now.
            notifications: Whether subscribers are notified.
            on_error: What to do if the block raises an exception (including Ctrl-C and cancellation): ``"close"``
                closes the window, ``"extend"`` leaves it open for another ``duration``, ``"incident"`` closes it and
                opens an incident with its components in partial outage. The exception is raised in any case. If the
                window cannot be closed, a note is added to the exception.

        Example:
            >>> with client.maintenance(
            ...     "New disks", message="One by one", duration=600
            ... ) as window:
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
        """Return a snapshot of what the status page shows.

        It takes five requests (for the status, the components with their groups, the groups, the open incidents and the
        schedules), and one more per further hundred of each. The snapshot is not atomic: a change made while it is read
        may be included in part. Disabled components are omitted, with any token. With a valid token, the snapshot
        contains what logged-in users see.

        Example:
            >>> board = client.status_board()
            >>> str(board.status), [it.name for it in board.ungrouped]
            ('partial_outage', ['API'])
        """
        return read_board(self.status, self.components, self.component_groups, self.incidents, self.schedules)

    def _counters(self) -> dict[str, MutationCounter]:
        """Return the mutation counter of each manager."""
        return {
            name: manager.mutations
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
        # Updates of incidents and of schedules share a JSON:API type, but not a manager.
        self.incidents.relate({**shared, "updates": self.incident_updates.binding})
        self.schedules.relate({**shared, "updates": self.schedule_updates.binding})
