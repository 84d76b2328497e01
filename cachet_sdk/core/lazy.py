"""Loads the names of a package on first access, so that enumerations can be imported without the rest."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module


def load(package: str, modules: Mapping[str, str], name: str) -> object:
    """Return an attribute of a package, for its ``__getattr__``.

    Args:
        package: The name of the package.
        modules: The module of each name: relative to the package, or an absolute one of ``cachet_sdk``.
        name: The requested name.

    Raises:
        AttributeError: If the package has no such name.
    """
    if name not in modules:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module = modules[name]
    found: object = getattr(import_module(module if module.startswith("cachet_sdk.") else f"{package}.{module}"), name)
    return found
