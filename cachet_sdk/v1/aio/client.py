"""The client of the v1 API: one connection pool, and a manager for each kind of resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from cachet_sdk.core.aio.client import AsyncBaseClient
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.maintenance import OnError
from cachet_sdk.core.unbound import unbound
from cachet_sdk.v1.aio.board import AsyncStatusBoard, async_read_board
from cachet_sdk.v1.aio.component_groups import AsyncComponentGroupManager
from cachet_sdk.v1.aio.components import AsyncComponentManager
from cachet_sdk.v1.aio.incident_templates import AsyncIncidentTemplateManager
from cachet_sdk.v1.aio.incident_updates import AsyncIncidentUpdatesManager
from cachet_sdk.v1.aio.keyed_incidents import AsyncKeyedIncidentManager
from cachet_sdk.v1.aio.maintenance import AsyncMaintenance
from cachet_sdk.v1.aio.metric_points import AsyncMetricPointManager
from cachet_sdk.v1.aio.metrics import AsyncMetricManager
from cachet_sdk.v1.aio.ping import AsyncPingManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.aio.schedules import AsyncScheduleManager
from cachet_sdk.v1.aio.status import AsyncStatusManager
from cachet_sdk.v1.aio.subscribers import AsyncSubscriberManager, AsyncSubscriptionManager
from cachet_sdk.v1.aio.version import AsyncVersionManager
from cachet_sdk.v1.enums import ComponentStatus


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
        release = self._release = AsyncReleaseProbe(transport)
        self.ping = AsyncPingManager(transport)
        self.version = AsyncVersionManager(transport)
        self.status = AsyncStatusManager(transport)
        self.components = AsyncComponentManager(transport, release)
        self.component_groups = AsyncComponentGroupManager(transport, self.components, release)
        self.incident_updates = AsyncIncidentUpdatesManager(transport)
        self.incidents = AsyncKeyedIncidentManager(transport, self.components, self.incident_updates, release)
        self.incident_templates = AsyncIncidentTemplateManager(transport)
        self.metric_points = AsyncMetricPointManager(transport, release)
        self.metrics = AsyncMetricManager(transport, self.metric_points, release)
        self.schedules = AsyncScheduleManager(transport)
        self.subscribers = AsyncSubscriberManager(transport, release)
        self.subscriptions = AsyncSubscriptionManager(transport)

    async def status_board(self) -> AsyncStatusBoard:
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
            >>> board = await client.status_board()
            >>> board.status, [it.name for it in board.ungrouped]
            ('success', ['API'])
        """
        return await async_read_board(
            self.status, self.components, self.component_groups, self.incidents, self.schedules
        )

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
    ) -> AsyncMaintenance:
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
            >>> async with client.maintenance("New disks", message="One by one", duration=600) as window:
            ...     print(window.schedule.name)
            New disks
            >>> (await client.schedules.get(window.id)).human_status
            'Complete'
        """
        return AsyncMaintenance(
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
