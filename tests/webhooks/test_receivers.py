"""The receivers in docs/webhooks.md, each with every recorded delivery."""

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


class Runner(Protocol):
    """Runs a receiver."""

    receiver: ModuleType

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        """Send a delivery, and return the status of the response."""
        ...

    def finish(self) -> None:
        """Wait until all received events are handled."""
        ...


class FastAPIRunner:
    def __init__(self, receiver: ModuleType) -> None:
        self.receiver = receiver

    def finish(self) -> None:
        """Do nothing: ASGITransport waits for background tasks."""

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        transport = httpx.ASGITransport(self.receiver.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://receiver.test") as client:
            return (await client.post("/hooks/cachet", content=body, headers=headers)).status_code


class FlaskRunner:
    def __init__(self, receiver: ModuleType) -> None:
        self.receiver = receiver

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        response = self.receiver.app.test_client().post("/hooks/cachet", data=body, headers=headers)
        return int(response.status_code)

    def finish(self) -> None:
        self.receiver.worker.submit(int).result(timeout=10)


class StandardLibraryRunner:
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


RUNNERS: dict[str, Callable[[ModuleType], Runner]] = {
    "fastapi_receiver": FastAPIRunner,
    "flask_receiver": FlaskRunner,
    "stdlib_receiver": StandardLibraryRunner,
}


@pytest.fixture(params=RUNNERS)
def runner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runner]:
    monkeypatch.setenv("CACHET_WEBHOOK_SECRET", SECRET)
    runner = RUNNERS[request.param](importlib.import_module(f"tests.webhooks.receivers.{request.param}"))
    yield runner
    runner.finish()


async def test_a_receiver_handles_every_recorded_delivery(runner: Runner, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "status")
    assert [await runner.post(delivery.body, delivery.headers) for delivery in DELIVERIES] == [204] * len(DELIVERIES)
    runner.finish()
    assert [record.getMessage() for record in caplog.records if record.name == "status"] == EXPECTED


async def test_a_receiver_refuses_invalid_deliveries(runner: Runner, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "status")
    delivery = DELIVERIES[0]
    unsigned = {name: value for name, value in delivery.headers.items() if name != "Signature"}
    assert await runner.post(delivery.body + b" ", delivery.headers) == 401
    assert await runner.post(delivery.body, unsigned) == 401
    assert await runner.post(b"[]", {"Signature": sign(b"[]", SECRET)}) == 400
    runner.finish()
    assert [record for record in caplog.records if record.name == "status"] == []


async def test_a_receiver_accepts_unknown_events(runner: Runner, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "status")
    body = b'{"event":"schedule_created","body":{"id":1}}'
    assert await runner.post(body, {"Signature": sign(body, SECRET)}) == 204
    runner.finish()
    assert [record.getMessage() for record in caplog.records if record.name == "status"] == [
        "unknown event schedule_created"
    ]


async def test_a_receiver_logs_a_failure_and_handles_the_next_event(
    runner: Runner, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "status")
    handle = runner.receiver.handle

    def fail_once(event: Event) -> None:
        monkeypatch.setattr(runner.receiver, "handle", handle)
        raise LookupError(event.event)

    monkeypatch.setattr(runner.receiver, "handle", fail_once)
    first, second = DELIVERIES[:2]
    assert [await runner.post(delivery.body, delivery.headers) for delivery in (first, second)] == [204, 204]
    runner.finish()
    failed, handled = [record for record in caplog.records if record.name == "status"]
    assert (failed.levelname, failed.getMessage()) == ("ERROR", f"failed to handle {first.name}")
    assert failed.exc_info is not None
    assert failed.exc_info[0] is LookupError
    assert handled.getMessage() == EXPECTED[1]


def test_the_documentation_includes_the_tested_receivers() -> None:
    page = ROOT / "docs" / "webhooks.md"
    shown = [(page.parent / path).resolve() for path in re.findall(r"{literalinclude} (\S+)", page.read_text("utf-8"))]
    assert sorted(shown) == [ROOT / "tests" / "webhooks" / "receivers" / f"{name}.py" for name in sorted(RUNNERS)]
