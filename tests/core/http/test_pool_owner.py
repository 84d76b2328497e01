"""Which process and which event loop a client's connections belong to."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

from cachet_sdk.core.http.pool_owner import AsyncPoolOwner, PoolOwner
from cachet_sdk.errors import ClientStateError


class Reopen:
    """Counts how often connections are reopened."""

    def __init__(self) -> None:
        self.opened = 0

    def __call__(self) -> None:
        self.opened += 1


def test_a_process_keeps_its_connections() -> None:
    owner, reopen = PoolOwner(), Reopen()
    owner.ensure_current(reopen)
    assert not owner.is_foreign()
    assert reopen.opened == 0


def test_a_forked_child_reopens_its_connections_once(monkeypatch: pytest.MonkeyPatch) -> None:
    owner, reopen = PoolOwner(), Reopen()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert owner.is_foreign()
    owner.ensure_current(reopen)
    owner.ensure_current(reopen)
    assert not owner.is_foreign()
    assert reopen.opened == 1


def test_all_threads_of_a_forked_child_wait_until_its_connections_are_reopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner, barrier = PoolOwner(), threading.Barrier(4)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    opened, used = list[str](), list[int]()

    def reopen() -> None:
        threading.Event().wait(0.05)
        opened.append("reopened")

    def use() -> None:
        barrier.wait()
        owner.ensure_current(reopen)
        used.append(len(opened))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert used == [1, 1, 1, 1]


async def test_an_event_loop_keeps_its_connections() -> None:
    owner, reopen = AsyncPoolOwner(), Reopen()
    owner.ensure_current(reopen)
    owner.ensure_current(reopen)
    assert not owner.is_foreign()
    assert reopen.opened == 0


async def test_a_forked_child_reopens_the_connections_of_an_event_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    owner, reopen = AsyncPoolOwner(), Reopen()
    owner.ensure_current(reopen)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert owner.is_foreign()
    owner.ensure_current(reopen)
    owner.ensure_current(reopen)
    assert reopen.opened == 1


def test_the_next_event_loop_reopens_the_connections() -> None:
    owner, reopen = AsyncPoolOwner(), Reopen()

    async def use() -> bool:
        was_foreign = owner.is_foreign()
        owner.ensure_current(reopen)
        return was_foreign

    assert [asyncio.run(use()), asyncio.run(use())] == [False, True]
    assert reopen.opened == 1


def test_two_event_loops_at_the_same_time_are_refused() -> None:
    owner, reopen = AsyncPoolOwner(), Reopen()

    async def use() -> None:
        owner.ensure_current(reopen)

    first = asyncio.new_event_loop()
    try:
        first.run_until_complete(use())
        with pytest.raises(ClientStateError, match="in use in another event loop"):
            asyncio.run(use())
    finally:
        first.close()


def test_a_running_asyncio_event_loop_is_required() -> None:
    with pytest.raises(ClientStateError, match="requires a running asyncio event loop"):
        AsyncPoolOwner().ensure_current(Reopen())
