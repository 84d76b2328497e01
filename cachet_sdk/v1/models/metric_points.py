"""Metric points: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, PlainSerializer

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.core.models.times import to_epoch
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.v1.models.limits import LAST_SECOND

#: What a column of the server's database holds: 15 digits, 3 of them behind the point.
_ValueIn = Annotated[float, Field(allow_inf_nan=False, gt=-1e12, lt=1e12)]


class NewMetricPoint(Payload):
    """The body of ``POST /metrics/{id}/points``."""

    value: _ValueIn
    timestamp: int | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments; a moment becomes Unix seconds."""
        return super().build(**_with_epoch(arguments))


class MetricPointChange(Payload):
    """The body of ``PUT /metrics/{id}/points/{id}``."""

    value: _ValueIn | None = None
    timestamp: Annotated[int, PlainSerializer(str)] | None = None
    """Sent as text, which only this request wants."""

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments; a moment becomes Unix seconds."""
        return super().build(**_with_epoch(arguments))


class MetricPointData(ResourceData):
    """One value of a metric at one time."""

    _UPDATE: ClassVar[type[Payload]] = MetricPointChange

    id: Final[int]
    """The id."""
    metric_id: Final[int]
    """The id of the metric."""
    value: Annotated[float, Field(allow_inf_nan=False), DefaultIfNull(0.0)] = 0.0
    """The value; servers keep three decimal places."""
    counter: Final[Annotated[int, DefaultIfNull(0), Field(default=1)]]
    """How many times the value came within the metric's ``threshold``."""
    calculated_value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """``value`` times ``counter``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was measured, rounded by the server to 30 seconds, so perhaps just ahead of now; in the server's zone and
    naive, or in the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""


def _with_epoch(arguments: dict[str, object]) -> dict[str, object]:
    timestamp = arguments.get("timestamp")
    if timestamp is None:
        return arguments
    if not isinstance(timestamp, datetime | int | float):
        raise ArgumentError("timestamp", f"expected Unix seconds or an aware datetime, got {short_repr(timestamp)}")
    seconds = to_epoch("timestamp", timestamp)
    if seconds > LAST_SECOND:
        raise ArgumentError("timestamp", "expected a time before 2038: databases store others as no date")
    return arguments | {"timestamp": seconds}
