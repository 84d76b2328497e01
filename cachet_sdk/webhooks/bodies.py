"""The bodies of events: rows of the server's database, which differ from the API's resources.

A ``*_created`` event contains only the columns that were set; all other events contain every column. So an optional
attribute is None both if it was not sent and if it was sent as null; ``"order" in body.attrs`` distinguishes the two.
``attrs`` and ``get(name)`` also return columns that this SDK does not know.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, Field, ModelWrapValidatorHandler, model_validator

from cachet_sdk.core.models.base import Model
from cachet_sdk.core.models.fields import DefaultIfNull, NoneOnError, known_or_int
from cachet_sdk.core.models.times import is_aware
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus, MetricCalculation, MetricView, Visibility


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if not is_aware(value):
        raise ValueError("expected a time with an offset")
    return value.astimezone(UTC)


_IN_UTC = AfterValidator(_in_utc)
#: For attributes that are not always sent.
OPTIONAL: Any = Field(default=None)


class Delivered(Model):
    """Part of a delivery: a read-only snapshot."""

    @model_validator(mode="wrap")
    @classmethod
    def _keep_raw_json(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        instance = handler(data)
        if isinstance(data, dict):
            object.__setattr__(instance, "_attrs", data)
        return instance


class ComponentBody(Delivered):
    """A component."""

    id: Final[int]
    """Assigned by the server."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name shown on the status page."""
    description: Final[Annotated[str | None, OPTIONAL]]
    """Text shown with the component."""
    link: Final[Annotated[str | None, OPTIONAL]]
    """URL that the component links to."""
    status: Final[Annotated[ComponentStatus | int | None, known_or_int, OPTIONAL]]
    """Stored status, regardless of incidents and maintenance."""
    order: Final[Annotated[int | None, OPTIONAL]]
    """Position within its group."""
    component_group_id: Final[Annotated[int | None, OPTIONAL]]
    """Id of its group."""
    enabled: Final[Annotated[bool | None, OPTIONAL]]
    """Whether it is shown to visitors and counts towards the overall status."""
    checked: Final[Annotated[bool | None, OPTIONAL]]
    """Whether the server's monitor found it to be up."""
    checked_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When the server's monitor last checked it. None if the time has no offset, as in all events except those that the
    monitor causes: that time is in the server's zone, and ``get("checked_at")`` returns its text."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was created."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""
    deleted_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was deleted."""


class ComponentStatusBody(Delivered):
    """A status change of a component. It has no timestamp, so the same change at another time has the same bytes."""

    component_id: Final[int]
    """Id of the component."""
    old_status: Final[Annotated[ComponentStatus | int | None, known_or_int, OPTIONAL]]
    """Status before the change. None if the server does not know it."""
    new_status: Final[Annotated[ComponentStatus | int, known_or_int]]
    """Status after the change."""
    source: Final[Annotated[str | None, OPTIONAL]]
    """Source of the change; ``"manual"`` for the dashboard and the API."""


class IncidentBody(Delivered):
    """An incident, without its components and updates."""

    id: Final[int]
    """Assigned by the server."""
    guid: Final[Annotated[str | None, OPTIONAL]]
    """Id used in feeds."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name shown on the status page."""
    status: Final[Annotated[IncidentStatus | int | None, known_or_int, OPTIONAL]]
    """Status, which updates of the incident change, too."""
    message: Final[Annotated[str | None, OPTIONAL]]
    """Message, in Markdown."""
    visible: Final[Annotated[Visibility | int | None, known_or_int, OPTIONAL]]
    """Who can see it. Incidents hidden from visitors are delivered, too."""
    stickied: Final[Annotated[bool | None, OPTIONAL]]
    """Whether it is pinned to the top."""
    notifications: Final[Annotated[bool | None, OPTIONAL]]
    """Whether subscribers are notified."""
    component_id: Final[Annotated[int | None, OPTIONAL]]
    """Id of a component, on incidents migrated from an older Cachet."""
    user_id: Final[Annotated[int | None, OPTIONAL]]
    """Id of the user who created it."""
    external_provider: Final[Annotated[str | None, OPTIONAL]]
    """External service that created it."""
    external_id: Final[Annotated[str | int | None, OPTIONAL]]
    """Its id in ``external_provider``."""
    occurred_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it happened, if that was set."""
    published_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it is published; may be in the future."""
    published_notified_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When subscribers were notified of its publication."""
    long_running_notified_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When a reminder that it is still open was sent."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was created."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""
    deleted_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was deleted."""


class MetricBody(Delivered):
    """A metric, without its points."""

    id: Final[int]
    """Assigned by the server."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name shown on the status page."""
    suffix: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Unit shown after the values."""
    description: Final[Annotated[str | None, OPTIONAL]]
    """Text shown with the metric."""
    default_value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """Value shown where there is no point."""
    calc_type: Final[Annotated[MetricCalculation | int | None, known_or_int, OPTIONAL]]
    """How points are aggregated."""
    display_chart: Final[Annotated[bool | None, OPTIONAL]]
    """Whether its chart is shown."""
    places: Final[Annotated[int | None, OPTIONAL]]
    """Number of decimal places shown, 0 to 4."""
    default_view: Final[Annotated[MetricView | int | None, known_or_int, OPTIONAL]]
    """Time range that the chart shows by default."""
    threshold: Final[Annotated[int | None, OPTIONAL]]
    """Minutes within which a new point only increments the counter of the newest one."""
    order: Final[Annotated[int | None, OPTIONAL]]
    """Position among the metrics."""
    visible: Final[Annotated[Visibility | int | None, known_or_int, OPTIONAL]]
    """Who can see it."""
    show_when_empty: Final[Annotated[bool | None, OPTIONAL]]
    """Whether its chart is shown while it has no points."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was created."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""


class MetricPointBody(Delivered):
    """A point of a metric."""

    id: Final[int]
    """Assigned by the server."""
    metric_id: Final[int]
    """Id of its metric."""
    value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """Value that was measured."""
    counter: Final[Annotated[int | None, OPTIONAL]]
    """How many values were sent within the metric's threshold; the chart shows ``value`` times ``counter``."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """Time of the measurement, rounded to 30 seconds."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""


class SubscriberBody(Delivered):
    """A subscriber: personal data."""

    id: Final[int]
    """Assigned by the server."""
    email: Final[Annotated[str | None, OPTIONAL]]
    """E-mail address."""
    is_global: Final[Annotated[bool | None, Field(default=None, alias="global")]]
    """Whether they are notified of everything, not only of selected components."""
    phone_number: Final[Annotated[str | None, OPTIONAL]]
    """Phone number."""
    slack_webhook_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Slack webhook URL. Anyone who has it can post there, so ``repr`` does not show it."""
    email_verified_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When the address was verified; None until then."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When they subscribed."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When the subscriber was last changed."""
