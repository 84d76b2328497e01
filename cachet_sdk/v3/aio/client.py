"""The client of Cachet 3: one connection pool, and a manager per resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from cachet_sdk.core.aio.client import AsyncBaseClient
from cachet_sdk.core.aio.resource import AsyncBinding
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.rate_limit import RateLimit
from cachet_sdk.core.maintenance import OnError
from cachet_sdk.core.paging.simple import MutationCounter
from cachet_sdk.core.unbound import unbound
from cachet_sdk.v3.aio.board import AsyncStatusBoard, async_read_board
from cachet_sdk.v3.aio.component_groups import AsyncComponentGroupManager
from cachet_sdk.v3.aio.components import AsyncComponentManager
from cachet_sdk.v3.aio.incident_templates import AsyncIncidentTemplateManager
from cachet_sdk.v3.aio.incident_updates import AsyncIncidentUpdateManager
from cachet_sdk.v3.aio.keyed_incidents import AsyncKeyedIncidentManager
from cachet_sdk.v3.aio.maintenance import AsyncMaintenance
from cachet_sdk.v3.aio.manager import AsyncManager
from cachet_sdk.v3.aio.metric_points import AsyncMetricPointManager
from cachet_sdk.v3.aio.metrics import AsyncMetricManager
from cachet_sdk.v3.aio.ping import AsyncPingManager
from cachet_sdk.v3.aio.schedule_updates import AsyncScheduleUpdateManager
from cachet_sdk.v3.aio.schedules import AsyncScheduleManager
from cachet_sdk.v3.aio.status import AsyncStatusManager
from cachet_sdk.v3.aio.subscribers import AsyncSubscriberManager
from cachet_sdk.v3.aio.version import AsyncVersionManager
from cachet_sdk.v3.enums import ComponentStatus


class AsyncClient(AsyncBaseClient):
    """The asynchronous client of Cachet 3.

    It has one connection pool and is safe to share. Close it after use, or use ``async with``.
    """

    _VERSION = "3"

    ping: AsyncPingManager = unbound(AsyncPingManager)
    """Check that the API responds: ``await client.ping()``."""
    version: AsyncVersionManager = unbound(AsyncVersionManager)
    """Read the server's version: ``await client.version()``."""
    status: AsyncStatusManager = unbound(AsyncStatusManager)
    """Read the overall status: ``await client.status()``."""
    components: AsyncComponentManager = unbound(AsyncComponentManager)
    """Components: the parts of your service, each with a status."""
    component_groups: AsyncComponentGroupManager = unbound(AsyncComponentGroupManager)
    """Groups of components."""
    incidents: AsyncKeyedIncidentManager = unbound(AsyncKeyedIncidentManager)
    """Incidents, which can set the status of several components."""
    incident_updates: AsyncIncidentUpdateManager = unbound(AsyncIncidentUpdateManager)
    """Updates of incidents."""
    incident_templates: AsyncIncidentTemplateManager = unbound(AsyncIncidentTemplateManager)
    """Reusable texts for incidents."""
    metrics: AsyncMetricManager = unbound(AsyncMetricManager)
    """Metrics, shown as charts."""
    metric_points: AsyncMetricPointManager = unbound(AsyncMetricPointManager)
    """Values of metrics, each with a time."""
    schedules: AsyncScheduleManager = unbound(AsyncScheduleManager)
    """Scheduled maintenance."""
    schedule_updates: AsyncScheduleUpdateManager = unbound(AsyncScheduleUpdateManager)
    """Updates of schedules."""
    subscribers: AsyncSubscriberManager = unbound(AsyncSubscriberManager)
    """Subscribers, who are notified by e-mail."""

    def _connect(self, transport: AsyncTransport) -> None:
        earlier = self._counters()  # those of the client on which with_options() was called
        super()._connect(transport)
        self.ping = AsyncPingManager(transport)
        self.version = AsyncVersionManager(transport)
        self.status = AsyncStatusManager(transport)
        self.components = AsyncComponentManager(transport)
        self.component_groups = AsyncComponentGroupManager(transport)
        self.incidents = AsyncKeyedIncidentManager(transport)
        self.incident_updates = AsyncIncidentUpdateManager(transport, self.incidents.mutations)
        self.incident_templates = AsyncIncidentTemplateManager(transport)
        self.metrics = AsyncMetricManager(transport)
        self.metric_points = AsyncMetricPointManager(transport)
        self.schedules = AsyncScheduleManager(transport)
        self.schedule_updates = AsyncScheduleUpdateManager(transport, self.schedules.mutations)
        self.subscribers = AsyncSubscriberManager(transport)
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
            >>> component = await client.components.get(1)
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
    ) -> AsyncMaintenance:
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
            >>> async with client.maintenance(
            ...     "New disks", message="One by one", duration=600
            ... ) as window:
            ...     print(window.schedule.name)
            New disks
            >>> (await client.schedules.get(window.id)).status_name
            'Complete'
        """
        return AsyncMaintenance(
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

    async def status_board(self) -> AsyncStatusBoard:
        """Return a snapshot of what the status page shows.

        It takes five requests (for the status, the components with their groups, the groups, the open incidents and the
        schedules), and one more per further hundred of each. The snapshot is not atomic: a change made while it is read
        may be included in part. Disabled components are omitted, with any token. With a valid token, the snapshot
        contains what logged-in users see.

        Example:
            >>> board = await client.status_board()
            >>> str(board.status), [it.name for it in board.ungrouped]
            ('partial_outage', ['API'])
        """
        return await async_read_board(
            self.status, self.components, self.component_groups, self.incidents, self.schedules
        )

    def _counters(self) -> dict[str, MutationCounter]:
        """Return the mutation counter of each manager."""
        return {
            name: manager.mutations
            for name, manager in cast("dict[str, object]", vars(self)).items()
            if isinstance(manager, AsyncManager)
        }

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
        # Updates of incidents and of schedules share a JSON:API type, but not a manager.
        self.incidents.relate({**shared, "updates": self.incident_updates.binding})
        self.schedules.relate({**shared, "updates": self.schedule_updates.binding})
