"""Annotations of everything public can be read at run time, as dependency injection and documentation tools do it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from contextlib import suppress

import pytest

import cachet_sdk

#: What users import; what these modules hand out is defined in others, which are looked through too.
PUBLIC = ("cachet_sdk", "cachet_sdk.errors", "cachet_sdk.testing", "cachet_sdk.webhooks")
PACKAGES = ("cachet_sdk.v1", "cachet_sdk.v3")


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
        except Exception as error:  # noqa: BLE001  (whatever it is, it is told by the name)
            pytest.fail(f"{name}: {error!r}")


def test_many_names_are_looked_at() -> None:
    assert len({name for module in modules() for name, _ in names_of(module)}) > 800
    assert {"Client", "AsyncClient", "RetryPolicy", "CapturedResponse", "InsecureWarning"} <= set(cachet_sdk.__all__)
