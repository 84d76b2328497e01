"""Metric points: what can be done to one, and their manager."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from datetime import datetime

from cachet_sdk.core.aio.bulk import async_run_bulk
from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.manager import check_paging
from cachet_sdk.core.aio.resource import AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.models.payload import build_many
from cachet_sdk.core.models.times import Moment, PointInput, point_arguments
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, listed
from cachet_sdk.core.paging.length_aware import PageInfo
from cachet_sdk.core.paging.pages import IdSet
from cachet_sdk.errors import NotFoundError, PaginationError
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.models.metric_points import MetricPointChange, MetricPointData, NewMetricPoint

#: Points a page when one is looked for, since the server cannot be asked for a single one.
_SEARCH_PAGE = 500


class AsyncMetricPoint(MetricPointData, AsyncResource):
    """One value of a metric at one time."""

    __slots__ = ()

    def _path(self) -> str:
        return _path(check_id("metric_id", self.metric_id), check_id("id", self.id))


class AsyncMetricPointManager(AsyncManager[AsyncMetricPoint]):
    """The points of metrics: ``client.metric_points``."""

    def __init__(self, transport: AsyncTransport, release: AsyncReleaseProbe) -> None:
        super().__init__(transport, AsyncMetricPoint)
        self._release = release

    async def create(self, *, metric_id: int, value: float, timestamp: Moment | None = None) -> AsyncMetricPoint:
        """Push a point.

        The same value again within the metric's ``threshold`` makes no new point: the server raises the ``counter``
        of the one that is there, and gives that, even for another ``timestamp``.

        Args:
            metric_id: The id of the metric.
            value: The value. The server keeps three decimal places, and its answer to this call still shows all that
                were sent: what is kept, ``list`` shows.
            timestamp: When it was measured: an aware datetime, or Unix seconds. Now, if left out. The server rounds
                it to 30 seconds.

        Raises:
            ArgumentError: for a bad argument, a naive datetime among them, before anything is sent.
            NotFoundError: when there is no such metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> point = await client.metric_points.create(metric_id=1, value=3.5)
            >>> point.calculated_value
            3.5
        """
        payload = NewMetricPoint.build(value=value, timestamp=timestamp)
        return await self._create(f"/metrics/{check_id('metric_id', metric_id)}/points", payload)

    async def create_many(
        self,
        metric_id: int,
        points: Iterable[PointInput],
        *,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[PointInput, AsyncMetricPoint]:
        """Push many points, several requests at a time.

        Points of the same value within the metric's ``threshold`` become one with a ``counter``, as with ``create``;
        which of them comes first is left open when several are under way.

        Args:
            metric_id: The id of the metric.
            points: The values; or pairs of a value and when it was measured, as ``create`` takes them.
            concurrency: How many requests are under way at a time.
            progress: Called after each with how many are done, and how many there are.

        Returns:
            Every outcome with its point, in the order of the points. Failures are in it and not raised: call its
            ``raise_for_failures`` to have them raised.

        Raises:
            ArgumentError: for a bad argument or point, before anything is sent.

        Example:
            >>> batch = await client.metric_points.create_many(1, [1.5, 2.5, (4.0, 1_790_000_000)])
            >>> batch.raise_for_failures()
            >>> [point.value for point in batch.results]
            [1.5, 2.5, 4.0]
        """
        path = f"/metrics/{check_id('metric_id', metric_id)}/points"
        inputs = listed("points", points)
        payloads = build_many(NewMetricPoint, "points", enumerate(map(point_arguments, inputs)))
        return await async_run_bulk(
            inputs, payloads, lambda payload: self._create(path, payload), concurrency, progress
        )

    async def update(
        self, *, metric_id: int, point_id: int, value: float | None = None, timestamp: Moment | None = None
    ) -> AsyncMetricPoint:
        """Change what is named of a point, and nothing else.

        The server sets a value that is left out to 0 (wire/v1, trap 1) and cannot be asked for a single point, so the
        point is looked for in the metric's list first unless a value is given.

        Args:
            metric_id: The id of the metric.
            point_id: The id of the point.
            value: The value.
            timestamp: When it was measured: an aware datetime, or Unix seconds.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such metric or point; without a value also for a point of another metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        payload = MetricPointChange.build(value=value, timestamp=timestamp)
        path = _path(check_id("metric_id", metric_id), check_id("point_id", point_id))
        values = payload.values()
        if "value" not in values:
            values["value"] = (await self._find(metric_id, point_id)).value
        return await self._change(path, values)

    def list(
        self, metric_id: int, page: int = 1, per_page: int = 20, *, prefetch: int = 0
    ) -> AsyncListing[AsyncMetricPoint]:
        """List the points of a metric, newest first, read page by page while they are used.

        The server ranks points by when they were measured alone, which it rounds to half a minute: where many share a
        moment its pages repeat some and lack others. Then the whole list is read in one request, and those that were
        lacking come last. Cachet 2.0 to 2.3 list the oldest first, so there it is always read in one request.

        Args:
            metric_id: The id of the metric.
            page: The page to start at.
            per_page: Points a page.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            NotFoundError: when there is no such metric, while iterating.
            TransportError: when no answer comes, while iterating.
        """
        path = f"/metrics/{check_id('metric_id', metric_id)}/points"
        check_paging(page, per_page, prefetch)
        return self._listing(self._newest_first(path, page, per_page, prefetch))

    async def count(self, metric_id: int) -> int:
        """Count the points of a metric.

        Args:
            metric_id: The id of the metric.
        """
        return await self._count(f"/metrics/{check_id('metric_id', metric_id)}/points")

    async def delete(self, metric_id: int, point_id: int) -> None:
        """Delete a point.

        Args:
            metric_id: The id of the metric.
            point_id: The id of the point.

        Raises:
            NotFoundError: when there is no such point.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(_path(check_id("metric_id", metric_id), check_id("point_id", point_id)))

    async def _newest_first(
        self, path: str, page: int, per_page: int, prefetch: int
    ) -> AsyncGenerator[AsyncMetricPoint, None]:
        seen = IdSet()
        if not (await self._release.get()).is_before_2_4:
            pages = self._read_pages(path, (), page, per_page, prefetch)
            try:
                async for point in pages:
                    seen.add(point.id)
                    yield point
            except PaginationError:
                pass  # points of one moment: the pages repeat some and lack others
            else:
                return
            finally:
                await pages.aclose()
        answer = await self._everything(path)
        points = sorted(self._load(answer, self._rows(answer)), key=_moment, reverse=True)
        for point in points[(page - 1) * per_page :]:
            if seen.add(point.id):
                yield point

    def _page_info(self, answer: ApiResponse) -> PageInfo:
        document = answer.document
        if isinstance(document, dict) and "meta" not in document:
            # Cachet 2.0 and 2.1 return all points at once, and no page numbers.
            rows = len(self._rows(answer))
            return PageInfo(rows, max(rows, 1), 1, 1)
        return super()._page_info(answer)

    async def _find(self, metric_id: int, point_id: int) -> AsyncMetricPoint:
        async for point in self.list(metric_id, per_page=_SEARCH_PAGE):
            if point.id == point_id:
                return point
        # What the server would say, if it could be asked for a single point.
        url = f"{self._transport.settings.endpoint}{_path(metric_id, point_id)}"
        problem = f"404 Not Found: GET {url}: metric {metric_id} has no point {point_id}"
        raise NotFoundError(problem, method="GET", url=url, status_code=404)


def _moment(point: AsyncMetricPoint) -> tuple[datetime, int]:
    """Rank a point by when it was measured, and those of one moment by when they were pushed."""
    return (point.created_at.replace(tzinfo=None) if point.created_at else datetime.min), point.id  # noqa: DTZ901


def _path(metric_id: int, point_id: int) -> str:
    return f"/metrics/{metric_id}/points/{point_id}"
