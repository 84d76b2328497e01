"""Interrupting a batch ends it soon, without retries, and leaves the outcomes so far on the exception."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from typing import Any

import httpx
import pytest

from cachet_sdk.core.outcomes import Batch
from cachet_sdk.testing import FakeCachet

EMAILS = [f"{number}@example.com" for number in range(40)]


def refusing_from(number: int, fake: FakeCachet, when: threading.Event) -> httpx.MockTransport:
    """Return a transport that answers 503 with a long Retry-After from a given request on, and sets an event."""
    count = iter(range(1000))

    def handle(request: httpx.Request) -> httpx.Response:
        if next(count) < number:
            return fake.transport.handle_request(request)
        when.set()
        return httpx.Response(503, headers={"Retry-After": "30"}, json={})

    return httpx.MockTransport(handle)


def interrupt(when: threading.Event) -> None:
    """Interrupt the main thread as Ctrl-C does, a moment after an event."""

    def press() -> None:
        when.wait(5)
        time.sleep(0.1)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()


@pytest.mark.parametrize("version", ["1", "3"])
def test_ctrl_c_ends_a_batch_that_waits_for_a_retry_and_reports_the_outcomes(version: Any) -> None:
    fake, refused = FakeCachet(version=version), threading.Event()
    made: Any = fake.client(transport=refusing_from(12, fake, refused), max_retries=3)
    with made as client:
        interrupt(refused)
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt) as caught:
            if version == "1":
                client.subscribers.create_many(EMAILS, concurrency=4)
            else:
                client.metric_points.create_many(1, range(40), concurrency=4)
    assert time.monotonic() - started < 3
    batch = getattr(caught.value, "batch", None)
    assert isinstance(batch, Batch)
    assert len(batch.results) + len(batch.failures) == len(batch) < 40
    if version == "1":
        assert len(batch.results) == 12 == len(fake.requests)
        assert not any(outcome.error and outcome.error.maybe_applied for outcome in batch.failures)
        assert "12 of 40 were done" in caught.value.__notes__[0]


@pytest.mark.parametrize("kind", ["cancel", "timeout"])
async def test_a_cancelled_batch_reports_the_outcomes(kind: str) -> None:
    fake, refused = FakeCachet(), threading.Event()
    async with fake.async_client(transport=refusing_from(12, fake, refused), max_retries=3) as client:
        caught: list[BaseException] = []

        async def create() -> None:
            try:
                await client.subscribers.create_many(EMAILS, concurrency=4)
            except asyncio.CancelledError as error:
                caught.append(error)
                raise

        started = time.monotonic()
        task = asyncio.create_task(create() if kind == "cancel" else asyncio.wait_for(create(), 1))
        await asyncio.to_thread(refused.wait, 5)
        if kind == "cancel":
            task.cancel()
        with pytest.raises(asyncio.CancelledError if kind == "cancel" else TimeoutError):
            await task
    assert time.monotonic() - started < 3
    batch: Any = getattr(caught[0], "batch", None)
    assert len(batch.results) == 12 == len(fake.requests)
    assert len(batch.failures) == 4
    assert all(outcome.error.maybe_applied for outcome in batch.failures)
