"""``Model``, the base of what servers send, and ``Payload``, the base of what we send, by small examples."""

from __future__ import annotations

import copy
import pickle
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from pydantic import Field, ValidationError

from cachet_sdk.core.models.base import Model, ensure_built, summarize, validate_page
from cachet_sdk.core.models.fields import IdInput, NameInput
from cachet_sdk.core.models.payload import Payload, build_many
from cachet_sdk.errors import ArgumentError


class Thing(Model):
    """A model with a required field and one with an alias."""

    id: int
    label: str = Field(default="", alias="title")


class Other(Model):
    """Another model with the same fields."""

    id: int
    label: str = Field(default="", alias="title")


class NewThing(Payload):
    """The payload that creates a thing."""

    TIME_FORMATS: ClassVar[Mapping[str, str]] = {"day": "%d/%m/%Y"}

    label: NameInput = Field(alias="title")
    parent: IdInput | None = None
    sizes: list[IdInput] | None = None
    day: datetime | None = None
    moment: datetime | None = None


def thing(**fields: object) -> Thing:
    return ensure_built(Thing).model_validate(fields)


def test_models_are_equal_if_their_classes_and_their_data_are() -> None:
    assert thing(id=1, title="a") == thing(id=1, title="a")
    assert thing(id=1, title="a") != thing(id=1, title="b")
    assert thing(id=1) != ensure_built(Other).model_validate({"id": 1})
    assert thing(id=1) != {"id": 1}


def test_models_are_equal_if_their_times_are_the_same_moments() -> None:
    class Dated(Model):
        created_at: datetime | None = None

    oslo = ZoneInfo("Europe/Oslo")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=oslo)  # occurs twice, as the clocks are set back
    dated = {
        name: ensure_built(Dated).model_construct(created_at=moment)
        for name, moment in {
            "first": first,
            "second": first.replace(fold=1),
            "second in UTC": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "naive": first.replace(tzinfo=None),
            "none": None,
        }.items()
    }

    equal = {(one, other) for one in dated for other in dated if one != other and dated[one] == dated[other]}
    assert equal == {("second", "second in UTC"), ("second in UTC", "second")}


def test_a_model_is_read_only() -> None:
    one = thing(id=1)
    for name in ("id", "label", "attrs", "colour"):
        with pytest.raises(AttributeError, match=f"^Thing.{name} is read-only$"):
            setattr(one, name, 5)
    with pytest.raises(AttributeError, match="^Thing.id cannot be deleted$"):
        del one.id
    assert one == thing(id=1)


def test_a_model_is_unhashable_because_its_data_is_mutable() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(thing(id=1))


def test_a_model_validated_by_pydantic_has_its_data() -> None:
    assert thing(id=1, title="a").attrs == {"id": 1, "title": "a"}
    assert thing(id=1, title="a").get("title") == "a"
    assert thing(id=1).get("nothing") is None


def test_a_model_survives_pickling_and_copying() -> None:
    original = thing(id=1, title="a")

    for restored in (pickle.loads(pickle.dumps(original)), copy.copy(original), copy.deepcopy(original)):
        assert restored == original
        assert restored.attrs == original.attrs


def test_a_deep_copy_shares_no_data() -> None:
    original = thing(id=1)
    restored = copy.deepcopy(original)
    shallow = copy.copy(restored)
    restored.attrs["id"] = 5

    assert original.attrs["id"] == 1
    assert shallow.attrs is not original.attrs


def test_a_payload_has_the_passed_values_under_the_names_of_the_api() -> None:
    payload = NewThing.build(label="a", parent=None, sizes=[1, 2])

    assert payload.values() == {"title": "a", "sizes": [1, 2]}


def test_times_are_encoded_in_the_format_of_their_field() -> None:
    moment = datetime(2026, 7, 1, 0, 30, tzinfo=ZoneInfo("Europe/Oslo"))

    assert NewThing.encode({"title": "å", "day": moment, "moment": moment, "naive": datetime(2026, 7, 1)}) == (
        '{"title":"å","day":"30/06/2026","moment":"2026-06-30 22:30","naive":"2026-07-01 00:00"}'.encode()
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "label: is missing"),
        ({"label": "a", "color": "red"}, "color: is not an argument of this call"),
        ({"label": "a", "sizes": [1, 0]}, "sizes: item 1: expected greater than 0, got 0"),
        ({"label": "a", "moment": "now"}, "moment: expected a valid datetime, got 'now'"),
        ({"label": "a", "parent": "x" * 500}, f"parent: expected a valid integer, got '{'x' * 76}..."),
    ],
)
def test_invalid_arguments_are_refused_in_one_sentence(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        NewThing.build(**arguments)
    assert str(caught.value) == message
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_the_error_for_the_first_invalid_item_names_its_index_or_key() -> None:
    good = enumerate([{"label": "a"}, {"label": "b"}])
    assert [thing.label for thing in build_many(NewThing, "things", good)] == ["a", "b"]
    with pytest.raises(ArgumentError, match=r"^things\[1\]: label: must not be empty"):
        build_many(NewThing, "things", enumerate([{"label": "a"}, {"label": ""}, {}]))
    with pytest.raises(ArgumentError, match=r"^things\[42\]: label: must not be empty"):
        build_many(NewThing, "things", {7: {"label": "a"}, 42: {"label": ""}}.items())


@pytest.mark.parametrize("item", ["text", None, {1: "a"}])
def test_an_item_that_is_not_a_dictionary_of_arguments_is_refused(item: object) -> None:
    with pytest.raises(ArgumentError, match=r"^things\[0\]: expected a dictionary of arguments"):
        build_many(NewThing, "things", [(0, item)])  # type: ignore[list-item]  # the mistake is what is tested


def test_a_validation_error_is_summarized_without_the_data() -> None:
    with pytest.raises(ValidationError) as caught:
        validate_page(Thing, [{"id": 1}, {"id": "secret", "title": 5}])

    assert summarize(caught.value) == (
        "1.id: Input should be a valid integer, unable to parse string as an integer (and 1 more)"
    )


def test_a_model_can_be_built_by_many_threads_at_once() -> None:
    class Late(Model):
        id: int
        at: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    assert not Late.__pydantic_complete__
    barrier, ids = threading.Barrier(8), list[int]()

    def use() -> None:
        barrier.wait()
        ids.append(ensure_built(Late).model_validate({"id": 3}).id)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ids == [3] * 8
