"""The receivers of docs/webhooks.md, each with every recorded delivery."""

from __future__ import annotations

import importlib
import logging
import re
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Protocol

import httpx
import pytest

from cachet_sdk.webhooks import Event, sign
from tests.webhooks.recorded import DELIVERIES, SECRET

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = [
    "component 1: status 4, was 1" if delivery.name == "component_status_changed" else f"{delivery.name} 1"
    for delivery in DELIVERIES
]


class Stage(Protocol):
    """Runs a receiver."""

    receiver: ModuleType

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        """Deliver something, and give the status of the answer."""
        ...

    def finish(self) -> None:
        """Wait until what was received is handled."""
        ...


class FastAPIStage:
    def __init__(self, receiver: ModuleType) -> None:
        self.receiver = receiver

    def finish(self) -> None:
        """Background tasks are part of the call."""

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        transport = httpx.ASGITransport(self.receiver.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://receiver.test") as client:
            return (await client.post("/hooks/cachet", content=body, headers=headers)).status_code


class FlaskStage:
    def __init__(self, receiver: ModuleType) -> None:
        self.receiver = receiver

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        answer = self.receiver.app.test_client().post("/hooks/cachet", data=body, headers=headers)
        return int(answer.status_code)

    def finish(self) -> None:
        self.receiver.worker.submit(int).result(timeout=10)


class StandardLibraryStage:
    def __init__(self, receiver: ModuleType) -> None:
        self.receiver = receiver
        self.worker = threading.Thread(target=receiver.work)
        self.worker.start()

    @contextmanager
    def serve(self) -> Generator[str]:
        with ThreadingHTTPServer(("127.0.0.1", 0), self.receiver.Receiver) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/hooks/cachet"
            finally:
                server.shutdown()
                thread.join()

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        with self.serve() as url:
            async with httpx.AsyncClient(trust_env=False) as client:
                return (await client.post(url, content=body, headers=headers)).status_code

    def finish(self) -> None:
        if self.worker.is_alive():
            self.receiver.events.put(None)
            self.worker.join(timeout=10)


STAGES: dict[str, Callable[[ModuleType], Stage]] = {
    "fastapi_receiver": FastAPIStage,
    "flask_receiver": FlaskStage,
    "stdlib_receiver": StandardLibraryStage,
}


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setenv("CACHET_WEBHOOK_SECRET", SECRET)
    made = STAGES[request.param](importlib.import_module(f"tests.webhooks.receivers.{request.param}"))
    yield made
    made.finish()


async def test_a_receiver_takes_and_handles_every_recorded_delivery(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "status")
    assert [await stage.post(delivery.body, delivery.headers) for delivery in DELIVERIES] == [204] * len(DELIVERIES)
    stage.finish()
    assert [record.getMessage() for record in caplog.records if record.name == "status"] == EXPECTED


async def test_a_receiver_refuses_what_cachet_did_not_send(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "status")
    delivery = DELIVERIES[0]
    unsigned = {name: value for name, value in delivery.headers.items() if name != "Signature"}
    assert await stage.post(delivery.body + b" ", delivery.headers) == 401
    assert await stage.post(delivery.body, unsigned) == 401
    assert await stage.post(b"[]", {"Signature": sign(b"[]", SECRET)}) == 400
    stage.finish()
    assert [record for record in caplog.records if record.name == "status"] == []


async def test_a_receiver_lives_on_when_a_newer_cachet_sends_something_new(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "status")
    body = b'{"event":"schedule_created","body":{"id":1}}'
    assert await stage.post(body, {"Signature": sign(body, SECRET)}) == 204
    stage.finish()
    assert [record.getMessage() for record in caplog.records if record.name == "status"] == [
        "schedule_created is new here"
    ]


async def test_a_receiver_says_what_it_could_not_handle_and_handles_what_comes_next(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "status")
    handle = stage.receiver.handle

    def fail_once(event: Event) -> None:
        monkeypatch.setattr(stage.receiver, "handle", handle)
        raise LookupError(event.event)

    monkeypatch.setattr(stage.receiver, "handle", fail_once)
    first, second = DELIVERIES[:2]
    assert [await stage.post(delivery.body, delivery.headers) for delivery in (first, second)] == [204, 204]
    stage.finish()
    failed, handled = [record for record in caplog.records if record.name == "status"]
    assert (failed.levelname, failed.getMessage()) == ("ERROR", f"{first.name} was not handled")
    assert failed.exc_info is not None
    assert failed.exc_info[0] is LookupError
    assert handled.getMessage() == EXPECTED[1]


def test_the_manual_shows_the_receivers_that_are_tested_here() -> None:
    page = ROOT / "docs" / "webhooks.md"
    shown = [(page.parent / path).resolve() for path in re.findall(r"{literalinclude} (\S+)", page.read_text("utf-8"))]
    assert sorted(shown) == [ROOT / "tests" / "webhooks" / "receivers" / f"{name}.py" for name in sorted(STAGES)]
