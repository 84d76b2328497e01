"""``ResourceData``: a resource's data without its actions. Tracks changes since it was read.

The functions at the end are for managers. They are not methods, so that editors do not suggest them to users.
"""

# The functions access private members of the class.
# ruff: noqa: SLF001
# pyright: reportPrivateUsage=false

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar, cast

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import from_json, to_json

from cachet_sdk.core.models.base import Model, attach_extras, ensure_built, known_keys, set_slots, validate_page
from cachet_sdk.core.models.payload import Payload, argument_error
from cachet_sdk.core.models.times import is_aware, same_value, to_zone
from cachet_sdk.errors import ArgumentError

DataT = TypeVar("DataT", bound="ResourceData")

_COLLECTIONS: tuple[type, ...] = (dict, list, set)
_EMPTY_COLLECTIONS: tuple[object, ...] = ([], {}, set[str]())
#: Empty values that are read but not sent: the list as which PHP encodes an empty object, and an empty set of tags.
_PHP_EMPTY: tuple[object, ...] = ([], set[str]())


class DataBinding(Protocol):
    """Binds a resource to the manager that it came from."""

    @property
    def zone(self) -> tzinfo | None:
        """The client's time zone."""
        ...


class ResourceData(Model):
    """The data of a resource on the server.

    Resources with the same data are equal, whether bound to a client or not. Copies, pickles, ``model_dump`` and
    ``to_json`` keep the data. A pickle does not contain the client.
    """

    # ``_attrs``: the JSON that a manager built the resource from. Not set if pydantic built it from other data: then
    # there is nothing to compare values with. ``_assigned``: values before their first assignment. ``_is_stored``: set
    # if it was built from JSON that a caller stored, which may already include changes.
    __slots__ = ("_assigned", "_binding", "_is_stored", "_zone")

    #: The payload type that defines and checks the writable values.
    _UPDATE: ClassVar[type[Payload]]
    #: Values that ``update`` sends only if they changed, because sending them unchanged has side effects.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ()
    #: Values that are sent only if assigned, because the server accepts them only together with others.
    _ONLY_ASSIGNED: ClassVar[tuple[str, ...]] = ()
    _COPIED_SLOTS: ClassVar[tuple[str, ...]] = ("_attrs", "_assigned", "_is_stored")

    if TYPE_CHECKING:
        _assigned: dict[str, object]
        _binding: DataBinding | None
        _is_stored: bool
        _zone: tzinfo | None

    @classmethod
    def _load(cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool) -> list[Self]:
        """Build the resources of a page from JSON objects, bound to a manager."""
        items = validate_page(cls, rows)
        attach(items, rows, binding, stored=stored)
        return items

    def to_json(self) -> str:
        """Return the resource as JSON, for a cache or a database. A manager's ``instance_from_json`` restores it.

        This is the JSON that the server sent, with your changes applied. A restored resource cannot distinguish changes
        from saved values: call ``save`` before, or ``update`` afterwards.

        Raises:
            ArgumentError: If JSON cannot represent a value.
        """
        try:
            text = to_json(self._current_document(), inf_nan_mode="constants")
            if not hasattr(self, "_attrs"):  # values that pydantic read from other data have not been checked
                from_json(text, allow_inf_nan=False)
            return text.decode()
        except ArgumentError:
            raise
        except ValueError as error:  # a lone surrogate, an object, too deep
            raise ArgumentError(type(self).__name__, f"has a value that JSON cannot represent: {error}") from None

    def changes(self) -> dict[str, object]:
        """Return the writable values that differ from what the server sent, by attribute name.

        If the resource was not read by a client, but built by pydantic from other data, there is nothing to compare
        with. All writable values that were set are returned then.
        """
        values, assigned = self.__dict__, self._values_before()
        if not hasattr(self, "_attrs"):
            known = self.model_fields_set
            return {name: values[name] for name in self._writable() if name in known and values.get(name) is not None}
        writable = self._writable()
        differ = {name for name, before in assigned.items() if not same_value(values[name], before)}
        # Changes within a collection are not recorded, so collections are compared with the data read.
        collections = [name for name in writable if isinstance(values[name], _COLLECTIONS)]
        if collections:
            read = self._load([self._attrs], None, stored=False)[0].__dict__
            differ.difference_update(collections)
            differ.update(name for name in collections if values[name] != read[name])
        return {name: values[name] for name in writable if name in differ}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, as pydantic does. Its ``save`` sends the writable values that ``update`` changes.

        Args:
            update: Values to change. Writable ones are checked as if assigned.
            deep: Whether to copy collections, too.

        Raises:
            ArgumentError: If a writable value cannot be sent.
        """
        changes = dict(update or {})
        writable = self._writable()
        copied = super().model_copy(update={n: v for n, v in changes.items() if n not in writable} or None, deep=deep)
        set_slots(copied, copy.deepcopy(self._copied_slots()))  # each of the two records its own changes
        for name in writable:
            if name in changes:
                copied._set(name, changes[name])
        return copied

    @classmethod
    def _writable(cls) -> tuple[str, ...]:
        """Return the names of the writable attributes."""
        return _writable(cls)

    def _values_before(self) -> dict[str, object]:
        """Return the values that assigned attributes had before."""
        return self._assigned if hasattr(self, "_assigned") else {}

    def _current_document(self) -> object:
        """Return the JSON that the server sent, with changes applied."""
        if not hasattr(self, "_attrs"):
            return self.attrs
        return {**self.attrs, **self._as_returned(self._checked_changes())}

    def _convert_times(self, zone: tzinfo) -> None:
        """Convert the server's UTC times to a zone. Called once, when a manager builds the resource.

        UTC's offset is added to the times of the raw JSON. Without it, they would look like those of a client without
        a timezone.
        """
        values, row = vars(self), self._attrs
        for name in self._ZONED:
            value = values.get(name)
            if value is not None:
                text = row.get(name)
                if value.tzinfo is None and isinstance(text, str) and text[:4].isdigit():
                    row[name] = f"{text}+00:00"
                values[name] = to_zone(value, zone)

    def _refresh(self, fresh: Self) -> None:
        """Update the resource from the server's response to a save."""
        vars(self).update(vars(fresh))
        for name in ("__pydantic_extra__", "__pydantic_fields_set__", "_attrs"):
            object.__setattr__(self, name, getattr(fresh, name))
        for name in ("_assigned", "_is_stored"):
            if hasattr(self, name):
                object.__delattr__(self, name)

    def _as_returned(self, values: dict[str, object]) -> dict[str, object]:
        """Return attribute values in the form in which the server returns them."""
        fields = type(self).model_fields
        return {fields[name].alias or name: _as_returned(value) for name, value in values.items()}

    def _wire_values(self, values: dict[str, object]) -> dict[str, object]:
        """Return attribute values in the form in which they are sent. They were checked when set."""
        return ensure_built(self._UPDATE).model_construct(**cast("dict[str, Any]", values)).values()

    def _changed_wire_values(self) -> dict[str, object]:
        """Return the values that changed since the resource was read, in the form in which they are sent.

        Raises:
            ArgumentError: If a collection was changed to one that cannot be sent.
        """
        changed = self._checked_changes()
        return self._wire_values(changed) if changed else {}

    def _all_wire_values(self) -> dict[str, object]:
        """Return every writable value in the form in which it is sent.

        Raises:
            ArgumentError: If a collection was changed to one that cannot be sent.
        """
        values: dict[str, object] = {name: self.__dict__.get(name) for name in self._writable()}
        if hasattr(self, "_attrs") and not hasattr(self, "_is_stored"):
            # Unchanged times are omitted because they would lose their seconds, and unchanged empty collections because
            # servers ignore or refuse them.
            values = {
                name: value
                for name, value in values.items()
                if not isinstance(value, datetime)
                and value not in _EMPTY_COLLECTIONS
                and name not in self._ONLY_CHANGED
            }
        return self._wire_values(self._sendable(values) | self._checked_changes())

    def _sendable(self, values: dict[str, object]) -> dict[str, object]:
        """Omit values that can be read but not sent: None, PHP's empty ``[]``, missing tags."""
        assigned = self._values_before()
        return {
            name: value
            for name, value in values.items()
            if name in assigned or not (value is None or value in _PHP_EMPTY or name in self._ONLY_ASSIGNED)
        }

    def _set(self, name: str, value: object) -> None:
        field = type(self).model_fields.get(name)
        if field is None and name not in (self.model_extra or {}):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        if name not in self._writable():
            raise AttributeError(f"{type(self).__name__}.{name} is read-only")
        checked = self._checked(name, value)
        self._record_before(name)
        vars(self)[name] = checked
        self.model_fields_set.add(name)

    def _record_before(self, name: str) -> None:
        """Record the value of an attribute before it is assigned."""
        if not hasattr(self, "_assigned"):
            object.__setattr__(self, "_assigned", {})
        self._assigned.setdefault(name, vars(self)[name])

    def _checked(self, name: str, value: object) -> Any:
        """Return a value for a writable attribute, checked and converted.

        Raises:
            ArgumentError: Names the attribute.
        """
        if value is None:
            raise ArgumentError(name, "cannot be set to None: the server ignores null and keeps the old value")
        payload = ensure_built(self._UPDATE).model_construct()
        try:
            self._UPDATE.__pydantic_validator__.validate_assignment(payload, name, value)
        except ValidationError as error:
            raise argument_error(error) from None
        return payload.__dict__[name]

    def _checked_changes(self) -> dict[str, object]:
        """Return the changes. Collections are checked again, because they can be changed without an assignment."""
        changes = self.changes()
        if not hasattr(self, "_attrs"):
            changes = self._sendable(changes)
        return {
            name: self._checked(name, value) if isinstance(value, _COLLECTIONS) else value
            for name, value in changes.items()
        }

    if not TYPE_CHECKING:  # otherwise type checkers would accept any assignment
        __setattr__ = _set

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "zone": zone_of(self)}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        state = dict(state)
        object.__setattr__(self, "_zone", state.pop("zone"))
        super().__setstate__(state)
        object.__setattr__(self, "_binding", None)

    def __copy__(self) -> Self:
        copied = super().__copy__()
        _bind_copy(copied, self)
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        copied = super().__deepcopy__(memo)
        _bind_copy(copied, self)
        return copied


@cache
def _writable(kind: type[ResourceData]) -> tuple[str, ...]:
    # An attribute may be read-only although a method takes an argument of the same name: an incident's created_at.
    fields = kind.model_fields
    return tuple(name for name in kind._UPDATE.model_fields if name in fields and not fields[name].frozen)


def _bind_copy(copied: ResourceData, original: ResourceData) -> None:
    """Bind a copy to the manager of the original. Each of the two records its own changes."""
    object.__setattr__(copied, "_binding", binding_of(original))
    object.__setattr__(copied, "_zone", getattr(original, "_zone", None))
    if hasattr(copied, "_assigned"):
        object.__setattr__(copied, "_assigned", dict(copied._assigned))


def load(
    kind: type[DataT], rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool = False
) -> list[DataT]:
    """Build the resources of a page from JSON objects.

    Args:
        kind: The resource class.
        rows: The objects. They are not copied.
        binding: Binds the resources to their manager.
        stored: Whether a caller stored the objects, and the server did not just send them.

    Raises:
        ValidationError: If an object is not such a resource.
    """
    return kind._load(rows, binding, stored=stored)


def attach(
    items: Sequence[ResourceData],
    rows: Any,
    binding: DataBinding | None,
    *,
    stored: bool = False,
    fields: Sequence[dict[str, JsonValue]] | None = None,
) -> None:
    """Attach the JSON and the manager to new resources, and convert their times to the client's zone.

    Args:
        items: The resources, all of one class.
        rows: The JSON object of each.
        binding: Binds the resources to their manager.
        stored: Whether a caller stored the objects.
        fields: The fields of each, if its JSON object nests them.
    """
    if not items:
        return
    zone = binding.zone if binding else None
    set_slot = object.__setattr__
    attach_extras(items, fields or rows)
    for item, row in zip(items, rows, strict=True):
        set_slot(item, "_attrs", row)
        set_slot(item, "_binding", binding)
        if zone is not None:
            item._convert_times(zone)
        if stored:
            set_slot(item, "_is_stored", True)


def binding_of(resource: ResourceData) -> DataBinding | None:
    """Return a resource's binding, or None if it is not bound."""
    return getattr(resource, "_binding", None)


def zone_of(resource: ResourceData) -> tzinfo | None:
    """Return the time zone of the client that loaded a resource. Pickles keep it."""
    binding = binding_of(resource)
    return binding.zone if binding else getattr(resource, "_zone", None)


def has_aware_times(resource: ResourceData) -> bool | None:
    """Return whether a resource's times are aware, as loaded by a client with a timezone. None if it has no times."""
    if zone_of(resource) is not None:
        return True
    times = [value for name in resource._ZONED if isinstance(value := vars(resource).get(name), datetime)]
    return all(map(is_aware, times)) if times else None


def convert_times(resource: ResourceData, zone: tzinfo) -> None:
    """Convert the UTC times of a resource to a zone."""
    resource._convert_times(zone)


def update_payload_type(kind: type[ResourceData]) -> type[Payload]:
    """Return the payload type that updates a kind of resource."""
    return kind._UPDATE


def copy_changes(resource: ResourceData, bound: ResourceData) -> None:
    """Copy the recorded changes of a resource to one built from its ``attrs``."""
    if hasattr(resource, "_is_stored"):
        object.__setattr__(bound, "_is_stored", True)
    zone = zone_of(bound)
    if not hasattr(resource, "_attrs"):
        # It was not read from a server, so there is nothing to compare with.
        object.__delattr__(bound, "_attrs")
        object.__setattr__(bound, "_assigned", dict(resource._values_before()))
        return
    for name, value in copy.deepcopy(resource.changes()).items():
        bound._record_before(name)
        converts = zone is not None and isinstance(value, datetime) and is_aware(value)
        vars(bound)[name] = cast("datetime", value).astimezone(zone) if converts else value


def refresh(resource: DataT, fresh: DataT) -> None:
    """Update a resource from the response to a save. ``fresh`` must not be used afterwards."""
    resource._refresh(fresh)


def clear_field(resource: ResourceData, name: str) -> None:
    """Set a value to None that the server returns although there is none, also in the raw JSON."""
    vars(resource)[name] = None
    object.__setattr__(resource, "_attrs", {**resource.attrs, name: None})


def to_plain_json(data: Mapping[str, object]) -> dict[str, JsonValue]:
    """Return a copy of a caller's data as plain JSON, with times and sets converted.

    Raises:
        ArgumentError: If JSON cannot represent a value.
    """
    try:
        found = from_json(to_json(dict(data), inf_nan_mode="constants"), allow_inf_nan=False)
    except (ValueError, TypeError) as error:  # NaN, a lone surrogate, an object, too deep, a number of 5,000 digits
        raise ArgumentError("data", f"has a value that JSON cannot represent: {error}") from None
    return cast("dict[str, JsonValue]", found)


def check_kind(data: Mapping[str, object], kind: type[BaseModel], kinds: Collection[type[BaseModel]]) -> None:
    """Refuse the data of another kind of resource, recognized by the names of its fields.

    Args:
        data: The fields.
        kind: The expected kind.
        kinds: All kinds.

    Raises:
        ArgumentError: If another kind has more of the fields than the expected one.
    """
    known = {other: len(known_keys(other) & data.keys()) for other in kinds}
    best = max(known, key=known.__getitem__)
    if known[best] > len(known_keys(kind) & data.keys()) and not issubclass(kind, best):
        expected, found = (one.__name__.removesuffix("Data").removeprefix("Async") for one in (kind, best))
        raise ArgumentError("data", f"has the fields of {found}, but those of {expected} were expected")


def _as_returned(value: object) -> object:
    if isinstance(value, datetime):
        # The server's own times are in its zone without an offset, or in UTC, to which aware times are converted.
        return f"{value.astimezone(UTC) if is_aware(value) else value:%Y-%m-%d %H:%M:%S}" + "+00:00" * is_aware(value)
    if isinstance(value, set):  # sorted, so that equal data has equal JSON
        return sorted(cast("set[str]", value))
    return value
