# Made by "make sync" from aio/metric_points.py: edit that file instead of this one.
"""The manager of metric points, which the server cannot change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias, get_args

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.payload import build_many
from cachet_sdk.core.models.times import Moment, PointInput, point_arguments
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, as_list
from cachet_sdk.v3.filters import include_query, list_query, sort_fields
from cachet_sdk.v3.manager import Manager
from cachet_sdk.v3.models.bodies import check_times
from cachet_sdk.v3.models.metric_points import NewMetricPoint
from cachet_sdk.v3.resources import MetricPoint

__all__ = ["MetricPoint", "MetricPointManager"]

#: Values of ``include``.
MetricPointInclude: TypeAlias = Literal["metric"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
MetricPointSort: TypeAlias = Literal["id", "-id", "value", "-value", "created_at", "-created_at"]

_INCLUDES: tuple[str, ...] = get_args(MetricPointInclude)
_SORTS = sort_fields(MetricPointSort)


class MetricPointManager(Manager[MetricPoint]):
    """Manage the points of metrics. Available as ``client.metric_points``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, MetricPoint)

    def create(self, *, metric_id: int, value: float, timestamp: Moment | None = None) -> MetricPoint:
        """Add a point to a metric.

        **Within the metric's** ``threshold`` **of its newest point, the value is lost**: the server only increments the
        ``counter`` of that point and returns it. Check the ``value`` and ``counter`` of the returned point.

        Args:
            metric_id: Id of the metric.
            value: Stored with fourteen digits. The returned point has all that were sent.
            timestamp: Time of the measurement: a datetime, or Unix seconds. Defaults to now. The server rounds it to 30
                seconds. Naive datetimes are in the server's time zone, and refused if the client has a ``timezone``.

        Raises:
            NotFoundError: If there is no such metric.

        Example:
            >>> point = client.metric_points.create(metric_id=1, value=99)
            >>> point.value, point.counter
            (12.0, 2)
        """
        return self._create(_path(metric_id), NewMetricPoint.build(value=value, timestamp=timestamp))

    def create_many(
        self,
        metric_id: int,
        points: Iterable[PointInput],
        *,
        concurrency: int = DEFAULT_CONCURRENCY,
        progress: Progress | None = None,
    ) -> Batch[PointInput, MetricPoint]:
        """Add many points with concurrent requests.

        Values within the metric's ``threshold`` of its newest point are lost, as with ``create``. With concurrent
        requests, the order in which points arrive is undefined: pass ``concurrency=1`` for points close together.

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
            >>> batch = client.metric_points.create_many(
            ...     1, [(4.0, 1_790_000_000), (5.0, 1_790_003_600)]
            ... )
            >>> [point.value for point in batch.results]
            [4.0, 5.0]
        """
        path = _path(metric_id)
        inputs = as_list("points", points)
        zone = self._transport.settings.timezone
        payloads = build_many(
            NewMetricPoint,
            "points",
            enumerate(map(point_arguments, inputs)),
            lambda payload: check_times(payload.values(), zone),
        )
        return self._create_many(path, inputs, payloads, concurrency, progress)

    def list(
        self,
        metric_id: int,
        page: int = 1,
        per_page: int = 100,
        *,
        sort: MetricPointSort | Sequence[MetricPointSort] = "id",
        include: Sequence[MetricPointInclude] = (),
        prefetch: int = 0,
    ) -> Listing[MetricPoint]:
        """List the points of a metric. Pages are requested as you iterate.

        Deletions through this client while iterating skip no rows, but deletions by others may.

        Args:
            metric_id: Id of the metric.
            page: First page to read.
            per_page: Points per page, at most 100.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: ``metric`` to include the metric.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Raises:
            NotFoundError: If there is no such metric, while iterating.

        Example:
            >>> [point.value for point in client.metric_points.list(1)]
            [12.0]
        """
        query = list_query(sort=sort, sortable=_SORTS, include=include, includable=_INCLUDES)
        return self._list(_path(metric_id), page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, metric_id: int, point_id: int, *, include: Sequence[MetricPointInclude] = ()) -> MetricPoint:
        """Return a point.

        Args:
            metric_id: Id of the metric.
            point_id: Id of the point.
            include: ``metric`` to include the metric.

        Raises:
            NotFoundError: If there is no such metric, or no such point of it.
        """
        return self._get(_path(metric_id, point_id), include_query(include, _INCLUDES))

    def count(self, metric_id: int) -> int:
        """Return the number of points of a metric. This may take several requests. See ``components.count``.

        Args:
            metric_id: Id of the metric.
        """
        return self._count(_path(metric_id), list_query(sort="id", sortable=_SORTS))

    def delete(self, metric_id: int, point_id: int) -> None:
        """Delete a point.

        Args:
            metric_id: Id of the metric.
            point_id: Id of the point.

        Raises:
            NotFoundError: If there is no such point.
        """
        self._delete(_path(metric_id, point_id))


def _path(metric_id: int, point_id: int | None = None) -> str:
    points = f"/metrics/{check_id('metric_id', metric_id)}/points"
    return points if point_id is None else f"{points}/{check_id('point_id', point_id)}"
