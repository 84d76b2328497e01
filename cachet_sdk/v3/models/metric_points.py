"""Metric points: what the server sends of one, and what it takes to make one. None can be changed."""

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
    """The body of ``POST /metrics/{id}/points``."""

    value: Annotated[float, Field(allow_inf_nan=False)]
    timestamp: TimeInput | int | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments; a moment becomes Unix seconds, a naive time stays one of the server's zone."""
        moment = arguments.get("timestamp")
        if moment is not None and not (isinstance(moment, datetime) and not is_aware(moment)):
            if not isinstance(moment, datetime | int | float):
                raise ArgumentError("timestamp", f"expected Unix seconds or a datetime, got {short_repr(moment)}")
            arguments["timestamp"] = to_epoch("timestamp", moment)
        return super().build(**arguments)


class MetricPointData(DocumentData):
    """One value of a metric at one time."""

    _TYPE: ClassVar[str] = "metricPoints"
    _UPDATE: ClassVar[type[Payload]] = Payload
    _RELATIONS: ClassVar[Mapping[str, str]] = {"metric": "metrics"}

    id: Final[int]
    """The id."""
    metric_id: Final[int]
    """The id of the metric."""
    value: Final[Annotated[float, Field(default=0.0, allow_inf_nan=False)]]
    """The value, as it came first."""
    counter: Final[Annotated[int, DefaultIfNull(0), Field(default=1)]]
    """How many values came within the metric's ``threshold``. Those after the first were lost (wire/v3, trap 11)."""
    calculated_value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """``value`` times ``counter``."""
    created_at: Final[Annotated[datetime | None, NoneOnError(), at("created", "string")]]
    """When it was measured, rounded by the server to 30 seconds, so perhaps just ahead of now; in the server's zone,
    naive unless the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError(), at("updated", "string")]]
    """When it was last changed; as ``created_at``."""
