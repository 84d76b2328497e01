"""``ResourceData``: a resource's data without what can be done to it. Knows what was changed since it was read.

The functions at the end are for managers: what they do to a resource is no method of it, so that an editor offers users
only what they may use.
"""

# The functions are the other half of the class.
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
#: Collections with nothing in them.
_EMPTY: tuple[object, ...] = ([], set[str]())
_NOTHING: tuple[object, ...] = ([], {}, set[str]())


class DataBinding(Protocol):
    """What binds a resource to the manager that it came from."""

    @property
    def zone(self) -> tzinfo | None:
        """The client's time zone."""
        ...


class ResourceData(Model):
    """Something on the server.

    Two resources with the same data are equal, bound to a client or not. Pickling, copying, ``model_dump`` and
    ``to_json`` keep the data; a pickle holds no client.
    """

    # A resource that a manager made has ``_attrs``; one that pydantic made of other data has not, and so nothing to
    # compare itself with. ``_assigned``: the values before the first assignment. ``_is_stored``: made of JSON that
    # somebody kept, so that a change may be in it already.
    __slots__ = ("_assigned", "_binding", "_is_stored", "_zone")

    #: What may be changed, and how it is checked.
    _UPDATE: ClassVar[type[Payload]]
    #: What update() sends of a resource as it was read only when it was changed, since sending it does harm.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ()
    #: What is never sent unless it was assigned, since the server takes it together with something else only.
    _ONLY_ASSIGNED: ClassVar[tuple[str, ...]] = ()
    _KEPT: ClassVar[tuple[str, ...]] = ("_attrs", "_assigned", "_is_stored")

    if TYPE_CHECKING:
        _assigned: dict[str, object]
        _binding: DataBinding | None
        _is_stored: bool
        _zone: tzinfo | None

    @classmethod
    def _load(cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool) -> list[Self]:
        """Make resources of JSON objects, a page at a time, bound to a manager."""
        items = validate_page(cls, rows)
        attach(items, rows, binding, stored=stored)
        return items

    def to_json(self) -> str:
        """Return the resource as JSON, for a cache or a database; a manager's ``instance_from_json`` brings it back.

        It is what the server sent, with the values that were changed since in their place. Whoever brings it back
        cannot tell them apart any more: ``save`` first, or ``update`` afterwards.

        Raises:
            ArgumentError: for a value that JSON cannot hold.
        """
        try:
            text = to_json(self._shown_document(), inf_nan_mode="constants")
            if not hasattr(self, "_attrs"):  # nothing has checked it yet
                from_json(text, allow_inf_nan=False)
            return text.decode()
        except ArgumentError:
            raise
        except ValueError as error:  # a lone surrogate, an object, too deep
            raise ArgumentError(type(self).__name__, f"holds what JSON cannot: {error}") from None

    def changes(self) -> dict[str, object]:
        """Return the writable values that differ from what the server sent, by attribute name.

        Of a resource that was not read from the server by a client (one that pydantic made of other data), nobody knows
        what differs: they are all the writable values that were set.
        """
        values, assigned = self.__dict__, self._noted()
        if not hasattr(self, "_attrs"):
            known = self.model_fields_set
            return {name: values[name] for name in self._writable() if name in known and values.get(name) is not None}
        writable = self._writable()
        differ = {name for name, before in assigned.items() if not same_value(values[name], before)}
        # Collections can be changed in place, which nothing notes: they are compared with what was read.
        collections = [name for name in writable if isinstance(values[name], _COLLECTIONS)]
        if collections:
            read = self._load([self._attrs], None, stored=False)[0].__dict__
            differ.difference_update(collections)
            differ.update(name for name in collections if values[name] != read[name])
        return {name: values[name] for name in writable if name in differ}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, as pydantic does; what ``update`` changes of the writable values, ``save`` will send.

        Args:
            update: Values to change. Writable ones are checked as in an assignment.
            deep: Whether to copy collections too.

        Raises:
            ArgumentError: for a writable value that cannot be sent.
        """
        changes = dict(update or {})
        writable = self._writable()
        twin = super().model_copy(update={n: v for n, v in changes.items() if n not in writable} or None, deep=deep)
        set_slots(twin, copy.deepcopy(self._kept()))  # so that what is noted for one is not noted for the other
        for name in writable:
            if name in changes:
                twin._set(name, changes[name])
        return twin

    @classmethod
    def _writable(cls) -> tuple[str, ...]:
        """Return the names of the attributes that can be set."""
        return _writable(cls)

    def _noted(self) -> dict[str, object]:
        return self._assigned if hasattr(self, "_assigned") else {}

    def _shown_document(self) -> object:
        """Return the JSON of the resource: as the server sent it, with what was changed."""
        if not hasattr(self, "_attrs"):
            return self.attrs
        return {**self.attrs, **self._shown(self._checked_changes())}

    def _show_in(self, zone: tzinfo) -> None:
        """Convert the server's UTC times to a zone's; done once, when a manager makes the resource.

        The raw JSON gets the offset that the request asked for: without it, nobody could tell these times from those of
        a client that has no timezone.
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
        """Take over what the server answered when the resource was saved."""
        vars(self).update(vars(fresh))
        for name in ("__pydantic_extra__", "__pydantic_fields_set__", "_attrs"):
            object.__setattr__(self, name, getattr(fresh, name))
        for name in ("_assigned", "_is_stored"):
            if hasattr(self, name):
                object.__delattr__(self, name)

    def _shown(self, values: dict[str, object]) -> dict[str, object]:
        """Return attribute values in the form in which the server shows them."""
        fields = type(self).model_fields
        return {fields[name].alias or name: _shown(value) for name, value in values.items()}

    def _wire_values(self, values: dict[str, object]) -> dict[str, object]:
        """Return attribute values, checked when they were set, in the form in which they are sent."""
        return ensure_built(self._UPDATE).model_construct(**cast("dict[str, Any]", values)).values()

    def _changed_wire_values(self) -> dict[str, object]:
        """Return what was changed since the resource was read, in the form in which it is sent.

        Raises:
            ArgumentError: for a value that was changed in place, as a set can be, to one that cannot be sent.
        """
        changed = self._checked_changes()
        return self._wire_values(changed) if changed else {}

    def _all_wire_values(self) -> dict[str, object]:
        """Return every writable value in the form in which it is sent.

        Raises:
            ArgumentError: for a value that was changed in place, as a set can be, to one that cannot be sent.
        """
        values: dict[str, object] = {name: self.__dict__.get(name) for name in self._writable()}
        if hasattr(self, "_attrs") and not hasattr(self, "_is_stored"):
            # Of what was not changed, times are left out, whose seconds would be lost, and empty collections, which
            # servers take for no change or refuse.
            values = {
                name: value
                for name, value in values.items()
                if not isinstance(value, datetime) and value not in _NOTHING and name not in self._ONLY_CHANGED
            }
        return self._wire_values(self._sendable(values) | self._checked_changes())

    def _sendable(self, values: dict[str, object]) -> dict[str, object]:
        """Leave out what cannot be sent, and so must have been read: None, PHP's empty ``[]``, no tags at all."""
        noted = self._noted()
        return {
            name: value
            for name, value in values.items()
            if name in noted or not (value is None or value in _EMPTY or name in self._ONLY_ASSIGNED)
        }

    def _set(self, name: str, value: object) -> None:
        field = type(self).model_fields.get(name)
        if field is None and name not in (self.model_extra or {}):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        if name not in self._writable():
            raise AttributeError(f"{type(self).__name__}.{name} is read-only")
        checked = self._checked(name, value)
        self._note(name)
        vars(self)[name] = checked
        self.model_fields_set.add(name)

    def _note(self, name: str) -> None:
        """Keep the value that an attribute has before it is changed."""
        if not hasattr(self, "_assigned"):
            object.__setattr__(self, "_assigned", {})
        self._assigned.setdefault(name, vars(self)[name])

    def _checked(self, name: str, value: object) -> Any:
        """Check a value of a writable attribute.

        Raises:
            ArgumentError: naming the attribute.
        """
        if value is None:
            raise ArgumentError(name, "cannot be emptied: the server keeps the old value when it is sent null")
        probe = ensure_built(self._UPDATE).model_construct()
        try:
            self._UPDATE.__pydantic_validator__.validate_assignment(probe, name, value)
        except ValidationError as error:
            raise argument_error(error) from None
        return probe.__dict__[name]

    def _checked_changes(self) -> dict[str, object]:
        """Return what was changed; collections are checked again, since they can be changed in place."""
        changes = self.changes()
        if not hasattr(self, "_attrs"):
            changes = self._sendable(changes)
        return {
            name: self._checked(name, value) if isinstance(value, _COLLECTIONS) else value
            for name, value in changes.items()
        }

    if not TYPE_CHECKING:  # a type checker that sees this believes that anything may be set
        __setattr__ = _set

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "zone": zone_of(self)}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        state = dict(state)
        object.__setattr__(self, "_zone", state.pop("zone"))
        super().__setstate__(state)
        object.__setattr__(self, "_binding", None)

    def __copy__(self) -> Self:
        twin = super().__copy__()
        _take_place_of(twin, self)
        return twin

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        twin = super().__deepcopy__(memo)
        _take_place_of(twin, self)
        return twin


@cache
def _writable(kind: type[ResourceData]) -> tuple[str, ...]:
    # An attribute may be read-only although a call takes an argument of its name, as an incident's created_at.
    fields = kind.model_fields
    return tuple(name for name in kind._UPDATE.model_fields if name in fields and not fields[name].frozen)


def _take_place_of(twin: ResourceData, other: ResourceData) -> None:
    """Belong where another resource belongs. What is noted of the one is not noted of the other."""
    object.__setattr__(twin, "_binding", binding_of(other))
    object.__setattr__(twin, "_zone", getattr(other, "_zone", None))
    if hasattr(twin, "_assigned"):
        object.__setattr__(twin, "_assigned", dict(twin._assigned))


def load(
    kind: type[DataT], rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None, *, stored: bool = False
) -> list[DataT]:
    """Make resources of JSON objects, a page at a time.

    Args:
        kind: What they are.
        rows: The objects, which are kept.
        binding: What binds them to their manager.
        stored: Whether they are what somebody kept, and not what the server just sent.

    Raises:
        ValidationError: when they are no such resources.
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
    """Give fresh resources the JSON that they were made of, and their manager; convert their times to its zone.

    Args:
        items: The resources, all of one kind.
        rows: The JSON of each.
        binding: What binds them to their manager.
        stored: Whether they are what somebody kept.
        fields: The fields of each, where the JSON holds them further inside.
    """
    if not items:
        return
    zone = binding.zone if binding else None
    tie = object.__setattr__
    attach_extras(items, fields or rows)
    for item, row in zip(items, rows, strict=True):
        tie(item, "_attrs", row)
        tie(item, "_binding", binding)
        if zone is not None:
            item._show_in(zone)
        if stored:
            tie(item, "_is_stored", True)


def binding_of(resource: ResourceData) -> DataBinding | None:
    """Return what binds a resource to a manager; None for one that came from elsewhere."""
    return getattr(resource, "_binding", None)


def zone_of(resource: ResourceData) -> tzinfo | None:
    """Return the time zone that a resource's times are in: its client's, also when it was unpickled."""
    binding = binding_of(resource)
    return binding.zone if binding else getattr(resource, "_zone", None)


def speaks_utc(resource: ResourceData) -> bool | None:
    """Return whether a resource's times are moments, as a client with a timezone reads them; None if it has none."""
    if zone_of(resource) is not None:
        return True
    times = [value for name in resource._ZONED if isinstance(value := vars(resource).get(name), datetime)]
    return all(map(is_aware, times)) if times else None


def show_in(resource: ResourceData, zone: tzinfo) -> None:
    """Convert the UTC times of a resource to a zone's."""
    resource._show_in(zone)


def update_form(kind: type[ResourceData]) -> type[Payload]:
    """Return what a kind of resource may be changed by."""
    return kind._UPDATE


def carry_over(resource: ResourceData, bound: ResourceData) -> None:
    """Note for a copy of a resource, made of its ``attrs``, what was changed of the resource."""
    if hasattr(resource, "_is_stored"):
        object.__setattr__(bound, "_is_stored", True)
    zone = zone_of(bound)
    if not hasattr(resource, "_attrs"):
        # It was not read from a server, so there is nothing that it was changed since.
        object.__delattr__(bound, "_attrs")
        object.__setattr__(bound, "_assigned", dict(resource._noted()))
        return
    for name, value in copy.deepcopy(resource.changes()).items():
        bound._note(name)
        is_moment = isinstance(value, datetime) and is_aware(value)
        vars(bound)[name] = cast("datetime", value).astimezone(zone) if zone is not None and is_moment else value


def refresh(resource: DataT, fresh: DataT) -> None:
    """Take over what the server answered when a resource was saved; the answer is used up."""
    resource._refresh(fresh)


def clear_field(resource: ResourceData, name: str) -> None:
    """Take away a value that the server shows where it has none, also in the raw data."""
    vars(resource)[name] = None
    object.__setattr__(resource, "_attrs", {**resource.attrs, name: None})


def plain_json(data: Mapping[str, object]) -> dict[str, JsonValue]:
    """Return data of a caller's as plain JSON: a copy, with times and sets as JSON shows them.

    Raises:
        ArgumentError: for what JSON cannot hold, or what cannot be read back.
    """
    try:
        found = from_json(to_json(dict(data), inf_nan_mode="constants"), allow_inf_nan=False)
    except (ValueError, TypeError) as error:  # NaN, a lone surrogate, an object, too deep, a number of 5,000 digits
        raise ArgumentError("data", f"holds what JSON cannot: {error}") from None
    return cast("dict[str, JsonValue]", found)


def check_kind(data: Mapping[str, object], kind: type[BaseModel], kinds: Collection[type[BaseModel]]) -> None:
    """Refuse the fields of another kind of resource, which say no more of their kind than their names.

    Args:
        data: The fields.
        kind: What they should be the fields of.
        kinds: The kinds that there are.

    Raises:
        ArgumentError: when another kind has more of the fields.
    """
    known = {other: len(known_keys(other) & data.keys()) for other in kinds}
    best = max(known, key=known.__getitem__)
    if known[best] > len(known_keys(kind) & data.keys()) and not issubclass(kind, best):
        expected, found = (one.__name__.removesuffix("Data").removeprefix("Async") for one in (kind, best))
        raise ArgumentError("data", f"has the fields of {found}, where those of {expected} were expected")


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        # An aware time keeps its offset: the server's own are in its zone, whichever that is, or in UTC.
        return f"{value.astimezone(UTC) if is_aware(value) else value:%Y-%m-%d %H:%M:%S}" + "+00:00" * is_aware(value)
    if isinstance(value, set):  # in no order of its own; the same data is the same JSON
        return sorted(cast("set[str]", value))
    return value
