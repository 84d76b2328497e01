"""Tokens, abilities, guests, settings, the order of checks, and the rate limit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from cachet_sdk.testing.http import Request
from cachet_sdk.testing.v3 import CachetV3
from tests.testing_v3.conftest import MAIN, Api, Clock


@pytest.mark.parametrize("header", ["Bearer 1|main", "bearer main", "BEARER  1|main"])
def test_the_id_of_a_token_is_optional_and_its_scheme_is_case_insensitive(api: Api, header: str) -> None:
    assert api.as_guest().request("GET", "/subscribers", authorization=header).status == 200


@pytest.mark.parametrize("header", ["Basic 1|main", "Bearer 2|main", "Bearer main|1", "1|main", "Bearer "])
def test_any_other_authorization_header_is_refused(api: Api, header: str) -> None:
    reply = api.as_guest().request("GET", "/subscribers", authorization=header)
    assert (reply.status, reply.message) == (401, "Unauthenticated.")


@pytest.mark.parametrize("header", ["x-cachet-token", "php-auth-user"])
def test_a_token_in_another_place_is_ignored(api: Api, header: str) -> None:
    assert Api(api.app, None, {header: "main"}).request("GET", "/subscribers", query="api_token=main").status == 401


def test_a_bare_secret_gets_the_next_id(clock: Clock) -> None:
    app = CachetV3(token="first", clock=clock)
    app.add_token("second")
    assert Api(app, "2|second").get("/subscribers").status == 200
    assert Api(app, "1|second").get("/subscribers").status == 401


def test_an_expired_token_counts_as_none(api: Api, clock: Clock) -> None:
    api.app.add_token("2|expiring", expires_at=clock.now + timedelta(minutes=1))
    hidden = api.make("/incidents", name="n", message="m", status=1)
    expiring = api.with_token("2|expiring")
    assert expiring.get(f"/incidents/{hidden}").status == 200
    clock.forward(minutes=2)
    assert expiring.get("/subscribers").status == 401
    assert expiring.get(f"/incidents/{hidden}").status == 404
    assert expiring.get("/incidents").ids == []


def test_manage_does_not_imply_delete(api: Api) -> None:
    api.app.add_token("2|writer", abilities=["components.manage"])
    writer = api.with_token("2|writer")
    made = writer.make("/components", name="A")
    reply = writer.delete(f"/components/{made}")
    assert (reply.status, reply.json) == (403, {"message": "Invalid ability provided."})
    api.app.add_token("3|remover", abilities=["components.delete"])
    assert api.with_token("3|remover").delete(f"/components/{made}").status == 204


def test_a_token_without_the_ability_gets_422_or_404_before_403(api: Api) -> None:
    api.app.add_token("2|nothing", abilities=[])
    nothing = api.with_token("2|nothing")
    assert nothing.post("/components").status == 422
    assert nothing.put("/components/9", name="x").status == 404
    assert nothing.post("/components", name="x").status == 403


def test_reading_subscribers_needs_the_ability_to_manage_them(api: Api) -> None:
    made = api.make("/subscribers", email="a@example.test", verified=True)
    api.app.add_token("2|other", abilities=["components.manage"])
    other = api.with_token("2|other")
    assert other.get("/subscribers").status == 403
    assert other.get(f"/subscribers/{made}").status == 403
    assert other.get("/subscribers/9").status == 404


@pytest.mark.parametrize("path", ["/ping", "/version", "/status", "/components"])
def test_a_protected_api_needs_a_token_for_reads(clock: Clock, path: str) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, api_protected=True))
    api.app.add_token("2|nothing", abilities=[])
    assert api.as_guest().get(path).status == 401
    assert api.with_token("2|nothing").get(path).status == 200
    assert api.as_guest().get("/nowhere").status == 404


def test_a_disabled_api_is_a_404_without_a_message(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, api_enabled=False))
    for reply in (api.get("/ping"), api.as_guest().post("/components", name="A")):
        assert (reply.status, reply.json) == (404, {"message": ""})
        assert "X-RateLimit-Limit" not in reply.headers


def test_reads_and_writes_have_separate_rate_limits(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, rate_limit=2))
    assert api.get("/ping").headers["X-RateLimit-Remaining"] == "1"
    assert api.as_guest().get("/components/9").headers["X-RateLimit-Remaining"] == "0"
    assert api.get("/ping").status == 429
    assert api.post("/components").headers["X-RateLimit-Remaining"] == "1"
    assert api.get("/subscribers").headers["X-RateLimit-Remaining"] == "0"
    assert api.post("/components", name="A").status == 429


def test_a_429_says_when_to_retry(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, rate_limit=1))
    api.get("/ping")
    refused = api.get("/ping")
    assert (refused.status, refused.json) == (429, {"message": "Too Many Attempts."})
    assert refused.headers["Retry-After"] == "60"
    assert refused.headers["X-RateLimit-Reset"] == str(int(clock.now.timestamp()) + 60)
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    clock.forward(seconds=60)
    assert api.get("/ping").status == 200


def test_rate_limits_are_per_user(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, rate_limit=1))
    api.app.add_token("2|same", user=1)
    api.app.add_token("3|other", user=2)
    assert api.get("/subscribers").status == 200
    assert api.with_token("2|same").get("/subscribers").status == 429
    assert api.with_token("3|other").get("/subscribers").status == 200


def test_401_405_and_unknown_paths_are_not_counted(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, rate_limit=1))
    for reply in (api.as_guest().get("/subscribers"), api.request("PATCH", "/ping"), api.get("/nowhere")):
        assert "X-RateLimit-Limit" not in reply.headers
    assert api.get("/ping").headers["X-RateLimit-Remaining"] == "0"


def test_without_a_rate_limit_there_are_no_headers_for_it(api: Api) -> None:
    assert "X-RateLimit-Limit" not in api.get("/ping").headers


def test_an_unknown_path_is_html_for_a_browser(api: Api) -> None:
    reply = api.request("GET", "/nope", accept="text/html,*/*")
    assert reply.status == 404
    assert reply.headers["Content-Type"].startswith("text/html")
    assert api.request("GET", "/nope", accept="application/json").message == "The route api/nope could not be found."
    assert api.request("GET", "/components/9", accept="text/html").message.startswith("No query results")


def test_a_path_outside_the_prefix_is_unknown(api: Api) -> None:
    response = api.app.handle(Request("GET", "/other/ping"))
    assert response.status == 404


def test_the_prefix_is_a_setting(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, prefix="/status/api"))
    assert api.get("/ping").data == "Pong!"
    assert api.get("/nope").message == "The route status/api/nope could not be found."
    assert api.get("/components").json["meta"]["path"] == "https://status.test/status/api/components"


def test_head_is_a_get_without_a_body(api: Api) -> None:
    reply = api.request("HEAD", "/ping")
    assert (reply.status, reply.body) == (200, b"")


def test_cors_allows_any_origin(api: Api) -> None:
    assert api.get("/ping").headers["Access-Control-Allow-Origin"] == "*"
    assert api.get("/components/9").headers["Access-Control-Allow-Origin"] == "*"
    assert api.as_guest().request("OPTIONS", "/components").status == 204


def test_errors_are_pretty_printed_and_other_responses_are_compact(api: Api) -> None:
    assert api.get("/components/9").body.startswith(b'{\n    "message": "No query')
    assert api.post("/components", name="ü/", link="https://e.test/").body.count(b"\n") == 0
    assert b'"name":"\\u00fc\\/"' in api.get("/components").body


def test_debug_adds_a_trace_to_errors_but_not_to_401_and_422(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, debug=True))
    for reply in (api.get("/components/9"), api.get("/components", {"sort": "x"}), api.request("PATCH", "/ping")):
        assert reply.json.keys() == {"message", "exception", "file", "line", "trace"}
    assert api.as_guest().get("/subscribers").json.keys() == {"message"}
    assert api.post("/components").json.keys() == {"message", "errors"}


def test_reset_deletes_rows_and_rate_limits_but_keeps_tokens(clock: Clock) -> None:
    api = Api(CachetV3(token=MAIN, clock=clock, rate_limit=2))
    api.app.add_token("2|other")
    api.make("/components", name="A")
    api.app.reset()
    assert api.get("/components").ids == []
    assert api.with_token("2|other").make("/components", name="B") == 1


def test_ids_are_unique_across_threads(api: Api) -> None:
    def make(number: int) -> int:
        return api.make("/components", name=f"A{number}")

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(make, range(80)))
    assert sorted(ids) == list(range(1, 81))


def test_the_system_clock_is_the_default() -> None:
    reply = Api(CachetV3(token=MAIN)).post("/components", name="A")
    assert reply.attributes["created"]["human"] in ("0 seconds ago", "1 second ago")
