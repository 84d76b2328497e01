"""Where the command starts: it runs ``app``, or says what to install. Imports nothing that the extra brings."""

from __future__ import annotations

import sys
from importlib.util import find_spec

#: What the extra ``cli`` installs, by import name.
_NEEDED = ("click", "rich", "platformdirs", "tomlkit", "yaml")


def main() -> int:
    """Run the command on ``sys.argv`` and return its exit code."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        sys.stderr.write(
            f"cachet: the command needs packages that are not installed ({', '.join(missing)}); "
            "install them with: pip install 'cachet_sdk[cli]'\n"
        )
        return 2
    from cachet_sdk.cli.app import run  # noqa: PLC0415  (needs what was looked for above)

    return run(sys.argv[1:])
