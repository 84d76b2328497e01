"""What events are about: the rows of the server's database as they were, and not the API's shape of them.

A ``*_created`` event holds only the columns that were set, all others hold every column. So whatever is not always
there is None when it was not sent and when it was sent as null; ``"order" in body.attrs`` tells the two apart.
``attrs`` and ``get(name)`` also give the columns that this package does not know.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final, Self, TypeVar

from pydantic import AfterValidator, Field, ModelWrapValidatorHandler, model_validator

from cachet_sdk.core.fields import KNOWN_OR_INT, NoneWhenUnreadable, Text
from cachet_sdk.core.model import Model
from cachet_sdk.core.times import is_aware
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus, MetricCalculation, MetricView, Visibility

T = TypeVar("T")


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if not is_aware(value):
        raise ValueError("a time without an offset could be in any zone")
    return value.astimezone(UTC)


#: A moment, in UTC; None when it was not sent, or is not one.
Moment = Annotated[datetime | None, AfterValidator(_in_utc), NoneWhenUnreadable(), Field(default=None)]
#: Something that is not always sent.
Maybe = Annotated[T | None, Field(default=None)]
#: A member of an enumeration that is not always sent; an unknown number stays a plain int.
MaybeKnown = Annotated[T | int | None, KNOWN_OR_INT, Field(default=None)]


class Delivered(Model):
    """Part of a delivery. It tells what was so, and is read-only."""

    @model_validator(mode="wrap")
    @classmethod
    def _keep_the_raw_json(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        made = handler(data)
        if isinstance(data, dict):
            object.__setattr__(made, "_attrs", data)
        return made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted")


class ComponentBody(Delivered):
    """A component."""

    #: The id.
    id: Final[int]
    #: The name.
    name: Final[Annotated[Text, Field(default="")]]
    #: What it is.
    description: Final[Maybe[str]]
    #: Where it is to be found.
    link: Final[Maybe[str]]
    #: How it is doing: what was set, without regard to incidents and maintenance.
    status: Final[MaybeKnown[ComponentStatus]]
    #: Its place in its group.
    order: Final[Maybe[int]]
    #: The id of its group.
    component_group_id: Final[Maybe[int]]
    #: Whether it is shown to guests, and counts.
    enabled: Final[Maybe[bool]]
    #: Whether the server's own monitor found it working.
    checked: Final[Maybe[bool]]
    #: When the server's own monitor looked.
    checked_at: Final[Moment]
    #: When it was made.
    created_at: Final[Moment]
    #: When it was last changed.
    updated_at: Final[Moment]
    #: When it was deleted.
    deleted_at: Final[Moment]


class ComponentStatusBody(Delivered):
    """A component's change of status. It carries no time: the same change tomorrow is the same bytes again."""

    #: The id of the component.
    component_id: Final[int]
    #: How it was doing.
    old_status: Final[Annotated[ComponentStatus | int, KNOWN_OR_INT]]
    #: How it is doing.
    new_status: Final[Annotated[ComponentStatus | int, KNOWN_OR_INT]]
    #: What changed it; ``"manual"`` for the dashboard and the API.
    source: Final[Maybe[str]]


class IncidentBody(Delivered):
    """An incident. Its components and updates are not part of it."""

    #: The id.
    id: Final[int]
    #: The id that feeds use.
    guid: Final[Maybe[str]]
    #: The name.
    name: Final[Annotated[Text, Field(default="")]]
    #: How far it is.
    status: Final[MaybeKnown[IncidentStatus]]
    #: The message, in Markdown.
    message: Final[Maybe[str]]
    #: Who sees it: a delivery may be about an incident that guests do not see.
    visible: Final[MaybeKnown[Visibility]]
    #: Whether it stays on top.
    stickied: Final[Maybe[bool]]
    #: Whether subscribers are notified.
    notifications: Final[Maybe[bool]]
    #: The id of a component, on incidents that came from an older Cachet.
    component_id: Final[Maybe[int]]
    #: The id of the user who made it.
    user_id: Final[Maybe[int]]
    #: The service that made it.
    external_provider: Final[Maybe[str]]
    #: Its id in that service.
    external_id: Final[Maybe[str | int]]
    #: When it happened, if somebody said so.
    occurred_at: Final[Moment]
    #: When it is or was published; it may lie ahead.
    published_at: Final[Moment]
    #: When subscribers were told that it is published.
    published_notified_at: Final[Moment]
    #: When somebody was told that it has been open for long.
    long_running_notified_at: Final[Moment]
    #: When it was made.
    created_at: Final[Moment]
    #: When it was last changed.
    updated_at: Final[Moment]
    #: When it was deleted.
    deleted_at: Final[Moment]


class MetricBody(Delivered):
    """A metric. Its points are not part of it."""

    #: The id.
    id: Final[int]
    #: The name.
    name: Final[Annotated[Text, Field(default="")]]
    #: The unit, as it is shown behind the number.
    suffix: Final[Annotated[Text, Field(default="")]]
    #: What it tells.
    description: Final[Maybe[str]]
    #: What is drawn where there is no point.
    default_value: Final[Maybe[float]]
    #: How its points are drawn together.
    calc_type: Final[MaybeKnown[MetricCalculation]]
    #: Whether its chart is shown.
    display_chart: Final[Maybe[bool]]
    #: Decimal places shown, 0 to 4.
    places: Final[Maybe[int]]
    #: What its chart shows at first.
    default_view: Final[MaybeKnown[MetricView]]
    #: Minutes within which a new point only raises the newest one's counter.
    threshold: Final[Maybe[int]]
    #: Its place among the metrics.
    order: Final[Maybe[int]]
    #: Who sees it.
    visible: Final[MaybeKnown[Visibility]]
    #: Whether its chart is shown while it has no points.
    show_when_empty: Final[Maybe[bool]]
    #: When it was made.
    created_at: Final[Moment]
    #: When it was last changed.
    updated_at: Final[Moment]


class MetricPointBody(Delivered):
    """A point of a metric."""

    #: The id.
    id: Final[int]
    #: The id of its metric.
    metric_id: Final[int]
    #: The value that was measured.
    value: Final[Maybe[float]]
    #: How often a point came within the metric's threshold; the chart shows value times counter.
    counter: Final[Maybe[int]]
    #: The moment that it is for, rounded to 30 seconds.
    created_at: Final[Moment]
    #: When it was last changed.
    updated_at: Final[Moment]


class SubscriberBody(Delivered):
    """A subscriber: somebody's personal data."""

    #: The id.
    id: Final[int]
    #: The e-mail address.
    email: Final[Maybe[str]]
    #: Whether they hear of everything and not of chosen components only.
    is_global: Final[Annotated[bool | None, Field(default=None, alias="global")]]
    #: The telephone number.
    phone_number: Final[Maybe[str]]
    #: Where they are told on Slack. Whoever has it can write there, so it is not shown by ``repr``.
    slack_webhook_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    #: When they confirmed the address; None until then.
    email_verified_at: Final[Moment]
    #: When they subscribed.
    created_at: Final[Moment]
    #: When they were last changed.
    updated_at: Final[Moment]
