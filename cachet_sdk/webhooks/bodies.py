"""What events are about: the rows of the server's database as they were, and not the API's shape of them.

A ``*_created`` event holds only the columns that were set, all others hold every column. So whatever is not always
there is None when it was not sent and when it was sent as null; ``"order" in body.attrs`` tells the two apart.
``attrs`` and ``get(name)`` also give the columns that this package does not know.
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
        raise ValueError("a time without an offset could be in any zone")
    return value.astimezone(UTC)


_IN_UTC = AfterValidator(_in_utc)
#: Goes after the type of what is not always sent.
MAYBE: Any = Field(default=None)


class Delivered(Model):
    """Part of a delivery. It tells what was so, and is read-only."""

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
    """What it is."""
    link: Final[Annotated[str | None, MAYBE]]
    """Where it is to be found."""
    status: Final[Annotated[ComponentStatus | int | None, known_or_int, MAYBE]]
    """How it is doing: what was set, without regard to incidents and maintenance."""
    order: Final[Annotated[int | None, MAYBE]]
    """Its place in its group."""
    component_group_id: Final[Annotated[int | None, MAYBE]]
    """The id of its group."""
    enabled: Final[Annotated[bool | None, MAYBE]]
    """Whether it is shown to guests, and counts."""
    checked: Final[Annotated[bool | None, MAYBE]]
    """Whether the server's own monitor found it working."""
    checked_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When the server's own monitor looked. None where the server sends the time without an offset, as it does in every
    event but the monitor's own: it is then in the server's zone, and ``get("checked_at")`` has its text."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was made."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""
    deleted_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was deleted."""


class ComponentStatusBody(Delivered):
    """A component's change of status. It carries no time: the same change tomorrow is the same bytes again."""

    component_id: Final[int]
    """The id of the component."""
    old_status: Final[Annotated[ComponentStatus | int | None, known_or_int, MAYBE]]
    """How it was doing; None where the server does not know."""
    new_status: Final[Annotated[ComponentStatus | int, known_or_int]]
    """How it is doing."""
    source: Final[Annotated[str | None, MAYBE]]
    """What changed it; ``"manual"`` for the dashboard and the API."""


class IncidentBody(Delivered):
    """An incident. Its components and updates are not part of it."""

    id: Final[int]
    """The id."""
    guid: Final[Annotated[str | None, MAYBE]]
    """The id that feeds use."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The name."""
    status: Final[Annotated[IncidentStatus | int | None, known_or_int, MAYBE]]
    """How far it is."""
    message: Final[Annotated[str | None, MAYBE]]
    """The message, in Markdown."""
    visible: Final[Annotated[Visibility | int | None, known_or_int, MAYBE]]
    """Who sees it: a delivery may be about an incident that guests do not see."""
    stickied: Final[Annotated[bool | None, MAYBE]]
    """Whether it stays on top."""
    notifications: Final[Annotated[bool | None, MAYBE]]
    """Whether subscribers are notified."""
    component_id: Final[Annotated[int | None, MAYBE]]
    """The id of a component, on incidents that came from an older Cachet."""
    user_id: Final[Annotated[int | None, MAYBE]]
    """The id of the user who made it."""
    external_provider: Final[Annotated[str | None, MAYBE]]
    """The service that made it."""
    external_id: Final[Annotated[str | int | None, MAYBE]]
    """Its id in that service."""
    occurred_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it happened, if somebody said so."""
    published_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it is or was published; it may lie ahead."""
    published_notified_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When subscribers were told that it is published."""
    long_running_notified_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When somebody was told that it has been open for long."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was made."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""
    deleted_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was deleted."""


class MetricBody(Delivered):
    """A metric. Its points are not part of it."""

    id: Final[int]
    """The id."""
    name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The name."""
    suffix: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The unit, as it is shown behind the number."""
    description: Final[Annotated[str | None, MAYBE]]
    """What it tells."""
    default_value: Final[Annotated[float | None, Field(default=None, allow_inf_nan=False)]]
    """What is drawn where there is no point."""
    calc_type: Final[Annotated[MetricCalculation | int | None, known_or_int, MAYBE]]
    """How its points are drawn together."""
    display_chart: Final[Annotated[bool | None, MAYBE]]
    """Whether its chart is shown."""
    places: Final[Annotated[int | None, MAYBE]]
    """Decimal places shown, 0 to 4."""
    default_view: Final[Annotated[MetricView | int | None, known_or_int, MAYBE]]
    """What its chart shows at first."""
    threshold: Final[Annotated[int | None, MAYBE]]
    """Minutes within which a new point only raises the newest one's counter."""
    order: Final[Annotated[int | None, MAYBE]]
    """Its place among the metrics."""
    visible: Final[Annotated[Visibility | int | None, known_or_int, MAYBE]]
    """Who sees it."""
    show_when_empty: Final[Annotated[bool | None, MAYBE]]
    """Whether its chart is shown while it has no points."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was made."""
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
    """How often a point came within the metric's threshold; the chart shows value times counter."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """The moment that it is for, rounded to 30 seconds."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When it was last changed."""


class SubscriberBody(Delivered):
    """A subscriber: somebody's personal data."""

    id: Final[int]
    """The id."""
    email: Final[Annotated[str | None, MAYBE]]
    """The e-mail address."""
    is_global: Final[Annotated[bool | None, Field(default=None, alias="global")]]
    """Whether they hear of everything and not of chosen components only."""
    phone_number: Final[Annotated[str | None, MAYBE]]
    """The telephone number."""
    slack_webhook_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Where they are told on Slack. Whoever has it can write there, so it is not shown by ``repr``."""
    email_verified_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When they confirmed the address; None until then."""
    created_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When they subscribed."""
    updated_at: Final[Annotated[datetime | None, _IN_UTC, NoneOnError()]]
    """When they were last changed."""
