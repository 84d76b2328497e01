"""Creation of a document from an existing page."""

from __future__ import annotations

import re
import unicodedata
from os import PathLike
from pathlib import Path
from typing import Any

from cachet_sdk.errors import ArgumentError, ConfigurationError
from cachet_sdk.sites.comparing import CALC_TYPES, COLLAPSED, VISIBILITIES
from cachet_sdk.sites.document import Document
from cachet_sdk.sites.loading import dump
from cachet_sdk.sites.locks import LOCK_NAME, LockFile
from cachet_sdk.sites.records import Component, Group, Kind, Metric, Template
from cachet_sdk.sites.servers import AnyClient, Site, open_site
from cachet_sdk.sites.servers.base import KEY_KEY, OWNER_KEY, SOURCE_KEY

_RESERVED_META_KEYS = frozenset({KEY_KEY, OWNER_KEY, SOURCE_KEY, "tags"})
_VIEWS_1 = ("last_hour", "last_12_hours", "week", "month")
_VIEWS_3 = ("last_hour", "today", "week", "month")


def pull(
    client: AnyClient, path: str | PathLike[str], *, owner: str, lock: str | PathLike[str] | None = None
) -> Document:
    """Write a document that describes a page, and adopt its rows in the lock file. The page is not changed.

    A plan of the new document has at most changes of order numbers. The adopted rows are never pruned, because the
    document did not create them.

    Args:
        client: A client of the page, of either API.
        path: The YAML file to write. It must not exist.
        owner: The owner of the document.
        lock: The lock file. Defaults to ``cachet.lock.json`` next to the document.

    Returns:
        The document.

    Raises:
        ArgumentError: for an invalid owner.
        ConfigurationError: when the file exists or cannot be written.
        HTTPError: when the server refuses a request.
        TransportError: when the server does not respond.
    """
    file = Path(path)
    if file.exists():
        raise ConfigurationError(f"{file}: already exists; pull only writes new files")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", owner):
        raise ArgumentError("owner", "expected letters, digits, dots, hyphens and underscores")
    site = open_site(client)
    lock_file = LockFile(Path(lock) if lock is not None else file.with_name(LOCK_NAME), owner)
    document = _Puller(site, owner, lock_file).document().at(file)
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(dump(document))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be written: {error.strerror or error}") from None
    lock_file.save()
    return document


class _Puller:
    def __init__(self, site: Site, owner: str, lock: LockFile) -> None:
        self._site = site
        self._owner = owner
        self._lock = lock.page(site.endpoint)
        self._used: dict[Kind, set[str]] = {}

    def document(self) -> Document:
        """Read the page, and return its document."""
        members: dict[int | None, list[dict[str, Any]]] = {}
        for row in sorted(self._site.components(), key=lambda row: (row.order, row.id)):
            members.setdefault(row.group_id, []).append(self._component(row))
        groups = [
            {**self._group(row), "components": members.pop(row.id, [])}
            for row in sorted(self._site.groups(), key=lambda row: (row.order, row.id))
        ]
        ungrouped = [entry for entries in members.values() for entry in entries]
        metrics = [self._metric(row) for row in sorted(self._site.metrics(), key=lambda row: (row.order, row.id))]
        sections = {"groups": groups, "components": ungrouped, "metrics": metrics}
        if self._site.release == "3":
            sections["templates"] = [self._template(row) for row in self._site.templates()]
        filled = {name: entries for name, entries in sections.items() if entries}
        return Document.model_validate({"version": 1, "owner": self._owner, **filled})

    def _component(self, row: Component) -> dict[str, Any]:
        entry: dict[str, Any] = {"key": self._key("component", row), "name": row.name.strip()}
        if row.description.strip():
            entry["description"] = row.description
        if re.fullmatch(r"https?://[^\s/]\S*", row.link):
            entry["link"] = row.link
        if not row.enabled:
            entry["enabled"] = False
        if row.tags:
            entry["tags"] = row.tags
        return entry | _meta(row.meta)

    def _group(self, row: Group) -> dict[str, Any]:
        entry: dict[str, Any] = {"key": self._key("group", row), "name": row.name.strip()}
        if self._site.release != "2.3":
            entry["visible"] = row.visible
        words = {number: word for word, number in COLLAPSED.items()}
        if row.collapsed in words:
            entry["collapsed"] = words[row.collapsed]
        return entry | _meta(row.meta)

    def _metric(self, row: Metric) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "key": self._key("metric", row),
            "name": row.name.strip(),
            "suffix": row.suffix.strip() or "-",
            "display_chart": row.display_chart,
            "places": min(max(row.places, 0), 4),
        }
        if row.description.strip():
            entry["description"] = row.description
        if row.default_value is not None:
            entry["default_value"] = row.default_value
        if row.calc_type in CALC_TYPES.values():
            entry["calc_type"] = next(word for word, number in CALC_TYPES.items() if number == row.calc_type)
        if row.threshold in (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60):
            entry["threshold"] = row.threshold
        views = _VIEWS_3 if self._site.release == "3" else _VIEWS_1
        if row.default_view in range(4):
            entry["default_view"] = views[row.default_view]
        if self._site.release != "2.3":
            entry["visible"] = next(word for word, number in VISIBILITIES.items() if number == row.visible)
        return entry

    def _template(self, row: Template) -> dict[str, Any]:
        key = self._key("template", row)
        return {"key": key, "name": row.name.strip(), "template": row.template, "engine": row.engine or "twig"}

    def _key(self, kind: Kind, row: Any) -> str:
        """Return the row's key, or choose one and record it in the lock file."""
        used = self._used.setdefault(kind, set())
        owner, _, known = str(getattr(row, "meta", {}).get(KEY_KEY, "")).partition("/")
        locked = next((key for key, it in self._lock.rows.get(kind, {}).items() if it.id == row.id), None)
        base = known if owner == self._owner and known else locked or _slug(row.name) or kind
        key, number = base, 2
        while key in used:
            key, number = f"{base[:58]}-{number}", number + 1
        used.add(key)
        if key != locked and (not known or owner != self._owner):
            self._lock.set_row(kind, key, row.id, made=False)
        return key


def _slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:60]


def _meta(meta: dict[str, Any]) -> dict[str, Any]:
    """Return the part of ``meta`` that a document can contain. Plans leave the rest alone."""
    kept = {
        key: value
        for key, value in meta.items()
        if key not in _RESERVED_META_KEYS
        and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", key)
        and isinstance(value, str | bool | int | float)
        and value != ""
    }
    return {"meta": kept} if kept else {}
