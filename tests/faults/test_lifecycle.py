"""Interrupted, cancelled, closed, forked, moved to another loop: a client works afterwards, or says clearly why not."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import subprocess
import sys
import threading
import time
import types
import warnings
from collections.abc import Awaitable, Callable, Generator, Iterator
from typing import Any, TypeVar

import httpx
import pytest

from cachet_sdk import AsyncClient, Client, errors
from tests.faults.cells import exhibit
from tests.faults.interrupts import interrupted_after
from tests.faults.server import Connection, Fault, FaultServer, Heard, proper

TOKEN = "a-token-that-nobody-may-see"
ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1)
HEALTHY = Fault("none")
T = TypeVar("T")


@pytest.fixture(params=[HEALTHY, Fault("closes", closes_between=True)], ids=["kept alive", "closed between"])
def server(request: pytest.FixtureRequest) -> Iterator[FaultServer]:
    with FaultServer(request.param) as server:
        yield server


def silent_first(connection: Connection, heard: Heard) -> None:
    """Leave requests for components unanswered, and answer pings."""
    if "/components" in heard.target:
        connection.wait()
    else:
        connection.send(proper(heard))


@types.coroutine
def cancelled_at(step: int, work: Awaitable[T]) -> Generator[Any, Any, T]:
    """Run until the given suspension, counted from 0, and cancel the task there."""
    task = asyncio.current_task()
    assert task
    steps = work.__await__()
    count = 0
    sending: Callable[[Any], Any] = steps.send
    value: Any = None
    while True:
        try:
            waiting = sending(value)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # typeshed: a generator's value is Any
        if count == step:
            task.cancel()
        count += 1
        try:
            yield waiting
            sending, value = steps.send, None
        except asyncio.CancelledError as error:
            sending, value = steps.throw, error


async def cancel_everywhere(client: Any, call: Callable[[], Awaitable[object]]) -> list[asyncio.CancelledError]:
    """Cancel the call at each of its suspensions in turn; after each, one more call has to go through."""
    found: list[asyncio.CancelledError] = []
    for step in range(100):
        try:
            await cancelled_at(step, call())
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            assert task
            assert task.uncancel() == 0
            found.append(error)
        else:
            return found
        await asyncio.sleep(0.005)  # a server that closes the connection gets the time to do it
        async with asyncio.timeout(2):
            assert (await client.components.get(1)).id == 1
    raise AssertionError("the call has no end")


async def test_a_call_that_is_cancelled_at_any_await_leaves_the_pool_usable(server: FaultServer) -> None:
    async with AsyncClient(server.endpoint, TOKEN, limits=ONE, timeout=2) as client:
        found = await cancel_everywhere(client, lambda: client.components.get(1))
        assert len(found) >= 2
        found = await cancel_everywhere(client, lambda: client.components.update(1, status=1, enabled=True))
        assert len(found) >= 2
        for error in found:
            assert TOKEN not in exhibit(client, error)


async def test_calls_that_are_cancelled_while_they_wait_for_a_connection_let_the_next_one_in() -> None:
    with FaultServer(Fault("silent", silent_first)) as server:
        async with AsyncClient(server.endpoint, TOKEN, limits=ONE, timeout=0.5, max_retries=0) as client:
            holder = asyncio.create_task(client.components.get(1))
            await asyncio.sleep(0.05)
            waiting = [asyncio.create_task(client.ping()) for _ in range(20)]
            await asyncio.sleep(0.05)
            for task in waiting[:19]:
                task.cancel()
            holder.cancel()
            assert await waiting[19]
            assert await client.ping()


async def test_a_list_that_is_cancelled_while_it_reads_ahead_leaves_the_pool_usable(server: FaultServer) -> None:
    async with AsyncClient(server.endpoint, TOKEN, limits=ONE, timeout=2) as client:

        async def read() -> list[int]:
            return [item.id async for item in client.components.list(per_page=2, prefetch=3)]

        for step in range(40):
            task = asyncio.create_task(read())
            await asyncio.sleep(step * 0.0005)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await asyncio.sleep(0.005)
            async with asyncio.timeout(2):
                assert (await client.components.get(1)).id == 1
        assert await read() == [1, 2, 3, 4]


def test_a_keyboard_interrupt_ends_a_blocking_call_at_once_and_leaves_the_client_usable() -> None:
    with (
        FaultServer(Fault("silent", silent_first)) as server,
        Client(server.endpoint, TOKEN, limits=ONE, timeout=5) as client,
    ):
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt) as caught, interrupted_after(0.1):
            client.components.get(1)
        assert time.monotonic() - started < 1
        assert TOKEN not in exhibit(client, caught.value)
        assert client.ping()


@pytest.mark.parametrize("kind", ["keeps", "closes", "locks"])
def test_keyboard_interrupts_anywhere_leave_the_client_usable(kind: str) -> None:
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.interrupts", kind],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=unmeasured,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 20


def test_a_closed_client_says_so() -> None:
    with FaultServer(HEALTHY) as server:
        client = Client(server.endpoint, TOKEN)
        client.close()
        client.close()
        with pytest.raises(errors.ClientStateError, match="closed"):
            client.components.get(1)
        assert server.heard == []


async def test_a_closed_asyncio_client_says_so() -> None:
    with FaultServer(HEALTHY) as server:
        client = AsyncClient(server.endpoint, TOKEN)
        await client.aclose()
        await client.aclose()
        with pytest.raises(errors.ClientStateError, match="closed"):
            await client.components.get(1)
        assert server.heard == []


async def test_a_call_during_which_the_client_is_closed_is_not_sent_again() -> None:
    with FaultServer(Fault("silent", silent_first)) as server:
        client = AsyncClient(server.endpoint, TOKEN, timeout=0.3)
        call = asyncio.create_task(client.components.update(1, status=2, enabled=True))
        await asyncio.sleep(0.1)
        await client.aclose()
        with pytest.raises(errors.CachetError) as caught:
            await call
        assert caught.value.maybe_applied
        assert len(server.heard) == 1


def test_a_blocking_call_during_which_the_client_is_closed_is_not_sent_again() -> None:
    with FaultServer(Fault("silent", silent_first)) as server:
        client = Client(server.endpoint, TOKEN, timeout=0.3)
        threading.Timer(0.1, client.close).start()
        with pytest.raises(errors.CachetError) as caught:
            client.components.update(1, status=2, enabled=True)
        assert caught.value.maybe_applied
        assert len(server.heard) == 1


def test_a_client_closed_while_many_threads_use_it_ends_all_of_them_with_our_errors() -> None:
    with FaultServer(HEALTHY) as server:
        client = Client(server.endpoint, TOKEN, timeout=2)
        ends: list[BaseException] = []

        def use() -> None:
            try:
                while True:
                    client.components.get(1)
            except BaseException as error:  # noqa: BLE001  (whatever it is has to be looked at)
                ends.append(error)

        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(0.1)
        client.close()
        for thread in threads:
            thread.join(5)
        assert {type(error) for error in ends} == {errors.ClientStateError}
        assert len(ends) == 8


FORK = """
import asyncio, os, sys, warnings
warnings.simplefilter("error", ResourceWarning)
from cachet_sdk import AsyncClient, Client
client = Client(sys.argv[1], "t", timeout=5)
pages = client.components.list(per_page=2, prefetch=2)
assert client.ping() and next(pages).id == 1
child = os.fork()
if child == 0:
    assert client.ping() and [item.id for item in pages] == [2, 3, 4]
    client.close()
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert client.ping() and [item.id for item in pages] == [2, 3, 4]
client.close()

client, loop = AsyncClient(sys.argv[1], "t", timeout=5), asyncio.new_event_loop()
assert loop.run_until_complete(client.ping())
child = os.fork()
if child == 0:
    async def use():
        assert await client.ping()
        await client.aclose()
        return 7
    os._exit(asyncio.run(use()))
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert loop.run_until_complete(client.ping())
loop.run_until_complete(client.aclose())
loop.close()
"""


def test_a_client_works_in_a_forked_child_over_connections_of_its_own() -> None:
    with FaultServer(HEALTHY) as server:
        done = subprocess.run(
            [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORK, server.endpoint],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        # Two for the parent's list that reads ahead, one in its child; then one each.
        assert 4 <= server.connections <= 8


def live_transports() -> list[httpx.AsyncHTTPTransport]:
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, httpx.AsyncHTTPTransport)]


def test_an_asyncio_client_moves_on_to_the_next_event_loop() -> None:
    with FaultServer(HEALTHY) as server:
        client = AsyncClient(server.endpoint, TOKEN)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # asyncio's own, of connections that a loop left behind
            before = {id(transport) for transport in live_transports()}
            for _ in range(3):
                assert asyncio.run(client.ping.get())
            assert len([transport for transport in live_transports() if id(transport) not in before]) == 1
            asyncio.run(client.aclose())
            del client
            gc.collect()  # here, where the warning is expected, and not in somebody else's test
        assert server.connections == 3


def test_an_asyncio_client_in_use_in_one_event_loop_says_so_in_another() -> None:
    with FaultServer(HEALTHY) as server:
        client = AsyncClient(server.endpoint, TOKEN)
        with contextlib.closing(asyncio.new_event_loop()) as one, contextlib.closing(asyncio.new_event_loop()) as other:
            assert one.run_until_complete(client.ping())
            with pytest.raises(errors.ClientStateError, match="another event loop"):
                other.run_until_complete(client.components.get(1))
            assert one.run_until_complete(client.ping())
            one.run_until_complete(client.aclose())
