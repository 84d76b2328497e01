"""Fields of entries against fields of rows, by what each Cachet can keep. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from cachet_sdk.sites.document import ComponentEntry, Entry, GroupEntry, MetricEntry
from cachet_sdk.sites.plans import FieldChange
from cachet_sdk.sites.records import Kind, Record
from cachet_sdk.sites.servers.base import Release

COLLAPSED: Final[Mapping[str, int]] = {"never": 0, "always": 1, "operational": 2}
CALC_TYPES: Final[Mapping[str, int]] = {"sum": 0, "average": 1}
#: What the view 1 is called differs; the others are the same.
VIEWS: Final[Mapping[str, int]] = {"last_hour": 0, "last_12_hours": 1, "today": 1, "week": 2, "month": 3}
VISIBILITIES: Final[Mapping[str, int]] = {"authenticated": 0, "public": 1, "hidden": 2}
_WORDS: Final[Mapping[str, Mapping[str, int]]] = {
    "collapsed": COLLAPSED, "calc_type": CALC_TYPES, "default_view": VIEWS
}  # fmt: skip
#: What is not a field of a row, or not compared.
_NOT_COMPARED: Final = frozenset({"key", "was", "components", "status"})
_NEVER_SET_ON_3: Final = frozenset({"default_view", "visible"})
_SET_ONCE_ON_3: Final = frozenset({"calc_type", "display_chart", "places"})


class Comparer:
    """Says what to send for an entry.

    Args:
        release: Which Cachet it is for.
        refuse: Called with a sentence for each thing that this Cachet cannot do.
    """

    def __init__(self, release: Release, refuse: Callable[[str], object]) -> None:
        self._release: Release = release
        self._refuse = refuse

    def creation(self, kind: Kind, entry: Entry) -> dict[str, object]:
        """Return the fields of a new row."""
        values: dict[str, object] = {"visible": True} if isinstance(entry, GroupEntry) else {}
        for name, wanted in self._named(entry):
            problem = self._cannot_make(kind, name, wanted)
            if problem is not None:
                self._refuse(f"{kind} {entry.key}: {name}: {problem}")
            elif wanted not in ("", [], {}):
                values[name] = wanted
        if isinstance(entry, ComponentEntry):
            values["status"] = entry.status
        return values

    def change(self, kind: Kind, entry: Entry, row: Record) -> tuple[list[FieldChange], dict[str, object]]:
        """Return the fields of a row that are not what the entry says, for people and for the server."""
        fields: list[FieldChange] = []
        values: dict[str, object] = {}
        for name, wanted in self._named(entry):
            present: Any = getattr(row, name, None)
            if name == "meta":
                there = cast("dict[str, object]", present or {})
                present = {key: value for key, value in there.items() if key in wanted}
                whole: object = {**there, **wanted}
            else:
                whole = wanted
            if _same(name, present, wanted):
                continue
            problem = self._cannot_make(kind, name, wanted) or self._cannot_change(kind, name, wanted)
            if problem is not None:
                self._refuse(f"{kind} {entry.key}: {name}: {problem}")
                continue
            fields.append(FieldChange(name, present, wanted))
            values[name] = whole
        return fields, values

    def _named(self, entry: Entry) -> list[tuple[str, Any]]:
        """Return what an entry says, in the numbers of the server."""
        named: list[tuple[str, Any]] = []
        for name in type(entry).model_fields:
            value: Any = getattr(entry, name)
            if name not in entry.model_fields_set or name in _NOT_COMPARED or value is None:
                continue
            if name == "visible" and isinstance(entry, MetricEntry):
                named.append((name, VISIBILITIES[value]))
            else:
                named.append((name, _WORDS[name][value] if name in _WORDS else value))
        return named

    def _cannot_make(self, kind: Kind, name: str, wanted: Any) -> str | None:
        """Say why this Cachet cannot keep a field of a kind, whether it is new or changed."""
        if name == "meta" and (self._release == "2.3" or (self._release == "2.4" and kind == "group")):
            return f"Cachet {self._release} keeps no meta of a {kind}"
        if self._release == "2.3" and name == "visible" and wanted is not True and wanted != 1:
            return "Cachet 2.3 does not keep it"
        if kind == "metric":
            return self._cannot_make_metric(name, wanted)
        if name == "tags" and self._release != "3":
            slugs = [slug(tag) for tag in cast("list[str]", wanted)]
            if len(set(slugs)) != len(slugs):
                return "two of them have the same slug, and the server would show one of them"
        return None

    def _cannot_make_metric(self, name: str, wanted: Any) -> str | None:
        if self._release == "3":
            if name in _NEVER_SET_ON_3 and wanted != 1:
                return "the API of Cachet 3 cannot set it; use the dashboard"
            if name == "default_value" and round(wanted, 2) != wanted:
                return "Cachet 3 takes two decimal places"
        elif name == "default_value" and wanted != int(wanted):
            return f"Cachet {self._release} takes whole numbers"
        return None

    def _cannot_change(self, kind: Kind, name: str, wanted: Any) -> str | None:
        """Say why this Cachet cannot change a field of a row that exists."""
        if self._release == "3":
            if wanted == "":
                return "Cachet 3 cannot clear a text"
            if kind == "metric" and name in _SET_ONCE_ON_3:
                return "Cachet 3 sets it when the metric is made, and never again"
            if kind == "metric" and name in _NEVER_SET_ON_3:
                return "the API of Cachet 3 cannot set it; use the dashboard"
        elif name == "tags" and not wanted:
            return f"Cachet {self._release} cannot remove the last tag"
        return None


def slug(name: str) -> str:
    """Return what the server takes two tags for the same by, roughly."""
    letters = "".join(letter if letter.isalnum() and letter.isascii() else " " for letter in name.casefold())
    return "-".join(letters.split())


def _same(name: str, present: Any, wanted: Any) -> bool:
    if name == "tags":
        return set(present or ()) == set(wanted)
    if wanted == "" and present is None:
        return True
    return bool(present == wanted)
