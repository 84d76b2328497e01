"""Plans: the changes that ``apply`` would make to a page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from cachet_sdk.sites.document import Document
from cachet_sdk.sites.locks import LockFile
from cachet_sdk.sites.records import Kind
from cachet_sdk.sites.servers.base import Site

Action: TypeAlias = Literal["create", "update", "move", "adopt", "delete"]

_SIGNS: Final[Mapping[Action, str]] = {"create": "+", "update": "~", "move": ">", "adopt": "=", "delete": "-"}


@dataclass(frozen=True)
class FieldChange:
    """A field whose value on the page differs from the document.

    Attributes:
        name: The field.
        old: The value on the page; for ``meta`` only the keys that are in the document.
        new: The value in the document.
    """

    name: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.name}: {_format(self.old)} → {_format(self.new)}"


@dataclass(frozen=True)
class Change:
    """One change to a row.

    Attributes:
        action: ``create``, ``update``, ``move`` (only its position or group changes), ``adopt`` (an existing row is
            assigned to an entry and updated to match it) or ``delete``.
        kind: ``group``, ``component``, ``metric`` or ``template``.
        key: The key of the entry.
        name: The name of the entry; for a deletion, the name on the page.
        id: The id of the row; None for ``create``.
        fields: The fields that change.
        values: The values that are sent.
        group: The key of the group that a component belongs to; None for no group.
        moves: Whether the component changes its group.
    """

    action: Action
    kind: Kind
    key: str
    name: str
    id: int | None
    fields: tuple[FieldChange, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    group: str | None = None
    moves: bool = False

    def __str__(self) -> str:
        head = f'{_SIGNS[self.action]} {self.kind} {self.key} "{_printable(self.name)}"'
        return "\n".join([head, *(f"    {it}" for it in self.fields)])


@dataclass(frozen=True)
class Plan:
    """The changes that would make a page match a document; see :func:`cachet_sdk.sites.plan`.

    Attributes:
        document: The document.
        changes: The changes in the order of the document, deletions last.
        limits: Parts of the document that the server's API cannot carry out, as sentences.
        notes: Other things to know, as sentences.
    """

    document: Document
    changes: tuple[Change, ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]
    site: Site = field(repr=False)
    lock: LockFile = field(repr=False)
    fingerprint: Mapping[str, str] = field(repr=False)
    kinds: frozenset[Kind] = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        lines = [str(change) for change in self.changes]
        lines += [f"! {limit}" for limit in self.limits]
        lines += [f"# {note}" for note in self.notes]
        return "\n".join([*lines, self.summary])

    @property
    def summary(self) -> str:
        """The number of changes per action, in one line."""
        counts = Counter(change.action for change in self.changes)
        return ", ".join(f"{count} to {action}" for action, count in sorted(counts.items())) or "nothing to do"

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain JSON values."""
        return {
            "changes": [
                {
                    "action": it.action,
                    "kind": it.kind,
                    "key": it.key,
                    "name": it.name,
                    "id": it.id,
                    "fields": [{"name": one.name, "old": one.old, "new": one.new} for one in it.fields],
                }
                for it in self.changes
            ],
            "limits": list(self.limits),
            "notes": list(self.notes),
        }


def _format(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    return _printable(text if len(text) <= 120 else text[:119] + "…")


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
