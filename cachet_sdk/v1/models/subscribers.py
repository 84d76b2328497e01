"""Subscribers: what the server sends of one, and what it takes to make one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, tzinfo
from typing import Annotated, Any, ClassVar, Final, cast

from pydantic import BeforeValidator, Field

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.dates import read_http_date
from cachet_sdk.core.json_types import is_object
from cachet_sdk.core.models.base import Model
from cachet_sdk.core.models.fields import DefaultIfNull, EmailInput, FlagInput, IdInput, NoneOnError
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData, zone_of
from cachet_sdk.core.models.times import SECONDS_TO_ANSWER
from cachet_sdk.errors import ArgumentError, short_repr

_PROSE = re.compile(r"\w+ (\d{1,2})(?:st|nd|rd|th) (\w+) (\d{4}) (\d\d:\d\d:\d\d)", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MIDNIGHT = "00:00:00"
#: Where midnight in UTC falls in other zones: on the hour, or on a quarter of it.
_MIDNIGHT_SOMEWHERE = re.compile(r"\d\d:(?:00|15|30|45):00", re.ASCII)


def read_verified_at(value: Any) -> Any:
    """Read the date of a verification, which the server writes as prose: ``Monday 23rd November 2026 00:00:00``.

    It shows an unverified subscriber as verified now (wire/v1, trap 5), but a real verification at midnight in UTC,
    since it keeps the day alone, in the request's zone: so a time that midnight falls on in no zone means that there
    was none. (For the seconds in which now is such a time see ``not_verified``.)
    """
    if not isinstance(value, str):
        return value
    match = _PROSE.fullmatch(value.strip())
    if match is None or match[2] not in _MONTHS:
        return None if not re.match(r"\d{4}-", value) else value
    if not _MIDNIGHT_SOMEWHERE.fullmatch(match[4]):
        return None
    return f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02} {match[4]}"


class NewSubscriber(Payload):
    """The body of ``POST /subscribers``."""

    email: EmailInput
    components: list[IdInput] | None = None
    verify: FlagInput = True


def component_ids(components: Iterable[int] | None) -> list[int] | None:
    """Check the ids of the components that somebody is to be told of; None for all.

    Raises:
        ArgumentError: also for an empty list, which the server takes for all components.
    """
    if components is None:
        return None
    if not isinstance(components, Iterable):
        raise ArgumentError("components", f"expected ids, got {short_repr(components)}")
    ids = [check_id("components", number) for number in components]
    if not ids:
        raise ArgumentError("components", "is empty, which the server takes for all components; leave it out for all")
    return ids


class Subscription(Model):
    """A subscriber's interest in one component."""

    id: Final[int]
    """The id, which ``client.subscriptions.delete`` takes."""
    subscriber_id: Final[Annotated[int | None, Field(default=None)]]
    """The id of the subscriber."""
    component_id: Final[Annotated[int | None, Field(default=None)]]
    """The id of the component."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; in the server's zone and naive, whatever the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""


class SubscriberData(ResourceData):
    """Somebody who is told of incidents."""

    _UPDATE: ClassVar[type[Payload]] = Payload
    _ZONED: ClassVar[tuple[str, ...]] = ("created_at", "updated_at", "verified_at")

    id: Final[int]
    """The id."""
    email: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The address."""
    verify_code: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """What a link in a mail to the subscriber holds."""
    is_global: Final[Annotated[bool, DefaultIfNull(False), Field(default=True, alias="global")]]
    """Whether all components are subscribed. Servers say so of everyone who was made through the API."""
    phone_number: Final[Annotated[str | None, Field(default=None)]]
    """A telephone number, where the server has one."""
    slack_webhook_url: Final[Annotated[str | None, Field(default=None)]]
    """A Slack address, where the server has one."""
    subscriptions: Final[Annotated[list[Subscription], DefaultIfNull(list), Field(default_factory=list)]]
    """The subscriptions to single components."""
    verified_at: Final[
        Annotated[datetime | None, BeforeValidator(read_verified_at), NoneOnError(), Field(default=None)]
    ]
    """The day of the verification, at midnight in UTC; None if not verified, and when the server writes another
    language than English (the text is in ``attrs``; see ``is_verified``). As ``created_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When the subscription was made; in the server's zone and naive, or in the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""

    @property
    def is_verified(self) -> bool:
        """Whether the address was verified, told from the server's text in whatever language it is."""
        text = self.attrs.get("verified_at")
        if not isinstance(text, str):
            return False
        shown = _without_offset(text)[-8:]
        return _MIDNIGHT_SOMEWHERE.fullmatch(shown) is not None if zone_of(self) is None else shown == _MIDNIGHT

    def _show_in(self, zone: tzinfo) -> None:
        """Turn the server's UTC times into a zone's; a verification is at midnight in UTC, or there was none."""
        verified = self.verified_at
        if verified is not None and (verified.hour or verified.minute):
            vars(self)["verified_at"] = None
        super()._show_in(zone)
        if self.verified_at is not None:
            self._attrs["verified_at"] = f"{self.verified_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}+00:00"


def _without_offset(text: str) -> str:
    return text.strip().removesuffix("+00:00")


def may_show_now(date: str | None) -> bool:
    """Tell whether subscribers that are not verified may be shown at a time at which midnight falls somewhere.

    Args:
        date: The ``Date`` header of the answer that shows them.
    """
    answered = read_http_date(date)
    return answered is not None and answered.second <= SECONDS_TO_ANSWER and answered.minute % 15 == 0


def not_verified(rows: Sequence[object], date: str | None) -> set[object]:
    """Find out who is not verified, of an answer in UTC: whoever is shown at another time than midnight.

    At midnight itself whoever is shown as of this day, too: that it was verified in these seconds is less likely.

    Args:
        rows: The subscribers, as JSON objects.
        date: The ``Date`` header of the answer.
    """
    answered = read_http_date(date)
    at_midnight = answered is not None and answered.time() <= time(0, 0, SECONDS_TO_ANSWER)
    today = f"{answered:%Y-%m-%d} {_MIDNIGHT}" if at_midnight else None
    found: set[object] = set()
    for row in rows:
        if not is_object(row):
            continue
        text = row.get("verified_at")
        is_midnight = isinstance(text, str) and _without_offset(text).endswith(_MIDNIGHT)
        if not is_midnight or (today is not None and read_verified_at(_without_offset(cast("str", text))) == today):
            found.add(row.get("id"))
    return found
