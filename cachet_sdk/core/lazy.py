"""Names that a version's package loads when they are first asked for: enumerations are imported without any of it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module


def load(package: str, modules: Mapping[str, str], name: str) -> object:
    """Return what a package calls by a name; what its ``__getattr__`` answers with.

    Args:
        package: The package's name.
        modules: The modules that define the names: relative to the package, or absolute below ``cachet_sdk.``.
        name: What is asked for.

    Raises:
        AttributeError: When the package has no such name.
    """
    if name not in modules:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module = modules[name]
    found: object = getattr(import_module(module if module.startswith("cachet_sdk.") else f"{package}.{module}"), name)
    return found
