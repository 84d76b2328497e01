"""Subscriber data, and the payload that creates one."""

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
from cachet_sdk.core.models.times import DATE_HEADER_DELAY, to_zone
from cachet_sdk.errors import ArgumentError, short_repr

_ENGLISH_DATE = re.compile(r"\w+ (\d{1,2})(?:st|nd|rd|th) (\w+) (\d{4}) (\d\d:\d\d:\d\d)", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: A 24-hour time of day within text in any language.
_TIME_OF_DAY = re.compile(r"(?<!\d)(\d\d):(\d\d)(?::(\d\d))?(?![\d:])(?!\s?[AaPp][Mm])", re.ASCII)
#: The form in which ``attrs`` keeps a verification that this SDK has confirmed.
_CONFIRMED = re.compile(r"\d{4}-\d\d-\d\dT", re.ASCII)


def _time_of_day(text: object) -> time | None:
    """Return the time of day of a verification, from the server's text."""
    match = _TIME_OF_DAY.search(text) if isinstance(text, str) else None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None
    except ValueError:
        return None


def _is_midnight_somewhere(clock: time) -> bool:
    """Return whether midnight in UTC may be this time in some zone. Offsets are multiples of 15 minutes."""
    return clock.minute % 15 == 0 and clock.second == 0


def _parse_english_date(text: str) -> datetime | None:
    """Parse English prose such as ``Monday 23rd November 2026 00:00:00``."""
    match = _ENGLISH_DATE.fullmatch(text.strip())
    if match is None or match[2] not in _MONTHS:
        return None
    try:
        return datetime.fromisoformat(f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02} {match[4]}")
    except ValueError:
        return None


def _parse_in_utc(text: object) -> datetime | None:
    """Parse a date from a response in UTC, or the form in which ``attrs`` keeps it."""
    if not isinstance(text, str):
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(_without_offset(text))
    return _parse_english_date(text)


def read_verified_at(value: Any) -> Any:
    """Parse the date of a verification, which the server writes as prose.

    The server shows an unverified subscriber as verified now. Cachet 2.4 stores only the day of a verification, as
    midnight in UTC, so a time that is not midnight UTC in any zone means "not verified". Cachet 2.3 also stores the
    time; there the manager compares it with the time of the response. Text without a time of day is not treated as a
    verification.
    """
    if not isinstance(value, str) or _CONFIRMED.match(value):
        return value
    clock = _time_of_day(value)
    if clock is None or not _is_midnight_somewhere(clock):
        return None
    return _parse_english_date(value) or (value if re.match(r"\d{4}-", value) else None)


class NewSubscriber(Payload):
    """The request body of ``POST /subscribers``."""

    email: EmailInput
    components: list[IdInput] | None = None
    verify: FlagInput = True


def component_ids(components: Iterable[int] | None) -> list[int] | None:
    """Check the ids of the components to subscribe to. None stands for all.

    Raises:
        ArgumentError: Also for an empty list, which the server treats as all components.
    """
    if components is None:
        return None
    if not isinstance(components, Iterable):
        raise ArgumentError("components", f"expected ids, got {short_repr(components)}")
    ids = [check_id("components", number) for number in components]
    if not ids:
        raise ArgumentError("components", "is empty, which the server treats as all components; omit it for all")
    return ids


class Subscription(Model):
    """A subscription to one component."""

    id: Final[int]
    """Accepted by ``client.subscriptions.delete``."""
    subscriber_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the subscriber."""
    component_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the component."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created. Always naive and in the server's time zone, even if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""


class SubscriberData(ResourceData):
    """Someone who is notified of incidents."""

    _UPDATE: ClassVar[type[Payload]] = Payload
    _ZONED: ClassVar[tuple[str, ...]] = ("created_at", "updated_at", "verified_at")

    id: Final[int]
    """Assigned by the server."""
    email: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """E-mail address."""
    verify_code: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Code used in the links of e-mails to the subscriber."""
    is_global: Final[Annotated[bool, DefaultIfNull(False), Field(default=True, alias="global")]]
    """Whether all components are subscribed. Always True for subscribers created through the API."""
    phone_number: Final[Annotated[str | None, Field(default=None)]]
    """Set on the dashboard only."""
    slack_webhook_url: Final[Annotated[str | None, Field(default=None)]]
    """Set on the dashboard only."""
    subscriptions: Final[Annotated[list[Subscription], DefaultIfNull(list), Field(default_factory=list)]]
    """Subscriptions to single components."""
    verified_at: Final[
        Annotated[datetime | None, BeforeValidator(read_verified_at), NoneOnError(), Field(default=None)]
    ]
    """Day of the verification, at midnight in UTC; on Cachet 2.3 with the time. In the time zone of ``created_at``.
    None if not verified, or if the server's language is not English or its date format is unknown (see ``is_verified``;
    ``attrs`` contains the text)."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When the subscriber was created. Naive and in the server's time zone, or aware if the client has a
    ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""

    @property
    def is_verified(self) -> bool | None:
        """Whether the address is verified, whatever the server's language.

        None if that cannot be determined: the server shows an unverified subscriber as verified now, and its date
        format, which is set on the dashboard, may lack the time of day.
        """
        text = self.attrs.get("verified_at")
        if not isinstance(text, str) or not text:
            return False
        if _CONFIRMED.match(text):
            return True
        clock = _time_of_day(_without_offset(text))
        if clock is None:
            return None
        return _is_midnight_somewhere(clock) if zone_of(self) is None else clock == time()

    def _convert_times(self, zone: tzinfo) -> None:
        """Convert UTC times to a zone. A verification that is not at midnight in UTC never happened."""
        verified, text = self.verified_at, self.attrs.get("verified_at")
        is_known = isinstance(text, str) and _CONFIRMED.match(text)
        if verified is not None and not is_known and (verified.hour or verified.minute):
            vars(self)["verified_at"] = None
        super()._convert_times(zone)
        if self.verified_at is not None:
            separator = "T" if is_known else " "
            self._attrs["verified_at"] = self.verified_at.astimezone(UTC).isoformat(separator, "seconds")


def _without_offset(text: str) -> str:
    return text.strip().removesuffix("+00:00")


def may_look_verified(date: str | None) -> bool:
    """Return whether the time of a response, at which unverified subscribers are shown, is midnight UTC in some zone.

    Args:
        date: The ``Date`` header of the response.
    """
    # Some date formats lack seconds, so the whole minute counts.
    sent_at = read_http_date(date)
    return sent_at is not None and sent_at.minute % 15 == 0


def unverified_ids(rows: Sequence[object], date: str | None) -> set[object]:
    """Return the ids of unverified subscribers in a response of Cachet 2.4: those not shown at midnight.

    If the response was sent at midnight, those shown on the same day are included: a verification within these seconds
    is less likely.

    Args:
        rows: Subscribers as JSON objects, with times in UTC.
        date: The ``Date`` header of the response.
    """
    sent_at = read_http_date(date)
    at_midnight = sent_at is not None and sent_at.time() <= time(0, 0, DATE_HEADER_DELAY)
    found: set[object] = set()
    for row in rows:
        if is_object(row):
            text = row.get("verified_at")
            moment = _parse_in_utc(text)
            is_today = at_midnight and sent_at is not None and moment is not None and moment.date() == sent_at.date()
            if _time_of_day(text) != time() or is_today:
                found.add(row.get("id"))
    return found


def ids_shown_as_now(rows: Sequence[object], date: str | None) -> set[object] | None:
    """Return the ids of subscribers shown as verified at the time of the response.

    This is how old releases show unverified subscribers. A subscriber verified within these seconds is included.

    Args:
        rows: Subscribers as JSON objects, with times in UTC.
        date: The ``Date`` header of the response, or None if it has none.

    Returns:
        Their ids, or None if they cannot be determined.
    """
    sent_at = read_http_date(date)
    if sent_at is None:
        return None
    found: set[object] = set()
    for row in rows:
        text = row.get("verified_at") if is_object(row) else None
        moment, clock = _parse_in_utc(text), _time_of_day(text)
        if clock is not None:
            # In a language other than English the day cannot be parsed, so only the time of day is compared.
            moment = moment or datetime.combine(sent_at, clock)
            age = (sent_at.replace(tzinfo=None) - moment).total_seconds()
            match = _TIME_OF_DAY.search(str(text))
            has_seconds = match is not None and match[3] is not None
            if -DATE_HEADER_DELAY <= age <= DATE_HEADER_DELAY + (0 if has_seconds else 60):
                found.add(cast("dict[str, object]", row).get("id"))
    return found


def mark_verified(subscriber: SubscriberData) -> None:
    """Record in ``attrs`` that a subscriber is verified, for servers that show the time of a verification."""
    text = subscriber.attrs.get("verified_at")
    if not isinstance(text, str) or _CONFIRMED.match(text):
        return
    moment = _parse_english_date(text)
    zone = zone_of(subscriber)
    in_utc = moment if moment is None or zone is None else moment.replace(tzinfo=UTC)
    kept = in_utc.isoformat() if in_utc else _TIME_OF_DAY.sub("00:00:00", text)
    object.__setattr__(subscriber, "_attrs", {**subscriber.attrs, "verified_at": kept})
    if moment is not None:
        vars(subscriber)["verified_at"] = moment if zone is None else to_zone(moment, zone)
