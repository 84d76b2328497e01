"""The metric point resource and its manager."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from datetime import datetime

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.manager import check_paging
from cachet_sdk.core.aio.resource import AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.response import ApiResponse
from cachet_sdk.core.models.payload import build_many
from cachet_sdk.core.models.times import Moment, PointInput, point_arguments
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, as_list
from cachet_sdk.core.paging.length_aware import PageInfo
from cachet_sdk.core.paging.pages import IdSet
from cachet_sdk.errors import NotFoundError, PaginationError
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.models.metric_points import MetricPointChange, MetricPointData, NewMetricPoint

#: Points per page in a search for one point: the server has no endpoint for a single point.
_SEARCH_PAGE = 500


class AsyncMetricPoint(MetricPointData, AsyncResource):
    """A value of a metric at a point in time."""

    __slots__ = ()

    def _path(self) -> str:
        return _path(check_id("metric_id", self.metric_id), check_id("id", self.id))


class AsyncMetricPointManager(AsyncManager[AsyncMetricPoint]):
    """Manage the points of metrics. Available as ``client.metric_points``."""

    def __init__(self, transport: AsyncTransport, release: AsyncReleaseProbe) -> None:
        super().__init__(transport, AsyncMetricPoint)
        self._release = release

    async def create(self, *, metric_id: int, value: float, timestamp: Moment | None = None) -> AsyncMetricPoint:
        """Add a point to a metric.

        An equal value within the metric's ``threshold`` adds no point: the server increments the ``counter`` of the
        existing point and returns that one, even if another ``timestamp`` was sent.

        Args:
            metric_id: Id of the metric.
            value: Stored with three decimal places. The returned point has all that were sent, and ``list`` returns
                the stored ones.
            timestamp: Time of the measurement: an aware datetime, or Unix seconds. Defaults to now. The server rounds
                it to 30 seconds.

        Raises:
            ArgumentError: Also for a naive datetime.
            NotFoundError: If there is no such metric.

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
        """Add many points with concurrent requests.

        Equal values within the metric's ``threshold`` become one point with a ``counter``, as with ``create``. With
        concurrent requests, the order in which they arrive is undefined.

        Args:
            metric_id: Id of the metric.
            points: Values, or pairs of a value and a ``timestamp`` as accepted by ``create``.
            concurrency: How many requests may run at the same time.
            progress: Called after each request with the number done and the total.

        Returns:
            One outcome per point, in the same order. Failures are collected, not raised; call
            ``raise_for_failures`` to raise them.

        Raises:
            ArgumentError: For a bad argument or point, before any request is sent.

        Example:
            >>> batch = await client.metric_points.create_many(
            ...     1, [1.5, 2.5, (4.0, 1_790_000_000)]
            ... )
            >>> batch.raise_for_failures()
            >>> [point.value for point in batch.results]
            [1.5, 2.5, 4.0]
        """
        path = f"/metrics/{check_id('metric_id', metric_id)}/points"
        inputs = as_list("points", points)
        payloads = build_many(NewMetricPoint, "points", enumerate(map(point_arguments, inputs)))
        return await self._create_many(path, inputs, payloads, concurrency, progress)

    async def update(
        self, *, metric_id: int, point_id: int, value: float | None = None, timestamp: Moment | None = None
    ) -> AsyncMetricPoint:
        """Update only the fields you pass.

        The server sets an omitted value to 0 ("A change resets what it leaves out" in the server quirks) and cannot
        return a single point, so without a ``value`` the point is first searched for in the metric's list.

        Args:
            metric_id: Id of the metric.
            point_id: Id of the point.
            value: Stored with three decimal places.
            timestamp: Time of the measurement: an aware datetime, or Unix seconds.

        Raises:
            NotFoundError: If there is no such metric or point; without a ``value`` also if the point belongs to another
                metric.
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
        """List the points of a metric, newest first. Pages are requested as you iterate.

        The server sorts points only by time, which it rounds to 30 seconds. If many points have the same time, its
        pages repeat some and omit others ("Points of one moment" in the server quirks). Then the whole list is read in
        one request, and the omitted points come last. Cachet 2.0 to 2.3 return the oldest points first, so there the
        list is always read in one request.

        Args:
            metric_id: Id of the metric.
            page: First page to read.
            per_page: Points per page.
            prefetch: Number of pages to fetch ahead. Defaults to 0.

        Raises:
            NotFoundError: If there is no such metric, while iterating.
        """
        path = f"/metrics/{check_id('metric_id', metric_id)}/points"
        check_paging(page, per_page, prefetch)
        return self._listing(self._newest_first(path, page, per_page, prefetch))

    async def count(self, metric_id: int) -> int:
        """Return the number of points of a metric.

        Args:
            metric_id: Id of the metric.
        """
        return await self._count(f"/metrics/{check_id('metric_id', metric_id)}/points")

    async def delete(self, metric_id: int, point_id: int) -> None:
        """Delete a point.

        Args:
            metric_id: Id of the metric.
            point_id: Id of the point.

        Raises:
            NotFoundError: If there is no such point.
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
                pass  # many points have the same time: read the list in one request
            else:
                return
            finally:
                await pages.aclose()
        response = await self._read_all_rows(path)
        points = sorted(self._load(response, self._rows(response)), key=_sort_key, reverse=True)
        for point in points[(page - 1) * per_page :]:
            if seen.add(point.id):
                yield point

    def _page_info(self, response: ApiResponse) -> PageInfo:
        document = response.document
        if isinstance(document, dict) and "meta" not in document:
            # Cachet 2.0 and 2.1 return all points at once, without page numbers.
            rows = len(self._rows(response))
            return PageInfo(rows, max(rows, 1), 1, 1)
        return super()._page_info(response)

    async def _find(self, metric_id: int, point_id: int) -> AsyncMetricPoint:
        async for point in self.list(metric_id, per_page=_SEARCH_PAGE):
            if point.id == point_id:
                return point
        # Raise the error that an endpoint for a single point would cause.
        url = f"{self._transport.settings.endpoint}{_path(metric_id, point_id)}"
        problem = f"404 Not Found: GET {url}: metric {metric_id} has no point {point_id}"
        raise NotFoundError(problem, method="GET", url=url, status_code=404)


def _sort_key(point: AsyncMetricPoint) -> tuple[datetime, int]:
    """Return the time and the id of a point. Ids are in the order of arrival."""
    return (point.created_at.replace(tzinfo=None) if point.created_at else datetime.min), point.id  # noqa: DTZ901


def _path(metric_id: int, point_id: int) -> str:
    return f"/metrics/{metric_id}/points/{point_id}"
