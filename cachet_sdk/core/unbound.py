"""What a client's class shows of its managers."""

from __future__ import annotations

from typing import TypeVar

ManagerT = TypeVar("ManagerT")


def unbound(kind: type[ManagerT]) -> ManagerT:
    """Return a manager without a client, as the class attribute behind which each client keeps a manager of its own.

    It is there for who looks at a client's class and has no client: ``create_autospec`` and ``MagicMock(spec=…)``.
    """
    return kind.__new__(kind)
