# Made by "make sync" from aio/test_capture.py: edit that file instead of this one.
"""``capture_responses()``: status, headers and timing of the responses within a block of code."""

from __future__ import annotations

import gc
import weakref
from datetime import timedelta
from typing import Any

import httpx
import pytest

from cachet_sdk import Client, NotFoundError, v3
from cachet_sdk.testing import FakeCachet
from tests.concurrency import run_concurrently
from tests.leaks import traces_in
from tests.script import Script, answer

ENDPOINT = "https://status.example.com/api/v1"
TOKEN = "very-secret-token"
ROW = {"data": {"id": 7, "name": "API", "status": 1}}
PONG = {"data": "Pong!"}


def client_of(script: Script, **options: Any) -> Any:
    return Client(ENDPOINT, TOKEN, transport=script.transport, **options)


def test_a_captured_response_has_its_status_headers_attempts_and_elapsed_time() -> None:
    script = Script(answer({}, 503, Retry_After="0"), answer(ROW, X_Request_Id="abc", X_Echo=f"token {TOKEN}"))
    with client_of(script) as client:
        with client.capture_responses() as responses:
            client.components.get(7)

    assert len(responses) == 1
    response = responses[0]
    assert (response.method, response.url) == ("GET", f"{ENDPOINT}/components/7")
    assert (response.status_code, response.attempts) == (200, 2)
    assert response.headers["X-Request-Id"] == "abc"
    assert response.headers["X-Echo"] == "token ***"
    assert timedelta(0) < response.elapsed < timedelta(seconds=30)
    assert TOKEN not in traces_in(response)


def test_error_responses_are_captured() -> None:
    with client_of(Script(answer({}, 404), answer({}, 503), answer({}, 503)), max_retries=1) as client:
        with client.capture_responses() as responses:
            with pytest.raises(NotFoundError):
                client.components.delete(7)
            assert not client.ping()
    assert [(one.method, one.status_code, one.attempts) for one in responses] == [("DELETE", 404, 1), ("GET", 503, 1)]


def test_only_responses_within_the_block_are_captured() -> None:
    with client_of(Script(*[answer(PONG)] * 5)) as client:
        client.ping()
        with client.capture_responses() as outer:
            client.ping()
            with client.capture_responses() as inner:
                client.ping()
            client.ping()
        client.ping()
    assert (len(outer), len(inner)) == (3, 1)


def test_only_responses_to_the_client_and_to_those_derived_from_it_are_captured(
    fake_cachet: FakeCachet,
) -> None:
    with fake_cachet.client() as client, fake_cachet.client() as other:
        with client.capture_responses() as responses:
            other.ping()
            client.with_options(timeout=5).components.count()
    assert [httpx.URL(one.url).path for one in responses] == ["/api/v1/components"]


def test_each_task_or_thread_captures_only_its_own_responses(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        ids = [(client.components.create(name=f"{number}", status=1)).id for number in range(8)]

        def work(number: int) -> list[str]:
            with client.capture_responses() as responses:
                for _ in range(5):
                    client.components.get(ids[number])
            return [one.url.rpartition("/")[2] for one in responses]

        assert run_concurrently(work, 8) == [[str(number)] * 5 for number in ids]


def test_responses_to_concurrent_requests_of_one_call_are_captured(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        with client.capture_responses() as responses:
            client.components.create_many([{"name": f"{number}", "status": 1} for number in range(10)])
        assert [one.method for one in responses] == ["POST"] * 10
        with client.capture_responses() as responses:
            assert len(list(client.components.list(per_page=2, prefetch=3))) == 10
        assert len(responses) >= 5


def test_captured_responses_are_not_kept_alive_after_the_block() -> None:
    with client_of(Script(answer(PONG), answer(PONG))) as client:
        with client.capture_responses() as responses:
            client.ping()
        (response,) = responses
        headers = weakref.ref(response.headers)
        client.ping()
        assert len(responses) == 1
        responses.clear()
        del response
        gc.collect()
        assert headers() is None


def test_the_list_may_be_cleared_between_calls() -> None:
    with client_of(Script(answer(PONG), answer(PONG))) as client:
        with client.capture_responses() as responses:
            client.ping()
            responses.clear()
            client.ping()
    assert len(responses) == 1


def test_responses_of_cachet_3_are_captured() -> None:
    fake = FakeCachet("3")
    with v3.Client(fake.endpoint, fake.token, transport=fake.transport) as client:
        with client.capture_responses() as responses:
            client.components.create(name="API")
    assert [(one.status_code, one.headers["X-RateLimit-Limit"]) for one in responses] == [(201, "300")]
