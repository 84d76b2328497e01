"""The contents of events: rows of the server's database, which differ from the API's resources.

A ``*_created`` event holds only the columns that were set; all others hold every column. So an optional attribute is
None both if it was not sent and if it was sent as null; ``"order" in body.attrs`` distinguishes the two. ``attrs`` and
``get(name)`` also return columns that this package does not know.
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
MAYBE: Any = Field(default=None)


class Delivered(Model):
    """Part of a delivery: a read-only snapshot."""

    @model_validator(mode="wrap")
    @classmethod
    def _keep_the_raw_json(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        made = handler(data)
        if isinstance(data, dict):
            object.__setattr__(made, "_attrs", data)
        return made


class ComponentBody(Delivered):
    """A component."""

    id: Final[int]
    """The id."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The name."""
    description: Final[Annotated[str | None, MAYBE]]
    """The description."""
    link: Final[Annotated[str | None, MAYBE]]
    """The URL that its name links to."""
    status: Final[Annotated[ComponentStatus | int | None, known_or_int, MAYBE]]
    """The status that was set, regardless of incidents and maintenance."""
    order: Final[Annotated[int | None, MAYBE]]
    """The position within its group."""
    component_group_id: Final[Annotated[int | None, MAYBE]]
    """The id of its group."""
    enabled: Final[Annotated[bool | None, MAYBE]]
    """Whether it is shown to guests and counts towards the overall status."""
    checked: Final[Annotated[bool | None, MAYBE]]
    """Whether the server's own monitor found it up."""
    checked_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When the server's own monitor last checked it. None if the server sends the time without an offset, as in every
    event but the monitor's own: that time is in the server's zone, and ``get("checked_at")`` returns its text."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was created."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""
    deleted_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was deleted."""


class ComponentStatusBody(Delivered):
    """A component's change of status. It has no time: the same change tomorrow has the same bytes."""

    component_id: Final[int]
    """The id of the component."""
    old_status: Final[Annotated[ComponentStatus | int | None, known_or_int, MAYBE]]
    """The old status; None if the server does not know it."""
    new_status: Final[Annotated[ComponentStatus | int, known_or_int]]
    """The new status."""
    source: Final[Annotated[str | None, MAYBE]]
    """The source of the change; ``"manual"`` for the dashboard and the API."""


class IncidentBody(Delivered):
    """An incident, without its components and updates."""

    id: Final[int]
    """The id."""
    guid: Final[Annotated[str | None, MAYBE]]
    """The id that feeds use."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The name."""
    status: Final[Annotated[IncidentStatus | int | None, known_or_int, MAYBE]]
    """The status."""
    message: Final[Annotated[str | None, MAYBE]]
    """The message, in Markdown."""
    visible: Final[Annotated[Visibility | int | None, known_or_int, MAYBE]]
    """Who sees it: a delivery may be about an incident that is hidden from guests."""
    stickied: Final[Annotated[bool | None, MAYBE]]
    """Whether it is pinned to the top."""
    notifications: Final[Annotated[bool | None, MAYBE]]
    """Whether subscribers are notified."""
    component_id: Final[Annotated[int | None, MAYBE]]
    """The id of a component, on incidents migrated from an older Cachet."""
    user_id: Final[Annotated[int | None, MAYBE]]
    """The id of the user who created it."""
    external_provider: Final[Annotated[str | None, MAYBE]]
    """The external service that created it."""
    external_id: Final[Annotated[str | int | None, MAYBE]]
    """Its id in that service."""
    occurred_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it happened, if that was set."""
    published_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it is or was published; may be in the future."""
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
    """The id."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The name."""
    suffix: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The unit, as shown after the number."""
    description: Final[Annotated[str | None, MAYBE]]
    """The description."""
    default_value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """The value shown where there is no point."""
    calc_type: Final[Annotated[MetricCalculation | int | None, known_or_int, MAYBE]]
    """How points are aggregated."""
    display_chart: Final[Annotated[bool | None, MAYBE]]
    """Whether its chart is shown."""
    places: Final[Annotated[int | None, MAYBE]]
    """The number of decimal places shown, 0 to 4."""
    default_view: Final[Annotated[MetricView | int | None, known_or_int, MAYBE]]
    """The chart's default view."""
    threshold: Final[Annotated[int | None, MAYBE]]
    """Minutes within which a new point only increments the newest one's counter."""
    order: Final[Annotated[int | None, MAYBE]]
    """The position among the metrics."""
    visible: Final[Annotated[Visibility | int | None, known_or_int, MAYBE]]
    """Who sees it."""
    show_when_empty: Final[Annotated[bool | None, MAYBE]]
    """Whether its chart is shown while it has no points."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was created."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""


class MetricPointBody(Delivered):
    """A point of a metric."""

    id: Final[int]
    """The id."""
    metric_id: Final[int]
    """The id of its metric."""
    value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """The value that was measured."""
    counter: Final[Annotated[int | None, MAYBE]]
    """How many points came within the metric's threshold; the chart shows value times counter."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """The time that it is for, rounded to 30 seconds."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""


class SubscriberBody(Delivered):
    """A subscriber. This is personal data."""

    id: Final[int]
    """The id."""
    email: Final[Annotated[str | None, MAYBE]]
    """The e-mail address."""
    is_global: Final[Annotated[bool | None, Field(default=None, alias="global")]]
    """Whether they are notified of everything, not only of selected components."""
    phone_number: Final[Annotated[str | None, MAYBE]]
    """The telephone number."""
    slack_webhook_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The Slack webhook URL. Anyone who has it can post there, so ``repr`` does not show it."""
    email_verified_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When they verified the address; None until then."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When they subscribed."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When they were last changed."""
