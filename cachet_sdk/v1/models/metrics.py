"""Metric data, and the payloads that create and update one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    HourDivisorInput,
    NameInput,
    NoneOnError,
    NumericFlagInput,
    OrderInput,
    WholeNumberInput,
    known_or_int,
    one_of,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v1.enums import MetricCalculation, MetricView, MetricVisibility
from cachet_sdk.v1.models.limits import DescriptionInput, SuffixInput


class _MetricPayload(Payload):
    calc_type: Annotated[MetricCalculation, one_of(MetricCalculation)] | None = None
    display_chart: NumericFlagInput | None = None  # the server refuses false
    places: Annotated[int, Field(ge=0, le=4)] | None = None
    default_view: Annotated[MetricView, one_of(MetricView)] | None = None
    threshold: HourDivisorInput | None = None
    order: OrderInput | None = None
    visible: Annotated[MetricVisibility, one_of(MetricVisibility)] | None = None


class NewMetric(_MetricPayload):
    """The request body of ``POST /metrics``."""

    name: NameInput
    suffix: SuffixInput
    description: DescriptionInput = ""
    """Sent even when empty: the server fails without it ("What a metric does not accept")."""
    default_value: WholeNumberInput = 0


class MetricChange(_MetricPayload):
    """The request body of ``PUT /metrics/{id}``."""

    name: NameInput | None = None
    suffix: SuffixInput | None = None
    description: DescriptionInput | None = None
    default_value: WholeNumberInput | None = None


class MetricData(ResourceData):
    """A value over time, shown as a chart."""

    _UPDATE: ClassVar[type[Payload]] = MetricChange

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """At most 191 characters."""
    suffix: Annotated[str, DefaultIfNull("")] = ""
    """Unit, shown after the value."""
    description: Annotated[str, DefaultIfNull("")] = ""
    """Text shown with the chart."""
    default_value: Annotated[
        int | Annotated[float, Field(allow_inf_nan=False)], Field(union_mode="left_to_right"), DefaultIfNull(0)
    ] = 0
    """Value shown where there is no point. Only whole numbers can be set; some servers return decimals."""
    calc_type: Annotated[MetricCalculation | int, known_or_int, DefaultIfNull(MetricCalculation.SUM)] = (
        MetricCalculation.SUM
    )
    """How its points are aggregated. A value unknown to this SDK stays a plain int."""
    display_chart: Annotated[bool, DefaultIfNull(False)] = True
    """Whether its chart is shown."""
    places: Annotated[int, DefaultIfNull(0)] = 2
    """Decimal places shown, 0 to 4."""
    default_view: Annotated[MetricView | int, known_or_int, DefaultIfNull(MetricView.LAST_12_HOURS)] = (
        MetricView.LAST_12_HOURS
    )
    """Initial range of its chart."""
    default_view_name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name of ``default_view``, in the server's language."""
    threshold: Annotated[int, DefaultIfNull(0)] = 5
    """Minutes within which an equal value increments the ``counter`` of the existing point instead of adding one."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Position among the metrics, in ascending order."""
    visible: Annotated[MetricVisibility | int, known_or_int, DefaultIfNull(MetricVisibility.PUBLIC)] = (
        MetricVisibility.PUBLIC
    )
    """Who sees it on the status page. The API returns every metric to everyone."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""
