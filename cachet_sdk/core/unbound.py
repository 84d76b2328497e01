"""Placeholders for the managers of a client, as class attributes."""

from __future__ import annotations

from typing import TypeVar

ManagerT = TypeVar("ManagerT")


def unbound(kind: type[ManagerT]) -> ManagerT:
    """Return a manager without a client, for a class attribute. Each client sets its own managers.

    ``create_autospec`` and ``MagicMock(spec=…)`` need the class attributes.
    """
    return kind.__new__(kind)
