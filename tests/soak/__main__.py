"""``python -m tests.soak [requests]``: mixed requests on a real socket, watching memory and file descriptors."""

from __future__ import annotations

import asyncio
import sys

from tests.soak.run import Reading, soak, soak_async

DEFAULT = 200_000


def main() -> int:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    status = 0
    for kind, readings in (
        ("sync", soak(requests // 2)),
        ("async", asyncio.run(soak_async(requests // 2))),
    ):
        print(f"{kind}: {requests // 2} requests")
        for reading in readings:
            print(f"   after {reading.requests:>7}: {reading.traced // 1024:>6} KiB, {reading.descriptors} descriptors")
        status |= Reading.grew(readings)
    print("flat" if not status else "GREW")
    return status


if __name__ == "__main__":
    sys.exit(main())
