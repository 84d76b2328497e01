"""How requests look, and which way they take: headers, time limits, proxies, certificates."""

from __future__ import annotations

import ssl
import sys
import time
from importlib.util import find_spec
from typing import Any
from urllib.request import getproxies
from zoneinfo import ZoneInfo

import httpx
import pytest

from cachet_sdk.core.http.connection import (
    ConnectionSettings,
    chosen_proxy,
    http_transport,
    ssl_context,
)
from cachet_sdk.core.http.proxy import environment_proxy, parse_proxy
from cachet_sdk.core.http.request import RequestTemplate
from cachet_sdk.errors import ArgumentError, ConfigurationError
from cachet_sdk.options import RetryPolicy, Secret, Settings, resolve_timezone
from tests.leaks import parts_of

ENDPOINT = "https://status.example.com/api/v1"


def settings(
    endpoint: str = ENDPOINT,
    *,
    version: str = "1",
    timezone: str | None = None,
    timeout: float | httpx.Timeout | None = 30.0,
) -> Settings:
    return Settings(
        endpoint=endpoint,
        token=Secret("very-secret"),
        version=version,
        timezone=resolve_timezone(timezone),
        timeout=timeout,
        total_timeout=None,
        retry=RetryPolicy(max_retries=0),
        max_response_bytes=1000,
        user_agent="test/1",
    )


@pytest.fixture(autouse=True)
def no_proxy_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_a_read_says_what_it_takes_and_who_asks() -> None:
    assert dict(RequestTemplate(settings()).headers(None, utc=False)) == {
        b"Host": b"status.example.com",
        b"Accept": b"application/json",
        b"Accept-Encoding": b"gzip",
        b"Connection": b"keep-alive",
        b"User-Agent": b"test/1",
        b"X-Cachet-Token": b"very-secret",
    }


def test_cachet_3_is_told_who_asks_in_the_usual_header() -> None:
    headers = dict(RequestTemplate(settings(version="3")).headers(None, utc=False))

    assert headers[b"Authorization"] == b"Bearer very-secret"
    assert b"X-Cachet-Token" not in headers


def test_a_write_says_what_it_brings_and_how_long_it_is() -> None:
    headers = dict(RequestTemplate(settings()).headers(b'{"a":1}', utc=False))

    assert headers[b"Content-Type"] == b"application/json"
    assert headers[b"Content-Length"] == b"7"


def test_the_time_zone_is_named_when_the_client_or_the_request_has_one() -> None:
    assert (b"Time-Zone", b"UTC") in RequestTemplate(settings()).headers(None, utc=True)
    assert (b"Time-Zone", b"UTC") in RequestTemplate(settings(timezone="Europe/Oslo")).headers(None, utc=False)
    assert b"Time-Zone" not in dict(RequestTemplate(settings()).headers(None, utc=False))


def test_cachet_3_is_told_no_time_zone() -> None:
    form = RequestTemplate(settings(version="3", timezone="Europe/Oslo"))

    assert b"Time-Zone" not in dict(form.headers(None, utc=False))
    assert settings(timezone="Europe/Oslo").timezone == ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [
        ("http://localhost:8000/api/v1", b"localhost:8000"),
        ("https://status.example.com:443/api/v1", b"status.example.com"),
        ("http://[::1]:8000/api/v1", b"[::1]:8000"),
        ("https://bücher.example/api/v1", b"xn--bcher-kva.example"),
    ],
)
def test_the_host_is_named_as_on_the_wire(endpoint: str, host: bytes) -> None:
    assert dict(RequestTemplate(settings(endpoint)).headers(None, utc=False))[b"Host"] == host


@pytest.mark.parametrize("host", ["a" * 64, "a..b", "xn--\x7f"])
def test_a_host_that_cannot_be_is_refused(host: str) -> None:
    with pytest.raises(ArgumentError, match="^endpoint: has an invalid host name"):
        RequestTemplate(settings(f"https://{host}/api/v1"))


def test_the_token_is_in_no_repr_of_what_holds_it() -> None:
    holders = parts_of(RequestTemplate(settings()))
    assert len(holders) > 2
    for holder in (*holders, settings()):
        assert "very-secret" not in repr(holder)


def test_the_token_is_taken_out_of_a_text() -> None:
    assert RequestTemplate(settings()).redact(b"<pre>very-secret and very-secret</pre>") == b"<pre>*** and ***</pre>"


def test_without_a_deadline_the_time_limits_are_those_of_the_settings() -> None:
    assert RequestTemplate(settings(timeout=5)).extensions(None) == {
        "timeout": {"connect": 5, "read": 5, "write": 5, "pool": 5}
    }


def test_no_time_limit_goes_past_the_deadline() -> None:
    form = RequestTemplate(settings(timeout=httpx.Timeout(None, connect=1.0)))
    limits = form.extensions(time.monotonic() + 3)["timeout"]

    assert limits["connect"] == 1.0
    assert all(2.5 < limits[name] <= 3 for name in ("read", "write", "pool"))


def test_a_deadline_that_is_far_away_changes_nothing() -> None:
    form = RequestTemplate(settings(timeout=5))

    assert form.extensions(time.monotonic() + 60) == form.extensions(None)


def test_a_deadline_that_has_passed_leaves_no_negative_time_limit() -> None:
    limits = RequestTemplate(settings(timeout=None)).extensions(time.monotonic() - 3)["timeout"]

    assert set(limits.values()) == {0.001}


@pytest.mark.parametrize("seconds", [-1, 0, float("nan"), 1e12, True, "5"])
def test_a_time_limit_within_an_httpx_timeout_is_checked_too(seconds: float) -> None:
    with pytest.raises(ArgumentError, match="^timeout: expected"):
        RequestTemplate(settings(timeout=httpx.Timeout(5, read=seconds)))


ENDPOINTS = [
    "https://status.example.com/api/v1",
    "http://status.example.com/api/v1",
    "https://status.example.com:8443/api/v1",
    "https://example.com/api/v1",
    "https://notexample.com/api/v1",
    "http://localhost:8000/api/v1",
    "http://127.0.0.1:8000/api/v1",
    "http://192.168.1.5/api/v1",
    "http://[::1]:8000/api/v1",
]
NO_PROXY_FORMS = [
    "",
    "*",
    " , ",
    "example.com",
    ".example.com",
    "status.example.com",
    "example.com:8443",
    "status.example.com:8443",
    "https://status.example.com",
    "http://status.example.com",
    "https://example.com",
    "*.example.com",
    "com",
    "localhost",
    "127.0.0.1",
    "::1",
    "192.168.1.5",
    "localhost, 127.0.0.1 ,.example.com",
    "other.org,*",
    "EXAMPLE.com",
    "LOCALHOST",
    "https://",
    "all://status.example.com",
    "https://*.example.com",
    "https://*example.com",
    "https://status.example.com:8443",
    "status.example.com:443",
]


@pytest.mark.parametrize("form", NO_PROXY_FORMS)
def test_the_environment_is_understood_as_httpx_does(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://plain.proxy:1")
    monkeypatch.setenv("HTTPS_PROXY", "secure.proxy:2")
    monkeypatch.setenv("NO_PROXY", form)

    with httpx.Client(verify=False) as client:
        for endpoint in ENDPOINTS:
            proxy = environment_proxy(endpoint, getproxies())
            assert place_of(proxy or endpoint) == chosen_by_httpx(client, endpoint), (form, endpoint)


@pytest.mark.parametrize(("form", "exempt"), [("[::1]", True), ("[::2]", False), ("localhost:http", False)])
def test_forms_that_httpx_stumbles_over_are_understood(form: str, exempt: bool) -> None:
    proxy = environment_proxy("http://[::1]:8000/api/v1", {"http": "http://proxy.test", "no": form})

    assert (proxy is None) is exempt


@pytest.mark.parametrize(
    "variables",
    [{}, {"ALL_PROXY": "http://any.proxy:3"}, {"HTTPS_PROXY": "http://one:1", "ALL_PROXY": "http://any.proxy:3"}],
)
def test_a_proxy_for_everything_is_the_last_resort(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with httpx.Client(verify=False) as client:
        for endpoint in ENDPOINTS:
            proxy = environment_proxy(endpoint, getproxies())
            assert place_of(proxy or endpoint) == chosen_by_httpx(client, endpoint), endpoint


class ConnectingError(Exception):
    """Ends a request of httpx before it connects, with the place to which it would."""


def place_of(url: str) -> tuple[str, int]:
    """Return the host and the port of a URL."""
    parsed = httpx.URL(url)
    return parsed.host, parsed.port or {"http": 80, "https": 443}[parsed.scheme]


def chosen_by_httpx(client: httpx.Client, endpoint: str) -> tuple[str, int]:
    """Return the host and the port to which httpx would connect: those of a proxy or of the endpoint itself."""

    def trace(event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.started":
            raise ConnectingError(info["host"], info["port"])

    with pytest.raises(ConnectingError) as caught:
        client.get(endpoint, extensions={"trace": trace})
    host, port = caught.value.args
    return host, port


@pytest.mark.parametrize("proxy", ["localhost:8080", "gopher://proxy", "http://", "http://:80", 5, b"http://proxy"])
def test_a_proxy_that_cannot_be_is_refused_without_being_shown(proxy: str) -> None:
    with pytest.raises(ArgumentError, match="^proxy: expected a URL such as"):
        parse_proxy(proxy)


def test_the_password_of_a_proxy_is_not_in_the_error() -> None:
    with pytest.raises(ArgumentError) as caught:
        parse_proxy("gopher://user:pass-word@proxy")
    assert "pass-word" not in str(caught.value)


@pytest.mark.skipif(find_spec("socksio") is not None, reason="SOCKS is supported here")
def test_a_socks_proxy_needs_a_package_that_httpx_leaves_to_choice() -> None:
    with pytest.raises(ArgumentError, match=r"^proxy: is a SOCKS proxy, which requires the package httpx\[socks\]"):
        parse_proxy("socks5://localhost:1080")


def chosen(connection: ConnectionSettings[httpx.BaseTransport, httpx.Client]) -> str | None:
    proxy = chosen_proxy(settings(), connection)
    return None if proxy is None else str(proxy.url)


def test_a_proxy_is_taken_in_each_form_of_httpx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://from.environment:1")
    for proxy in ("http://proxy.test:8030", httpx.URL("http://proxy.test:8030"), httpx.Proxy("http://proxy.test:8030")):
        assert chosen(ConnectionSettings(proxy=proxy)) == "http://proxy.test:8030"


def test_the_proxy_of_the_environment_is_used_unless_it_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://from.environment:1")
    assert chosen(ConnectionSettings()) == "http://from.environment:1"
    assert chosen(ConnectionSettings(trust_env=False)) is None


@pytest.mark.parametrize(
    ("no_proxy", "exempt"),
    [("10.0.0.0/8", True), ("10.1.0.0/16,10.2.3.0/24", True), ("192.168.0.0/16", False), ("::/0", False)],
)
def test_a_range_of_addresses_is_exempt_as_with_curl_and_requests(no_proxy: str, exempt: bool) -> None:
    proxies = {"http": "http://proxy.test:1", "no": no_proxy}
    assert (environment_proxy("http://10.2.3.4/api/v1", proxies) is None) is exempt


def test_plain_http_loads_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_, **__: loaded.append("certificates"))
    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", lambda *_, **__: loaded.append("certificates"))
    plain = settings("http://127.0.0.1:8000/api/v1")

    ssl_context(plain, ConnectionSettings(), None)
    ssl_context(plain, ConnectionSettings(), httpx.Proxy("http://proxy.test"))
    assert loaded == []
    ssl_context(plain, ConnectionSettings(), httpx.Proxy("https://proxy.test"))
    ssl_context(settings(), ConnectionSettings(), None)
    assert len(loaded) >= 2


def test_an_ssl_context_of_the_caller_is_used_as_it_is() -> None:
    context = ssl.create_default_context()
    assert ssl_context(settings(), ConnectionSettings(verify=context), None) is context


def test_certificates_of_the_environment_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/at/all.pem")
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        ssl_context(settings(), ConnectionSettings(), None)
    ssl_context(settings(), ConnectionSettings(trust_env=False), None)


def test_a_context_that_offers_another_http_is_answered_in_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[object] = []
    monkeypatch.setattr(ssl.SSLContext, "set_alpn_protocols", lambda _, names: offered.append(names))
    http_transport(ConnectionSettings(), ssl.create_default_context(), None).close()
    assert offered in ([["http/1.1"]], [])


def test_time_limits_that_a_hook_changes_are_those_of_one_request() -> None:
    form = RequestTemplate(settings())
    form.extensions(None)["timeout"]["read"] = 0.001
    assert form.extensions(None)["timeout"]["read"] != 0.001


def test_the_password_of_a_proxy_is_in_no_repr() -> None:
    assert "secret" not in repr(ConnectionSettings(proxy="http://me:secret@proxy:1"))


@pytest.mark.parametrize(
    ("kept", "most", "expected"),
    [(3, 10, 10), (10, 10, 10), (0, 10, 0), (3, None, sys.maxsize), (None, 10, sys.maxsize)],
)
def test_no_connection_is_closed_that_another_thread_was_given(
    kept: int | None, most: int | None, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With fewer kept than there may be, a thread in fifty thousand waited for an answer that could not come."""
    limits = httpx.Limits(max_connections=most, max_keepalive_connections=kept)
    passed: list[httpx.Limits] = []

    class Recording(httpx.HTTPTransport):
        def __init__(self, *, limits: httpx.Limits, **options: Any) -> None:
            passed.append(limits)
            super().__init__(limits=limits, **options)

    monkeypatch.setattr(httpx, "HTTPTransport", Recording)
    http_transport(ConnectionSettings(limits=limits), ssl.create_default_context(), None).close()
    (found,) = passed
    assert found.max_connections == most
    assert min(unlimited(found.max_keepalive_connections), unlimited(most)) == min(expected, unlimited(most))


def unlimited(limit: int | None) -> int:
    return sys.maxsize if limit is None else limit
