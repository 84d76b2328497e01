"""Names that a version's package loads when they are first asked for: enumerations are imported without any of it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module


def load(package: str, modules: Mapping[str, str], name: str) -> object:
    """Return what a package calls by a name; what its ``__getattr__`` answers with.

    Args:
        package: The package's name.
        modules: Where the package has its names from: modules of its own, by name.
        name: What is asked for.

    Raises:
        AttributeError: When the package has no such name.
    """
    if name not in modules:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{package}.{modules[name]}"), name)
    return found
