"""Plans: what would be done to a page, for people, for programs and for ``apply``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from cachet_sdk.sites.document import Document
from cachet_sdk.sites.locks import Lock
from cachet_sdk.sites.records import Kind
from cachet_sdk.sites.servers.base import Site

Action: TypeAlias = Literal["create", "update", "move", "adopt", "delete"]

_SIGNS: Final[Mapping[Action, str]] = {"create": "+", "update": "~", "move": ">", "adopt": "=", "delete": "-"}


@dataclass(frozen=True)
class FieldChange:
    """A field with its value on the page and the one in the document.

    Attributes:
        name: The field.
        old: What the page has; for ``meta`` only the keys that the document names.
        new: What the document says.
    """

    name: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.name}: {_shown(self.old)} → {_shown(self.new)}"


@dataclass(frozen=True)
class Change:
    """One thing to do.

    Attributes:
        action: What: ``create``, ``update``, ``move`` (its place or its group alone), ``adopt`` (an existing row
            becomes an entry's, and gets what the entry says) or ``delete``.
        kind: What it is done to: ``group``, ``component``, ``metric`` or ``template``.
        key: The entry's key.
        name: The entry's name; for a deletion, the name on the page.
        id: The row; None for one that is to be made.
        fields: What changes.
        values: What is sent.
        group: The key of the group that a component goes into; None for none.
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
        head = f'{_SIGNS[self.action]} {self.kind} {self.key} "{_plain(self.name)}"'
        return "\n".join([head, *(f"    {it}" for it in self.fields)])


@dataclass(frozen=True)
class Plan:
    """What would make a page what a document says; see :func:`cachet_sdk.sites.plan`.

    Attributes:
        document: The document.
        changes: What to do.
        limits: What the document says and the server's API cannot do, in sentences.
        notes: What else there is to know, in sentences.
    """

    document: Document
    changes: tuple[Change, ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]
    site: Site = field(repr=False)
    lock: Lock = field(repr=False)
    fingerprint: Mapping[str, str] = field(repr=False)
    wanted: frozenset[Kind] = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        lines = [str(change) for change in self.changes]
        lines += [f"! {limit}" for limit in self.limits]
        lines += [f"# {note}" for note in self.notes]
        return "\n".join([*lines, self.summary])

    @property
    def summary(self) -> str:
        """How much there is to do, in one line."""
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


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    return _plain(text if len(text) <= 120 else text[:119] + "…")


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
