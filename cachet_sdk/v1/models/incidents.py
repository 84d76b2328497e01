"""Incidents: what the server sends of one, and what it takes to make or change one."""

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
from cachet_sdk.core.models.times import SECONDS_TO_ANSWER, TO_THE_MINUTE, is_aware, same_value
from cachet_sdk.errors import ArgumentError, short_repr
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus
from cachet_sdk.v1.models.limits import StoredTimeInput, changed_in_meta

#: The most characters that the JSON of one value of an incident's meta may take.
_LONGEST_META = 191
#: Seconds that zones are apart, at least.
_QUARTER = 15 * 60
_NUMBER = re.compile(r"0|-?[1-9]\d*", re.ASCII)

_StatusIn = Annotated[IncidentStatus, one_of(IncidentStatus)]
_ComponentStatusIn = Annotated[ComponentStatus, one_of(ComponentStatus)]


class _IncidentPayload(Payload):
    TIME_FORMS: ClassVar[Mapping[str, str]] = {"created_at": "%d/%m/%Y %H:%M", "occurred_at": TO_THE_MINUTE}
    """Cachet 2.3 knows an incident's moment as created_at in this form; 2.4 as occurred_at. Each ignores the
    other's."""

    visible: NumericFlagInput | None = None
    stickied: FlagInput | None = None
    notify: FlagInput | None = None
    occurred_at: StoredTimeInput | None = None
    created_at: StoredTimeInput | None = None
    component_id: IdInput | None = None
    component_status: _ComponentStatusIn | None = None
    template: TextInput | None = None
    template_vars: Annotated[VarsInput | None, Field(serialization_alias="vars")] = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments; ``created_at`` and ``occurred_at`` are one moment under two names."""
        moments = {name: arguments.pop(name, None) for name in ("created_at", "occurred_at")}
        for name, moment in moments.items():
            if moment is not None and not isinstance(moment, datetime):
                raise ArgumentError(name, f"expected a datetime, got {short_repr(moment)}")
        created_at, occurred_at = moments.values()
        if created_at is not None and occurred_at is not None and not same_value(created_at, occurred_at):
            raise ArgumentError("created_at", "differs from occurred_at; they are names of the same moment, pass one")
        return super().build(**arguments, occurred_at=created_at if occurred_at is None else occurred_at)

    def values(self) -> dict[str, object]:
        """Return what was set, and the moment under both of its names."""
        values = super().values()
        if self.occurred_at is not None:
            values["created_at"] = self.occurred_at
        return values


class NewIncident(_IncidentPayload):
    """The body of ``POST /incidents``."""

    name: NameInput
    message: TextInput
    status: _StatusIn
    meta: MetaInput | None = None

    @classmethod
    def build(cls, **arguments: object) -> Self:
        """Check a call's arguments, also for what belongs together."""
        payload = super().build(**arguments)
        _check_meta(payload.meta or {})
        if (payload.component_id is None) != (payload.component_status is None):
            missing = "component_id" if payload.component_id is None else "component_status"
            raise ArgumentError(missing, "is missing; component_id and component_status go together, or neither")
        if payload.template is None and not payload.message.strip():
            raise ArgumentError("message", "must not be empty, unless a template makes it")
        return payload


def _check_meta(meta: Mapping[str, JsonValue]) -> None:
    """Refuse what the server would not keep of an incident's meta.

    Raises:
        ArgumentError: naming the key.
    """
    seen: dict[str, str] = {}
    for key, value in meta.items():
        problem = _problem_of_key(key, seen) or changed_in_meta(value)
        # PHP writes JSON in ASCII, and with a backslash before each slash.
        length = len(json.dumps(value, separators=(",", ":")).replace("/", "\\/"))
        if problem is None and (not value or value == "0"):
            problem = "the server does not keep a value that is empty, false or 0"
        elif problem is None and length > _LONGEST_META:
            problem = f"takes {length} characters as JSON, and the server loses what takes more than {_LONGEST_META}"
        if problem is not None:
            raise ArgumentError(f"meta[{short_repr(key)}]" if len(key) > LONGEST_NAME else f"meta[{key}]", problem)


def _problem_of_key(key: str, seen: dict[str, str]) -> str | None:
    if not key:
        return "the server refuses an empty key"
    if _NUMBER.fullmatch(key):  # PHP makes an integer of it
        return "the server refuses a key that is a number"
    if len(key) > LONGEST_NAME:
        return f"the server loses keys of more than {LONGEST_NAME} characters"
    if seen.setdefault(key.casefold(), key) != key:
        return f"differs from {seen[key.casefold()]!r} in case alone, and the server keeps one of them"
    return None


class IncidentChange(_IncidentPayload):
    """The body of ``PUT /incidents/{id}``."""

    name: NameInput | None = None
    message: RequiredTextInput | None = None
    status: _StatusIn | None = None


class IncidentData(ResourceData):
    """Something that went wrong, or is planned to on Cachet 2.3."""

    _UPDATE: ClassVar[type[Payload]] = IncidentChange
    # The server takes out of a message that is sent again what it kept when the incident was made, such as leading
    # spaces; and it wants a component's status with its id, which an incident does not hold.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("message",)
    _ONLY_ASSIGNED: ClassVar[tuple[str, ...]] = ("component_id",)
    _ZONED: ClassVar[tuple[str, ...]] = ("occurred_at", "scheduled_at", "created_at", "updated_at", "deleted_at")

    id: Final[int]
    """The id."""
    user_id: Final[Annotated[int | None, Field(default=None)]]
    """The id of the user who made it; None when the server does not tell."""
    component_id: Annotated[int, DefaultIfNull(0)] = 0
    """The id of the component that it is about; 0 for none."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The title."""
    status: Annotated[IncidentStatus | int, known_or_int, DefaultIfNull(IncidentStatus.SCHEDULED)] = (
        IncidentStatus.SCHEDULED
    )
    """How far it is, as it was set last on the incident itself. A number that this package does not know stays an
    int."""
    human_status: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The status in words, in the server's language."""
    message: Annotated[str, DefaultIfNull("")] = ""
    """The text, in Markdown."""
    visible: Annotated[bool, DefaultIfNull(False)] = True
    """Whether guests see it."""
    stickied: Annotated[bool, DefaultIfNull(False)] = False
    """Whether it stays at the top of the status page. Cachet 2.4."""
    notify: Annotated[bool, DefaultIfNull(False)] = Field(default=False, alias="notifications")
    """Whether subscribers are told. Servers take it and do not keep it, so what is read is always False."""
    occurred_at: Annotated[datetime | None, NoneOnError()] = None
    """When it happened; in the server's zone and naive, or in the client's ``timezone``. Cachet 2.4."""
    scheduled_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was planned for, where Cachet 2.3 keeps maintenance as incidents; as ``occurred_at``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; as ``occurred_at``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``occurred_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted; as ``occurred_at``."""
    is_resolved: Final[Annotated[bool, DefaultIfNull(False), Field(default=False)]]
    """Whether the newest update says that it is over. Cachet 2.4, as are all that follow."""
    meta: Final[Annotated[JsonValue, SkipValidation, deep_copied, Field(default=None)]]
    """Key and value pairs given at its creation; the server shows none as []."""
    latest_update_id: Final[Annotated[int | None, Field(default=None)]]
    """The id of the newest update; None when there is none."""
    latest_status: Final[Annotated[IncidentStatus | int | None, known_or_int, Field(default=None)]]
    """The status that the newest update set, or else its own."""
    latest_human_status: Final[Annotated[str | None, Field(default=None)]]
    """That status in words, in the server's language."""
    latest_icon: Final[Annotated[str | None, Field(default=None)]]
    """The CSS classes of that status's icon."""
    permalink: Final[Annotated[str | None, Field(default=None)]]
    """Where people read it."""
    duration: Final[Annotated[int | None, Field(default=None)]]
    """Seconds from its creation until the request, once there is an update; 0 before."""

    @classmethod
    def _load(  # pyright: ignore[reportIncompatibleMethodOverride]  (Self is the subclass, here and there)
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
        vars(incident).update(newest_of_one_second(updates, incident.latest_update_id))


def newest_of_one_second(updates: list[JsonValue], named: int | None) -> dict[str, object]:
    """Correct what an incident says of its newest update: the server confuses those of one second (wire/v1, trap 12).

    Args:
        updates: The incident's updates, as JSON objects.
        named: The id of the update that the server takes for the newest.

    Returns:
        The attributes to correct; nothing when the server is right.
    """
    by_id: dict[int, dict[str, JsonValue]] = {}
    for update in updates:
        if is_object(update) and type(key := update.get("id")) is int:
            by_id[key] = update
    said = by_id.get(named) if named is not None else None
    if said is None:
        return {}
    second = said.get("created_at")
    if not isinstance(second, str):
        return {}
    number = max(key for key, update in by_id.items() if update.get("created_at") == second)
    newest = by_id[number]
    status = newest.get("status")
    if number == named or type(status) is not int:
        return {}
    return {
        "latest_update_id": number,
        "latest_status": IncidentStatus(status) if status in IncidentStatus.__members__.values() else status,
        "latest_human_status": newest.get("human_status"),
        "is_resolved": status == IncidentStatus.FIXED,
    }


def is_shown_as_now(incident: IncidentData, date: str | None) -> bool:
    """Whether the date of an incident's maintenance is the time of the answer, as Cachet 2.3 shows a null one.

    Without a ``timezone`` the server's zone is not known: there all that counts is the time within a quarter of an
    hour. So planned maintenance whose date has no seconds, as all that is planned on the dashboard, keeps it.

    Args:
        incident: The incident.
        date: The ``Date`` header of the answer.
    """
    answered, planned = read_http_date(date), incident.scheduled_at
    if answered is None or planned is None:
        return False
    if incident.status == IncidentStatus.SCHEDULED and not planned.second:
        return False
    if is_aware(planned):
        return abs((answered - planned).total_seconds()) <= SECONDS_TO_ANSWER
    apart = (answered.replace(tzinfo=None) - planned).total_seconds() % _QUARTER
    return min(apart, _QUARTER - apart) <= SECONDS_TO_ANSWER
