"""Field types: lenient with what servers send, strict with what callers pass."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Annotated, Any

import pytest
from pydantic import Field, JsonValue, SkipValidation, ValidationError

from cachet_sdk.core.models.base import Model, ensure_built
from cachet_sdk.core.models.fields import (
    LONGEST_NAME,
    DefaultIfNull,
    EmailInput,
    IdInput,
    MetaInput,
    NameInput,
    NoneOnError,
    OptionalIdInput,
    RequiredTextInput,
    TextInput,
    VarsInput,
    deep_copied,
    known_or_int,
    one_of,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.errors import ArgumentError


class Light(IntEnum):
    RED = 1
    GREEN = 2
    BROKEN = 9


class Sent(Model):
    """One field of each kind that servers send."""

    at: Annotated[datetime | None, NoneOnError()]
    flag: Annotated[bool, DefaultIfNull(False)] = True
    number: Annotated[int, DefaultIfNull(0)] = 7
    text: Annotated[str, DefaultIfNull("")] = "none"
    light: Annotated[Light | int, known_or_int] = Light.RED
    lamp: Annotated[Light | int, known_or_int, DefaultIfNull(Light.GREEN)] = Light.RED
    rows: Annotated[list[int], DefaultIfNull(list)] = Field(default_factory=list)
    pairs: Annotated[JsonValue, SkipValidation, deep_copied] = None


class Passed(Payload):
    """One argument of each kind that callers pass."""

    name: NameInput | None = None
    required: RequiredTextInput | None = None
    text: TextInput | None = None
    id: IdInput | None = None
    id_or_none: OptionalIdInput | None = None
    meta: MetaInput | None = None
    variables: VarsInput | None = None
    email: EmailInput | None = None
    light: Annotated[Light, one_of(Light, but=(9,))] | None = None


def read(**fields: object) -> Sent:
    return ensure_built(Sent).model_validate(fields)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("2026-07-01 12:30:15", datetime(2026, 7, 1, 12, 30, 15)),
        (None, None),
        ("", None),
        ("Mercredi 1 juillet 2026", None),
        ({"date": "2026"}, None),
        ([], None),
    ],
)
def test_a_time_that_cannot_be_parsed_is_none(sent: object, expected: datetime | None) -> None:
    assert read(at=sent).at == expected
    assert read().at is None


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(True, True), (False, False), (1, True), (0, False), ("1", True), ("0", False), (None, False), ("true", True)],
)
def test_a_flag_may_be_a_bool_a_number_or_text(sent: object, expected: bool) -> None:
    assert read(flag=sent).flag is expected


@pytest.mark.parametrize(("sent", "expected"), [(5, 5), ("5", 5), (5.0, 5), (None, 0), (-3, -3)])
def test_a_number_may_be_a_number_or_text(sent: object, expected: int) -> None:
    assert read(number=sent).number == expected


def test_null_can_default_to_an_enum_member_or_a_new_list() -> None:
    assert read(lamp=None).lamp is Light.GREEN
    assert read(lamp=9).lamp is Light.BROKEN
    assert read(rows=[1]).rows == [1]
    one, other = read(rows=None).rows, read(rows=None).rows
    assert one == other == []
    assert one is not other


@pytest.mark.parametrize("sent", [{"a": {"b": [1, {"c": 2}]}}, [[1], {"d": 3}], {}, [], None, 5, "x", False])
def test_any_json_value_is_deep_copied(sent: Any) -> None:
    pairs: Any = read(pairs=sent).pairs
    assert pairs == sent
    if sent and isinstance(sent, dict):
        pairs["a"]["b"][1]["c"] = 5
        assert sent == {"a": {"b": [1, {"c": 2}]}}


def test_a_value_nested_too_deeply_for_json_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValidationError, match="expected a JSON value"):
        read(pairs=deep)


def test_any_mapping_or_sequence_is_accepted() -> None:
    proxy = MappingProxyType({"a": [1]})
    assert Passed.build(meta=proxy, variables=proxy).values() == {"meta": {"a": [1]}, "variables": {"a": [1]}}
    assert Passed.build(variables=("a", 1)).values() == {"variables": ["a", 1]}
    for wrong in ("ab", b"ab", 5, {1, 2}):
        with pytest.raises(ArgumentError, match="^variables: "):
            Passed.build(variables=wrong)


def test_null_text_is_the_empty_string() -> None:
    assert read(text=None).text == ""
    assert read(text="x").text == "x"


@pytest.mark.parametrize(("sent", "expected"), [(2, Light.GREEN), ("2", Light.GREEN), (77, 77), ("77", 77)])
def test_an_unknown_status_remains_a_plain_int(sent: object, expected: int) -> None:
    light = read(light=sent).light

    assert light == expected
    assert isinstance(light, Light) is (expected in {1, 2, 9})


@pytest.mark.parametrize("fields", [{"flag": "perhaps"}, {"number": "many"}, {"number": 1.5}, {"light": "red"}])
def test_a_value_of_the_wrong_type_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(**fields)


@pytest.mark.parametrize(
    ("argument", "value", "problem"),
    [
        ("name", "", "must not be empty"),
        ("name", " \t\n", "must not be empty"),
        ("name", "x" * (LONGEST_NAME + 1), "at most 191 characters"),
        ("name", 5, "expected a valid string, got 5"),
        ("name", b"x", "expected a valid string, got b'x'"),
        ("required", " ", "must not be empty"),
        ("text", 5, "expected a valid string"),
        ("id", 0, "greater than 0"),
        ("id", -1, "greater than 0"),
        ("id", "1", "expected a valid integer, got '1'"),
        ("id", True, "expected a valid integer, got True"),
        ("id", 1.0, "expected a valid integer, got 1.0"),
        ("id_or_none", -1, "at least 0"),
        ("meta", [], "expected a valid dictionary"),
        ("meta", {1: 2}, "expected a valid string, got 1"),
        ("email", "nobody", "expected an e-mail address, got 'nobody'"),
        ("email", "@example.com", "expected an e-mail address"),
        ("email", "a@", "expected an e-mail address"),
        ("email", "a b@example.com", "expected an e-mail address"),
        ("light", 3, r"expected one of 1 \(RED\), 2 \(GREEN\), got 3"),
        ("light", 9, r"expected one of 1 \(RED\), 2 \(GREEN\), got 9"),
        ("light", "1", "expected one of"),
        ("light", True, "expected one of"),
        ("light", 1.0, "expected one of"),
    ],
)
def test_the_error_for_a_bad_argument_names_it(argument: str, value: object, problem: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{argument}: .*{problem}") as caught:
        Passed.build(**{argument: value})
    assert caught.value.argument == argument


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("name", "x" * LONGEST_NAME),
        ("name", " padded "),
        ("text", ""),
        ("id", 1),
        ("id_or_none", 0),
        ("meta", {"a": [1, None, {"b": True}]}),
        ("email", "Jane.Doe+x@sub.example.com"),
        ("light", 2),
        ("light", Light.RED),
    ],
)
def test_a_valid_argument_is_sent_unchanged(argument: str, value: object) -> None:
    assert Passed.build(**{argument: value}).values() == {argument: value}


def test_a_status_is_converted_to_its_enum_member() -> None:
    assert isinstance(Passed.build(light=2).light, Light)
