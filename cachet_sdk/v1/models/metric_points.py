"""Metric point data, and the payloads that create and update one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, PlainSerializer

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.core.models.times import to_epoch
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.v1.models.limits import LATEST_TIMESTAMP

#: The database column holds 15 digits, 3 of them after the decimal point.
_ValueInput = Annotated[float, Field(allow_inf_nan=False, gt=-1e12, lt=1e12)]


class NewMetricPoint(Payload):
    """The request body of ``POST /metrics/{id}/points``."""

    value: _ValueInput
    timestamp: int | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments. The timestamp is converted to Unix seconds."""
        return super().build(**_with_unix_timestamp(arguments))


class MetricPointChange(Payload):
    """The request body of ``PUT /metrics/{id}/points/{id}``."""

    value: _ValueInput | None = None
    timestamp: Annotated[int, PlainSerializer(str)] | None = None
    """Sent as a string, which only this request requires ("Timestamps of points differ by method")."""

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments. The timestamp is converted to Unix seconds."""
        return super().build(**_with_unix_timestamp(arguments))


class MetricPointData(ResourceData):
    """A value of a metric at a point in time."""

    _UPDATE: ClassVar[type[Payload]] = MetricPointChange

    id: Final[int]
    """Assigned by the server."""
    metric_id: Final[int]
    """Id of the metric that it belongs to."""
    value: Annotated[float, Field(allow_inf_nan=False), DefaultIfNull(0.0)] = 0.0
    """Stored with three decimal places."""
    counter: Final[Annotated[int, DefaultIfNull(0), Field(default=1)]]
    """How many times the value was sent within the metric's ``threshold``."""
    calculated_value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """``value`` times ``counter``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """Time of the measurement. The server rounds it to 30 seconds, so it may lie in the future. Naive and in the
    server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""


def _with_unix_timestamp(arguments: dict[str, object]) -> dict[str, object]:
    timestamp = arguments.get("timestamp")
    if timestamp is None:
        return arguments
    if not isinstance(timestamp, datetime | int | float):
        raise ArgumentError("timestamp", f"expected Unix seconds or an aware datetime, got {short_repr(timestamp)}")
    seconds = to_epoch("timestamp", timestamp)
    if seconds > LATEST_TIMESTAMP:
        raise ArgumentError("timestamp", "expected a time before 2038: databases store other dates as zero")
    return arguments | {"timestamp": seconds}
