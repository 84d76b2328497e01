"""Every manager is on its client, exported, documented and supported by the embedded Cachet, in each version."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from cachet_sdk import v1, v3
from cachet_sdk.testing import FakeCachet
from tests.docs.environment import create_example_data

DOCS = Path(__file__).resolve().parents[1] / "docs"
MODULES: dict[str, ModuleType] = {"1": v1, "3": v3}
REFERENCE = {("1", ""): "v1.md", ("1", "aio"): "aio.md", ("3", ""): "v3.md", ("3", "aio"): "v3-aio.md"}
#: The parents of nested resources, whose IDs their managers require.
PARENTS = {
    "incident_updates": {"incident_id": 1},
    "metric_points": {"metric_id": 1},
    "schedule_updates": {"schedule_id": 1},
}
#: Resources that the server can only delete, neither list nor return.
UNLISTED = {"subscriptions"}
#: Managers whose methods return no resource.
RETURN_NO_RESOURCE = UNLISTED | {"ping"}


@dataclass(frozen=True)
class Wired:
    """A manager of a client."""

    version: str
    name: str
    kind: type
    async_kind: type

    def __str__(self) -> str:
        return f"v{self.version}-{self.name}"

    @property
    def package(self) -> str:
        return MODULES[self.version].__name__


def managers_of(client: type) -> dict[str, type]:
    """Return the managers that a client declares in its annotations."""
    hints = get_type_hints(client)
    return {name: kind for name, kind in hints.items() if not name.startswith("_") and is_manager(kind)}


def is_manager(kind: object) -> bool:
    return inspect.isclass(kind) and kind.__name__.endswith("Manager")


def wired() -> list[Wired]:
    found: list[Wired] = []
    for version, module in MODULES.items():
        managers, async_managers = managers_of(module.Client), managers_of(module.AsyncClient)
        assert managers.keys() == async_managers.keys()
        found += [Wired(version, name, kind, async_managers[name]) for name, kind in managers.items()]
    return found


WIRED = wired()
each = pytest.mark.parametrize("manager", WIRED, ids=str)


def fake_with_examples(version: Any) -> FakeCachet[Any, Any]:
    fake: FakeCachet[Any, Any] = FakeCachet(version=version)
    create_example_data(fake)
    if version == "1":  # the only resource that the examples do not use
        with fake.client() as client:
            client.schedules.create(name="Move", message="Soon", status=0, scheduled_at=datetime(2030, 1, 2, 3, 4))
    return fake


@pytest.mark.parametrize("version", MODULES)
def test_the_managers_in_the_manual_are_among_those_checked(version: str) -> None:
    names = {manager.name for manager in WIRED if manager.version == version}
    documented = {"ping", "version", "subscribers", "components", "component_groups", "incidents", "incident_updates"}
    assert documented < names
    assert len(names) >= 13


@pytest.mark.parametrize("version", MODULES)
def test_every_module_with_a_manager_has_it_on_the_client(version: str) -> None:
    package = Path(str(MODULES[version].__file__)).parent
    with_managers = {
        path.stem
        for path in package.glob("*.py")
        if re.search(r"^class (?!Keyed)\w+Manager\b", path.read_text(), re.MULTILINE)
    }
    names = {manager.name for manager in WIRED if manager.version == version}
    assert with_managers - {"manager", "general"} <= names


@each
def test_a_manager_has_the_class_that_its_client_declares(manager: Wired) -> None:
    client = fake_with_examples(manager.version).client()
    assert type(getattr(client, manager.name)) is manager.kind


@each
def test_the_resource_of_a_manager_is_exported_by_its_version(manager: Wired) -> None:
    exported = MODULES[manager.version].__all__
    for kind in (manager.kind, manager.async_kind):
        resources = resources_of(kind)
        assert resources or manager.name in RETURN_NO_RESOURCE
        for resource in resources:
            assert resource.__name__ in exported
            assert getattr(MODULES[manager.version], resource.__name__) is resource


def resources_of(manager: type) -> set[type]:
    """Return the classes that a manager returns, from the annotations of ``get`` and ``list``."""
    methods = [getattr(manager, name) for name in ("get", "list") if hasattr(manager, name)]
    returned = [get_type_hints(method)["return"] for method in methods]
    return {kind for hint in returned for kind in get_args(hint) or (hint,) if kind is not bool}


@each
def test_a_manager_is_documented(manager: Wired) -> None:
    folder = DOCS / ("v3" if manager.version == "3" else "resources")
    pages = [page.name for page in folder.glob("*.md") if f"client.{manager.name}" in page.read_text("utf-8")]
    assert pages != []
    index = (folder / "index.md" if manager.version == "3" else DOCS / "client.md").read_text("utf-8")
    assert re.search(rf"^\| .*`{manager.name}`.* \|", index, re.MULTILINE), "missing from the table of managers"


@each
def test_the_api_reference_has_both_the_sync_and_the_async_manager(manager: Wired) -> None:
    for kind, folder in ((manager.kind, ""), (manager.async_kind, "aio")):
        versions = {manager.version} if kind.__module__.startswith(manager.package) else set(MODULES)
        shown = [name for version in versions for name in classes_on(REFERENCE[version, folder])]
        assert kind.__name__ in shown


def classes_on(page: str) -> list[str]:
    return re.findall(r"autoclass:: \S+\.(\w+)", (DOCS / "api" / page).read_text("utf-8"))


@each
def test_the_embedded_cachet_supports_a_manager(manager: Wired) -> None:
    fake = fake_with_examples(manager.version)
    with fake.client() as client:
        answer = answer_of(getattr(client, manager.name), manager.name)
    assert answer is not None
    assert fake.requests


def answer_of(manager: Any, name: str) -> object:
    if name in UNLISTED:
        return manager.delete(1) or "deleted"
    if hasattr(manager, "list"):
        return manager.list(**PARENTS.get(name, {})).first()
    return manager()
