# Made by "make sync" from aio/metrics.py: edit that file instead of this one.
"""The manager of metrics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.v3.enums import MetricCalculation
from cachet_sdk.v3.filters import check_kinds, include_query, list_query, sort_fields
from cachet_sdk.v3.manager import Manager
from cachet_sdk.v3.models.metrics import MetricChange, NewMetric
from cachet_sdk.v3.resources import Metric

__all__ = ["Metric", "MetricManager"]

#: Values of ``include``.
MetricInclude: TypeAlias = Literal["points"]
#: Values of ``sort``. A leading ``-`` sorts in descending order.
MetricSort: TypeAlias = Literal["id", "-id", "name", "-name", "order", "-order"]

_INCLUDES: tuple[str, ...] = get_args(MetricInclude)
_SORTS = sort_fields(MetricSort)


class MetricManager(Manager[Metric]):
    """Manage metrics. Available as ``client.metrics``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, Metric)

    def create(
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
    ) -> Metric:
        """Create a metric.

        Args:
            name: At most 255 characters.
            suffix: Unit, shown after the value.
            calc_type: How points are aggregated. See :class:`~cachet_sdk.v3.enums.MetricCalculation`. Defaults to sum.
            description: Text shown with the chart.
            default_value: Value shown where there is no point. At most two decimal places.
            display_chart: Whether its chart is shown. Defaults to True.
            threshold: Minutes within which **the value of a further point is lost** and only counted. Must divide 60.
                Defaults to 5.
            places: Decimal places shown, 0 to 4. Defaults to 2.

        Example:
            >>> metric = client.metrics.create(
            ...     name="Requests", suffix="a minute", default_value=1
            ... )
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
        return self._create("/metrics", payload)

    def update(
        self,
        metric_id: int,
        *,
        name: str | None = None,
        suffix: str | None = None,
        description: str | None = None,
        default_value: float | None = None,
        threshold: int | None = None,
    ) -> Metric:
        """Update only the fields you pass. The API cannot change the other fields.

        Args:
            metric_id: Id of the metric.
            name: At most 255 characters.
            suffix: Unit, shown after the value.
            description: Text shown with the chart.
            default_value: Value shown where there is no point. At most two decimal places.
            threshold: Minutes within which the value of a further point is lost. Must divide 60.

        Raises:
            NotFoundError: If there is no such metric.

        Example:
            >>> metric = client.metrics.update(1, suffix="milliseconds")
            >>> metric.suffix
            'milliseconds'
        """
        payload = MetricChange.build(
            name=name, suffix=suffix, description=description, default_value=default_value, threshold=threshold
        )
        return self._change(_path(metric_id), payload.values())

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
    ) -> Listing[Metric]:
        """List metrics. Pages are requested as you iterate.

        Deletions and changes through this client while iterating skip no rows, but deletions by others may.

        Args:
            page: First page to read.
            per_page: Metrics per page, at most 100.
            name: Only those whose name contains this text, or one of these texts, ignoring case.
            calc_type: Only metrics with this aggregation. Servers on PostgreSQL fail on this filter.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            include: ``points`` to include all points, which may be very many.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Example:
            >>> for metric in client.metrics.list(include=("points",)):
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

    def get(self, metric_id: int, *, include: Sequence[MetricInclude] = ()) -> Metric:
        """Return a metric.

        Args:
            metric_id: Id of the metric.
            include: ``points`` to include all points.

        Raises:
            NotFoundError: If there is no such metric, or if the token may not see it.
        """
        return self._get(_path(metric_id), include_query(include, _INCLUDES))

    def count(self) -> int:
        """Return the number of metrics. This may take several requests. See ``components.count``."""
        return self._count("/metrics", list_query(sort="id", sortable=_SORTS))

    def delete(self, metric_id: int) -> None:
        """Delete a metric and its points.

        Args:
            metric_id: Id of the metric.

        Raises:
            NotFoundError: If there is no such metric.
        """
        self._delete(_path(metric_id))


def _path(metric_id: int) -> str:
    return f"/metrics/{check_id('metric_id', metric_id)}"
