"""The report of an import: rows, losses, failures, differences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Loss:
    """Data that the target cannot store, in one or more rows.

    Attributes:
        kind: The kind of the rows.
        field: The field; ``row`` if the whole row is lost.
        reason: Why, and what it is replaced by.
        count: How many rows are affected.
    """

    kind: str
    field: str
    reason: str
    count: int

    def __str__(self) -> str:
        what = self.kind if self.field == "row" else f"{self.kind}.{self.field}"
        return f"{self.count}x {what}: {self.reason}"


@dataclass(frozen=True)
class Difference:
    """A field whose value on the target is not the expected one.

    Attributes:
        kind: The kind of the row.
        id: Its id in the archive.
        field: The field; ``row`` when the row is missing.
        expected: The expected value.
        actual: The value on the target.
    """

    kind: str
    id: int
    field: str
    expected: Any
    actual: Any

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.field}: expected {self.expected!r:.120}, found {self.actual!r:.120}"


@dataclass
class ImportReport:
    """What an import did or, as a dry run, would do.

    Attributes:
        rows: How many rows of each kind were created, including earlier runs that this one resumed.
        losses: What the target cannot store.
        failures: The rows that the server refused, with its reasons. A later run retries them.
        notes: Other things to know, as sentences.
        differences: What ``verify`` found; None without it.
    """

    rows: Counter[str] = field(default_factory=Counter[str])
    losses: list[Loss] = field(default_factory=list[Loss])
    failures: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    differences: list[Difference] | None = None

    @property
    def ok(self) -> bool:
        """Whether there are no failures and no differences."""
        return not self.failures and not self.differences

    def __str__(self) -> str:
        lines = [", ".join(f"{count} {kind}" for kind, count in sorted(self.rows.items())) or "nothing"]
        lines += [f"lost: {loss}" for loss in self.losses]
        lines += [f"failed: {failure}" for failure in self.failures]
        if self.differences is not None:
            lines += [f"differs: {it}" for it in self.differences]
            lines += [] if self.differences else ["verified: no differences"]
        return "\n".join([*lines, *(f"# {note}" for note in self.notes)])

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return {
            "rows": dict(self.rows),
            "losses": [vars(it) for it in self.losses],
            "failures": self.failures,
            "notes": self.notes,
            "differences": None if self.differences is None else [str(it) for it in self.differences],
        }
