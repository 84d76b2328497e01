"""An httpx pool that was interrupted during a request is not used again, and releases its connections."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import subprocess
import sys
import time
import warnings

import httpx
import pytest

from cachet_sdk import AsyncClient, Client, ClientStateError
from cachet_sdk.errors import TimeoutError as CachetTimeoutError
from cachet_sdk.v1.models.components import ComponentFields
from tests.concurrency import run_concurrently
from tests.faults.server import Connection, Fault, FaultServer, ReceivedRequest, healthy_response

FEW = httpx.Limits(max_connections=4, max_keepalive_connections=4)
MOMENTS = 40


def slow(connection: Connection, request: ReceivedRequest) -> None:
    connection.stopped.wait(0.002)
    connection.send(healthy_response(request))


async def let_cancelled_tasks_finish() -> None:
    """Give cancelled tasks the time to finish."""
    for _ in range(5):
        await asyncio.sleep(0.002)


async def test_a_client_works_after_create_many_is_cancelled_at_any_moment() -> None:
    with FaultServer(Fault("slow", slow)) as server, warnings.catch_warnings():
        # anyio drops a connection that is established at the moment of a cancellation; the garbage collector closes it.
        warnings.simplefilter("ignore", ResourceWarning)
        async with AsyncClient(server.endpoint, "token", limits=FEW, timeout=2, max_retries=0) as client:
            for moment in range(MOMENTS):
                items: list[ComponentFields] = [{"name": f"{number}", "status": 1} for number in range(12)]
                task = asyncio.create_task(client.components.create_many(items, concurrency=8))
                await asyncio.sleep(moment * 0.0004)
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
                async with asyncio.timeout(2):
                    assert await asyncio.gather(*(client.ping() for _ in range(4))) == [True] * 4
        gc.collect()  # here, where the warning is expected, and not in another test


async def test_calls_that_wait_for_a_connection_succeed_after_another_call_is_cancelled() -> None:
    one = httpx.Limits(max_connections=1, max_keepalive_connections=1)
    with FaultServer(Fault("slow", slow)) as server:
        async with AsyncClient(server.endpoint, "token", limits=one, timeout=5, max_retries=0) as client:
            for moment in range(MOMENTS):
                cancelled, *waiting = [asyncio.create_task(client.components.get(1)) for _ in range(3)]
                for _ in range(moment):  # turns of the event loop: in one of them, httpcore miscounts its connections
                    await asyncio.sleep(0)
                cancelled.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await cancelled
                async with asyncio.timeout(2):
                    assert [item.id for item in await asyncio.gather(*waiting)] == [1, 1]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="reads the file descriptors from Linux's /proc")  # noqa: PTH112
async def test_tasks_cancelled_while_they_send_megabytes_leak_no_file_descriptor() -> None:
    with FaultServer(Fault("slow", slow)) as server, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # as above
        async with AsyncClient(server.endpoint, "token", limits=FEW, timeout=5, max_retries=0) as client:
            assert await client.ping()
            await let_cancelled_tasks_finish()
            before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
            for moment in range(MOMENTS):
                sending = [
                    asyncio.create_task(
                        client.components.update(1, status=1, enabled=True, description="x" * 5_000_000)
                    )
                    for _ in range(3)
                ]
                await asyncio.sleep(moment * 0.0005)
                for task in sending:
                    task.cancel()
                await asyncio.gather(*sending, return_exceptions=True)
                async with asyncio.timeout(5):
                    assert await client.ping()
            await let_cancelled_tasks_finish()
            gc.collect()
            # The pool has one connection, whose other end is in this process too. The server's threads may linger.
            assert len(os.listdir("/proc/self/fd")) <= before + 8  # noqa: PTH208


class WrappingTransport(httpx.BaseTransport):
    """A custom transport. The deadline cannot end its wait for a response head, see docs/reliability.md."""

    def __init__(self) -> None:
        self.inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.inner.handle_request(request)

    def close(self) -> None:
        self.inner.close()


@pytest.mark.parametrize(
    ("kind", "slow_part"), [(httpx.HTTPTransport, "head"), (httpx.HTTPTransport, "body"), (WrappingTransport, "body")]
)
def test_a_call_through_a_custom_transport_ends_at_its_deadline(
    kind: type[httpx.HTTPTransport | WrappingTransport], slow_part: str
) -> None:
    def trickle(connection: Connection, request: ReceivedRequest) -> None:
        head, _, body = healthy_response(request).partition(b"\r\n\r\n")
        if slow_part == "body":
            connection.send(head + b"\r\n\r\n")
        connection.send_slowly(body if slow_part == "body" else head, 0.02)

    with FaultServer(Fault("trickles", trickle)) as server:
        with Client(server.endpoint, "token", transport=kind(), timeout=5, total_timeout=0.3) as client:
            started = time.monotonic()
            with pytest.raises(CachetTimeoutError):
                client.components.get(1)
            assert time.monotonic() - started < 1.5


FORK = """
import os, sys, httpx
from cachet_sdk import Client, ClientStateError
passed = {"transport": httpx.HTTPTransport()}
client = Client(sys.argv[1], "t", **passed)
assert client.ping()
child = os.fork()
if child == 0:
    try:
        client.components.get(1)
    except ClientStateError as error:
        os._exit(7 if "after the fork" in str(error) else 8)
    os._exit(9)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert client.components.get(1).id == 1
client.close()
"""


def test_a_custom_transport_is_refused_in_a_forked_child() -> None:
    with FaultServer(Fault("none")) as server:
        done = subprocess.run(
            [sys.executable, "-c", FORK, server.endpoint], capture_output=True, text=True, timeout=30, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_custom_transport_can_be_used_by_every_thread_of_its_process() -> None:
    with (
        FaultServer(Fault("none")) as server,
        Client(server.endpoint, "token", transport=httpx.HTTPTransport()) as client,
    ):
        found = run_concurrently(lambda _: client.components.get(1).id, 4)
    assert found == [1] * 4


async def test_a_custom_async_transport_is_refused_in_another_event_loop() -> None:
    with FaultServer(Fault("none")) as server:
        client = AsyncClient(server.endpoint, "token", transport=httpx.AsyncHTTPTransport())
        assert await client.ping()

        def elsewhere() -> None:
            with pytest.raises(ClientStateError, match="another event loop"):
                asyncio.run(client.components.get(1))  # pyright: ignore[reportArgumentType]

        await asyncio.to_thread(elsewhere)
        await client.aclose()
