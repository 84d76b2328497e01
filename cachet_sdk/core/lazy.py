"""Clients that are loaded when a version's package is first asked for them: its enumerations need nothing else."""

from __future__ import annotations

from importlib import import_module

_MODULES = {"Client": "client", "AsyncClient": "aio.client"}


def client_of(package: str, name: str) -> object:
    """Give a client's class; what ``__getattr__`` of a package answers with.

    Raises:
        AttributeError: when the name is no client's.
    """
    if name not in _MODULES:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{package}.{_MODULES[name]}"), name)
    return found
