"""Comparison of a document's entries with a page's rows, within what each release of Cachet can store. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from cachet_sdk.sites.document import ComponentEntry, Entry, GroupEntry, MetricEntry
from cachet_sdk.sites.plans import FieldChange
from cachet_sdk.sites.records import Kind, Record
from cachet_sdk.sites.servers.base import Release, has_meta

COLLAPSED: Final[Mapping[str, int]] = {"never": 0, "always": 1, "operational": 2}
CALC_TYPES: Final[Mapping[str, int]] = {"sum": 0, "average": 1}
#: The number 1 has two names: one for Cachet 2, one for Cachet 3.
VIEWS: Final[Mapping[str, int]] = {"last_hour": 0, "last_12_hours": 1, "today": 1, "week": 2, "month": 3}
VISIBILITIES: Final[Mapping[str, int]] = {"authenticated": 0, "public": 1, "hidden": 2}
_WORDS: Final[Mapping[str, Mapping[str, int]]] = {
    "collapsed": COLLAPSED, "calc_type": CALC_TYPES, "default_view": VIEWS
}  # fmt: skip
_NOT_COMPARED: Final = frozenset({"key", "was", "components", "status"})
#: Fields of metrics that the API of Cachet 3 cannot set at all, or only at creation.
_READ_ONLY_ON_3: Final = frozenset({"default_view", "visible"})
_CREATE_ONLY_ON_3: Final = frozenset({"calc_type", "display_chart", "places"})


class Comparer:
    """Compares entries with rows.

    Args:
        release: The server's release.
        report_limit: Called with a sentence for each field that this release cannot store.
    """

    def __init__(self, release: Release, report_limit: Callable[[str], object]) -> None:
        self._release: Release = release
        self._report_limit = report_limit

    def creation(self, kind: Kind, entry: Entry) -> dict[str, object]:
        """Return the fields of a new row."""
        values: dict[str, object] = {"visible": True} if isinstance(entry, GroupEntry) else {}
        for name, wanted in self._values(entry):
            problem = self._storage_limit(kind, name, wanted)
            if problem is not None:
                self._report_limit(f"{kind} {entry.key}: {name}: {problem}")
            elif wanted not in ("", [], {}):
                values[name] = wanted
        if isinstance(entry, ComponentEntry):
            values["status"] = entry.status
        return values

    def change(self, kind: Kind, entry: Entry, row: Record) -> tuple[list[FieldChange], dict[str, object]]:
        """Return the fields in which a row differs from its entry: as shown in a plan, and as sent to the server."""
        fields: list[FieldChange] = []
        values: dict[str, object] = {}
        for name, wanted in self._values(entry):
            present: Any = getattr(row, name, None)
            if name == "meta":
                stored = cast("dict[str, object]", present or {})
                present = {key: value for key, value in stored.items() if key in wanted}
                sent: object = {**stored, **wanted}
            else:
                sent = wanted
            if _equal(name, present, wanted):
                continue
            problem = self._storage_limit(kind, name, wanted) or self._update_limit(kind, name, wanted)
            if problem is not None:
                self._report_limit(f"{kind} {entry.key}: {name}: {problem}")
                continue
            fields.append(FieldChange(name, present, wanted))
            values[name] = sent
        return fields, values

    def _values(self, entry: Entry) -> list[tuple[str, Any]]:
        """Return the fields that an entry sets, with the server's numbers for words."""
        values: list[tuple[str, Any]] = []
        for name in type(entry).model_fields:
            value: Any = getattr(entry, name)
            if name not in entry.model_fields_set or name in _NOT_COMPARED or value is None:
                continue
            if name == "visible" and isinstance(entry, MetricEntry):
                values.append((name, VISIBILITIES[value]))
            else:
                values.append((name, _WORDS[name][value] if name in _WORDS else value))
        return values

    def _storage_limit(self, kind: Kind, name: str, wanted: Any) -> str | None:
        """Return why this release cannot store a value, in a new or an existing row."""
        if name == "meta" and not has_meta(self._release, kind):
            return f"Cachet {self._release} has no meta for a {kind}"
        if self._release == "2.3" and name == "visible" and wanted is not True and wanted != 1:
            return "Cachet 2.3 does not store it"
        if kind == "metric":
            return self._metric_storage_limit(name, wanted)
        if name == "tags" and self._release != "3":
            slugs = [_slug(tag) for tag in cast("list[str]", wanted)]
            if len(set(slugs)) != len(slugs):
                return "two tags have the same slug, so the server would show only one of them"
        return None

    def _metric_storage_limit(self, name: str, wanted: Any) -> str | None:
        if self._release == "3":
            if name in _READ_ONLY_ON_3 and wanted != 1:
                return "the API of Cachet 3 cannot set it; use the dashboard"
            if name == "default_value" and round(wanted, 2) != wanted:
                return "Cachet 3 stores two decimal places"
        elif name == "default_value" and wanted != int(wanted):
            return f"Cachet {self._release} stores whole numbers only"
        return None

    def _update_limit(self, kind: Kind, name: str, wanted: Any) -> str | None:
        """Return why this release cannot set an existing row to a value that a new row could have."""
        if self._release == "3":
            if wanted == "":
                return "Cachet 3 cannot clear a text"
            if kind == "metric" and name in _CREATE_ONLY_ON_3:
                return "Cachet 3 accepts it only when the metric is created"
            if kind == "metric" and name in _READ_ONLY_ON_3:
                return "the API of Cachet 3 cannot set it; use the dashboard"
        elif name == "tags" and not wanted:
            return f"Cachet {self._release} cannot remove the last tag"
        return None


def _slug(name: str) -> str:
    """Return roughly the slug by which the server recognizes a tag."""
    letters = "".join(letter if letter.isalnum() and letter.isascii() else " " for letter in name.casefold())
    return "-".join(letters.split())


def _equal(name: str, present: Any, wanted: Any) -> bool:
    if name == "tags":
        return set(present or ()) == set(wanted)
    if wanted == "" and present is None:
        return True
    return bool(present == wanted)
