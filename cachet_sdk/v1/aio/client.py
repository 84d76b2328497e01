"""The client of the v1 API: one connection pool, and a manager per resource."""

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

    It has one connection pool and is safe to share. Close it after use, or use ``async with``.
    """

    _VERSION = "1"

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
    """Incidents, which can also set a component's status."""
    incident_updates: AsyncIncidentUpdatesManager = unbound(AsyncIncidentUpdatesManager)
    """Updates of incidents. Requires Cachet 2.4."""
    incident_templates: AsyncIncidentTemplateManager = unbound(AsyncIncidentTemplateManager)
    """Incident templates, which the API can only read. Requires Cachet 2.4."""
    metrics: AsyncMetricManager = unbound(AsyncMetricManager)
    """Metrics, shown as charts."""
    metric_points: AsyncMetricPointManager = unbound(AsyncMetricPointManager)
    """Values of metrics, each with a time."""
    schedules: AsyncScheduleManager = unbound(AsyncScheduleManager)
    """Scheduled maintenance. Requires Cachet 2.4."""
    subscribers: AsyncSubscriberManager = unbound(AsyncSubscriberManager)
    """Subscribers, who are notified of incidents by e-mail."""
    subscriptions: AsyncSubscriptionManager = unbound(AsyncSubscriptionManager)
    """Subscriptions to single components."""

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
        """Return a snapshot of what the status page shows.

        It takes eight requests, and one more per further hundred groups or schedules: one each for the status, the
        components, the groups and the schedules, and one for each of the four statuses of open incidents. In the first
        seconds of a minute, schedules may take one more request to recognize null dates. The snapshot is not atomic: a
        change made while it is read may be included in part. Disabled components are omitted, with any token. With a
        valid token, the snapshot contains what logged-in users see. A component whose group the token may not see is in
        ``ungrouped``.

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
            >>> async with client.maintenance(
            ...     "New disks", message="One by one", duration=600
            ... ) as window:
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
