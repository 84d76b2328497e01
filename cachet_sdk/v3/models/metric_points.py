"""Metric point data, and the payload that creates one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field

from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError, TimeInput
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.times import is_aware, to_epoch
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.v3.models.bodies import RequestBody
from cachet_sdk.v3.models.documents import DocumentData, at


class NewMetricPoint(RequestBody):
    """The request body of ``POST /metrics/{id}/points``."""

    value: Annotated[float, Field(allow_inf_nan=False)]
    timestamp: TimeInput | int | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments. The timestamp is converted to Unix seconds, unless it is naive."""
        moment = arguments.get("timestamp")
        if moment is not None and not (isinstance(moment, datetime) and not is_aware(moment)):
            if not isinstance(moment, datetime | int | float):
                raise ArgumentError("timestamp", f"expected Unix seconds or a datetime, got {short_repr(moment)}")
            arguments["timestamp"] = to_epoch("timestamp", moment)
        return super().build(**arguments)


class MetricPointData(DocumentData):
    """A value of a metric at a point in time."""

    _TYPE: ClassVar[str] = "metricPoints"
    _UPDATE: ClassVar[type[Payload]] = Payload
    _RELATIONS: ClassVar[Mapping[str, str]] = {"metric": "metrics"}

    id: Final[int]
    """Assigned by the server."""
    metric_id: Final[int]
    """Id of the metric that it belongs to."""
    value: Final[Annotated[float, Field(default=0.0, allow_inf_nan=False)]]
    """The first value sent within the metric's ``threshold``."""
    counter: Final[Annotated[int, DefaultIfNull(0), Field(default=1)]]
    """How many values were sent within the metric's ``threshold``. Values after the first are lost."""
    calculated_value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """``value`` times ``counter``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """Time of the measurement. The server rounds it to 30 seconds, so it may lie in the future. Naive and in the
    server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed, in the time zone of ``created_at``."""
