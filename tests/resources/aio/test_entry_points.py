"""Every resource class through every entry point: no data is lost, and changes are sent.

A manager reads the resource from a server. Then it passes through the entry point, and is changed, bound and sent.
"""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest
from pydantic import TypeAdapter, create_model

from cachet_sdk import AsyncClient
from tests.resources.kinds import ENDPOINTS, KINDS, UNKNOWN, Kind, SingleResourceServer
from tests.resources.through_fastapi import through_fastapi


def field_of_a_model(it: Any) -> Any:
    container = create_model("Container", one=(type(it), ...))
    return getattr(container.model_validate_json(container(one=it).model_dump_json()), "one")  # noqa: B009  (no such attribute to a type checker)


def adapted(it: Any) -> Any:
    kind: Any = list[type(it)]  # type: ignore[misc]  # the class of a value
    adapter = TypeAdapter[Any](kind)
    return adapter.validate_json(adapter.dump_json([it]))[0]


#: Entry points of pydantic. It is unknown what the server has, so everything is sent.
PYDANTIC: dict[str, Callable[[Any, Any], Any]] = {
    "model_validate(model_dump())": lambda it, _: type(it).model_validate(it.model_dump()),
    "model_validate(model_dump(mode=json))": lambda it, _: type(it).model_validate(it.model_dump(mode="json")),
    "model_validate(attrs)": lambda it, _: type(it).model_validate(it.attrs),
    "model_validate_json(to_json())": lambda it, _: type(it).model_validate_json(it.to_json()),
    "model_validate_json(model_dump_json())": lambda it, _: type(it).model_validate_json(it.model_dump_json()),
    "TypeAdapter": lambda it, _: adapted(it),
    "field of a model": lambda it, _: field_of_a_model(it),
    "FastAPI": lambda it, _: through_fastapi(it),
}
#: Entry points of a manager, for stored resources.
STORED: dict[str, Callable[[Any, Any], Any]] = {
    "instance_from_dict(attrs)": lambda it, manager: manager.instance_from_dict(it.attrs),
    "instance_from_dict(model_dump())": lambda it, manager: manager.instance_from_dict(it.model_dump()),
    "instance_from_json(to_json())": lambda it, manager: manager.instance_from_json(it.to_json()),
    "instance_from_json(model_dump_json())": lambda it, manager: manager.instance_from_json(it.model_dump_json()),
    "instance_list_from_json": lambda it, manager: manager.instance_list_from_json(f"[{it.to_json()}]")[0],
}
#: Entry points that keep the complete state.
COPIES: dict[str, Callable[[Any, Any], Any]] = {
    "manager": lambda it, _: it,
    "pickle": lambda it, _: pickle.loads(pickle.dumps(it)),
    "copy": lambda it, _: copy.copy(it),
    "deepcopy": lambda it, _: copy.deepcopy(it),
    "model_copy": lambda it, _: it.model_copy(),
    "model_copy(deep=True)": lambda it, _: it.model_copy(deep=True),
}
EVERY = PYDANTIC | STORED | COPIES


class Scenario:
    """A client whose server has one resource, and the entry point that is tested."""

    def __init__(self, kind: Kind, through: Callable[[Any, Any], Any]) -> None:
        self.kind = kind
        self._through = through
        self.server = SingleResourceServer(kind)
        client: Any = AsyncClient(ENDPOINTS[kind.version], "t", version=kind.number, transport=self.server.transport)
        self.client = client
        self.manager: Any = getattr(client, kind.manager)

    @property
    def is_copy(self) -> bool:
        """Whether the resource knows what the server has."""
        return self._through in COPIES.values()

    async def read(self) -> Any:
        if hasattr(self.manager, "get"):
            return await self.manager.get(*self.kind.ids)
        return [it async for it in self.manager.list(*self.kind.ids)][0]  # noqa: RUF015  (no expression for this is both sync and async)

    def transfer(self, it: Any) -> Any:
        """Pass a resource through the entry point."""
        return self._through(it, self.manager)

    async def read_and_transfer(self) -> Any:
        return self.transfer(await self.read())

    @property
    def sent(self) -> dict[str, Any]:
        """All fields that were sent. A schedule's date may be in a second request."""
        return {name: value for one in self.server.sent for name, value in one.items()}

    def change(self, it: Any) -> dict[str, Any]:
        """Change the resource, and return the change."""
        setattr(it, *self.kind.change)
        return dict([self.kind.change])


EVERY_KIND = KINDS
CHANGEABLE = tuple(kind for kind in KINDS if kind.change != ())


#: A test of one resource that has passed through an entry point.
Property: TypeAlias = Callable[[Scenario], Awaitable[None]]


def every(
    entry_points: dict[str, Any], kinds: tuple[Kind, ...]
) -> Callable[[Property], Callable[..., Awaitable[None]]]:
    """Run a test for each entry point, and within it for each kind: separate tests would take longer to set up."""

    def decorate(test: Property) -> Callable[..., Awaitable[None]]:
        @pytest.mark.parametrize("through", entry_points.values(), ids=entry_points.keys())
        async def run(through: Callable[[Any, Any], Any]) -> None:
            for kind in kinds:
                scenario = Scenario(kind, through)
                try:
                    await test(scenario)
                except Exception as error:
                    error.add_note(f"with {kind.name}")
                    raise
                finally:
                    await scenario.client.aclose()

        decorated: Callable[..., Awaitable[None]] = run
        return decorated

    return decorate


@every(EVERY, EVERY_KIND)
async def test_unknown_fields_are_kept(scenario: Scenario) -> None:
    it = await scenario.read_and_transfer()

    assert {name: it.get(name) for name in UNKNOWN} == UNKNOWN
    assert it.model_extra.items() >= UNKNOWN.items()
    assert json.loads(it.model_dump_json()).items() >= UNKNOWN.items()


@every(EVERY, EVERY_KIND)
async def test_the_data_is_equal_after_a_round_trip_through_json(scenario: Scenario) -> None:
    first = await scenario.read()
    it = scenario.transfer(first)

    assert it == first
    for again in (
        type(it).model_validate_json(it.to_json()),
        type(it).model_validate_json(it.model_dump_json()),
        scenario.manager.instance_from_json(it.to_json()),
        scenario.manager.instance_from_json(it.model_dump_json()),
    ):
        assert again == it
        assert {name: again.get(name) for name in UNKNOWN} == UNKNOWN


@every(STORED | COPIES, CHANGEABLE)
async def test_save_sends_exactly_the_change(scenario: Scenario) -> None:
    it = await scenario.read_and_transfer()
    assert it.changes() == {}
    changed = scenario.change(it)
    assert it.changes() == changed
    await scenario.manager.bind(it).save()

    sent = scenario.sent
    assert {name: sent[name] for name in sent.keys() - scenario.kind.reset} == scenario.kind.sent


@every(PYDANTIC, CHANGEABLE)
async def test_save_sends_all_set_fields_if_the_state_of_the_server_is_unknown(scenario: Scenario) -> None:
    it = await scenario.read_and_transfer()
    changed = scenario.change(it)
    assert it.changes().items() >= changed.items()
    bound = scenario.manager.bind(it)
    await bound.save()

    sent = scenario.sent
    assert sent.items() >= scenario.kind.sent.items()
    assert sent.keys() >= scenario.kind.writable
    assert bound.changes() == {}  # it was refreshed from the response


@every(EVERY, CHANGEABLE)
async def test_update_sends_every_writable_value(scenario: Scenario) -> None:
    it = await scenario.read_and_transfer()
    scenario.change(it)
    await scenario.manager.bind(it).update()

    sent = scenario.sent
    assert sent.items() >= scenario.kind.sent.items()
    assert sent.keys() >= (
        scenario.kind.writable - scenario.kind.sent_when_changed if scenario.is_copy else scenario.kind.writable
    )


@every(EVERY, CHANGEABLE)
async def test_model_copy_with_an_update_is_a_change(scenario: Scenario) -> None:
    it = await scenario.read_and_transfer()
    name, value = scenario.kind.change
    changed = it.model_copy(update={name: value})
    assert changed.changes()[name] == value
    assert getattr(it, name) != value
    await scenario.manager.bind(changed).save()

    sent = scenario.sent
    assert sent.items() >= scenario.kind.sent.items()
