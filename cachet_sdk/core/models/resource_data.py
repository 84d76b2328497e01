"""``Record``: a resource's data without what can be done to it. Tells what was changed since it was loaded."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, cast

from pydantic import JsonValue, ValidationError
from pydantic_core import to_json

from cachet_sdk.core.models.base import Model, ensure_built, page_validator
from cachet_sdk.core.models.payload import Payload, argument_error
from cachet_sdk.core.models.times import is_aware, same_value, to_zone
from cachet_sdk.errors import ArgumentError, ClientStateError

_COLLECTIONS: tuple[type, ...] = (dict, list, set)
#: Collections with nothing in them.
_NOTHING: tuple[object, ...] = ([], {}, set[str]())


class DataBinding(Protocol):
    """What ties a record to the manager that it came from."""

    @property
    def zone(self) -> tzinfo | None:
        """The client's time zone."""
        ...


class ResourceData(Model):
    """Something on the server.

    Two records with the same data are equal, bound to a client or not. Pickling, copying and ``to_json`` keep the
    data; a pickle holds no client.
    """

    __slots__ = ("_binding", "_zone")

    #: What may be changed, and how it is checked.
    UPDATE: ClassVar[type[Payload]]
    # What update() sends only when it was changed, since the server would not keep it as it is.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ()

    if TYPE_CHECKING:
        _binding: DataBinding | None
        _zone: tzinfo | None

    @classmethod
    def load(cls, rows: Sequence[dict[str, JsonValue]], binding: DataBinding | None) -> list[Self]:
        """Make records of JSON objects, a page at a time, bound to a manager."""
        items = cast("list[Self]", page_validator(cls).validate_python(rows))
        attach(items, rows, binding)
        return items

    def to_json(self) -> str:
        """Give the record as JSON, for a cache or a database; a manager's ``instance_from_json`` brings it back.

        It is what the server sent, with the values that were changed since in their place. Whoever brings it back
        cannot tell them apart any more: ``save`` first, or ``update`` afterwards.
        """
        return to_json({**self.attrs, **self.shown(self._checked_changes())}).decode()

    def show_in(self, zone: tzinfo) -> None:
        """Turn the server's UTC times into a zone's. For managers; done once, when the record is made."""
        values = vars(self)
        for name in self.ZONED:
            value = values.get(name)
            if value is not None:
                values[name] = to_zone(value, zone)

    def changes(self) -> dict[str, object]:
        """Tell which writable values differ from what the server sent, by attribute name."""
        loaded = self.load([self.attrs], self.binding)[0]
        if self.binding is None and self.zone is not None:
            loaded.show_in(self.zone)
        values, before = self.__dict__, loaded.__dict__
        return {name: values[name] for name in self.writable() if not same_value(values[name], before[name])}

    @property
    def binding(self) -> DataBinding | None:
        """The tie to a manager; None for a record that came from elsewhere."""
        return getattr(self, "_binding", None)

    @property
    def zone(self) -> tzinfo | None:
        """The time zone that the record's times are in: its client's, also when it was unpickled; None for naive."""
        binding = self.binding
        return binding.zone if binding else getattr(self, "_zone", None)

    @classmethod
    def writable(cls) -> list[str]:
        """Name the attributes that can be set."""
        fields = cls.model_fields
        return [name for name in cls.UPDATE.model_fields if name in fields and not fields[name].frozen]

    def shown(self, values: dict[str, object]) -> dict[str, object]:
        """Give attribute values in the form in which the server shows them."""
        fields = type(self).model_fields
        zone = self.zone
        return {fields[name].alias or name: _shown(value, zone) for name, value in values.items()}

    def wire_values(self, values: dict[str, object]) -> dict[str, object]:
        """Give attribute values, checked when they were set, in the form in which they are sent."""
        return ensure_built(self.UPDATE).model_construct(**cast("dict[str, Any]", values)).values()

    def _changed_wire_values(self) -> dict[str, object]:
        """Give what was changed since the record was loaded, in the form in which it is sent.

        Raises:
            ArgumentError: for a value that was changed in place, as a set can be, to one that cannot be sent.
        """
        changed = self._checked_changes()
        return self.wire_values(changed) if changed else {}

    def all_wire_values(self) -> dict[str, object]:
        """Give every writable value in the form in which it is sent.

        Raises:
            ArgumentError: for a value that was changed in place, as a set can be, to one that cannot be sent.
        """
        changed = self._checked_changes()
        kept = {name: self.__dict__[name] for name in self.writable() if name not in self._ONLY_CHANGED}
        # Of what was not changed, times are left out, whose seconds would be lost, and empty collections, which servers
        # take for no change or refuse.
        others = {n: v for n, v in kept.items() if not isinstance(v, datetime) and v not in _NOTHING}
        return self.wire_values(others | changed)

    def take(self, changes: dict[str, object]) -> None:
        """Take over what was changed of another record with the same data."""
        zone = self.zone
        for name, value in copy.deepcopy(changes).items():
            is_moment = isinstance(value, datetime) and is_aware(value)
            vars(self)[name] = cast("datetime", value).astimezone(zone) if zone is not None and is_moment else value

    def refresh(self, fresh: Self) -> None:
        """Take over the data of another record."""
        vars(self).update(fresh.__dict__)
        object.__setattr__(self, "_attrs", fresh.attrs)

    def unbound_error(self) -> ClientStateError:
        """Make the error for a record that is asked to do something and has no client."""
        return ClientStateError(
            f"this {type(self).__name__} is bound to no client, since it was unpickled or not made by a manager; "
            "bind it with a manager's bind(resource)"
        )

    def _set(self, name: str, value: object) -> None:
        field = type(self).model_fields.get(name)
        if field is None:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        # An attribute may be read-only although a call takes an argument of its name, as an incident's created_at.
        if field.frozen or name not in self.UPDATE.model_fields:
            raise AttributeError(f"{type(self).__name__}.{name} is read-only")
        vars(self)[name] = self._checked(name, value)

    def _checked(self, name: str, value: object) -> Any:
        """Check a value of a writable attribute.

        Raises:
            ArgumentError: naming the attribute.
        """
        if value is None:
            raise ArgumentError(name, "cannot be emptied: the server keeps the old value when it is sent null")
        probe = ensure_built(self.UPDATE).model_construct()
        try:
            self.UPDATE.__pydantic_validator__.validate_assignment(probe, name, value)
        except ValidationError as error:
            raise argument_error(error) from None
        return probe.__dict__[name]

    def _checked_changes(self) -> dict[str, object]:
        """Tell what was changed; collections are checked again, since they can be changed in place."""
        return {
            name: self._checked(name, value) if isinstance(value, _COLLECTIONS) else value
            for name, value in self.changes().items()
        }

    if not TYPE_CHECKING:  # a type checker that sees this believes that anything may be set
        __setattr__ = _set

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "zone": self.zone}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        state = dict(state)
        object.__setattr__(self, "_zone", state.pop("zone"))
        super().__setstate__(state)
        object.__setattr__(self, "_binding", None)

    def __copy__(self) -> Self:
        twin = super().__copy__()
        object.__setattr__(twin, "_binding", self.binding)
        return twin

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        twin = super().__deepcopy__(memo)
        object.__setattr__(twin, "_binding", self.binding)
        return twin


def attach(items: Sequence[ResourceData], rows: Any, binding: DataBinding | None) -> None:
    """Give fresh records the JSON that they were made of, and their manager; turn their times into its zone's."""
    zone = binding.zone if binding else None
    tie = object.__setattr__
    for item, row in zip(items, rows or (), strict=True):
        tie(item, "_attrs", row)
        tie(item, "_binding", binding)
        if zone is not None:
            item.show_in(zone)


def clear_field(record: ResourceData, name: str) -> None:
    """Take away a value that the server shows where it has none, also in the raw data."""
    vars(record)[name] = None
    object.__setattr__(record, "_attrs", {**record.attrs, name: None})


def _shown(value: object, zone: tzinfo | None) -> object:
    if isinstance(value, datetime):
        if not is_aware(value):
            return f"{value:%Y-%m-%d %H:%M:%S}"
        # With a zone the record's times are in UTC, as the server sent them. Without, they are in the server's zone,
        # whichever that is: so an aware one among them keeps its offset.
        moment = value.astimezone(UTC)
        return moment.isoformat() if zone is None else f"{moment:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, set):  # in no order of its own; the same data is the same JSON
        return sorted(cast("set[str]", value))
    return value
