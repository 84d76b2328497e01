"""Metrics: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from cachet_sdk.core.models.fields import (
    DefaultIfNull,
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


def _divides_an_hour(minutes: int) -> int:
    # wire/v1: 0 makes the server fail, and it refuses what does not divide 60.
    if minutes < 1 or 60 % minutes:
        raise PydanticCustomError("threshold", "must be a number of minutes that divides 60")
    return minutes


class _MetricPayload(Payload):
    calc_type: Annotated[MetricCalculation, one_of(MetricCalculation)] | None = None
    display_chart: NumericFlagInput | None = None  # the server refuses false
    places: Annotated[int, Field(ge=0, le=4)] | None = None
    default_view: Annotated[MetricView, one_of(MetricView)] | None = None
    threshold: Annotated[int, AfterValidator(_divides_an_hour)] | None = None
    order: OrderInput | None = None
    visible: Annotated[MetricVisibility, one_of(MetricVisibility)] | None = None


class NewMetric(_MetricPayload):
    """The body of ``POST /metrics``."""

    name: NameInput
    suffix: SuffixInput
    description: DescriptionInput = ""
    """Sent even when empty: the server's database refuses a metric without one (wire/v1, trap 10)."""
    default_value: WholeNumberInput = 0


class MetricChange(_MetricPayload):
    """The body of ``PUT /metrics/{id}``."""

    name: NameInput | None = None
    suffix: SuffixInput | None = None
    description: DescriptionInput | None = None
    default_value: WholeNumberInput | None = None


class MetricData(ResourceData):
    """A number over time, drawn as a chart."""

    _UPDATE: ClassVar[type[Payload]] = MetricChange

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The name."""
    suffix: Annotated[str, DefaultIfNull("")] = ""
    """The unit, as it is shown behind the number."""
    description: Annotated[str, DefaultIfNull("")] = ""
    """What it tells."""
    default_value: Annotated[
        int | Annotated[float, Field(allow_inf_nan=False)], Field(union_mode="left_to_right"), DefaultIfNull(0)
    ] = 0
    """What is drawn where there is no point. It can be set to a whole number; some servers show it with decimals."""
    calc_type: Annotated[MetricCalculation | int, known_or_int, DefaultIfNull(MetricCalculation.SUM)] = (
        MetricCalculation.SUM
    )
    """How its points are drawn together. As all the enumerations here, an unknown number stays a plain int."""
    display_chart: Annotated[bool, DefaultIfNull(False)] = True
    """Whether its chart is shown."""
    places: Annotated[int, DefaultIfNull(0)] = 2
    """Decimal places shown, 0 to 4."""
    default_view: Annotated[MetricView | int, known_or_int, DefaultIfNull(MetricView.LAST_12_HOURS)] = (
        MetricView.LAST_12_HOURS
    )
    """What its chart shows at first."""
    default_view_name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """That view in words, in the server's language."""
    threshold: Annotated[int, DefaultIfNull(0)] = 5
    """Minutes within which the same value again raises a point's ``counter`` and makes no new point."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Its place among the metrics."""
    visible: Annotated[MetricVisibility | int, known_or_int, DefaultIfNull(MetricVisibility.PUBLIC)] = (
        MetricVisibility.PUBLIC
    )
    """Who sees it on the status page. The API shows every metric to everybody."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; in the server's zone and naive, or in the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""
