"""Class attributes that stand for a client's managers."""

from __future__ import annotations

from typing import TypeVar

ManagerT = TypeVar("ManagerT")


def unbound(kind: type[ManagerT]) -> ManagerT:
    """Return a manager without a client, for a class attribute; each client sets its own manager on the instance.

    ``create_autospec`` and ``MagicMock(spec=…)`` read it from the class.
    """
    return kind.__new__(kind)
