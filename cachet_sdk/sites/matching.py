"""Matching of entries to rows: by the key in ``meta``, by the lock file, or by a former key or name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from cachet_sdk.errors import ConfigurationError
from cachet_sdk.sites.document import Entry
from cachet_sdk.sites.locks import PageLock
from cachet_sdk.sites.records import Component, Kind, Record
from cachet_sdk.sites.servers import Site
from cachet_sdk.sites.servers.base import KEY_KEY, OWNER_KEY

#: The kinds that may be deleted, in the order of deletion.
PRUNABLE: Final[tuple[Kind, ...]] = ("component", "group", "metric", "template")


@dataclass(frozen=True)
class Page:
    """A snapshot of the rows of a page.

    Attributes:
        kinds: The kinds that were read.
        rows: The rows by kind and id.
        fingerprint: A hash of each row without its status, which monitoring changes.
    """

    kinds: frozenset[Kind]
    rows: Mapping[Kind, Mapping[int, Any]]
    fingerprint: Mapping[str, str]

    @classmethod
    def read(cls, site: Site, kinds: frozenset[Kind]) -> Self:
        """Read the groups and components of a page, and its metrics and templates if they are in ``kinds``."""
        rows: dict[Kind, dict[int, Any]] = {
            "group": {row.id: row for row in site.groups()},
            "component": {row.id: row for row in site.components()},
            "metric": {row.id: row for row in site.metrics()} if "metric" in kinds else {},
            "template": {row.id: row for row in site.templates()} if "template" in kinds else {},
        }
        fingerprint = {f"{kind} {row.id}": _hash(row) for kind, of_kind in rows.items() for row in of_kind.values()}
        return cls(kinds, rows, fingerprint)

    def named(self, kind: Kind, name: str) -> list[Any]:
        """Return the rows with a name."""
        return [row for row in self.rows[kind].values() if row.name == name]

    def name_of(self, kind: Kind, row_id: int | None) -> str | None:
        """Return the name of a row; None if there is no such row."""
        row = self.rows[kind].get(row_id) if row_id is not None else None
        name: str | None = row.name if row is not None else None
        return name


def _hash(row: Record) -> str:
    values = row.model_dump(mode="json", exclude={"status"})
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


class Matcher:
    """Finds the row of each entry. No row is matched twice."""

    def __init__(self, owner: str, page: Page, lock: PageLock) -> None:
        self._owner = owner
        self._page = page
        self._lock = lock
        self._claimed: dict[tuple[Kind, str], int] = {}
        self._by_key = {kind: self._index_by_key(kind) for kind in PRUNABLE}

    def find(self, kind: Kind, entry: Entry, group_id: int | None) -> Any:
        """Return the row of an entry; None if it has to be created.

        Raises:
            ConfigurationError: when several rows have the former name, or another entry has the same row.
        """
        row = self._find_by_key(kind, entry.key) or self._find_pending(kind, entry.key)
        for former in entry.was:
            row = row or self._find_by_key(kind, former) or self._find_by_name(kind, entry, former, group_id)
        if row is None:
            return None
        others = [key for (of_kind, key), row_id in self._claimed.items() if of_kind == kind and row_id == row.id]
        if others:
            raise ConfigurationError(
                f"{kind} {entry.key}: matches the same row (id {row.id}) as {others[0]}; check the field was"
            )
        self._claimed[kind, entry.key] = row.id
        return row

    def id_of(self, kind: Kind, key: str) -> int | None:
        """Return the id of the row that was found for an entry, if any."""
        return self._claimed.get((kind, key))

    def adopts(self, kind: Kind, entry: Entry, row: Record) -> bool:
        """Return whether neither ``meta`` nor the lock file assigns the row to the entry yet."""
        if f"{self._owner}/{entry.key}" == _key(row):
            return False
        locked = self._lock.find(kind, entry.key)
        return locked is None or locked.id != row.id

    def orphans(self, kind: Kind) -> Iterator[tuple[str, Any]]:
        """Return the rows that this owner created and that no longer have an entry, with their keys."""
        claimed = {row_id for (of_kind, _), row_id in self._claimed.items() if of_kind == kind}
        made = {row.id: key for key, row in self._by_key[kind].items() if _meta(row).get(OWNER_KEY) == self._owner}
        made |= {it.id: key for key, it in self._lock.rows.get(kind, {}).items() if it.made}
        for row_id, key in sorted(made.items()):
            row = self._page.rows[kind].get(row_id)
            if row is not None and row_id not in claimed:
                yield key, row

    def _index_by_key(self, kind: Kind) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in self._page.rows[kind].values():
            owner, _, key = (_key(row) or "").partition("/")
            if owner != self._owner:
                continue
            if key in found:
                raise ConfigurationError(
                    f"{kind} {key}: rows {found[key].id} and {row.id} both have this key in meta; delete one of them"
                )
            found[key] = row
        return found

    def _find_by_key(self, kind: Kind, key: str) -> Any:
        if key in self._by_key[kind]:
            return self._by_key[kind][key]
        locked = self._lock.find(kind, key)
        return self._page.rows[kind].get(locked.id) if locked is not None else None

    def _find_pending(self, kind: Kind, key: str) -> Any:
        """Return the row that an interrupted apply created without recording it."""
        pending = self._lock.pending.get(kind, {}).get(key)
        if pending is None:
            return None
        known = {it.id for it in self._lock.rows.get(kind, {}).values()}
        rows = [row for row in self._page.named(kind, pending.name) if row.id > pending.after and row.id not in known]
        return min(rows, key=lambda row: row.id, default=None)

    def _find_by_name(self, kind: Kind, entry: Entry, name: str, group_id: int | None) -> Any:
        claimed = {row_id for (of_kind, _), row_id in self._claimed.items() if of_kind == kind}
        rows = [row for row in self._page.named(kind, name) if row.id not in claimed and _key(row) is None]
        if len(rows) > 1 and kind == "component":
            rows = [row for row in rows if isinstance(row, Component) and row.group_id == group_id] or rows
        if len(rows) > 1:
            ids = ", ".join(str(row.id) for row in rows[:5])
            raise ConfigurationError(
                f"{kind} {entry.key}: was: several rows are named {name!r} (ids {ids}); rename one"
            )
        return rows[0] if rows else None


def _meta(row: Any) -> Mapping[str, object]:
    meta: Mapping[str, object] = getattr(row, "meta", {})
    return meta


def _key(row: Any) -> str | None:
    key = _meta(row).get(KEY_KEY)
    return key if isinstance(key, str) else None
