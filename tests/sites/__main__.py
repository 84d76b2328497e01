"""``python -m tests.sites``: import and export a page of 10,000 components and 100,000 points, and print the cost."""

from __future__ import annotations

import argparse

from tests.sites.large import run, worker


def main() -> None:
    """Print the time and memory that a small and a large page take."""
    parser = argparse.ArgumentParser(prog="python -m tests.sites", description=__doc__)
    parser.add_argument("--components", type=int, default=10_000)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--worker", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(*options.worker)
        return
    head = ("components", "points", "import s", "MiB more", "export s", "MiB more")
    print(" ".join(f"{word:>10}" for word in head), flush=True)
    for components, points in ((options.components // 10, options.points // 10), (options.components, options.points)):
        took = run(components, points)
        print(
            f"{components:>10,} {points:>10,} {took.import_seconds:>10.1f} {took.import_mib:>10.1f} "
            f"{took.export_seconds:>10.1f} {took.export_mib:>10.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
