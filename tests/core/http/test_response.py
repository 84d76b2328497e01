"""Paths and queries of requests; responses parsed as JSON or turned into errors."""

from __future__ import annotations

import httpx
import pytest
from pydantic_core import to_json

from cachet_sdk.core.arguments import check_count, check_id
from cachet_sdk.core.http.refusals import http_error
from cachet_sdk.core.http.request import Query, encode_query
from cachet_sdk.core.http.response import EXCERPT_LENGTH, ApiResponse, parse, unexpected
from cachet_sdk.errors import (
    ArgumentError,
    AuthenticationError,
    BadRequestError,
    HTTPError,
    NotFoundError,
    PaginationError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    ServerError,
    UnexpectedResponseError,
)

URL = "https://status.example.com/api/v1/components"


def error(
    status: int, content: bytes = b"", method: str = "GET", **headers: str
) -> HTTPError | UnexpectedResponseError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return http_error(method, URL, httpx.Response(status, headers=named), content)


@pytest.mark.parametrize("value", [0, -1, "1", None, True, "../users", [1], 1 << 63, pytest.param(10**5000, id="huge")])
def test_an_id_must_be_a_positive_int(value: object) -> None:
    with pytest.raises(ArgumentError, match="^component_id: expected a positive int, got ") as caught:
        check_id("component_id", value)  # type: ignore[arg-type]  # the mistake is what is tested
    assert len(str(caught.value)) < 200


def test_an_id_may_be_a_subclass_of_int() -> None:
    class Number(int):
        def __str__(self) -> str:
            return "../../users"

    assert f"/components/{check_id('id', Number(5))}" == "/components/5"


@pytest.mark.parametrize("value", [0, "1", 2.0, True, None, 1 << 31])
def test_a_count_must_be_a_whole_number_within_bounds(value: object) -> None:
    with pytest.raises(ArgumentError, match="^per_page: expected a whole number of at least 1"):
        check_count("per_page", value, at_least=1)  # type: ignore[arg-type]  # as above
    assert check_count("per_page", 1, at_least=1) == 1


def test_a_query_keeps_its_order_and_encodes_its_values() -> None:
    query: Query = [("name", "a b&c=d/é"), ("enabled", True), ("visible", False), ("page", 3)]

    assert encode_query(query) == "name=a+b%26c%3Dd%2F%C3%A9&enabled=1&visible=0&page=3"
    assert encode_query(()) == ""


def test_a_response_is_parsed() -> None:
    answer = parse("GET", URL, 200, {"a": "b"}, b'{"data": 1}')

    assert answer.document == {"data": 1}
    assert (answer.method, answer.url, answer.status_code, answer.headers) == ("GET", URL, 200, {"a": "b"})


def test_a_response_without_content_needs_no_json() -> None:
    assert parse("DELETE", URL, 204, {}, b"").document is None


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"", "it is empty"),
        (b"<html><h1>Login</h1>", "it begins '<html><h1>Login</h1>'"),
        (b'{"data": [1, 2', """it begins '{"data": [1, 2'"""),
        (b'{"data": NaN}', """it begins '{"data": NaN}'"""),
        (b"\xff\xfe", "it begins '\ufffd\ufffd'"),
        (b"[" * 100_000, "it begins '[["),
    ],
)
def test_a_response_that_is_not_json_is_unexpected_and_its_beginning_is_shown(content: bytes, shown: str) -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        parse("GET", URL, 200, {}, content)

    assert str(caught.value).startswith(f"GET {URL}: the response is not JSON (status 200); {shown}")
    assert caught.value.status_code == 200
    assert caught.value.url == URL
    assert not caught.value.maybe_applied


def test_only_the_beginning_of_a_long_response_is_shown() -> None:
    problem = unexpected("is odd", "POST", URL, 200, "é".encode() * 5000)

    assert problem.excerpt == "é" * EXCERPT_LENGTH
    assert problem.maybe_applied


def test_the_error_for_a_response_of_the_wrong_shape_shows_its_beginning() -> None:
    answer = ApiResponse(
        "GET", URL, 200, {}, b'{"a": "token"}', {"a": "token"}, lambda text: text.replace(b"token", b"***")
    )
    problem = answer.unexpected("has no list under 'data'", PaginationError)

    assert isinstance(problem, PaginationError)
    assert (
        str(problem) == f"""GET {URL}: the response has no list under 'data' (status 200); it begins '{{"a": "***"}}'"""
    )


def test_the_token_is_redacted_from_a_response_that_is_not_json() -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        parse("GET", URL, 200, {}, b"<b>token</b>", lambda text: text.replace(b"token", b"***"))
    assert caught.value.excerpt == "<b>***</b>"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (401, AuthenticationError),
        (402, HTTPError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (418, HTTPError),
        (422, BadRequestError),
        (429, RateLimitError),
        (499, HTTPError),
        (500, ServerError),
        (503, ServerError),
        (599, ServerError),
        (301, RedirectError),
        (304, RedirectError),
    ],
)
def test_each_status_has_its_error_class(status: int, kind: type[HTTPError]) -> None:
    failure = error(status)

    assert type(failure) is kind
    assert failure.status_code == status
    assert failure.method == "GET"
    assert failure.url == URL


def test_a_status_that_is_not_final_is_unexpected() -> None:
    failure = error(103)

    assert isinstance(failure, UnexpectedResponseError)
    assert "is not final (status 103)" in str(failure)


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        # Cachet 2 nests the reasons.
        (
            {
                "errors": [
                    {
                        "id": "0c23",
                        "status": 400,
                        "title": "Bad Request",
                        "detail": "The request cannot be fulfilled due to bad syntax.",
                        "meta": {"details": ["The name field is required.", "The status must be an integer."]},
                    }
                ]
            },
            ["The name field is required.", "The status must be an integer."],
        ),
        (
            {"errors": [{"status": 404, "title": "Not Found", "detail": "It is not there.", "meta": {"details": []}}]},
            ["It is not there."],
        ),
        ({"errors": [{"detail": "One."}, {"detail": "Two.", "meta": None}, "three", None]}, ["One.", "Two."]),
        # Cachet 3 keys the reasons by field.
        (
            {"message": "The name is odd. (and 1 more)", "errors": {"name": ["It is odd."], "status": ["It is bad."]}},
            ["It is odd.", "It is bad."],
        ),
        ({"message": "Unauthenticated."}, ["Unauthenticated."]),
        ({"message": "Gone", "errors": {}}, ["Gone"]),
        ({"message": "Gone", "errors": {"a": "Plain."}}, ["Plain."]),
        ({"message": "", "errors": None}, []),
        ({"message": ["a"]}, []),
        ({"errors": "no"}, []),
        ({}, []),
        ([1], []),
        ("text", []),
    ],
)
def test_the_message_has_the_reasons_given_by_the_server(body: object, messages: list[str]) -> None:
    failure = error(400, to_json(body))

    assert isinstance(failure, HTTPError)
    assert failure.messages == messages
    assert str(failure) == f"400 Bad Request: GET {URL}" + (f": {' '.join(messages)}" if messages else "")


def test_an_error_response_without_json_has_no_reasons() -> None:
    assert str(error(502, b"<html>")) == f"502 Bad Gateway: GET {URL}"
    assert str(error(599, b"")) == f"599 Unknown Status: GET {URL}"


def test_a_rate_limit_error_says_how_long_to_wait() -> None:
    failure = error(
        429, Retry_After="7", X_RateLimit_Limit="300", X_RateLimit_Remaining="0", X_RateLimit_Reset="1782901815"
    )

    assert isinstance(failure, RateLimitError)
    assert (failure.retry_after, failure.limit, failure.remaining, failure.reset_at) == (7.0, 300, 0, 1_782_901_815)


def test_missing_or_invalid_rate_limit_headers_are_none() -> None:
    for failure in (error(429), error(429, Retry_After="soon", X_RateLimit_Limit="-1", X_RateLimit_Reset="9" * 30)):
        assert isinstance(failure, RateLimitError)
        assert (failure.retry_after, failure.limit, failure.remaining, failure.reset_at) == (None, None, None, None)


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (
            "https://other.example.com/api/v1/components?session=secret#top",
            "https://other.example.com/api/v1/components",
        ),
        ("/login", "https://status.example.com/login"),
    ],
)
def test_the_error_for_a_redirect_has_the_location_without_its_query(location: str, shown: str) -> None:
    failure = error(301, method="POST", Location=location)

    assert isinstance(failure, RedirectError)
    assert failure.location == shown
    assert repr(shown) in str(failure)
    assert "redirects are not followed" in str(failure)
    assert "secret" not in str(failure)


def test_the_error_for_a_redirect_without_a_location_says_so() -> None:
    failure = error(302)

    assert isinstance(failure, RedirectError)
    assert failure.location is None
    assert str(failure).endswith("it has no Location header")


@pytest.mark.parametrize(
    ("method", "status", "expected"), [("GET", 500, False), ("POST", 500, True), ("POST", 400, False)]
)
def test_an_error_says_whether_the_request_may_have_been_applied(method: str, status: int, expected: bool) -> None:
    assert error(status, method=method).maybe_applied is bool(expected)
