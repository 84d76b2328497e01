"""Which process and which event loop a client's connections belong to."""

from __future__ import annotations

import asyncio
import os

import pytest

from cachet_sdk.core.home import AsyncHome, Home
from cachet_sdk.errors import ClientStateError


def test_a_process_stays_at_home() -> None:
    home = Home()

    assert [home.moved(), home.moved()] == [False, False]


def test_a_forked_child_has_moved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert [home.moved(), home.moved()] == [True, False]


async def test_a_loop_stays_at_home() -> None:
    home = AsyncHome()

    assert [home.moved(), home.moved()] == [False, False]


async def test_a_forked_child_may_use_its_own_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    home = AsyncHome()
    home.moved()
    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert [home.moved(), home.moved()] == [True, False]


def test_the_next_loop_needs_new_connections() -> None:
    home = AsyncHome()

    async def ask() -> bool:
        return home.moved()

    assert [asyncio.run(ask()), asyncio.run(ask())] == [False, True]


def test_two_loops_at_a_time_are_refused() -> None:
    home = AsyncHome()

    async def ask() -> bool:
        return home.moved()

    first = asyncio.new_event_loop()
    try:
        first.run_until_complete(ask())
        with pytest.raises(ClientStateError, match="in use in another event loop"):
            asyncio.run(ask())
    finally:
        first.close()
