"""The client of Cachet 3: one connection pool, and a manager for each kind of resource."""

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

    It holds one pool of connections and is safe to share. Close it when it is not needed any more, or use it in a
    ``with`` statement.
    """

    _VERSION = "3"

    ping: AsyncPingManager = unbound(AsyncPingManager)
    """Whether the API answers: ``await client.ping()``."""
    version: AsyncVersionManager = unbound(AsyncVersionManager)
    """The server's version: ``await client.version()``."""
    status: AsyncStatusManager = unbound(AsyncStatusManager)
    """The overall status of the page: ``await client.status()``."""
    components: AsyncComponentManager = unbound(AsyncComponentManager)
    """The components: the parts of your service, each with a status."""
    component_groups: AsyncComponentGroupManager = unbound(AsyncComponentGroupManager)
    """The groups that components are shown in."""
    incidents: AsyncKeyedIncidentManager = unbound(AsyncKeyedIncidentManager)
    """The incidents, which can have statuses for several components."""
    incident_updates: AsyncIncidentUpdateManager = unbound(AsyncIncidentUpdateManager)
    """The updates of incidents."""
    incident_templates: AsyncIncidentTemplateManager = unbound(AsyncIncidentTemplateManager)
    """The incident templates."""
    metrics: AsyncMetricManager = unbound(AsyncMetricManager)
    """The metrics, which are drawn as charts."""
    metric_points: AsyncMetricPointManager = unbound(AsyncMetricPointManager)
    """The points of metrics: values at times."""
    schedules: AsyncScheduleManager = unbound(AsyncScheduleManager)
    """The schedules: planned maintenance."""
    schedule_updates: AsyncScheduleUpdateManager = unbound(AsyncScheduleUpdateManager)
    """The updates of schedules."""
    subscribers: AsyncSubscriberManager = unbound(AsyncSubscriberManager)
    """The subscribers, who get mail about what happens."""

    def _connect(self, transport: AsyncTransport) -> None:
        earlier = self._counters()  # of the client that with_options() was called on
        super()._connect(transport)
        self.ping = AsyncPingManager(transport)
        self.version = AsyncVersionManager(transport)
        self.status = AsyncStatusManager(transport)
        self.components = AsyncComponentManager(transport)
        self.component_groups = AsyncComponentGroupManager(transport)
        self.incidents = AsyncKeyedIncidentManager(transport)
        self.incident_updates = AsyncIncidentUpdateManager(transport, self.incidents.moves)
        self.incident_templates = AsyncIncidentTemplateManager(transport)
        self.metrics = AsyncMetricManager(transport)
        self.metric_points = AsyncMetricPointManager(transport)
        self.schedules = AsyncScheduleManager(transport)
        self.schedule_updates = AsyncScheduleUpdateManager(transport, self.schedules.moves)
        self.subscribers = AsyncSubscriberManager(transport)
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
            >>> async with client.maintenance("New disks", message="One by one", duration=600) as window:
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
        """Read what the status page shows, in one snapshot.

        It takes five requests, and one more for each further hundred of a kind: the status, the components with their
        groups, the groups, the open incidents, the schedules. What changes in between may be seen half. Disabled
        components are left out, with any token. What only logged-in users see is there with a valid token.

        Raises:
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> board = await client.status_board()
            >>> str(board.status), [it.name for it in board.ungrouped]
            ('partial_outage', ['API'])
        """
        return await async_read_board(
            self.status, self.components, self.component_groups, self.incidents, self.schedules
        )

    def _counters(self) -> dict[str, MutationCounter]:
        """Return what counts the mutations by each manager."""
        return {
            name: manager.moves
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
        # Updates of incidents and of schedules share their JSON:API type, and no manager.
        self.incidents.relate({**shared, "updates": self.incident_updates.binding})
        self.schedules.relate({**shared, "updates": self.schedule_updates.binding})
