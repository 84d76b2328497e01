# Made by "make sync" from aio/metric_points.py: edit that file instead of this one.
"""Metric points: their manager. The server can change none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.bulk import run_bulk
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.payload import build_many
from cachet_sdk.core.models.times import Moment, PointInput, point_arguments
from cachet_sdk.core.outcomes import DEFAULT_CONCURRENCY, Batch, Progress, listed
from cachet_sdk.v3.filters import include_query, list_query
from cachet_sdk.v3.manager import Manager
from cachet_sdk.v3.models.bodies import check_times
from cachet_sdk.v3.models.metric_points import NewMetricPoint
from cachet_sdk.v3.resources import MetricPoint

__all__ = ["MetricPoint", "MetricPointManager"]

#: What a point can be read with.
MetricPointInclude: TypeAlias = Literal["metric"]
#: What points are sorted by; with ``-`` in front in descending order.
MetricPointSort: TypeAlias = Literal["id", "-id", "value", "-value", "created_at", "-created_at"]

_INCLUDES = ("metric",)
_SORTS = ("id", "value", "created_at")


class MetricPointManager(Manager[MetricPoint]):
    """The points of metrics: ``client.metric_points``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, MetricPoint)

    def create(self, *, metric_id: int, value: float, timestamp: Moment | None = None) -> MetricPoint:
        """Push a point.

        **Within the metric's** ``threshold`` **of its newest point, the value is lost**: the server only raises that
        point's ``counter``, and answers with it. Compare the answer's ``value``, and look at its ``counter``.

        Args:
            metric_id: The id of the metric.
            value: The value. The server keeps fourteen digits; its answer to this call still shows all.
            timestamp: When it was measured: a datetime, or Unix seconds. Now, if left out. The server rounds it to 30
                seconds. A naive datetime is one of the server's zone, and refused when the client has a ``timezone``.
                Words that the server would take, such as "yesterday", are refused.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

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
        """Push many points, several requests at a time.

        Values within the metric's ``threshold`` of its newest point are lost, as with ``create``. Which point is the
        newest is left open when several are under way: pass ``concurrency=1`` for points close together.

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
            >>> batch = client.metric_points.create_many(1, [(4.0, 1_790_000_000), (5.0, 1_790_003_600)])
            >>> [point.value for point in batch.results]
            [4.0, 5.0]
        """
        path = _path(metric_id)
        inputs = listed("points", points)
        zone = self._transport.settings.timezone
        payloads = build_many(
            NewMetricPoint,
            "points",
            enumerate(map(point_arguments, inputs)),
            lambda payload: check_times(payload.values(), zone),
        )
        return run_bulk(inputs, payloads, lambda payload: self._create(path, payload), concurrency, progress)

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
        """List the points of a metric, read from the server page by page while they are used.

        What this client deletes meanwhile makes it miss none; what others delete may.

        Args:
            metric_id: The id of the metric.
            page: The page to start at.
            per_page: Points a page, 100 at most.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: ``metric`` for the metric with each.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            NotFoundError: when there is no such metric, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> [point.value for point in client.metric_points.list(1)]
            [12.0]
        """
        query = list_query(sort=sort, sortable=_SORTS, include=include, includable=_INCLUDES)
        return self._list(_path(metric_id), page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, metric_id: int, point_id: int, *, include: Sequence[MetricPointInclude] = ()) -> MetricPoint:
        """Get a point.

        Args:
            metric_id: The id of the metric.
            point_id: The id of the point.
            include: ``metric`` for the metric with it.

        Raises:
            NotFoundError: when there is no such metric, or no such point of it.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(_path(metric_id, point_id), include_query(include, _INCLUDES))

    def count(self, metric_id: int) -> int:
        """Count the points of a metric. It takes some requests: see ``components.count``.

        Args:
            metric_id: The id of the metric.
        """
        return self._count(_path(metric_id), list_query(sort="id", sortable=_SORTS))

    def delete(self, metric_id: int, point_id: int) -> None:
        """Delete a point.

        Args:
            metric_id: The id of the metric.
            point_id: The id of the point.

        Raises:
            NotFoundError: when there is no such point.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(_path(metric_id, point_id))


def _path(metric_id: int, point_id: int | None = None) -> str:
    points = f"/metrics/{check_id('metric_id', metric_id)}/points"
    return points if point_id is None else f"{points}/{check_id('point_id', point_id)}"
