"""Annotations of public names can be resolved at run time, as dependency injection and documentation tools do."""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
import subprocess
import sys
import typing
from collections.abc import Iterator
from contextlib import suppress

import pytest

import cachet_sdk

#: Modules that export names defined elsewhere. In the packages below, every module is searched.
PUBLIC = ("cachet_sdk", "cachet_sdk.errors", "cachet_sdk.testing", "cachet_sdk.webhooks")
PACKAGES = ("cachet_sdk.v1", "cachet_sdk.v3")
#: Passed between managers, and not part of the API reference.
INTERNAL = {"AsyncBinding", "Binding", "MutationCounter"}


def modules() -> list[str]:
    found: list[str] = [*PUBLIC]
    for name in PACKAGES:
        package = importlib.import_module(name)
        found += [name, *(module.name for module in pkgutil.walk_packages(package.__path__, f"{name}."))]
    return found


def names_of(module_name: str) -> Iterator[tuple[str, object]]:
    module = importlib.import_module(module_name)
    names = getattr(module, "__all__", None) or [
        name for name, value in vars(module).items() if getattr(value, "__module__", None) == module_name
    ]
    for name in names:
        value = getattr(module, name)
        if name.startswith("_") or not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        yield f"{module_name}.{name}", value
        if inspect.isclass(value):
            yield from members_of(f"{module_name}.{name}", value)


def members_of(prefix: str, kind: type) -> Iterator[tuple[str, object]]:
    for name in dir(kind):
        member = inspect.getattr_static(kind, name)
        member = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        is_ours = str(getattr(member, "__module__", "")).startswith("cachet_sdk")
        if inspect.isfunction(member) and is_ours and (name in {"__init__", "__call__"} or not name.startswith("_")):
            yield f"{prefix}.{name}", member


@pytest.mark.parametrize("module_name", modules())
def test_annotations_of_public_names_can_be_read_at_run_time(module_name: str) -> None:
    for name, value in names_of(module_name):
        try:
            typing.get_type_hints(value)
            with suppress(ValueError):  # a class whose constructor is a builtin's has no signature
                inspect.signature(value, eval_str=True)  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001  (whatever it is, the failure names its place)
            pytest.fail(f"{name}: {error!r}")


def test_the_search_for_public_names_finds_many() -> None:
    assert len({name for module in modules() for name, _ in names_of(module)}) > 800
    assert {"Client", "AsyncClient", "RetryPolicy", "CapturedResponse", "InsecureWarning"} <= set(cachet_sdk.__all__)


def returned_classes(package_name: str) -> set[type]:
    """Return the classes of this package that a version's clients, managers and resources return or hold."""
    package = importlib.import_module(package_name)
    found: set[type] = set()
    for name in package.__all__:
        value = getattr(package, name)
        if not inspect.isclass(value) or issubclass(value, enum.Enum):
            continue
        hints = [hint for name, hint in typing.get_type_hints(value).items() if not name.startswith("_")]
        hints += [typing.get_type_hints(member).get("return") for _, member in members_of(name, value)]
        for hint in hints:
            found |= classes_in(hint)
    return {kind for kind in found if kind.__module__.startswith("cachet_sdk.") and not kind.__name__.startswith("_")}


def classes_in(hint: object) -> set[type]:
    origin = typing.get_origin(hint)
    inner = set[type]().union(*(classes_in(one) for one in typing.get_args(hint)))
    return inner | {one for one in (hint, origin) if inspect.isclass(one)}


@pytest.mark.parametrize("package_name", PACKAGES)
def test_every_returned_class_can_be_imported_from_the_package_of_its_version(package_name: str) -> None:
    package = importlib.import_module(package_name)
    public = {getattr(module, name) for module in (package, cachet_sdk) for name in module.__all__}

    assert {kind.__name__ for kind in returned_classes(package_name) - public} <= INTERNAL


@pytest.mark.parametrize("package_name", PACKAGES)
def test_each_async_name_has_a_sync_counterpart(package_name: str) -> None:
    names = set(importlib.import_module(package_name).__all__)
    assert {name for name in names if f"Async{name}" in names} == {
        name.removeprefix("Async") for name in names if name.startswith("Async")
    }


def test_importing_an_enum_loads_neither_httpx_nor_pydantic() -> None:
    code = (
        "import sys; from cachet_sdk.v1 import ComponentStatus; from cachet_sdk.v3 import IncidentStatus; "
        "print(sorted({'httpx', 'pydantic', 'asyncio'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
