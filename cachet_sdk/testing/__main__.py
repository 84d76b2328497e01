"""``python -m cachet_sdk.testing``: serve an embedded Cachet on a port until interrupted."""

from __future__ import annotations

import argparse
import os
import signal
import time
from typing import TYPE_CHECKING

from cachet_sdk.testing.fake import FakeCachet
from cachet_sdk.testing.v1.context import Release

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

_LAST_PORT = 65535
_RELEASES: tuple[Release, ...] = ("2.3", "2.4", "2.4.0-dev-2018")
_POLL_SECONDS = 0.05


def run(arguments: Sequence[str] | None, stopped: Callable[[], bool]) -> None:
    """Serve until ``stopped`` returns True; the first line of the output is the address."""
    parser = argparse.ArgumentParser(prog="python -m cachet_sdk.testing", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 picks a free one (default: 8000)")
    parser.add_argument(
        "--token",
        default=os.environ.get("CACHET_API_TOKEN") or "secret-token",
        help="the API token to accept; other users of this machine can see arguments, so prefer the environment"
        " variable CACHET_API_TOKEN, which is the default (without it: secret-token)",
    )
    parser.add_argument("--version", choices=["1", "3"], default="1", help="the API's version (default: 1)")
    parser.add_argument(
        "--release",
        choices=list(_RELEASES),
        help="with --version 1, the release of Cachet; 2.4.0-dev-2018 is a build of that year (default: 2.4)",
    )
    options = parser.parse_args(arguments)
    if options.version == "3" and options.release is not None:
        parser.error("argument --release: only --version 1 has releases")
    if not 0 <= options.port <= _LAST_PORT:
        parser.error(f"argument --port: expected 0 to {_LAST_PORT}, got {options.port}; 0 picks a free one")
    release: Release = options.release or "2.4"
    fake = (
        FakeCachet(token=options.token, release=release)
        if options.version == "1"
        else FakeCachet(version="3", token=options.token)
    )
    try:
        serving = fake.serve(options.port)
    except OSError as error:  # in use, or this user may not bind it
        parser.error(f"argument --port: {options.port} cannot be used ({error.strerror}); 0 picks a free one")
    with serving as server:
        name = f"Cachet {release}" if options.version == "1" else "Cachet 3"
        print(f"{name} (embedded) at {server.endpoint}")
        print(f"API token: {options.token}", flush=True)
        # Polls: a signal that arrives just before a blocking wait, or in another thread, would not interrupt it.
        while not stopped():
            time.sleep(_POLL_SECONDS)


def main() -> int:
    """Serve until SIGINT or SIGTERM."""
    signals: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        signals.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    run(None, lambda: bool(signals))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
