"""The virtual environment of the peers, in `.venvs/bench-peers`. It is recreated when the pins change."""

from __future__ import annotations

import subprocess
import sys
import venv

from tests.benchmarks.protocol import ROOT

PINS = ("cachet-client==4.0.1", "cachethq-client==1.0.4")
HOME = ROOT / ".venvs" / "bench-peers"


def python() -> str:
    """Return the interpreter of the peers' environment, which is created if it is missing."""
    interpreter, marker = HOME / "bin" / "python", HOME / "pins.txt"
    wanted = "\n".join((*PINS, sys.version))
    if not marker.exists() or marker.read_text() != wanted:
        print(f"installing {' and '.join(PINS)} under {HOME.relative_to(ROOT)}", file=sys.stderr)
        venv.create(HOME, with_pip=True, clear=True)
        subprocess.run([interpreter, "-m", "pip", "install", "--quiet", *PINS], check=True)
        marker.write_text(wanted)
    return str(interpreter)
