# Made by "make sync" from aio/metrics.py: edit that file instead of this one.
"""Metrics: what can be done to one, and their manager."""

from __future__ import annotations

from typing import Literal, TypeAlias

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.resource import Binding, Resource
from cachet_sdk.v1.enums import MetricCalculation, MetricView, MetricVisibility
from cachet_sdk.v1.filters import list_query
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.metric_points import MetricPoint, MetricPointManager
from cachet_sdk.v1.models.metrics import MetricChange, MetricData, NewMetric
from cachet_sdk.v1.release import ReleaseProbe

MetricSort: TypeAlias = Literal["id", "name", "display_chart", "default_value", "calc_type", "order", "visible"]

#: What releases before 2.3.18 reset when an update leaves it out.
_RESET = frozenset({"calc_type", "places", "default_view"})

#: What Cachet 2.0 to 2.3 drop without an error, and what they do instead.
_SINCE_2_4 = {"visible": 1}


class Metric(MetricData, Resource):
    """A number over time, drawn as a chart."""

    __slots__ = ()

    def points(self) -> Listing[MetricPoint]:
        """List the points of this metric, newest first.

        Raises:
            ClientStateError: when the metric is bound to no client.
        """
        binding = self._bound()
        if not isinstance(binding, MetricBinding):
            raise self._unbound_error()
        return binding.points.list(self.id)

    def _path(self) -> str:
        return f"/metrics/{check_id('id', self.id)}"


class MetricBinding(Binding):
    """What a metric needs of its manager: also the manager of its points."""

    __slots__ = ("points",)

    def __init__(self, binding: Binding, points: MetricPointManager) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.points: MetricPointManager = points


class MetricManager(Manager[Metric]):
    """The metrics: ``client.metrics``."""

    def __init__(self, transport: Transport, points: MetricPointManager, release: ReleaseProbe) -> None:
        super().__init__(transport, Metric)
        self._release = release
        self._binding = MetricBinding(self._binding, points)

    def create(
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
    ) -> Metric:
        """Make a metric.

        Args:
            name: Its name, of 191 characters at most: servers cut longer ones silently.
            suffix: The unit, as it is shown behind the number.
            description: What it tells.
            default_value: What is drawn where there is no point; the server takes whole numbers only.
            calc_type: How points are drawn together; a sum, if left out. See
                :class:`~cachet_sdk.v1.enums.MetricCalculation`.
            display_chart: Whether its chart is shown; it is, if left out.
            places: Decimal places shown, 0 to 4; 2, if left out.
            default_view: What the chart shows at first; the last 12 hours, if left out. See
                :class:`~cachet_sdk.v1.enums.MetricView`.
            threshold: Minutes within which the same value again makes no new point, a divisor of 60; 5, if left out.
            order: Its place among the metrics.
            visible: Who sees it; everybody, if left out. See :class:`~cachet_sdk.v1.enums.MetricVisibility`.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> metric = client.metrics.create(name="Response time", suffix="ms", calc_type=1)
            >>> metric.default_view_name
            'Last 12 Hours'
        """
        return self._create(
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

    def update(
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
    ) -> Metric:
        """Update only the fields you pass. The arguments are those of ``create``.

        Releases before 2.3.18 reset ``calc_type``, ``places`` and ``default_view`` when an update leaves them out, so
        on Cachet 2.0 to 2.3 they are read first, unless given, and sent along.

        Args:
            metric_id: The id.
            name: Its name.
            suffix: The unit.
            description: What it tells.
            default_value: What is drawn where there is no point.
            calc_type: How points are drawn together.
            display_chart: Whether its chart is shown.
            places: Decimal places shown, 0 to 4.
            default_view: What the chart shows at first.
            threshold: Minutes within which the same value again makes no new point, a divisor of 60.
            order: Its place among the metrics.
            visible: Who sees it.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
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
        return self._change(f"/metrics/{check_id('metric_id', metric_id)}", payload.values())

    def list(
        self, page: int = 1, per_page: int = 20, *, sort: MetricSort | None = None, prefetch: int = 0
    ) -> Listing[Metric]:
        """List metrics, hidden ones included, read page by page while they are used. The server has no filters here.

        Args:
            page: The page to start at.
            per_page: Metrics a page.
            sort: What to sort by, always in descending order; anything but ``id`` is read in one request.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.
        """
        query = list_query({}, sort, ("id", "name", "display_chart", "default_value", "calc_type", "order", "visible"))
        return self._list("/metrics", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, metric_id: int) -> Metric:
        """Get a metric.

        Args:
            metric_id: The id.

        Raises:
            NotFoundError: when there is no such metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(f"/metrics/{check_id('metric_id', metric_id)}")

    def count(self) -> int:
        """Count the metrics."""
        return self._count("/metrics")

    def delete(self, metric_id: int) -> None:
        """Delete a metric, with its points.

        Args:
            metric_id: The id.

        Raises:
            NotFoundError: when there is no such metric.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(f"/metrics/{check_id('metric_id', metric_id)}")

    def _change(self, path: str, values: dict[str, object]) -> Metric:
        if not values.keys() >= _RESET and (self._release.get()).resets_more:
            present = self._get(path)
            kept = {name: int(getattr(present, name)) for name in _RESET if name in present.attrs}
            if "default_view" in kept:
                kept["view"] = kept["default_view"]
            values = kept | values
        return super()._change(path, values)

    def _write(self, method: str, path: str, form: type[Payload], values: dict[str, object]) -> Metric:
        self._release.refuse_dropped(values, _SINCE_2_4)
        return super()._write(method, path, form, values)
