"""``python -m tests.faults.interrupts``: Ctrl-C at forty moments of a sync call, each followed by a call that succeeds.

A separate program without coverage: an interrupt within coverage.py's tracer leaves its lock held, and the process
then waits forever.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
import time
import warnings
from collections.abc import Generator

import httpx

from cachet_sdk import Client
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


def main() -> int:
    warnings.simplefilter("ignore", ResourceWarning)  # of a connection that was being opened
    interrupts = 0
    with FaultServer(Fault("test", closes_between="closes" in sys.argv)) as server:
        with Client(server.endpoint, "token", limits=ONE, timeout=2) as client:
            for step in range(40):
                try:
                    with interrupted_after(0.0001 + step * 0.00005):
                        client.components.get(1)
                        time.sleep(0.01)
                except KeyboardInterrupt:
                    interrupts += 1
                time.sleep(0.005)
                assert client.components.get(1).id == 1
        gc.collect()
    print(f"{interrupts} interrupts, and the client works")
    return 0


if __name__ == "__main__":
    sys.exit(main())
