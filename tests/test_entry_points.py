"""The two factories and the four client classes: what they accept, refuse and warn about."""

from __future__ import annotations

import asyncio
import copy
import importlib
import inspect
import logging
import pickle
import ssl
import subprocess
import sys
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import MagicMock, create_autospec

import httpx
import pytest

import cachet_sdk
from cachet_sdk import InsecureWarning, RetryPolicy, v1, v3
from cachet_sdk.client import CommonOptions
from cachet_sdk.errors import ArgumentError, ConfigurationError, TransportError
from cachet_sdk.testing import FakeCachet
from tests.faults.certificates import certificate
from tests.faults.server import Fault, FaultServer
from tests.leaks import parts_of, traces_of
from tests.script import Script, answer

ENDPOINT = "https://status.example.com/api/v1"
ENDPOINT_V3 = "https://status.example.com/api"
TOKEN = "very-secret-token"
PASSWORD = "very-secret-password"
Entry = Callable[..., Any]

factories = pytest.mark.parametrize("make", [cachet_sdk.Client, cachet_sdk.AsyncClient])
all_of_v1 = pytest.mark.parametrize("make", [cachet_sdk.Client, cachet_sdk.AsyncClient, v1.Client, v1.AsyncClient])
classes = pytest.mark.parametrize("make", [v1.Client, v1.AsyncClient, v3.Client, v3.AsyncClient])


def http_client(make: Entry, **options: Any) -> httpx.Client | httpx.AsyncClient:
    """Return an httpx client of the kind that ``make`` expects, which answers every request with a pong."""
    transport = Script(answer({"data": "Pong!"})).transport
    kind = httpx.AsyncClient if "Async" in make.__name__ else httpx.Client
    return kind(transport=transport, **options)


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHET_ENDPOINT", raising=False)
    monkeypatch.delenv("CACHET_API_TOKEN", raising=False)


@pytest.fixture
def transport() -> httpx.MockTransport:
    return Script(answer({"data": "Pong!"})).transport


@factories
def test_the_first_four_arguments_are_positional_in_the_documented_order(make: Entry) -> None:
    parameters = inspect.signature(make).parameters.values()
    positional = [one for one in parameters if one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]

    assert [one.name for one in positional] == ["endpoint", "api_token", "version", "verify_tls"]
    assert [one.default for one in positional] == [None, None, None, True]


def test_both_factories_take_the_same_arguments() -> None:
    def shape(make: Entry) -> list[tuple[str, object, object]]:
        parameters = inspect.signature(make).parameters.values()
        return [(one.name, one.kind, one.default) for one in parameters]

    assert shape(cachet_sdk.Client) == shape(cachet_sdk.AsyncClient)


def test_the_version_chooses_the_client(transport: httpx.MockTransport) -> None:
    assert isinstance(cachet_sdk.Client(ENDPOINT, TOKEN, transport=transport), v1.Client)
    assert isinstance(cachet_sdk.AsyncClient(ENDPOINT, TOKEN, transport=transport), v1.AsyncClient)
    assert isinstance(cachet_sdk.Client("https://example.com/api", TOKEN, "1", transport=transport), v1.Client)
    assert isinstance(cachet_sdk.Client("https://example.com/api", TOKEN, "3", transport=transport), v3.Client)
    assert isinstance(
        cachet_sdk.AsyncClient("https://example.com/api", TOKEN, "3", transport=transport), v3.AsyncClient
    )


def first_request_of(make: Entry, *arguments: Any, **options: Any) -> httpx.Request:
    """Create a client and return the request that it sends for a ping."""
    script = Script(answer({"data": "Pong!"}))
    client = make(*arguments, transport=script.transport, **options)

    async def ping() -> bool:
        answered: bool | Awaitable[bool] = client.ping()
        return answered if isinstance(answered, bool) else await answered

    assert asyncio.run(ping())
    return script.requests[0]


@factories
def test_the_environment_is_used_for_arguments_not_passed(
    make: Entry, transport: httpx.MockTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CACHET_ENDPOINT", "https://from.environment/api/v1/")
    monkeypatch.setenv("CACHET_API_TOKEN", "from-environment")

    assert make(transport=transport).endpoint == "https://from.environment/api/v1"
    request = first_request_of(make)
    assert request.url == "https://from.environment/api/v1/ping"
    assert request.headers["X-Cachet-Token"] == "from-environment"
    assert make(ENDPOINT, transport=transport).endpoint == ENDPOINT


@factories
def test_a_missing_endpoint_or_token_is_a_value_error(make: Entry, transport: httpx.MockTransport) -> None:
    with pytest.raises(ValueError, match="^endpoint: none given"):
        make(api_token=TOKEN, transport=transport)
    with pytest.raises(ValueError, match="^api_token: none given"):
        make(ENDPOINT, transport=transport)
    with pytest.raises(ValueError, match="^endpoint: the API version cannot be determined"):
        make("https://status.example.com/api", TOKEN, transport=transport)


BAD_SETTINGS: list[tuple[dict[str, Any], str]] = [
    ({"endpoint": "status.example.com/api/v1"}, "endpoint"),
    ({"endpoint": "https://user:pw@status.example.com/api/v1"}, "endpoint"),
    ({"endpoint": f"https://{'a' * 70}.com/api/v1"}, "endpoint"),
    ({"api_token": TOKEN + "\n"}, "api_token"),
    ({"api_token": 5}, "api_token"),
    ({"api_token": TOKEN.encode()}, "api_token"),
    ({"verify_tls": "yes"}, "verify_tls"),
    ({"verify_tls": None}, "verify_tls"),
    ({"verify_tls": "/no/such/file.pem"}, "verify_tls"),
    ({"verify_tls": __file__}, "verify_tls"),
    ({"verify_tls": ""}, "verify_tls"),
    ({"verify_tls": "false"}, "verify_tls"),
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
    ({"retry": 3}, "retry"),
    ({"retry": RetryPolicy(max_retries=1), "max_retries": 3}, "max_retries"),
    ({"headers": [("X-A", PASSWORD)]}, "headers"),
    ({"headers": {"X A": PASSWORD}}, "headers"),
    ({"headers": {"X-A": f"{PASSWORD}\n"}}, "headers"),
    ({"headers": {"X-A": PASSWORD.encode()}}, "headers"),
    ({"headers": {"X-Cachet-Token": PASSWORD}}, "headers"),
    ({"headers": {"Authorization": PASSWORD}, "auth": ("user", PASSWORD)}, "headers"),
    ({"headers": {"content-length": "7"}}, "headers"),
    ({"headers": {"User-Agent": "x"}}, "headers"),
    ({"auth": PASSWORD}, "auth"),
    ({"auth": ("user", PASSWORD, 3)}, "auth"),
    ({"auth": ("user", None)}, "auth"),
    ({"trust_env": "no"}, "trust_env"),
    ({"http2": 1}, "http2"),
    ({"http_client": "http"}, "http_client"),
    ({"timezone": "Mars/Olympus"}, "timezone"),
    ({"timezone": 2}, "timezone"),
    ({"user_agent": "a\nb"}, "user_agent"),
    ({"limits": 5}, "limits"),
    ({"limits": httpx.Limits(max_connections=0)}, "limits"),
    ({"limits": None}, "limits"),
    ({"transport": "http"}, "transport"),
    ({"event_hooks": {"requests": [print]}}, "event_hooks"),
    ({"event_hooks": 5}, "event_hooks"),
    ({"event_hooks": {"request": print}}, "event_hooks"),
    ({"event_hooks": {"request": ["print"]}}, "event_hooks"),
    ({"max_response_bytes": 0}, "max_response_bytes"),
    ({"transport": None, "proxy": PASSWORD}, "proxy"),
    ({"endpoint": f"https://user:{PASSWORD}@status.example.com/api/v1"}, "endpoint"),
]


@all_of_v1
@pytest.mark.parametrize(("setting", "named"), BAD_SETTINGS, ids=[str(number) for number in range(len(BAD_SETTINGS))])
def test_the_error_for_a_bad_argument_names_it_and_shows_no_secret(
    make: Entry, setting: dict[str, Any], named: str, transport: httpx.MockTransport
) -> None:
    with pytest.raises(ArgumentError, match=f"^{named}: ") as caught:
        make(**{"endpoint": ENDPOINT, "api_token": TOKEN, "transport": transport} | setting)
    assert caught.value.argument == named
    assert TOKEN not in traces_of(caught.value)
    assert PASSWORD not in traces_of(caught.value)
    # Crash reporters call repr() on objects whose __init__ is still running: it must not raise.
    frames: TracebackType | None = caught.tb
    while frames is not None:
        assert frames.tb_frame.f_locals.get("self") is None or repr(frames.tb_frame.f_locals["self"])
        frames = frames.tb_next


def test_a_sync_transport_in_an_async_client_is_refused_and_vice_versa() -> None:
    with (
        httpx.HTTPTransport(verify=False) as sync_transport,
        pytest.raises(ArgumentError, match=r"httpx\.AsyncBaseTransport"),
    ):
        cachet_sdk.AsyncClient(ENDPOINT, TOKEN, transport=sync_transport)  # type: ignore[call-overload]  # the mistake
    with pytest.raises(ArgumentError, match=r"^transport: expected an httpx\.BaseTransport"):
        cachet_sdk.Client(ENDPOINT, TOKEN, transport=httpx.AsyncHTTPTransport(verify=False))  # type: ignore[call-overload]  # as above


INSECURE = [
    ({"endpoint": "http://status.example.com/api/v1"}, "the endpoint is plain HTTP"),
    ({"verify_tls": False}, "verify_tls=False"),
]


@all_of_v1
@pytest.mark.parametrize(("arguments", "text"), INSECURE, ids=["http", "verify_tls"])
def test_an_insecure_connection_warns_at_the_line_of_the_caller(
    make: Entry, arguments: dict[str, Any], text: str
) -> None:
    with pytest.warns(InsecureWarning, match=text) as caught:
        make(**{"endpoint": ENDPOINT, "api_token": TOKEN} | arguments)
    assert [(one.filename, one.category) for one in caught] == [(__file__, InsecureWarning)]
    assert issubclass(InsecureWarning, cachet_sdk.CachetWarning)
    assert issubclass(cachet_sdk.CachetWarning, UserWarning)


def test_subclasses_test_helpers_and_detection_warn_at_the_line_of_the_caller() -> None:
    class StatusPage(v1.Client):
        def __init__(self) -> None:
            super().__init__("http://status.example.com/api/v1", TOKEN)

    def detect() -> None:
        with pytest.raises(cachet_sdk.TransportError):
            cachet_sdk.detect_version("https://127.0.0.1:1/api", verify_tls=False)

    calls: list[Callable[[], object]] = [
        StatusPage,
        lambda: FakeCachet().client(endpoint="http://status.example.com/api/v1", transport=None),
        detect,
    ]
    for call in calls:
        with pytest.warns(InsecureWarning) as caught:
            call()
        assert [one.filename for one in caught] == [__file__]


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.usefixtures("no_proxies")
def test_a_remote_proxy_for_a_local_plain_http_endpoint_warns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    local = {1: "http://localhost:8000/api/v1", 3: "http://127.0.0.1:8000/api"}
    makes: list[Callable[[], object]] = [
        lambda: v1.Client(local[1], TOKEN),
        lambda: v1.AsyncClient(local[1], TOKEN),
        lambda: v3.Client(local[3], TOKEN),
        lambda: v3.AsyncClient(local[3], TOKEN),
        lambda: cachet_sdk.Client(local[3], TOKEN, version="3"),
        lambda: cachet_sdk.AsyncClient(local[3], TOKEN, version="3"),
    ]
    monkeypatch.setenv("http_proxy", "http://user:password@proxy.example.com:3128")
    for make in makes:
        with pytest.warns(InsecureWarning, match=r"through the proxy proxy\.example\.com, which can read") as caught:
            make()
        assert [one.filename for one in caught] == [__file__]
        assert "password" not in str(caught[0].message)
    monkeypatch.delenv("http_proxy")
    with pytest.warns(InsecureWarning, match="through the proxy 10.0.0.1"):
        v1.Client(local[1], TOKEN, proxy="https://10.0.0.1:3128")


@pytest.mark.usefixtures("no_proxies")
@pytest.mark.parametrize(
    ("endpoint", "variable", "arguments"),
    [
        ("http://localhost:8000/api/v1", "http://127.0.0.1:3128", {}),
        ("http://localhost:8000/api/v1", "http://proxy.example.com:3128", {"trust_env": False}),
        ("http://localhost:8000/api/v1", "http://proxy.example.com:3128", {"proxy": "http://localhost:3128"}),
        ("https://localhost:8000/api/v1", "http://proxy.example.com:3128", {}),
    ],
)
def test_a_proxy_that_cannot_expose_the_token_does_not_warn(
    monkeypatch: pytest.MonkeyPatch, endpoint: str, variable: str, arguments: dict[str, Any]
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, variable)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        v1.Client(endpoint, TOKEN, **arguments)
        v1.AsyncClient(endpoint, TOKEN, **arguments)


@pytest.mark.usefixtures("no_proxies")
def test_a_host_excluded_by_no_proxy_does_not_warn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example.com:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.0/8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        v1.Client("http://127.0.0.1:8000/api/v1", TOKEN)


@factories
def test_secure_connections_do_not_warn(make: Entry, transport: httpx.MockTransport) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make("http://127.0.0.1:8000/api/v1", TOKEN)
        make("http://localhost:8000/api/v1", TOKEN)
        make(ENDPOINT, TOKEN, verify_tls=ssl.create_default_context())
        make("http://in.memory/api/v1", TOKEN, transport=transport)
        make("http://in.memory/api/v1", TOKEN, http_client=http_client(make))


@factories
def test_no_timeout_and_an_httpx_timeout_are_accepted(make: Entry) -> None:
    for timeout in (None, httpx.Timeout(5, connect=1)):
        request = first_request_of(make, ENDPOINT, TOKEN, timeout=timeout, total_timeout=None)
        assert request.extensions["timeout"] == httpx.Timeout(timeout).as_dict()


def test_a_bad_argument_is_a_configuration_error(fake_cachet: FakeCachet) -> None:
    with pytest.raises(ConfigurationError):
        fake_cachet.client(max_retries=-1)


@pytest.mark.parametrize("version", ["v1", "v3"])
def test_each_version_package_exports_its_public_classes(version: str) -> None:
    package = importlib.import_module(f"cachet_sdk.{version}")
    assert package.Client is importlib.import_module(f"cachet_sdk.{version}.client").Client
    assert package.AsyncClient is importlib.import_module(f"cachet_sdk.{version}.aio.client").AsyncClient
    for name in package.__all__:
        assert getattr(package, name).__name__ == name
        assert getattr(package, name).__module__.startswith((f"cachet_sdk.{version}.", "cachet_sdk.core."))
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match=f"cachet_sdk.{version}' has no attribute 'Klient'"):
        _ = package.Klient


@pytest.mark.parametrize(
    ("version", "advice"),
    [
        ("2.4", "use '1', a str, for Cachet 2"),
        ("2", "use '1', a str, for Cachet 2"),
        ("v2.3.18", "use '1', a str, for Cachet 2"),
        ("v1", "use '1', a str, for Cachet 2"),
        (1, "use '1', a str, for Cachet 2"),
        (2.4, "use '1', a str, for Cachet 2"),
        ("3.x-dev", "use '3', a str, for Cachet 3"),
        (3, "use '3', a str, for Cachet 3"),
        ("", "use '1' for Cachet 2, or '3' for Cachet 3"),
        ("24", "use '1' for Cachet 2, or '3' for Cachet 3"),
        (["1"], "use '1' for Cachet 2, or '3' for Cachet 3"),
        (True, "use '1' for Cachet 2, or '3' for Cachet 3"),
    ],
)
@factories
def test_the_error_for_a_wrong_version_suggests_the_right_one(make: Entry, version: object, advice: str) -> None:
    with pytest.raises(ArgumentError, match=f"^version: .* is not a version of Cachet's API; {advice}$"):
        make(ENDPOINT, TOKEN, version)


@classes
def test_a_client_class_lists_its_arguments_and_has_a_fixed_version(
    make: Entry, transport: httpx.MockTransport
) -> None:
    parameters = inspect.signature(make, eval_str=True).parameters
    assert list(parameters)[:2] == ["endpoint", "api_token"]
    assert {one.name for one in parameters.values() if one.kind is inspect.Parameter.KEYWORD_ONLY} == {
        "verify_tls",
        *cachet_sdk.ClientOptions.__annotations__,
        *CommonOptions.__annotations__,
    }
    assert "total_timeout: Seconds that a call may take" in (inspect.getdoc(make.__init__) or "")
    if make.__module__.startswith("cachet_sdk.v1"):
        assert make("https://status.example.com/page", TOKEN, transport=transport).endpoint.endswith("/page")
    else:
        with pytest.raises(ArgumentError, match="use /api for Cachet 3"):
            make(ENDPOINT, TOKEN, transport=transport)


@classes
async def test_mocks_of_a_client_class_have_its_managers(make: type[Any]) -> None:
    managers = {name for name in make.__annotations__ if not name.startswith("_")}
    assert {"ping", "components", "incidents", "metric_points", "subscribers"} <= managers
    loose, strict = MagicMock(spec=make), create_autospec(make, instance=True)
    for name in managers:
        assert getattr(loose, name)
        assert isinstance(getattr(strict, name), type(getattr(make, name)))
    made = create_autospec(make)(ENDPOINT, TOKEN, timeout=3)
    for result in (strict.components.get(1), strict.ping(), made.components.delete(1)):
        if inspect.isawaitable(result):
            await result
    strict.components.get.assert_called_once_with(1)
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        strict.components.get(1, colour="red")
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = strict.components.no_such_thing
    with pytest.raises(AttributeError, match="no_such_manager"):
        _ = loose.no_such_manager


def test_a_client_class_can_be_subclassed() -> None:
    class StatusPage(v1.Client):
        """A client with a default timeout and a method of its own."""

        def __init__(self, fake: FakeCachet) -> None:
            super().__init__(fake.endpoint, fake.token, transport=fake.transport, timeout=3)
            self.name = "page"

        def names(self) -> list[str]:
            return [component.name for component in self.components.list()]

    with StatusPage(FakeCachet()) as page:
        page.components.create(name="API", status=1)
        patient = page.with_options(timeout=60)
        assert page.names() == patient.names() == ["API"]
        assert (type(patient), patient.name) == (StatusPage, "page")


@all_of_v1
def test_an_argument_that_would_have_no_effect_is_refused(make: Entry, transport: httpx.MockTransport) -> None:
    ineffective: list[tuple[str, object]] = [
        ("verify_tls", False),
        ("verify_tls", ssl.create_default_context()),
        ("proxy", "http://localhost:8030"),
        ("trust_env", False),
        ("http2", True),
        ("limits", httpx.Limits(max_connections=3)),
    ]
    carriers: list[dict[str, Any]] = [{"transport": transport}, {"http_client": http_client(make)}]
    for carrier in carriers:
        for argument, value in ineffective:
            with pytest.raises(ArgumentError, match=f"^{argument}: has no effect with {next(iter(carrier))}, "):
                make(ENDPOINT, TOKEN, **carrier, **{argument: value})
    with pytest.raises(ArgumentError, match="^transport: has no effect with http_client, "):
        make(ENDPOINT, TOKEN, transport=transport, http_client=http_client(make))


@all_of_v1
def test_an_http_client_must_be_open_and_of_the_right_kind(make: Entry) -> None:
    other = httpx.Client if "Async" in make.__name__ else httpx.AsyncClient
    with pytest.raises(ArgumentError, match=r"^http_client: expected an httpx\.(Async)?Client, got <httpx"):
        make(ENDPOINT, TOKEN, http_client=other(transport=Script().transport))
    with httpx.Client(transport=Script().transport) as closed:
        pass
    with pytest.raises(ArgumentError, match="^http_client: is closed; pass an open one"):
        v1.Client(ENDPOINT, TOKEN, http_client=closed)


@pytest.mark.parametrize("make", [v3.Client, v3.AsyncClient])
def test_cachet_3_refuses_options_that_would_replace_its_token_and_says_why(make: Entry) -> None:
    reason = "authentication would replace the Authorization header"
    for auth in (("user", PASSWORD), httpx.BasicAuth("user", PASSWORD), lambda request: request):
        with pytest.raises(ArgumentError, match=f"^auth: {reason}") as caught:
            make(ENDPOINT_V3, TOKEN, auth=auth)
        assert PASSWORD not in traces_of(caught.value)
    with pytest.raises(ArgumentError, match=f"^http_client: {reason}"):
        make(ENDPOINT_V3, TOKEN, http_client=http_client(make, auth=("user", PASSWORD)))
    with pytest.raises(ArgumentError, match="^headers: Authorization cannot be set: it carries the API token"):
        make(ENDPOINT_V3, TOKEN, headers={"Authorization": PASSWORD})


@all_of_v1
def test_http2_requires_the_h2_package(make: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "h2", None)
    with pytest.raises(ArgumentError, match=r"^http2: requires the package h2; install httpx\[http2\]$"):
        make(ENDPOINT, TOKEN, http2=True)


@all_of_v1
def test_no_repr_shows_a_secret(make: Entry) -> None:
    client = make(ENDPOINT, TOKEN, headers={"X-Gateway": PASSWORD}, auth=("user", PASSWORD))
    shown = "".join(map(repr, parts_of(client)))
    assert "ConnectionSettings(" in shown
    assert PASSWORD not in shown
    assert TOKEN not in shown


@classes
def test_a_client_cannot_be_pickled_or_copied_and_the_error_says_what_to_do(
    make: Entry, transport: httpx.MockTransport
) -> None:
    client = make("https://status.example.com/api", TOKEN, transport=transport)
    attempts: list[Callable[[Any], object]] = [pickle.dumps, copy.copy, copy.deepcopy]
    for attempt in attempts:
        with pytest.raises(TypeError, match=r"cachet_sdk\.v[13]\.(aio\.)?client\.(Async)?Client: .* with_options\(\)"):
            attempt(client)


def test_a_certificate_authority_can_be_given_as_a_path(tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    authority.write_bytes(certificate("good"))
    with FaultServer(Fault("none", certificate="good")) as server:
        for trusted in (authority, str(authority)):
            with v1.Client(server.endpoint, TOKEN, verify_tls=trusted) as client:
                assert client.ping()
        # In a folder, OpenSSL finds only files named after a hash of the subject: this folder has none.
        for untrusted in (True, tmp_path):
            with (
                v1.Client(server.endpoint, TOKEN, verify_tls=untrusted, max_retries=0) as client,
                pytest.raises(TransportError, match="certificate"),
            ):
                client.version()


def test_retries_print_nothing_in_a_program_that_does_not_configure_logging() -> None:
    program = """
import httpx
from cachet_sdk import Client
answers = [httpx.Response(503, headers={"Retry-After": "0"}), httpx.Response(200, json={"data": "2.4.0", "meta": {}})]
transport = httpx.MockTransport(lambda request: answers.pop(0))
print(Client("https://a.test/api/v1", "token", transport=transport).version().value)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("2.4.0\n", "")
    assert any(isinstance(one, logging.NullHandler) for one in logging.getLogger("cachet_sdk").handlers)
