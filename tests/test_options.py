"""The settings of a client, which are checked before any request is sent."""

from __future__ import annotations

import pickle
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from cachet_sdk import options as s
from cachet_sdk.errors import ArgumentError, ConfigurationError

ENDPOINT = "https://status.example.com/api/v1"


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHET_ENDPOINT", raising=False)
    monkeypatch.delenv("CACHET_API_TOKEN", raising=False)


def settings(endpoint: str = ENDPOINT, version: str = "1") -> s.Settings:
    return s.Settings(
        endpoint=endpoint,
        token=s.Secret("very-secret"),
        version=version,
        timezone=None,
        timeout=1,
        total_timeout=1,
        retry=s.RetryPolicy(max_retries=0),
        max_response_bytes=1,
        user_agent="x",
    )


def test_a_secret_is_shown_only_by_reveal() -> None:
    secret = s.Secret("very-secret")

    assert secret.reveal() == "very-secret"
    assert "very-secret" not in f"{secret} {secret!r} {settings()!r}"
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(secret)


def test_the_token_is_sent_in_the_header_of_its_version() -> None:
    assert settings().credentials() == ((b"X-Cachet-Token", b"very-secret"),)
    assert settings(version="3").credentials() == ((b"Authorization", b"Bearer very-secret"),)


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("https://status.example.com/api/v1", False),
        ("http://status.example.com/api/v1", True),
        ("http://127.0.0.1.example.com/api/v1", True),
        ("http://128.0.0.1/api/v1", True),
        ("http://127.0.0.1:8000/api/v1", False),
        ("http://127.9.9.9/api/v1", False),
        ("http://localhost/api/v1", False),
        ("http://LOCALHOST/api/v1", False),
        ("http://cachet.localhost/api/v1", False),
        ("http://[::1]:8000/api/v1", False),
    ],
)
def test_plain_http_is_reported_unless_the_host_is_this_machine(endpoint: str, expected: bool) -> None:
    assert settings(endpoint).exposes_token is expected


@pytest.mark.parametrize("endpoint", [ENDPOINT, ENDPOINT + "/", "https://example.com/api/v1/extra", "http://[::1]/v1"])
def test_the_version_is_inferred_from_the_endpoint(endpoint: str) -> None:
    assert s.resolve_version(endpoint, None) == "1"


@pytest.mark.parametrize("endpoint", ["https://example.com/api", "https://v1.example.com/", "https://example.com/v12"])
def test_an_endpoint_without_a_version_requires_the_argument(endpoint: str) -> None:
    with pytest.raises(ConfigurationError, match="Pass version='1' for Cachet 2, or version='3' for Cachet 3"):
        s.resolve_version(endpoint, None)
    assert s.resolve_version(endpoint, "3") == "3"
    assert s.resolve_version(endpoint, "1") == "1"


@pytest.mark.parametrize("version", ["2", "v1", "", 1, True, ["1"]])
def test_an_unsupported_version_is_refused(version: str) -> None:
    with pytest.raises(ArgumentError, match="^version: .* is not a version of Cachet's API; use '1'"):
        s.resolve_version(ENDPOINT, version)


def test_an_endpoint_of_another_version_is_refused() -> None:
    with pytest.raises(ArgumentError, match="^endpoint: ends in /api/v1, .* use /api for Cachet 3"):
        s.resolve_version("https://status.example.com/api/v1", "3")
    assert s.resolve_version("https://status.example.com/api/v1", "1") == "1"


def test_trailing_slashes_of_an_endpoint_are_removed() -> None:
    assert s.resolve_endpoint(ENDPOINT + "//") == ENDPOINT


def test_the_environment_is_used_for_arguments_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHET_ENDPOINT", "https://from.environment/api/v1")
    monkeypatch.setenv("CACHET_API_TOKEN", "from-environment")

    assert s.resolve_endpoint(None) == "https://from.environment/api/v1"
    assert s.resolve_endpoint(ENDPOINT) == ENDPOINT
    assert s.resolve_token(None).reveal() == "from-environment"
    assert s.resolve_token(s.Secret("passed")).reveal() == "passed"


@pytest.mark.parametrize("value", [None, ""])
def test_an_endpoint_or_token_that_is_set_nowhere_is_an_error(value: str | None) -> None:
    with pytest.raises(ConfigurationError, match=r"^endpoint: none given; pass endpoint= or set .* CACHET_ENDPOINT"):
        s.resolve_endpoint(value)
    with pytest.raises(ConfigurationError, match=r"^api_token: none given; pass api_token= or set .* CACHET_API_TOKEN"):
        s.resolve_token(s.to_secret(value))


@pytest.mark.parametrize(
    ("endpoint", "problem"),
    [
        ("status.example.com/api/v1", "expected an absolute URL"),
        ("/api/v1", "expected an absolute URL"),
        ("ftp://status.example.com/api/v1", "expected an absolute URL"),
        ("https:///api/v1", "expected an absolute URL"),
        ("https://status.example.com:port/api/v1", "expected an absolute URL"),
        ("https://status.example.com:99999/api/v1", "expected an absolute URL"),
        ("https://status.example.com:0/api/v1", "expected an absolute URL"),
        ("https://[::1/api/v1", "expected an absolute URL"),
        ("https://user:pass-word@status.example.com/api/v1", "contains credentials"),
        ("https://user@status.example.com/api/v1", "contains credentials"),
        ("https://:pass-word@status.example.com/api/v1", "contains credentials"),
        ("https://status.example.com/api/v1?token=pass-word", "contains a query or a fragment"),
        ("https://status.example.com/api/v1#top", "contains a query or a fragment"),
        ("https://status.example.com/api/v1?", "contains a query or a fragment"),
        ("https://status.example.com/api/v1#", "contains a query or a fragment"),
        ("https://status.example.com/api /v1", "contains whitespace"),
        (" https://status.example.com/api/v1", "contains whitespace|absolute URL"),
        ("https://status.example.com/api/v1\n", "contains whitespace"),
        ("https://status.example.com/\tapi/v1", "contains whitespace"),
        ("https://status.example.com/api\x00/v1", "contains whitespace or a control character"),
        (b"https://status.example.com/api/v1", "expected a URL as a str, got bytes"),
        (5, "expected a URL as a str, got int"),
        ("x" * 10_000, "expected an absolute URL"),
    ],
)
def test_an_invalid_endpoint_is_refused(endpoint: str, problem: str) -> None:
    with pytest.raises(ArgumentError, match=f"^endpoint: .*({problem})") as caught:
        s.resolve_endpoint(endpoint)
    assert "pass-word" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("token", ["a b", "a\n", "a\r\nX-Evil: 1", "tøken", "\x00", " ", "a\x7f"])
def test_a_token_with_invalid_characters_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(ArgumentError, match="^api_token: contains whitespace, a line break or a character") as caught:
        s.resolve_token(s.to_secret(token))
    assert token.strip() == "" or token not in str(caught.value)


@pytest.mark.parametrize("token", [b"token", 5, ["token"], b"", 0])
def test_a_token_must_be_a_str(token: str) -> None:
    with pytest.raises(ArgumentError, match="^api_token: expected a str, got "):
        s.resolve_token(s.to_secret(token))


def test_no_token_makes_no_secret() -> None:
    assert s.to_secret(None) is None


@pytest.mark.parametrize("zone", [None, UTC, timezone(timedelta(hours=2)), ZoneInfo("Asia/Tokyo")])
def test_a_tzinfo_is_used_unchanged(zone: tzinfo | None) -> None:
    assert s.resolve_timezone(zone) is zone


def test_a_timezone_is_found_by_its_name() -> None:
    assert s.resolve_timezone("Europe/Oslo") == ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "a\x00b", "x" * 5000])
def test_an_unknown_timezone_is_refused(name: str) -> None:
    with pytest.raises(ArgumentError, match="^timezone: .* is unknown; use a name such as 'Europe/Oslo'"):
        s.resolve_timezone(name)


def test_a_timezone_must_be_a_name_or_a_tzinfo() -> None:
    with pytest.raises(ArgumentError, match="^timezone: expected a name such as 'Europe/Oslo' or a tzinfo, got 5"):
        s.resolve_timezone(5)  # type: ignore[arg-type]  # the mistake is what is tested


@pytest.mark.parametrize("value", [None, True, "1", [], float("nan"), -1, 0, 0.0005])
def test_a_timeout_must_be_a_number_of_at_least_a_millisecond(value: float) -> None:
    with pytest.raises(ArgumentError, match=r"^timeout: expected a number of at least 0\.001, got "):
        s.check_seconds("timeout", value)


def test_a_timeout_longer_than_the_platform_can_wait_is_refused() -> None:
    s.check_seconds("timeout", s.LONGEST_TIMEOUT)
    for seconds in (s.LONGEST_TIMEOUT + 1, float("inf")):
        with pytest.raises(ArgumentError, match="^timeout: expected at most 1000000000 seconds, or None for no limit"):
            s.check_seconds("timeout", seconds)


@pytest.mark.parametrize("value", [1.0, True, "3", -1, None])
def test_a_whole_number_must_be_a_non_negative_int(value: float) -> None:
    with pytest.raises(ArgumentError, match="^max_retries: expected a whole number of at least 0, got "):
        s.check_number("max_retries", value, at_least=0, whole=True)
    s.check_number("max_retries", 0, at_least=0, whole=True)


@pytest.mark.parametrize("user_agent", ["", " x", "x ", "a\nb", "ü", 5, None])
def test_a_user_agent_that_is_not_a_valid_header_is_refused(user_agent: str) -> None:
    with pytest.raises(ArgumentError, match="^user_agent: expected printable ASCII text"):
        s.check_user_agent(user_agent)
    assert s.check_user_agent("my-tool/1 (+https://example.com)") == "my-tool/1 (+https://example.com)"
