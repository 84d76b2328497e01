"""What an import did, or would do, and what is lost on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Loss:
    """What cannot be moved of some rows.

    Attributes:
        kind: The kind of the rows.
        field: The field; ``row`` for the whole row.
        reason: Why, and what becomes of it.
        count: How many rows are concerned.
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
    """A field that is not on the target what it should be.

    Attributes:
        kind: The kind of the row.
        id: Its id in the archive.
        field: The field; ``row`` when the row is missing.
        expected: What should be there.
        actual: What is there.
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
        rows: How many rows of each kind are made, by this run and by those before that it goes on with.
        losses: What cannot be moved, by kind and count.
        failures: What the server refused, in sentences; a later run tries again.
        notes: What else there is to know, in sentences.
        differences: What is not there as it should be; None unless it was verified.
    """

    rows: Counter[str] = field(default_factory=Counter[str])
    losses: list[Loss] = field(default_factory=list[Loss])
    failures: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    differences: list[Difference] | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was refused and, if that was looked at, everything is there."""
        return not self.failures and not self.differences

    def __str__(self) -> str:
        lines = [", ".join(f"{count} {kind}" for kind, count in sorted(self.rows.items())) or "nothing"]
        lines += [f"lost: {loss}" for loss in self.losses]
        lines += [f"failed: {failure}" for failure in self.failures]
        if self.differences is not None:
            lines += [f"differs: {it}" for it in self.differences]
            lines += [] if self.differences else ["verified: everything is there as it should be"]
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
