"""Subscribers: what the server sends of one, and what it takes to make one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
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
from cachet_sdk.core.models.times import SECONDS_TO_ANSWER, to_zone
from cachet_sdk.errors import ArgumentError, short_repr

_PROSE = re.compile(r"\w+ (\d{1,2})(?:st|nd|rd|th) (\w+) (\d{4}) (\d\d:\d\d:\d\d)", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: A time of day in a text in any language or form, of 24 hours.
_CLOCK = re.compile(r"(?<!\d)(\d\d):(\d\d)(?::(\d\d))?(?![\d:])(?!\s?[AaPp][Mm])", re.ASCII)
#: How a verification is kept of which it was found out here that there was one.
_KNOWN = re.compile(r"\d{4}-\d\d-\d\dT", re.ASCII)


def _clock(text: object) -> time | None:
    """Find the time of day in what a server shows as the date of a verification."""
    match = _CLOCK.search(text) if isinstance(text, str) else None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None
    except ValueError:
        return None


def _is_midnight_somewhere(clock: time) -> bool:
    """Whether midnight in UTC is at this time in some zone: on the hour, or on a quarter of it."""
    return clock.minute % 15 == 0 and clock.second == 0


def _moment(text: str) -> datetime | None:
    """Read English prose: ``Monday 23rd November 2026 00:00:00``."""
    match = _PROSE.fullmatch(text.strip())
    if match is None or match[2] not in _MONTHS:
        return None
    try:
        return datetime.fromisoformat(f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02} {match[4]}")
    except ValueError:
        return None


def _moment_in_utc(text: object) -> datetime | None:
    """Read what an answer in UTC shows, or what became of it in ``attrs``."""
    if not isinstance(text, str):
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(_without_offset(text))
    return _moment(text)


def read_verified_at(value: Any) -> Any:
    """Read the date of a verification, which the server writes as prose.

    It shows an unverified subscriber as verified now. Cachet 2.4 keeps the day of a verification alone, as midnight in
    UTC: so a time that midnight falls on in no zone means that there was none. Cachet 2.3 keeps the time as well; the
    manager tells those apart by the time of the answer. What tells no time of day is not known to be a verification.
    """
    if not isinstance(value, str) or _KNOWN.match(value):
        return value
    clock = _clock(value)
    if clock is None or not _is_midnight_somewhere(clock):
        return None
    return _moment(value) or (value if re.match(r"\d{4}-", value) else None)


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
    """The day of the verification, at midnight in UTC, and on Cachet 2.3 the time; None if not verified, and when the
    server writes another language than English or another format (the text is in ``attrs``; see ``is_verified``). As
    ``created_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When the subscription was made; in the server's zone and naive, or in the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""

    @property
    def is_verified(self) -> bool | None:
        """Whether the address was verified, told from the server's text in whatever language it is.

        None when that cannot be known: the server shows somebody who is not verified as verified now, and its date
        format tells no time of day (it is a setting of the dashboard).
        """
        text = self.attrs.get("verified_at")
        if not isinstance(text, str) or not text:
            return False
        if _KNOWN.match(text):
            return True
        clock = _clock(_without_offset(text))
        if clock is None:
            return None
        return _is_midnight_somewhere(clock) if zone_of(self) is None else clock == time()

    def _show_in(self, zone: tzinfo) -> None:
        """Turn the server's UTC times into a zone's; a verification is at midnight in UTC, or there was none."""
        verified, text = self.verified_at, self.attrs.get("verified_at")
        is_known = isinstance(text, str) and _KNOWN.match(text)
        if verified is not None and not is_known and (verified.hour or verified.minute):
            vars(self)["verified_at"] = None
        super()._show_in(zone)
        if self.verified_at is not None:
            separator = "T" if is_known else " "
            self._attrs["verified_at"] = self.verified_at.astimezone(UTC).isoformat(separator, "seconds")


def _without_offset(text: str) -> str:
    return text.strip().removesuffix("+00:00")


def may_show_now(date: str | None) -> bool:
    """Tell whether subscribers that are not verified may be shown at a time at which midnight falls somewhere.

    Args:
        date: The ``Date`` header of the answer that shows them.
    """
    # Some date formats show no seconds, so it is a matter of the whole minute.
    answered = read_http_date(date)
    return answered is not None and answered.minute % 15 == 0


def not_verified(rows: Sequence[object], date: str | None) -> set[object]:
    """Find out who is not verified, of an answer of Cachet 2.4 in UTC: whoever is shown at another time than midnight.

    At midnight itself whoever is shown as of this day, too: that it was verified in these seconds is less likely.

    Args:
        rows: The subscribers, as JSON objects.
        date: The ``Date`` header of the answer.
    """
    answered = read_http_date(date)
    at_midnight = answered is not None and answered.time() <= time(0, 0, SECONDS_TO_ANSWER)
    found: set[object] = set()
    for row in rows:
        if is_object(row):
            text = row.get("verified_at")
            moment = _moment_in_utc(text)
            of_today = at_midnight and answered is not None and moment is not None and moment.date() == answered.date()
            if _clock(text) != time() or of_today:
                found.add(row.get("id"))
    return found


def shown_as_now(rows: Sequence[object], date: str | None) -> set[object] | None:
    """Find who is shown as verified at the time of the answer, which old releases do of those who are not.

    Somebody who was verified in these very seconds is among them.

    Args:
        rows: The subscribers of an answer in UTC, as JSON objects.
        date: The ``Date`` header of the answer; None when it has none.

    Returns:
        Their ids; None when that cannot be told.
    """
    answered = read_http_date(date)
    if answered is None:
        return None
    found: set[object] = set()
    for row in rows:
        text = row.get("verified_at") if is_object(row) else None
        moment, clock = _moment_in_utc(text), _clock(text)
        if clock is not None:
            # Of another language than English the day cannot be read: the time of day has to do.
            moment = moment or datetime.combine(answered, clock)
            early, late = (answered.replace(tzinfo=None) - moment).total_seconds(), SECONDS_TO_ANSWER
            match = _CLOCK.search(str(text))
            has_seconds = match is not None and match[3] is not None
            if -late <= early <= (late if has_seconds else 60 + late):
                found.add(cast("dict[str, object]", row).get("id"))
    return found


def keep_verified(subscriber: SubscriberData) -> None:
    """Note that a subscriber was verified, where the server shows the time of day beside the day."""
    text = subscriber.attrs.get("verified_at")
    if not isinstance(text, str) or _KNOWN.match(text):
        return
    moment = _moment(text)
    zone = zone_of(subscriber)
    in_utc = moment if moment is None or zone is None else moment.replace(tzinfo=UTC)
    kept = in_utc.isoformat() if in_utc else _CLOCK.sub("00:00:00", text)
    object.__setattr__(subscriber, "_attrs", {**subscriber.attrs, "verified_at": kept})
    if moment is not None:
        vars(subscriber)["verified_at"] = moment if zone is None else to_zone(moment, zone)
