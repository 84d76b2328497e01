"""The metric resource and its manager."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.resource import AsyncBinding, AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.aio.metric_points import AsyncMetricPoint, AsyncMetricPointManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.enums import MetricCalculation, MetricView, MetricVisibility
from cachet_sdk.v1.filters import list_query
from cachet_sdk.v1.models.metrics import MetricChange, MetricData, NewMetric

MetricSort: TypeAlias = Literal["id", "name", "display_chart", "default_value", "calc_type", "order", "visible"]

#: Fields that releases before 2.3.18 reset when an update omits them.
_RESET_FIELDS = frozenset({"calc_type", "places", "default_view"})

#: Fields that Cachet 2.0 to 2.3 silently ignore, each with the value that these releases assume.
_SINCE_2_4 = {"visible": 1}


class AsyncMetric(MetricData, AsyncResource):
    """A value over time, shown as a chart."""

    __slots__ = ()

    def points(self) -> AsyncListing[AsyncMetricPoint]:
        """List the points of this metric, newest first.

        Raises:
            ClientStateError: If the metric is not bound to a client.
        """
        binding = self._bound()
        if not isinstance(binding, AsyncMetricBinding):
            raise self._unbound_error()
        return binding.points.list(self.id)

    def _path(self) -> str:
        return f"/metrics/{check_id('id', self.id)}"


class AsyncMetricBinding(AsyncBinding):
    """Binds metrics to their manager, and to the manager of their points."""

    __slots__ = ("points",)

    def __init__(self, binding: AsyncBinding, points: AsyncMetricPointManager) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.points: AsyncMetricPointManager = points


class AsyncMetricManager(AsyncManager[AsyncMetric]):
    """Manage metrics. Available as ``client.metrics``."""

    def __init__(self, transport: AsyncTransport, points: AsyncMetricPointManager, release: AsyncReleaseProbe) -> None:
        super().__init__(transport, AsyncMetric)
        self._release = release
        self._binding = AsyncMetricBinding(self._binding, points)

    async def create(
        self,
        *,
        name: str,
        suffix: str,
        description: str = "",
        default_value: int = 0,
        calc_type: MetricCalculation | int | None = None,
        display_chart: bool | None = None,
        places: int | None = None,
        default_view: MetricView | int | None = None,
        threshold: int | None = None,
        order: int | None = None,
        visible: MetricVisibility | int | None = None,
    ) -> AsyncMetric:
        """Create a metric.

        Args:
            name: At most 191 characters. Servers truncate longer names silently, so they are refused.
            suffix: Unit, shown after the value.
            description: Text shown with the chart.
            default_value: Value shown where there is no point. The server accepts whole numbers only.
            calc_type: How points are aggregated. Defaults to sum. See
                :class:`~cachet_sdk.v1.enums.MetricCalculation`.
            display_chart: Whether its chart is shown. Defaults to True.
            places: Decimal places shown, 0 to 4. Defaults to 2.
            default_view: Initial range of the chart. Defaults to the last 12 hours. See
                :class:`~cachet_sdk.v1.enums.MetricView`.
            threshold: Minutes within which an equal value increments the ``counter`` of the existing point instead of
                adding one. Must divide 60. Defaults to 5.
            order: Position among the metrics.
            visible: Who sees it. Defaults to everyone. See :class:`~cachet_sdk.v1.enums.MetricVisibility`.

        Example:
            >>> metric = await client.metrics.create(
            ...     name="Response time", suffix="ms", calc_type=1
            ... )
            >>> metric.default_view_name
            'Last 12 Hours'
        """
        return await self._create(
            "/metrics",
            NewMetric.build(
                name=name,
                suffix=suffix,
                description=description,
                default_value=default_value,
                calc_type=calc_type,
                display_chart=display_chart,
                places=places,
                default_view=default_view,
                threshold=threshold,
                order=order,
                visible=visible,
            ),
        )

    async def update(
        self,
        metric_id: int,
        *,
        name: str | None = None,
        suffix: str | None = None,
        description: str | None = None,
        default_value: int | None = None,
        calc_type: MetricCalculation | int | None = None,
        display_chart: bool | None = None,
        places: int | None = None,
        default_view: MetricView | int | None = None,
        threshold: int | None = None,
        order: int | None = None,
        visible: MetricVisibility | int | None = None,
    ) -> AsyncMetric:
        """Update only the fields you pass.

        Releases before 2.3.18 reset ``calc_type``, ``places`` and ``default_view`` if an update omits them. On Cachet
        2.0 to 2.3 their current values are therefore read first and sent along.

        Args:
            metric_id: Id of the metric.
            name: At most 191 characters.
            suffix: Unit, shown after the value.
            description: Text shown with the chart.
            default_value: Value shown where there is no point.
            calc_type: How points are aggregated.
            display_chart: Whether its chart is shown.
            places: Decimal places shown, 0 to 4.
            default_view: Initial range of the chart.
            threshold: Minutes within which an equal value adds no point. Must divide 60.
            order: Position among the metrics.
            visible: Who sees it.

        Raises:
            NotFoundError: If there is no such metric.
        """
        payload = MetricChange.build(
            name=name,
            suffix=suffix,
            description=description,
            default_value=default_value,
            calc_type=calc_type,
            display_chart=display_chart,
            places=places,
            default_view=default_view,
            threshold=threshold,
            order=order,
            visible=visible,
        )
        return await self._change(f"/metrics/{check_id('metric_id', metric_id)}", payload.values())

    def list(
        self, page: int = 1, per_page: int = 20, *, sort: MetricSort | None = None, prefetch: int = 0
    ) -> AsyncListing[AsyncMetric]:
        """List metrics, including hidden ones. Pages are requested as you iterate. The server has no filters here.

        Args:
            page: First page to read.
            per_page: Metrics per page.
            sort: Field to sort by, always in descending order. Unless it is ``id``, the list is read in one request.
            prefetch: Number of pages to fetch ahead. Defaults to 0.
        """
        query = list_query({}, sort, get_args(MetricSort))
        return self._list("/metrics", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, metric_id: int) -> AsyncMetric:
        """Return a metric.

        Raises:
            NotFoundError: If there is no such metric.
        """
        return await self._get(f"/metrics/{check_id('metric_id', metric_id)}")

    async def count(self) -> int:
        """Return the number of metrics."""
        return await self._count("/metrics")

    async def delete(self, metric_id: int) -> None:
        """Delete a metric and its points.

        Raises:
            NotFoundError: If there is no such metric.
        """
        await self._delete(f"/metrics/{check_id('metric_id', metric_id)}")

    async def _change(self, path: str, values: dict[str, object]) -> AsyncMetric:
        if not values.keys() >= _RESET_FIELDS and (await self._release.get()).resets_more:
            current = await self._get(path)
            kept = {name: int(getattr(current, name)) for name in _RESET_FIELDS if name in current.attrs}
            if "default_view" in kept:
                kept["view"] = kept["default_view"]  # some of these releases read this name
            values = kept | values
        return await super()._change(path, values)

    async def _write(
        self, method: str, path: str, payload_type: type[Payload], values: dict[str, object]
    ) -> AsyncMetric:
        await self._release.refuse_unsupported(values, _SINCE_2_4)
        return await super()._write(method, path, payload_type, values)
