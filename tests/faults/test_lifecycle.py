"""Interrupts, cancellation, closing, forks, other event loops: afterwards a client works, or says why it does not."""

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
from tests.faults.cells import everything_shown
from tests.faults.interrupts import interrupted_after
from tests.faults.server import Connection, Fault, FaultServer, ReceivedRequest, healthy_response

TOKEN = "a-token-that-nobody-may-see"
ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1)
HEALTHY = Fault("none")
T = TypeVar("T")


@pytest.fixture(params=[HEALTHY, Fault("closes", closes_between=True)], ids=["kept alive", "closed between"])
def server(request: pytest.FixtureRequest) -> Iterator[FaultServer]:
    with FaultServer(request.param) as server:
        yield server


def silent_for_components(connection: Connection, request: ReceivedRequest) -> None:
    """Do not respond to requests for components, but to pings."""
    if "/components" in request.target:
        connection.wait()
    else:
        connection.send(healthy_response(request))


@types.coroutine
def cancel_at(step: int, work: Awaitable[T]) -> Generator[Any, Any, T]:
    """Run to the given suspension, counted from 0, and cancel the task there."""
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


async def cancel_at_each_suspension(client: Any, call: Callable[[], Awaitable[object]]) -> list[asyncio.CancelledError]:
    """Cancel the call at each of its suspensions in turn. After each, another call must succeed."""
    found: list[asyncio.CancelledError] = []
    for step in range(100):
        try:
            await cancel_at(step, call())
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            assert task
            assert task.uncancel() == 0
            found.append(error)
        else:
            return found
        await asyncio.sleep(0.005)  # time for the server to close the connection
        async with asyncio.timeout(2):
            assert (await client.components.get(1)).id == 1
    raise AssertionError("the call does not end")


async def test_a_call_cancelled_at_any_await_leaves_the_pool_usable(server: FaultServer) -> None:
    async with AsyncClient(server.endpoint, TOKEN, limits=ONE, timeout=2) as client:
        found = await cancel_at_each_suspension(client, lambda: client.components.get(1))
        assert len(found) >= 2
        found = await cancel_at_each_suspension(client, lambda: client.components.update(1, status=1, enabled=True))
        assert len(found) >= 2
        for error in found:
            assert TOKEN not in everything_shown(client, error)


async def test_calls_cancelled_while_they_wait_for_a_connection_do_not_block_the_next_one() -> None:
    with FaultServer(Fault("silent", silent_for_components)) as server:
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


async def test_a_list_cancelled_while_it_prefetches_leaves_the_pool_usable(server: FaultServer) -> None:
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


def test_a_keyboard_interrupt_ends_a_sync_call_at_once_and_leaves_the_client_usable() -> None:
    with (
        FaultServer(Fault("silent", silent_for_components)) as server,
        Client(server.endpoint, TOKEN, limits=ONE, timeout=5) as client,
    ):
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt) as caught, interrupted_after(0.1):
            client.components.get(1)
        assert time.monotonic() - started < 1
        assert TOKEN not in everything_shown(client, caught.value)
        assert client.ping()


@pytest.mark.parametrize("kind", ["keeps", "closes", "locks"])
def test_keyboard_interrupts_at_any_moment_leave_the_client_usable(kind: str) -> None:
    without_coverage = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.interrupts", kind],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=without_coverage,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 20


def test_a_closed_client_raises_an_error_and_sends_nothing() -> None:
    with FaultServer(HEALTHY) as server:
        client = Client(server.endpoint, TOKEN)
        client.close()
        client.close()
        with pytest.raises(errors.ClientStateError, match="closed"):
            client.components.get(1)
        assert server.received == []


async def test_a_closed_async_client_raises_an_error_and_sends_nothing() -> None:
    with FaultServer(HEALTHY) as server:
        client = AsyncClient(server.endpoint, TOKEN)
        await client.aclose()
        await client.aclose()
        with pytest.raises(errors.ClientStateError, match="closed"):
            await client.components.get(1)
        assert server.received == []


async def test_a_call_is_not_retried_if_the_client_is_closed_during_it() -> None:
    with FaultServer(Fault("silent", silent_for_components)) as server:
        client = AsyncClient(server.endpoint, TOKEN, timeout=0.3)
        call = asyncio.create_task(client.components.update(1, status=2, enabled=True))
        await asyncio.sleep(0.1)
        await client.aclose()
        with pytest.raises(errors.CachetError) as caught:
            await call
        assert caught.value.maybe_applied
        assert len(server.received) == 1


def test_a_sync_call_is_not_retried_if_the_client_is_closed_during_it() -> None:
    with FaultServer(Fault("silent", silent_for_components)) as server:
        client = Client(server.endpoint, TOKEN, timeout=0.3)
        threading.Timer(0.1, client.close).start()
        with pytest.raises(errors.CachetError) as caught:
            client.components.update(1, status=2, enabled=True)
        assert caught.value.maybe_applied
        assert len(server.received) == 1


def test_closing_a_client_that_many_threads_use_raises_a_client_state_error_in_each() -> None:
    with FaultServer(HEALTHY) as server:
        client = Client(server.endpoint, TOKEN, timeout=2)
        raised: list[BaseException] = []

        def use() -> None:
            try:
                while True:
                    client.components.get(1)
            except BaseException as error:  # noqa: BLE001  (all are checked below)
                raised.append(error)

        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(0.1)
        client.close()
        for thread in threads:
            thread.join(5)
        assert {type(error) for error in raised} == {errors.ClientStateError}
        assert len(raised) == 8


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


def test_a_client_works_in_a_forked_child_with_its_own_connections() -> None:
    with FaultServer(HEALTHY) as server:
        done = subprocess.run(
            [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORK, server.endpoint],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        # Two for the parent's list with prefetch, one in its child; then one each.
        assert 4 <= server.connections <= 8


def live_transports() -> list[httpx.AsyncHTTPTransport]:
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, httpx.AsyncHTTPTransport)]


def test_an_async_client_can_be_used_in_one_event_loop_after_another() -> None:
    with FaultServer(HEALTHY) as server:
        client = AsyncClient(server.endpoint, TOKEN)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # from asyncio, about connections of a closed loop
            before = {id(transport) for transport in live_transports()}
            for _ in range(3):
                assert asyncio.run(client.ping.get())
            assert len([transport for transport in live_transports() if id(transport) not in before]) == 1
            asyncio.run(client.aclose())
            del client
            gc.collect()  # here, where the warning is expected, and not in another test
        assert server.connections == 3


def test_an_async_client_in_use_in_one_event_loop_is_refused_in_another() -> None:
    with FaultServer(HEALTHY) as server:
        client = AsyncClient(server.endpoint, TOKEN)
        with contextlib.closing(asyncio.new_event_loop()) as one, contextlib.closing(asyncio.new_event_loop()) as other:
            assert one.run_until_complete(client.ping())
            with pytest.raises(errors.ClientStateError, match="another event loop"):
                other.run_until_complete(client.components.get(1))
            assert one.run_until_complete(client.ping())
            one.run_until_complete(client.aclose())
