"""Metrics: their manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v3.aio.manager import AsyncManager
from cachet_sdk.v3.aio.resources import AsyncMetric
from cachet_sdk.v3.enums import MetricCalculation
from cachet_sdk.v3.filters import check_kinds, include_query, list_query
from cachet_sdk.v3.models.metrics import MetricChange, NewMetric

__all__ = ["AsyncMetric", "AsyncMetricManager"]

#: What a metric can be read with.
MetricInclude: TypeAlias = Literal["points"]
#: What metrics are sorted by; with ``-`` in front in descending order.
MetricSort: TypeAlias = Literal["id", "-id", "name", "-name", "order", "-order"]

_INCLUDES = ("points",)
_SORTS = ("name", "order", "id")


class AsyncMetricManager(AsyncManager[AsyncMetric]):
    """The metrics: ``client.metrics``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncMetric)

    async def create(
        self,
        *,
        name: str,
        suffix: str,
        calc_type: MetricCalculation | int | None = None,
        description: str | None = None,
        default_value: float | None = None,
        display_chart: bool | None = None,
        threshold: int | None = None,
        places: int | None = None,
    ) -> AsyncMetric:
        """Make a metric.

        Args:
            name: Its name, of 255 characters at most.
            suffix: The unit, as it is shown behind the number.
            calc_type: How its points are drawn together; see :class:`~cachet_sdk.v3.enums.MetricCalculation`. Their
                sum, if left out.
            description: What it tells.
            default_value: What is drawn where there is no point; two decimal places at most.
            display_chart: Whether its chart is shown; it is, if left out.
            threshold: Minutes, a number that divides 60: **of points closer together than this, all but the first lose
                their values** and are only counted. 5, if left out.
            places: Decimal places shown, 0 to 4; 2, if left out.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> metric = await client.metrics.create(name="Requests", suffix="a minute", default_value=1)
            >>> metric.default_value
            1.0
        """
        payload = NewMetric.build(
            name=name,
            suffix=suffix,
            calc_type=calc_type,
            description=description,
            default_value=default_value,
            display_chart=display_chart,
            threshold=threshold,
            places=places,
        )
        return await self._create("/metrics", payload)

    async def update(
        self,
        metric_id: int,
        *,
        name: str | None = None,
        suffix: str | None = None,
        description: str | None = None,
        default_value: float | None = None,
        threshold: int | None = None,
    ) -> AsyncMetric:
        """Change what is named of a metric, and nothing else. The rest cannot be changed through the API.

        Args:
            metric_id: The id.
            name: Its name.
            suffix: The unit.
            description: What it tells.
            default_value: What is drawn where there is no point; two decimal places at most.
            threshold: Minutes within which a further point's value is lost; a number that divides 60.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> metric = await client.metrics.update(1, suffix="milliseconds")
            >>> metric.suffix
            'milliseconds'
        """
        payload = MetricChange.build(
            name=name, suffix=suffix, description=description, default_value=default_value, threshold=threshold
        )
        return await self._change(_path(metric_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        name: str | Sequence[str] | None = None,
        calc_type: MetricCalculation | int | Sequence[int] | None = None,
        sort: MetricSort | Sequence[MetricSort] = "id",
        include: Sequence[MetricInclude] = (),
        prefetch: int = 0,
    ) -> AsyncListing[AsyncMetric]:
        """List metrics, read from the server page by page while they are used.

        What this client deletes or changes meanwhile makes it miss none; what others delete may.

        Args:
            page: The page to start at.
            per_page: Metrics a page, 100 at most.
            name: Only those with this in their name, whatever its case; or with one of these.
            calc_type: Only those whose points are drawn together like this. PostgreSQL servers fail on it.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            include: ``points`` for all points of each; there may be very many.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> async for metric in client.metrics.list(include=("points",)):
            ...     print(metric.name, [point.value for point in metric.points])
            Response time [12.0]
        """
        check_kinds("calc_type", calc_type, MetricCalculation)
        query = list_query(
            {"name": name, "calc_type": calc_type},
            sort=sort,
            sortable=_SORTS,
            include=include,
            includable=_INCLUDES,
        )
        return self._list("/metrics", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, metric_id: int, *, include: Sequence[MetricInclude] = ()) -> AsyncMetric:
        """Get a metric.

        Args:
            metric_id: The id.
            include: ``points`` for all its points.

        Raises:
            NotFoundError: when there is no such metric, or the token may not see it.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return await self._get(_path(metric_id), include_query(include, _INCLUDES))

    async def count(self) -> int:
        """Count the metrics. It takes some requests: see ``components.count``."""
        return await self._count("/metrics", list_query(sort="id", sortable=_SORTS))

    async def delete(self, metric_id: int) -> None:
        """Delete a metric, and its points.

        Args:
            metric_id: The id.

        Raises:
            NotFoundError: when there is no such metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        await self._delete(_path(metric_id))


def _path(metric_id: int) -> str:
    return f"/metrics/{check_id('metric_id', metric_id)}"
