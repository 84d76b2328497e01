"""Every resource class through every entry point: nothing that goes in is lost, and what is changed is sent.

A manager reads the resource from a server; then it takes the way that is tested, and is changed, bound, and sent.
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
from tests.resources.kinds import ENDPOINTS, KINDS, UNKNOWN, Holder, Kind
from tests.resources.through_fastapi import through_fastapi


def field_of_a_model(it: Any) -> Any:
    holder = create_model("Holder", one=(type(it), ...))
    return getattr(holder.model_validate_json(holder(one=it).model_dump_json()), "one")  # noqa: B009  (no such attribute to a type checker)


def adapted(it: Any) -> Any:
    kind: Any = list[type(it)]  # type: ignore[misc]  # the class of a value
    adapter = TypeAdapter[Any](kind)
    return adapter.validate_json(adapter.dump_json([it]))[0]


#: Entry points of pydantic: nobody says that it is what the server has, so that all of it is sent.
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
#: Those of a manager, for what was kept.
STORED: dict[str, Callable[[Any, Any], Any]] = {
    "instance_from_dict(attrs)": lambda it, manager: manager.instance_from_dict(it.attrs),
    "instance_from_dict(model_dump())": lambda it, manager: manager.instance_from_dict(it.model_dump()),
    "instance_from_json(to_json())": lambda it, manager: manager.instance_from_json(it.to_json()),
    "instance_from_json(model_dump_json())": lambda it, manager: manager.instance_from_json(it.model_dump_json()),
    "instance_list_from_json": lambda it, manager: manager.instance_list_from_json(f"[{it.to_json()}]")[0],
}
#: Those that keep all that there is to know.
COPIES: dict[str, Callable[[Any, Any], Any]] = {
    "manager": lambda it, _: it,
    "pickle": lambda it, _: pickle.loads(pickle.dumps(it)),
    "copy": lambda it, _: copy.copy(it),
    "deepcopy": lambda it, _: copy.deepcopy(it),
    "model_copy": lambda it, _: it.model_copy(),
    "model_copy(deep=True)": lambda it, _: it.model_copy(deep=True),
}
EVERY = PYDANTIC | STORED | COPIES


class Stage:
    """A client whose server holds one resource."""

    def __init__(self, kind: Kind, through: Callable[[Any, Any], Any]) -> None:
        self.kind = kind
        self._through = through
        self.holder = Holder(kind)
        made: Any = AsyncClient(ENDPOINTS[kind.version], "t", version=kind.number, transport=self.holder.transport)
        self.client = made
        self.manager: Any = getattr(made, kind.manager)

    @property
    def is_copy(self) -> bool:
        """Whether it is known what the server has."""
        return self._through in COPIES.values()

    async def read(self) -> Any:
        if hasattr(self.manager, "get"):
            return await self.manager.get(*self.kind.ids)
        return [it async for it in self.manager.list(*self.kind.ids)][0]  # noqa: RUF015  (there is no next for both)

    def take(self, it: Any) -> Any:
        """Send a resource the way that is tested."""
        return self._through(it, self.manager)

    async def taken(self) -> Any:
        return self.take(await self.read())

    @property
    def sent(self) -> dict[str, Any]:
        """What was sent; a schedule's date may be kept by a second request."""
        return {name: value for one in self.holder.sent for name, value in one.items()}

    def change(self, it: Any) -> dict[str, Any]:
        """Change the resource, and return what was changed."""
        setattr(it, *self.kind.change)
        return dict([self.kind.change])


EVERY_KIND = KINDS
CHANGEABLE = tuple(kind for kind in KINDS if kind.change != ())


#: A test of one resource that took the way that is tested.
Property: TypeAlias = Callable[[Stage], Awaitable[None]]


def every(
    entry_points: dict[str, Any], kinds: tuple[Kind, ...]
) -> Callable[[Property], Callable[..., Awaitable[None]]]:
    """Run a test for each entry point, and in it for each kind: two thousand tests would take longer to set up."""

    def decorate(test: Property) -> Callable[..., Awaitable[None]]:
        @pytest.mark.parametrize("through", entry_points.values(), ids=entry_points.keys())
        async def run(through: Callable[[Any, Any], Any]) -> None:
            for kind in kinds:
                stage = Stage(kind, through)
                try:
                    await test(stage)
                except Exception as error:
                    error.add_note(f"with {kind.name}")
                    raise
                finally:
                    await stage.client.aclose()

        made: Callable[..., Awaitable[None]] = run
        return made

    return decorate


@every(EVERY, EVERY_KIND)
async def test_unknown_fields_are_kept(stage: Stage) -> None:
    it = await stage.taken()

    assert {name: it.get(name) for name in UNKNOWN} == UNKNOWN
    assert it.model_extra.items() >= UNKNOWN.items()
    assert json.loads(it.model_dump_json()).items() >= UNKNOWN.items()


@every(EVERY, EVERY_KIND)
async def test_the_data_comes_back_equal_from_json(stage: Stage) -> None:
    first = await stage.read()
    it = stage.take(first)

    assert it == first
    for again in (
        type(it).model_validate_json(it.to_json()),
        type(it).model_validate_json(it.model_dump_json()),
        stage.manager.instance_from_json(it.to_json()),
        stage.manager.instance_from_json(it.model_dump_json()),
    ):
        assert again == it
        assert {name: again.get(name) for name in UNKNOWN} == UNKNOWN


@every(STORED | COPIES, CHANGEABLE)
async def test_save_sends_exactly_the_change(stage: Stage) -> None:
    it = await stage.taken()
    assert it.changes() == {}
    changed = stage.change(it)
    assert it.changes() == changed
    await stage.manager.bind(it).save()

    sent = stage.sent
    assert {name: sent[name] for name in sent.keys() - stage.kind.reset} == stage.kind.sent


@every(PYDANTIC, CHANGEABLE)
async def test_save_sends_all_that_was_set_where_nobody_knows_what_the_server_has(stage: Stage) -> None:
    it = await stage.taken()
    changed = stage.change(it)
    assert it.changes().items() >= changed.items()
    bound = stage.manager.bind(it)
    await bound.save()

    sent = stage.sent
    assert sent.items() >= stage.kind.sent.items()
    assert sent.keys() >= stage.kind.writable
    assert bound.changes() == {}  # by now a client read it


@every(EVERY, CHANGEABLE)
async def test_update_sends_every_writable_value(stage: Stage) -> None:
    it = await stage.taken()
    stage.change(it)
    await stage.manager.bind(it).update()

    sent = stage.sent
    assert sent.items() >= stage.kind.sent.items()
    assert sent.keys() >= (stage.kind.writable - stage.kind.sent_when_changed if stage.is_copy else stage.kind.writable)


@every(EVERY, CHANGEABLE)
async def test_model_copy_with_an_update_is_a_change(stage: Stage) -> None:
    it = await stage.taken()
    name, value = stage.kind.change
    changed = it.model_copy(update={name: value})
    assert changed.changes()[name] == value
    assert getattr(it, name) != value
    await stage.manager.bind(changed).save()

    sent = stage.sent
    assert sent.items() >= stage.kind.sent.items()
