"""The long run: ``python -m tests.fuzz [seconds]``, five minutes by default. Stops at the first failure."""

from __future__ import annotations

import sys
import time
import warnings

from hypothesis import HealthCheck, Phase, settings

from tests.fuzz.properties import PROPERTIES

EXAMPLES = 200


def main() -> int:
    """Test all properties in turn until the time is up."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    warnings.simplefilter("ignore", UserWarning)  # about plain http and unverified TLS, which are intended here
    long = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    properties = [long(test_property) for test_property in PROPERTIES]
    started = time.monotonic()
    rounds = 0
    while not rounds or time.monotonic() - started < seconds:
        rounds += 1
        for test_property in properties:
            test_property()
    inputs = rounds * EXAMPLES * len(PROPERTIES)
    print(f"{inputs:,} inputs to {len(PROPERTIES)} properties in {time.monotonic() - started:.0f} s: nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
