"""``python -m tests.faults.interrupts``: Ctrl-C during a sync call, after which another call must succeed.

With ``keeps`` or ``closes``, it arrives at forty moments; the server keeps or closes the connection between calls. With
``locks``, it arrives at each step of acquiring and releasing httpcore's locks, which the moments hit too rarely.

A separate program without coverage: an interrupt within coverage.py's tracer would leave its lock held, and the process
would wait forever.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import inspect
import signal
import sys
import time
import warnings
from collections.abc import Generator
from types import FrameType

import httpx

from cachet_sdk import Client, v1
from tests.faults.server import Fault, FaultServer

ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1)


@contextlib.contextmanager
def interrupted_after(seconds: float) -> Generator[None]:
    """Raise KeyboardInterrupt in this thread after a time, as Ctrl-C would."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def interrupted_in_a_lock(step: int) -> Generator[None]:
    """Raise KeyboardInterrupt before the given step, counted from 0, of the methods of httpcore's locks."""
    steps = 0

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal steps
        if "_synchronization" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            steps += 1
            if steps > step:
                sys.settrace(None)
                raise KeyboardInterrupt
        return trace

    here = inspect.currentframe()
    assert here is not None
    here.f_trace_opcodes = True  # Python 3.12 reports no opcodes unless a frame asks for them before settrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # typeshed: a tracer returns a tracer
    try:
        yield
    finally:
        sys.settrace(None)


def interrupt_at_moments(client: v1.Client) -> int:
    """Interrupt a call at forty moments; return how many calls were still running."""
    interrupts = 0
    for moment in range(40):
        try:
            with interrupted_after(0.0001 + moment * 0.00005):
                client.components.get(1)
                time.sleep(0.01)
        except KeyboardInterrupt:
            interrupts += 1
        time.sleep(0.005)
        assert client.components.get(1).id == 1
    return interrupts


def interrupt_in_locks(client: v1.Client) -> int:
    """Interrupt a call at each step of httpcore's locks; return how many there are."""
    for step in range(1000):
        try:
            with interrupted_in_a_lock(step):
                client.components.get(1)
        except KeyboardInterrupt:
            assert client.components.get(1).id == 1
        else:
            return step
    raise AssertionError("the call does not end")


def main() -> int:
    faulthandler.dump_traceback_later(50, exit=True)
    warnings.simplefilter("ignore", ResourceWarning)  # of a connection that was being opened
    with FaultServer(Fault("test", closes_between="closes" in sys.argv)) as server:
        with Client(server.endpoint, "token", limits=ONE, timeout=2) as client:
            interrupts = interrupt_in_locks(client) if "locks" in sys.argv else interrupt_at_moments(client)
        gc.collect()
    print(f"{interrupts} interrupts, and the client works")
    return 0


if __name__ == "__main__":
    sys.exit(main())
