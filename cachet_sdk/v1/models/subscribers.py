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
from cachet_sdk.core.models.times import SECONDS_TO_ANSWER, to_zone
from cachet_sdk.errors import ArgumentError, short_repr

_PROSE = re.compile(r"\w+ (\d{1,2})(?:st|nd|rd|th) (\w+) (\d{4}) (\d\d:\d\d:\d\d)", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: A 24-hour time of day within a text in any language.
_CLOCK = re.compile(r"(?<!\d)(\d\d):(\d\d)(?::(\d\d))?(?![\d:])(?!\s?[AaPp][Mm])", re.ASCII)
#: The form in which ``attrs`` keeps a verification that this SDK has confirmed.
_KNOWN = re.compile(r"\d{4}-\d\d-\d\dT", re.ASCII)


def _clock(text: object) -> time | None:
    """Return the time of day within a verification date as the server shows it."""
    match = _CLOCK.search(text) if isinstance(text, str) else None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None
    except ValueError:
        return None


def _is_midnight_somewhere(clock: time) -> bool:
    """Return whether midnight in UTC is shown as this time in some zone, whose offset is a multiple of 15 minutes."""
    return clock.minute % 15 == 0 and clock.second == 0


def _moment(text: str) -> datetime | None:
    """Parse English prose such as ``Monday 23rd November 2026 00:00:00``."""
    match = _PROSE.fullmatch(text.strip())
    if match is None or match[2] not in _MONTHS:
        return None
    try:
        return datetime.fromisoformat(f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02} {match[4]}")
    except ValueError:
        return None


def _moment_in_utc(text: object) -> datetime | None:
    """Parse a date of an answer in UTC, or the form that ``attrs`` keeps of it."""
    if not isinstance(text, str):
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(_without_offset(text))
    return _moment(text)


def read_verified_at(value: Any) -> Any:
    """Parse the date of a verification, which the server writes as prose.

    The server shows an unverified subscriber as verified now. Cachet 2.4 stores only the day of a verification, as
    midnight in UTC, so a time that is not midnight UTC in any zone means "not verified". Cachet 2.3 also stores the
    time; there the manager compares it with the time of the answer. Text without a time of day is not treated as a
    verification.
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
    """Code in the links of mails to the subscriber."""
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
    """Day of the verification, at midnight in UTC; on Cachet 2.3 with the time. None if not verified, or if the
    server's
    language is not English or its date format is unknown (``attrs`` holds the text; see ``is_verified``). In the time
    zone of ``created_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When the subscriber was created. Naive and in the server's time zone, or aware if the client has a
    ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""

    @property
    def is_verified(self) -> bool | None:
        """Whether the address is verified. Works in any language of the server.

        None if it cannot be determined: the server shows an unverified subscriber as verified now, and its date
        format, a setting of the dashboard, may lack the time of day.
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
        """Convert UTC times to a zone. A verification that is not at midnight in UTC is not one."""
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
    """Return whether unverified subscribers may be shown at a time that is midnight UTC in some zone.

    Args:
        date: The ``Date`` header of the answer.
    """
    # Some date formats lack seconds, so the whole minute counts.
    answered = read_http_date(date)
    return answered is not None and answered.minute % 15 == 0


def not_verified(rows: Sequence[object], date: str | None) -> set[object]:
    """Return the ids of unverified subscribers in an answer of Cachet 2.4 in UTC: those not shown at midnight.

    If the answer was sent at midnight, also those shown at the present day: a verification in these very seconds is
    less likely.

    Args:
        rows: Subscribers as JSON objects.
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
    """Return the ids of subscribers shown as verified at the time of the answer, as old releases show unverified ones.

    They include a subscriber who was verified in these very seconds.

    Args:
        rows: Subscribers of an answer in UTC, as JSON objects.
        date: The ``Date`` header of the answer, or None if it has none.

    Returns:
        Their ids, or None if they cannot be determined.
    """
    answered = read_http_date(date)
    if answered is None:
        return None
    found: set[object] = set()
    for row in rows:
        text = row.get("verified_at") if is_object(row) else None
        moment, clock = _moment_in_utc(text), _clock(text)
        if clock is not None:
            # In a language other than English the day cannot be parsed, so only the time of day is compared.
            moment = moment or datetime.combine(answered, clock)
            early, late = (answered.replace(tzinfo=None) - moment).total_seconds(), SECONDS_TO_ANSWER
            match = _CLOCK.search(str(text))
            has_seconds = match is not None and match[3] is not None
            if -late <= early <= (late if has_seconds else 60 + late):
                found.add(cast("dict[str, object]", row).get("id"))
    return found


def keep_verified(subscriber: SubscriberData) -> None:
    """Record that a subscriber is verified, for servers that show the time of a verification."""
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
