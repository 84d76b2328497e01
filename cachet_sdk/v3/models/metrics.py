"""Metric data, and the payloads that create and update one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    FlagInput,
    HourDivisorInput,
    NoneOnError,
    RequiredTextInput,
    known_or_int,
    one_of,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.v3.enums import MetricCalculation, MetricView, Visibility
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at
from cachet_sdk.v3.models.fields import LineInput


def _check_decimals(value: float) -> float:
    if not has_two_decimals(value):
        raise PydanticCustomError("default_value", "must have at most two decimal places")
    return value


def has_two_decimals(value: float) -> bool:
    """Return whether a number has at most two decimal places."""
    return float(f"{value:.2f}") == value


def _default_to_wire(value: float) -> str | None:
    # As text with two decimals, because the server refuses 1 and 1.0. Only a value that was read can have more
    # decimals. It is not sent.
    return f"{value:.2f}" if has_two_decimals(value) else None


#: The server's database fails on numbers with more than ten digits before the decimal point.
_DefaultInput = Annotated[
    float,
    Field(allow_inf_nan=False, gt=-1e10, lt=1e10),
    AfterValidator(_check_decimals),
    PlainSerializer(_default_to_wire),
]


class _MetricPayload(RequestBody):
    description: RequiredTextInput | None = None
    default_value: _DefaultInput | None = None
    threshold: HourDivisorInput | None = None


class NewMetric(_MetricPayload):
    """The request body of ``POST /metrics``."""

    name: LineInput
    suffix: LineInput
    calc_type: Annotated[MetricCalculation, one_of(MetricCalculation)] | None = None
    display_chart: FlagInput | None = None
    places: Annotated[int, Field(ge=0, le=4)] | None = None


class MetricChange(_MetricPayload):
    """The request body of ``PUT /metrics/{id}``, which accepts no other fields."""

    name: LineInput | None = None
    suffix: LineInput | None = None


class MetricData(DocumentData):
    """A value over time, shown as a chart."""

    _TYPE: ClassVar[str] = "metrics"
    _UPDATE: ClassVar[type[Payload]] = MetricChange
    _RELATIONS: ClassVar[Mapping[str, str]] = {"points": "metricPoints"}

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """At most 255 characters."""
    suffix: Annotated[str, DefaultIfNull("")] = ""
    """Unit, shown after the value."""
    description: str | None = None
    """Text shown with the chart. None if there is none."""
    default_value: Annotated[float | None, Field(allow_inf_nan=False)] = None
    """Value shown where there is no point. None for no value. At most two decimal places can be set."""
    calc_type: Final[
        Annotated[
            MetricCalculation | int,
            known_or_int,
            DefaultIfNull(MetricCalculation.SUM),
            Field(default=MetricCalculation.SUM),
        ]
    ]
    """How its points are aggregated. A value unknown to this SDK stays a plain int."""
    display_chart: Final[Annotated[bool, DefaultIfNull(True), Field(default=True)]]
    """Whether its chart is shown."""
    places: Final[Annotated[int, DefaultIfNull(2), Field(default=2)]]
    """Decimal places shown, 0 to 4."""
    default_view: Final[
        Annotated[MetricView | int, known_or_int, DefaultIfNull(MetricView.TODAY), Field(default=MetricView.TODAY)]
    ]
    """Initial range of its chart, set on the dashboard."""
    threshold: Annotated[int, DefaultIfNull(5)] = 5
    """Minutes within which the value of a further point is lost: the ``counter`` of the newest point is incremented
    instead."""
    order: Final[Annotated[int, DefaultIfNull(0), Field(default=0)]]
    """Position among the metrics, set on the dashboard."""
    visible: Final[
        Annotated[Visibility | int, known_or_int, DefaultIfNull(Visibility.GUEST), Field(default=Visibility.GUEST)]
    ]
    """Who sees it, set on the dashboard."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``created_at``."""
