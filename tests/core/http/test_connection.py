"""How requests are built and routed: headers, timeouts, proxies, certificates."""

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

from cachet_sdk import v1
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
from tests.core.scripted import ScriptedServer
from tests.faults.certificates import certificate, serving
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


def test_a_read_sends_what_it_accepts_and_the_token() -> None:
    assert dict(RequestTemplate(settings()).headers(None, utc=False)) == {
        b"Host": b"status.example.com",
        b"Accept": b"application/json",
        b"Accept-Encoding": b"gzip",
        b"Connection": b"keep-alive",
        b"User-Agent": b"test/1",
        b"X-Cachet-Token": b"very-secret",
    }


def test_cachet_3_gets_the_token_in_the_authorization_header() -> None:
    headers = dict(RequestTemplate(settings(version="3")).headers(None, utc=False))

    assert headers[b"Authorization"] == b"Bearer very-secret"
    assert b"X-Cachet-Token" not in headers


def test_a_write_sends_the_type_and_the_length_of_its_body() -> None:
    headers = dict(RequestTemplate(settings()).headers(b'{"a":1}', utc=False))

    assert headers[b"Content-Type"] == b"application/json"
    assert headers[b"Content-Length"] == b"7"


def test_the_time_zone_header_is_sent_if_the_client_or_the_request_needs_it() -> None:
    assert (b"Time-Zone", b"UTC") in RequestTemplate(settings()).headers(None, utc=True)
    assert (b"Time-Zone", b"UTC") in RequestTemplate(settings(timezone="Europe/Oslo")).headers(None, utc=False)
    assert b"Time-Zone" not in dict(RequestTemplate(settings()).headers(None, utc=False))


def test_cachet_3_gets_no_time_zone_header() -> None:
    template = RequestTemplate(settings(version="3", timezone="Europe/Oslo"))

    assert b"Time-Zone" not in dict(template.headers(None, utc=False))
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
def test_the_host_header_has_the_host_in_its_canonical_form(endpoint: str, host: bytes) -> None:
    assert dict(RequestTemplate(settings(endpoint)).headers(None, utc=False))[b"Host"] == host


@pytest.mark.parametrize("host", ["a" * 64, "a..b", "xn--\x7f"])
def test_an_invalid_host_name_is_refused(host: str) -> None:
    with pytest.raises(ArgumentError, match="^endpoint: has an invalid host name"):
        RequestTemplate(settings(f"https://{host}/api/v1"))


def test_no_repr_of_an_object_that_holds_the_token_shows_it() -> None:
    holders = parts_of(RequestTemplate(settings()))
    assert len(holders) > 2
    for holder in (*holders, settings()):
        assert "very-secret" not in repr(holder)


def test_the_token_is_redacted_from_a_text() -> None:
    assert RequestTemplate(settings()).redact(b"<pre>very-secret and very-secret</pre>") == b"<pre>*** and ***</pre>"


def test_without_a_deadline_the_timeouts_are_those_of_the_settings() -> None:
    assert RequestTemplate(settings(timeout=5)).extensions(None) == {
        "timeout": {"connect": 5, "read": 5, "write": 5, "pool": 5}
    }


def test_no_timeout_extends_beyond_the_deadline() -> None:
    template = RequestTemplate(settings(timeout=httpx.Timeout(None, connect=1.0)))
    limits = template.extensions(time.monotonic() + 3)["timeout"]

    assert limits["connect"] == 1.0
    assert all(2.5 < limits[name] <= 3 for name in ("read", "write", "pool"))


def test_a_distant_deadline_leaves_the_timeouts_unchanged() -> None:
    template = RequestTemplate(settings(timeout=5))

    assert template.extensions(time.monotonic() + 60) == template.extensions(None)


def test_a_deadline_that_has_passed_makes_no_timeout_negative() -> None:
    limits = RequestTemplate(settings(timeout=None)).extensions(time.monotonic() - 3)["timeout"]

    assert set(limits.values()) == {0.001}


@pytest.mark.parametrize("seconds", [-1, 0, float("nan"), 1e12, True, "5"])
def test_each_value_of_an_httpx_timeout_is_checked(seconds: float) -> None:
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
def test_the_proxy_variables_are_interpreted_as_httpx_does(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://plain.proxy:1")
    monkeypatch.setenv("HTTPS_PROXY", "secure.proxy:2")
    monkeypatch.setenv("NO_PROXY", form)

    with httpx.Client(verify=False) as client:
        for endpoint in ENDPOINTS:
            proxy = environment_proxy(endpoint, getproxies())
            assert host_and_port(proxy or endpoint) == chosen_by_httpx(client, endpoint), (form, endpoint)


@pytest.mark.parametrize(("form", "exempt"), [("[::1]", True), ("[::2]", False), ("localhost:http", False)])
def test_no_proxy_entries_that_httpx_fails_on_are_understood(form: str, exempt: bool) -> None:
    proxy = environment_proxy("http://[::1]:8000/api/v1", {"http": "http://proxy.test", "no": form})

    assert (proxy is None) is exempt


@pytest.mark.parametrize(
    "variables",
    [{}, {"ALL_PROXY": "http://any.proxy:3"}, {"HTTPS_PROXY": "http://one:1", "ALL_PROXY": "http://any.proxy:3"}],
)
def test_all_proxy_is_used_if_no_specific_variable_is_set(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with httpx.Client(verify=False) as client:
        for endpoint in ENDPOINTS:
            proxy = environment_proxy(endpoint, getproxies())
            assert host_and_port(proxy or endpoint) == chosen_by_httpx(client, endpoint), endpoint


class ConnectingError(Exception):
    """Aborts a request of httpx before it connects. Its arguments are the host and the port."""


def host_and_port(url: str) -> tuple[str, int]:
    """Return the host and the port of a URL."""
    parsed = httpx.URL(url)
    return parsed.host, parsed.port or {"http": 80, "https": 443}[parsed.scheme]


def chosen_by_httpx(client: httpx.Client, endpoint: str) -> tuple[str, int]:
    """Return the host and the port that httpx would connect to: those of a proxy or of the endpoint itself."""

    def trace(event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.started":
            raise ConnectingError(info["host"], info["port"])

    with pytest.raises(ConnectingError) as caught:
        client.get(endpoint, extensions={"trace": trace})
    host, port = caught.value.args
    return host, port


@pytest.mark.parametrize("proxy", ["localhost:8080", "gopher://proxy", "http://", "http://:80", 5, b"http://proxy"])
def test_an_invalid_proxy_is_refused(proxy: str) -> None:
    with pytest.raises(ArgumentError, match="^proxy: expected a URL such as"):
        parse_proxy(proxy)


def test_the_password_of_a_proxy_is_not_in_the_error() -> None:
    with pytest.raises(ArgumentError) as caught:
        parse_proxy("gopher://user:pass-word@proxy")
    assert "pass-word" not in str(caught.value)


@pytest.mark.skipif(find_spec("socksio") is not None, reason="SOCKS is supported here")
def test_a_socks_proxy_requires_an_optional_package_of_httpx() -> None:
    with pytest.raises(ArgumentError, match=r"^proxy: is a SOCKS proxy, which requires the package httpx\[socks\]"):
        parse_proxy("socks5://localhost:1080")


def chosen(connection: ConnectionSettings[httpx.BaseTransport, httpx.Client]) -> str | None:
    proxy = chosen_proxy(settings(), connection)
    return None if proxy is None else str(proxy.url)


def test_a_proxy_may_have_each_type_that_httpx_accepts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://from.environment:1")
    for proxy in ("http://proxy.test:8030", httpx.URL("http://proxy.test:8030"), httpx.Proxy("http://proxy.test:8030")):
        assert chosen(ConnectionSettings(proxy=proxy)) == "http://proxy.test:8030"


def test_the_proxy_of_the_environment_is_used_unless_trust_env_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://from.environment:1")
    assert chosen(ConnectionSettings()) == "http://from.environment:1"
    assert chosen(ConnectionSettings(trust_env=False)) is None


@pytest.mark.parametrize(
    ("no_proxy", "exempt"),
    [("10.0.0.0/8", True), ("10.1.0.0/16,10.2.3.0/24", True), ("192.168.0.0/16", False), ("::/0", False)],
)
def test_no_proxy_may_have_address_ranges_as_in_curl_and_requests(no_proxy: str, exempt: bool) -> None:
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


def test_a_custom_ssl_context_is_used_unchanged() -> None:
    context = ssl.create_default_context()
    assert ssl_context(settings(), ConnectionSettings(verify=context), None) is context


def test_the_error_for_missing_certificates_names_the_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/at/all.pem")
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        ssl_context(settings(), ConnectionSettings(), None)
    ssl_context(settings(), ConnectionSettings(trust_env=False), None)


def test_an_ssl_context_that_offers_http2_is_used_with_http_1_1() -> None:
    offering, accepting = ssl.create_default_context(cadata=certificate("good").decode()), serving.__wrapped__("good")
    for context in (offering, accepting):
        context.set_alpn_protocols(["h2", "http/1.1"])
    with ScriptedServer(tls=accepting) as server, v1.Client(server.endpoint, "token", verify_tls=offering) as client:
        assert client.ping()
        assert server.requests[0][1].startswith(b"GET /api/v1/ping HTTP/1.1\r\n")


def test_a_hook_can_change_the_timeouts_of_one_request_only() -> None:
    template = RequestTemplate(settings())
    template.extensions(None)["timeout"]["read"] = 0.001
    assert template.extensions(None)["timeout"]["read"] != 0.001


def test_no_repr_shows_the_password_of_a_proxy() -> None:
    assert "secret" not in repr(ConnectionSettings(proxy="http://me:secret@proxy:1"))


@pytest.mark.parametrize(
    ("kept", "most", "expected"),
    [(3, 10, 10), (10, 10, 10), (0, 10, 0), (3, None, sys.maxsize), (None, 10, sys.maxsize)],
)
def test_no_connection_is_closed_that_was_assigned_to_another_thread(
    kept: int | None, most: int | None, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a lower keep-alive limit, one request in fifty thousand waited for a response that could not arrive."""
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
