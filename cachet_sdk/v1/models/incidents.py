"""Incident data, and the payloads that create and update one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, JsonValue, SkipValidation, model_validator

from cachet_sdk.core.http.dates import read_http_date
from cachet_sdk.core.json_types import is_array, is_object
from cachet_sdk.core.models.fields import (
    LONGEST_NAME,
    DefaultIfNull,
    FlagInput,
    IdInput,
    MetaInput,
    NameInput,
    NoneOnError,
    NumericFlagInput,
    RequiredTextInput,
    TextInput,
    VarsInput,
    deep_copied,
    known_or_int,
    one_of,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import DataBinding, ResourceData
from cachet_sdk.core.models.times import DATE_HEADER_DELAY, TO_THE_MINUTE, is_aware, same_value
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus
from cachet_sdk.v1.models.limits import StoredTimeInput, changed_in_meta

#: Maximum length of the JSON of one value of an incident's ``meta``, in characters.
_LONGEST_META = 191
#: Time zones differ by multiples of this many seconds.
_QUARTER_HOUR = 15 * 60
_NUMBER = re.compile(r"0|-?[1-9]\d*", re.ASCII)

_StatusInput = Annotated[IncidentStatus, one_of(IncidentStatus)]
_ComponentStatusInput = Annotated[ComponentStatus, one_of(ComponentStatus)]


class _IncidentPayload(Payload):
    TIME_FORMATS: ClassVar[Mapping[str, str]] = {"created_at": "%d/%m/%Y %H:%M", "occurred_at": TO_THE_MINUTE}
    """Cachet 2.3 reads the time of an incident from ``created_at``, and 2.4 from ``occurred_at``. Each ignores the
    other."""

    visible: NumericFlagInput | None = None
    stickied: FlagInput | None = None
    notify: FlagInput | None = None
    occurred_at: StoredTimeInput | None = None
    created_at: StoredTimeInput | None = None
    component_id: IdInput | None = None
    component_status: _ComponentStatusInput | None = None
    template: TextInput | None = None
    template_vars: Annotated[VarsInput | None, Field(serialization_alias="vars")] = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments. ``created_at`` and ``occurred_at`` are two names of the same time."""
        moments = {name: arguments.pop(name, None) for name in ("created_at", "occurred_at")}
        for name, moment in moments.items():
            if moment is not None and not isinstance(moment, datetime):
                raise ArgumentError(name, f"expected a datetime, got {short_repr(moment)}")
        created_at, occurred_at = moments.values()
        if created_at is not None and occurred_at is not None and not same_value(created_at, occurred_at):
            raise ArgumentError("created_at", "differs from occurred_at; both name the same time, so pass only one")
        return super().build(**arguments, occurred_at=created_at if occurred_at is None else occurred_at)

    def values(self) -> dict[str, object]:
        """Return the fields that were set, with the time under both of its names."""
        values = super().values()
        if self.occurred_at is not None:
            values["created_at"] = self.occurred_at
        return values


class NewIncident(_IncidentPayload):
    """The request body of ``POST /incidents``."""

    name: NameInput
    message: TextInput
    status: _StatusInput
    meta: MetaInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Validate arguments, including those that depend on each other."""
        payload = super().build(**arguments)
        _check_meta(payload.meta or {})
        if (payload.component_id is None) != (payload.component_status is None):
            missing = "component_id" if payload.component_id is None else "component_status"
            raise ArgumentError(missing, "is missing; pass both component_id and component_status, or neither")
        if payload.template is None and not payload.message.strip():
            raise ArgumentError("message", "must not be empty, unless you pass a template")
        return payload


def _check_meta(meta: Mapping[str, JsonValue]) -> None:
    """Refuse keys and values of ``meta`` that the server would not store.

    Raises:
        ArgumentError: Names the key.
    """
    seen: dict[str, str] = {}
    for key, value in meta.items():
        problem = _problem_with_key(key, seen) or changed_in_meta(value)
        # PHP writes JSON in ASCII, with a backslash before each slash.
        length = len(json.dumps(value, separators=(",", ":")).replace("/", "\\/"))
        if problem is None and (not value or value == "0"):
            problem = "the server does not keep a value that is empty, false or 0"
        elif problem is None and length > _LONGEST_META:
            problem = f"takes {length} characters as JSON, and the server loses values longer than {_LONGEST_META}"
        if problem is not None:
            raise ArgumentError(f"meta[{short_repr(key)}]" if len(key) > LONGEST_NAME else f"meta[{key}]", problem)


def _problem_with_key(key: str, seen: dict[str, str]) -> str | None:
    if not key:
        return "the server refuses an empty key"
    if _NUMBER.fullmatch(key):  # PHP converts it to an integer
        return "the server refuses a key that is a number"
    if len(key) > LONGEST_NAME:
        return f"the server loses keys longer than {LONGEST_NAME} characters"
    if seen.setdefault(key.casefold(), key) != key:
        return f"differs from {seen[key.casefold()]!r} only in case, and the server keeps only one of them"
    return None


class IncidentChange(_IncidentPayload):
    """The request body of ``PUT /incidents/{id}``."""

    name: NameInput | None = None
    message: RequiredTextInput | None = None
    status: _StatusInput | None = None


class IncidentData(ResourceData):
    """An incident. On Cachet 2.3, planned maintenance is stored as one, too."""

    _UPDATE: ClassVar[type[Payload]] = IncidentChange
    # Sending an unchanged message may change it: the server sanitizes messages in updates, but not in creates. And
    # component_id requires the component's status, which an incident does not contain.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("message",)
    _ONLY_ASSIGNED: ClassVar[tuple[str, ...]] = ("component_id",)
    _ZONED: ClassVar[tuple[str, ...]] = ("occurred_at", "scheduled_at", "created_at", "updated_at", "deleted_at")

    id: Final[int]
    """Assigned by the server."""
    user_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the user who created it. None if the server does not return it."""
    component_id: Annotated[int, DefaultIfNull(0)] = 0
    """Id of the affected component. 0 if there is none."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """Title, at most 191 characters."""
    status: Annotated[IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.SCHEDULED)] = (
        IncidentStatus.SCHEDULED
    )
    """Status last set on the incident itself. A value unknown to this SDK stays a plain int."""
    human_status: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name of the status, in the server's language."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """Text in Markdown."""
    visible: Annotated[bool, DefaultIfNull(False)] = True
    """Whether visitors who are not logged in see it."""
    stickied: Annotated[bool, DefaultIfNull(False)] = False
    """Whether it stays at the top of the status page. Requires Cachet 2.4."""
    notify: Annotated[bool, DefaultIfNull(False)] = Field(default=False, alias="notifications")
    """Whether to notify subscribers. Servers do not store it, so it is always False when read."""
    occurred_at: Annotated[datetime | None, NoneOnError()] = None
    """When it happened. Naive and in the server's time zone, or aware if the client has a ``timezone``. Requires Cachet
    2.4."""
    scheduled_at: Final[Annotated[datetime | None, NoneOnError()]]
    """Planned start of maintenance on Cachet 2.3, in the time zone of ``occurred_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created, in the time zone of ``occurred_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``occurred_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted, in the time zone of ``occurred_at``."""
    is_resolved: Final[Annotated[bool, DefaultIfNull(False), Field(default=False)]]
    """Whether the newest update resolved it. This and all following fields require Cachet 2.4."""
    meta: Final[Annotated[JsonValue, SkipValidation, deep_copied, Field(default=None)]]
    """Custom key-value pairs, set when it was created. The server returns an empty object as []."""
    latest_update_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the newest update. None if there is none."""
    latest_status: Final[Annotated[IncidentStatus | int | None, known_or_int, Field(default=None)]]
    """Status of the newest update, or else its own."""
    latest_human_status: Final[Annotated[str | None, Field(default=None)]]
    """Name of ``latest_status``, in the server's language."""
    latest_icon: Final[Annotated[str | None, Field(default=None)]]
    """CSS classes of the icon of ``latest_status``."""
    permalink: Final[Annotated[str | None, Field(default=None)]]
    """URL of its page."""
    duration: Final[Annotated[int | None, Field(default=None)]]
    """Seconds from its creation to the request that read it. 0 until there is an update."""

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self differs from that of the base class)
        cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool
    ) -> list[Self]:
        items = super()._load(rows, binding, stored=stored)
        for item, row in zip(items, rows, strict=True):
            if row.get("updates"):
                _correct_newest_update(item, row["updates"])
        return items

    @model_validator(mode="after")
    def _correct(self) -> Self:
        _correct_newest_update(self, (self.model_extra or {}).get("updates"))
        return self


def _correct_newest_update(incident: IncidentData, updates: object) -> None:
    if is_array(updates) and len(updates) > 1:
        vars(incident).update(corrected_latest_fields(updates, incident.latest_update_id))


def corrected_latest_fields(updates: list[JsonValue], latest_id: int | None) -> dict[str, object]:
    """Return corrections of the ``latest_…`` attributes, which may describe the older of "Updates of the same second".

    Args:
        updates: The incident's updates, as JSON objects.
        latest_id: Id of the update that the server considers the newest.

    Returns:
        The attributes to correct. Empty if the server is right.
    """
    by_id: dict[int, dict[str, JsonValue]] = {}
    for update in updates:
        if is_object(update) and type(key := update.get("id")) is int:
            by_id[key] = update
    reported = by_id.get(latest_id) if latest_id is not None else None
    if reported is None:
        return {}
    second = reported.get("created_at")
    if not isinstance(second, str):
        return {}
    newest_id = max(key for key, update in by_id.items() if update.get("created_at") == second)
    newest = by_id[newest_id]
    status = newest.get("status")
    if newest_id == latest_id or type(status) is not int:
        return {}
    return {
        "latest_update_id": newest_id,
        "latest_status": IncidentStatus(status) if status in IncidentStatus.__members__.values() else status,
        "latest_human_status": newest.get("human_status"),
        "is_resolved": status == IncidentStatus.FIXED,
    }


def is_shown_as_now(incident: IncidentData, date: str | None) -> bool:
    """Return whether ``scheduled_at`` is the time of the response, as which Cachet 2.3 shows a null date.

    Without a ``timezone`` the server's zone is unknown, so times are compared modulo a quarter of an hour. Planned
    maintenance whose date has no seconds, as set on the dashboard, keeps its date.

    Args:
        incident: Incident as read.
        date: The ``Date`` header of the response.
    """
    sent_at, planned = read_http_date(date), incident.scheduled_at
    if sent_at is None or planned is None:
        return False
    if incident.status == IncidentStatus.SCHEDULED and not planned.second:
        return False
    if is_aware(planned):
        return abs((sent_at - planned).total_seconds()) <= DATE_HEADER_DELAY
    apart = (sent_at.replace(tzinfo=None) - planned).total_seconds() % _QUARTER_HOUR
    return min(apart, _QUARTER_HOUR - apart) <= DATE_HEADER_DELAY
