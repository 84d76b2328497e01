"""The two doors, ``Client()`` and ``AsyncClient()``: what they take, what they refuse, what they warn of."""

from __future__ import annotations

import importlib
import inspect
import ssl
import warnings
from collections.abc import Callable
from typing import Any

import httpx
import pytest

import cachet_sdk
from cachet_sdk.errors import ArgumentError, ConfigurationError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.aio.client import AsyncClient as AsyncClientV1
from cachet_sdk.v1.client import Client as ClientV1
from cachet_sdk.v3.aio.client import AsyncClient as AsyncClientV3
from cachet_sdk.v3.client import Client as ClientV3
from tests.leaks import traces_of
from tests.script import Script, answer

ENDPOINT = "https://status.example.com/api/v1"
TOKEN = "very-secret-token"
Door = Callable[..., Any]

both = pytest.mark.parametrize("door", [cachet_sdk.Client, cachet_sdk.AsyncClient])


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHET_ENDPOINT", raising=False)
    monkeypatch.delenv("CACHET_API_TOKEN", raising=False)


@pytest.fixture
def transport() -> httpx.MockTransport:
    return Script(answer({"data": "Pong!"})).transport


@both
def test_the_first_four_arguments_are_the_documented_ones_in_their_order(door: Door) -> None:
    parameters = inspect.signature(door).parameters.values()
    positional = [one for one in parameters if one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]

    assert [one.name for one in positional] == ["endpoint", "api_token", "version", "verify_tls"]
    assert [one.default for one in positional] == [None, None, None, True]
    assert {one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY} >= {
        "timeout",
        "max_retries",
        "timezone",
        "user_agent",
        "proxy",
        "limits",
        "transport",
    }


def test_both_doors_take_the_same_arguments() -> None:
    def shape(door: Door) -> list[tuple[str, object, object]]:
        parameters = inspect.signature(door).parameters.values()
        return [(one.name, one.kind, one.default) for one in parameters]

    assert shape(cachet_sdk.Client) == shape(cachet_sdk.AsyncClient)


def test_the_version_chooses_the_client(transport: httpx.MockTransport) -> None:
    assert isinstance(cachet_sdk.Client(ENDPOINT, TOKEN, transport=transport), ClientV1)
    assert isinstance(cachet_sdk.AsyncClient(ENDPOINT, TOKEN, transport=transport), AsyncClientV1)
    assert isinstance(cachet_sdk.Client("https://example.com/api", TOKEN, "1", transport=transport), ClientV1)
    assert isinstance(cachet_sdk.Client("https://example.com/api", TOKEN, "3", transport=transport), ClientV3)
    assert isinstance(cachet_sdk.AsyncClient("https://example.com/api", TOKEN, "3", transport=transport), AsyncClientV3)


@both
def test_the_environment_tells_what_is_not_passed(
    door: Door, transport: httpx.MockTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CACHET_ENDPOINT", "https://from.environment/api/v1/")
    monkeypatch.setenv("CACHET_API_TOKEN", "from-environment")

    client = door(transport=transport)
    assert client.endpoint == "https://from.environment/api/v1"
    assert client._transport.settings.token.reveal() == "from-environment"
    assert door(ENDPOINT, transport=transport).endpoint == ENDPOINT


@both
def test_a_missing_endpoint_or_token_is_a_value_error(door: Door, transport: httpx.MockTransport) -> None:
    with pytest.raises(ValueError, match="^endpoint: none given"):
        door(api_token=TOKEN, transport=transport)
    with pytest.raises(ValueError, match="^api_token: none given"):
        door(ENDPOINT, transport=transport)
    with pytest.raises(ValueError, match="^endpoint: its API version cannot be told"):
        door("https://status.example.com/api", TOKEN, transport=transport)


BAD_SETTINGS: list[tuple[dict[str, Any], str]] = [
    ({"endpoint": "status.example.com/api/v1"}, "endpoint"),
    ({"endpoint": "https://user:pw@status.example.com/api/v1"}, "endpoint"),
    ({"endpoint": f"https://{'a' * 70}.com/api/v1"}, "endpoint"),
    ({"api_token": TOKEN + "\n"}, "api_token"),
    ({"api_token": 5}, "api_token"),
    ({"version": "2"}, "version"),
    ({"version": 1}, "version"),
    ({"verify_tls": "yes"}, "verify_tls"),
    ({"verify_tls": None}, "verify_tls"),
    ({"verify_tls": "/etc/ssl/cert.pem"}, "verify_tls"),
    ({"timeout": 0}, "timeout"),
    ({"timeout": "5"}, "timeout"),
    ({"timeout": True}, "timeout"),
    ({"timeout": float("nan")}, "timeout"),
    ({"timeout": httpx.Timeout(5, read=-1)}, "timeout"),
    ({"total_timeout": -1}, "total_timeout"),
    ({"total_timeout": float("inf")}, "total_timeout"),
    ({"max_retries": -1}, "max_retries"),
    ({"max_retries": 1.5}, "max_retries"),
    ({"max_retries": None}, "max_retries"),
    ({"timezone": "Mars/Olympus"}, "timezone"),
    ({"timezone": 2}, "timezone"),
    ({"user_agent": "a\nb"}, "user_agent"),
    ({"limits": 5}, "limits"),
    ({"limits": httpx.Limits(max_connections=0)}, "limits"),
    ({"limits": None}, "limits"),
    ({"transport": "http"}, "transport"),
    ({"event_hooks": {"requests": [print]}}, "event_hooks"),
    ({"event_hooks": {"request": ["print"]}}, "event_hooks"),
    ({"max_response_bytes": 0}, "max_response_bytes"),
    ({"transport": None, "proxy": "nonsense"}, "proxy"),
]


@both
@pytest.mark.parametrize(("setting", "named"), BAD_SETTINGS, ids=[str(number) for number in range(len(BAD_SETTINGS))])
def test_a_bad_setting_is_refused_and_named_and_shows_no_token(
    door: Door, setting: dict[str, Any], named: str, transport: httpx.MockTransport
) -> None:
    with pytest.raises(ArgumentError, match=f"^{named}: ") as caught:
        door(**{"endpoint": ENDPOINT, "api_token": TOKEN, "transport": transport} | setting)
    assert caught.value.argument == named
    assert TOKEN not in traces_of(caught.value)


def test_a_transport_of_the_other_flavour_is_refused() -> None:
    with (
        httpx.HTTPTransport(verify=False) as blocking,
        pytest.raises(ArgumentError, match=r"httpx\.AsyncBaseTransport"),
    ):
        cachet_sdk.AsyncClient(ENDPOINT, TOKEN, transport=blocking)  # type: ignore[call-overload]  # the mistake
    with pytest.raises(ArgumentError, match=r"^transport: expected an httpx\.BaseTransport"):
        cachet_sdk.Client(ENDPOINT, TOKEN, transport=httpx.AsyncHTTPTransport(verify=False))  # type: ignore[call-overload]  # as above


@both
def test_plain_http_to_another_machine_is_warned_of(door: Door) -> None:
    with pytest.warns(UserWarning, match="the endpoint is plain http") as caught:
        door("http://status.example.com/api/v1", TOKEN)
    assert caught[0].filename == __file__


@both
def test_not_checking_the_certificate_is_warned_of(door: Door) -> None:
    with pytest.warns(UserWarning, match="verify_tls=False") as caught:
        door(ENDPOINT, TOKEN, verify_tls=False)
    assert caught[0].filename == __file__


@both
def test_what_is_safe_is_not_warned_of(door: Door, transport: httpx.MockTransport) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        door("http://127.0.0.1:8000/api/v1", TOKEN)
        door("http://localhost:8000/api/v1", TOKEN)
        door(ENDPOINT, TOKEN, verify_tls=ssl.create_default_context())
        door("http://in.memory/api/v1", TOKEN, verify_tls=False, transport=transport)


@both
def test_unlimited_times_and_an_httpx_timeout_are_taken(door: Door, transport: httpx.MockTransport) -> None:
    client = door(ENDPOINT, TOKEN, timeout=None, total_timeout=None, transport=transport)
    assert client._transport.settings.timeout is None
    timeout = httpx.Timeout(5, connect=1)
    assert door(ENDPOINT, TOKEN, timeout=timeout, transport=transport)._transport.settings.timeout is timeout


def test_a_bad_setting_is_a_configuration_error_too(fake_cachet: FakeCachet) -> None:
    with pytest.raises(ConfigurationError):
        fake_cachet.client(max_retries=-1)


@pytest.mark.parametrize("version", ["v1", "v3"])
def test_each_version_has_its_clients_at_hand(version: str) -> None:
    package = importlib.import_module(f"cachet_sdk.{version}")
    assert package.Client is importlib.import_module(f"cachet_sdk.{version}.client").Client
    assert package.AsyncClient is importlib.import_module(f"cachet_sdk.{version}.aio.client").AsyncClient
    with pytest.raises(AttributeError, match=f"cachet_sdk.{version}' has no attribute 'Klient'"):
        _ = package.Klient
