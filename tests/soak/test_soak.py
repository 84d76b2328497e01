"""A short soak test. ``make soak`` sends 200,000 requests."""

from __future__ import annotations

import subprocess
import sys


def test_no_client_grows_in_memory_or_file_descriptors() -> None:
    # In a separate process, because pytest and coverage allocate memory as well.
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", "1000"], capture_output=True, text=True, check=False, timeout=100
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.endswith("flat\n")
