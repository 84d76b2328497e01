"""The exception hierarchy: which class catches what, what errors hold, and that they survive pickling."""

from __future__ import annotations

import builtins
import copy
import pickle
import re

import httpx
import pytest

import cachet_sdk
from cachet_sdk import errors
from cachet_sdk.errors import (
    ArgumentError,
    CachetError,
    ConfigurationError,
    HTTPError,
    NotFoundError,
    RateLimitError,
    RedirectError,
    TransportError,
    UnexpectedResponseError,
    UnsupportedError,
    WebhookPayloadError,
    short_repr,
)

URL = "https://status.example.com/api/v1/components/7"


def examples() -> list[CachetError]:
    limited = RateLimitError("429", method="GET", url=URL, status_code=429, messages=["Slow down."])
    limited.retry_after = 7.0
    moved = RedirectError("301", method="POST", url=URL, status_code=301)
    moved.location = "https://elsewhere.example.com"
    odd = UnexpectedResponseError("odd", method="GET", url=URL, status_code=200, maybe_applied=True)
    odd.excerpt = "<html>"
    response = httpx.Response(404, json={"a": 1}, request=httpx.Request("GET", URL))
    return [
        CachetError("something"),
        ArgumentError("name", "is missing"),
        UnsupportedError("cannot"),
        NotFoundError("404", method="GET", url=URL, status_code=404, messages=["Gone."], response=response),
        limited,
        moved,
        odd,
        TransportError("broke", method="PUT", url=URL, maybe_applied=True, attempts=3),
        errors.TimeoutError("late", method="GET", url=URL, maybe_applied=False),
        WebhookPayloadError("not JSON", event="x"),
    ]


def test_every_error_and_warning_is_exported_and_derives_from_a_common_base() -> None:
    documented = set(re.findall(r"\b[A-Z]\w*(?:Error|Warning)\b", errors.__doc__ or "")) - {"ValueError", "UserWarning"}

    assert documented == set(errors.__all__)
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), CachetError | errors.CachetWarning)
        assert getattr(cachet_sdk, name) is getattr(errors, name)
        assert name in cachet_sdk.__all__


def test_a_usage_error_is_a_value_error() -> None:
    assert issubclass(ConfigurationError, ValueError)
    assert issubclass(ArgumentError, ConfigurationError)
    assert not issubclass(HTTPError, ValueError)


def test_a_timeout_can_be_caught_as_pythons_timeout_error() -> None:
    with pytest.raises(builtins.TimeoutError):
        raise errors.TimeoutError("late", method="GET", url=URL, maybe_applied=False)


@pytest.mark.parametrize("error", examples(), ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_and_copying(error: CachetError) -> None:
    for restored in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(restored) is type(error)
        assert str(restored) == str(error)
        assert restored.args == error.args
        assert restored.maybe_applied == error.maybe_applied
        attributes = {name: value for name, value in vars(error).items() if name != "response"}
        assert {name: value for name, value in vars(restored).items() if name != "response"} == attributes


def test_the_response_of_an_error_survives_pickling() -> None:
    error = next(one for one in examples() if isinstance(one, NotFoundError))
    restored = pickle.loads(pickle.dumps(error))

    assert restored.response.status_code == 404
    assert restored.response.json() == {"a": 1}


def test_an_error_says_what_happened() -> None:
    error = ArgumentError("name", "must not be empty")

    assert error.argument == "name"
    assert str(error) == error.message == "name: must not be empty"
    assert not error.maybe_applied


def test_messages_are_an_empty_list_if_the_server_gives_no_reason() -> None:
    assert HTTPError("418", method="GET", url=URL, status_code=418).messages == []


class BrokenRepr:
    def __repr__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a", "'a'"), (None, "None"), ("x" * 500, "'" + "x" * 76 + "..."), (BrokenRepr(), "<BrokenRepr>")],
)
def test_a_value_is_shown_in_at_most_eighty_characters(value: object, shown: str) -> None:
    assert short_repr(value) == shown


def test_a_number_with_thousands_of_digits_is_shown_as_its_type() -> None:
    assert short_repr(10**5000) == "<int>"
