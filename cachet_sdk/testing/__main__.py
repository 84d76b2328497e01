"""``python -m cachet_sdk.testing``: an embedded Cachet on a port, until it is interrupted."""

from __future__ import annotations

import argparse
import signal
import threading
from typing import TYPE_CHECKING

from cachet_sdk.testing.fake import FakeCachet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

_LAST_PORT = 65535


def run(arguments: Sequence[str] | None, stop: threading.Event) -> None:
    """Serve until the event is set; where, the first line of the output says."""
    parser = argparse.ArgumentParser(prog="python -m cachet_sdk.testing", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 picks a free one (default: 8000)")
    parser.add_argument("--token", default="secret-token", help="the API token to accept (default: secret-token)")
    parser.add_argument("--version", choices=["1", "3"], default="1", help="the API's version (default: 1)")
    options = parser.parse_args(arguments)
    if not 0 <= options.port <= _LAST_PORT:
        parser.error(f"argument --port: expected 0 to {_LAST_PORT}, got {options.port}; 0 picks a free one")
    try:
        serving = FakeCachet(version=options.version, token=options.token).serve(options.port)
    except OSError as error:  # in use, or not this user's to take
        parser.error(f"argument --port: {options.port} cannot be used ({error.strerror}); 0 picks a free one")
    with serving as server:
        name = "Cachet 2.4" if options.version == "1" else "Cachet 3"
        print(f"{name} (embedded) at {server.endpoint}")
        print(f"API token: {options.token}", flush=True)
        stop.wait()


def main() -> int:
    """Serve until SIGINT or SIGTERM."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    run(None, stop)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
