"""The entry point. Imports nothing from the extra ``cli``, so that it can report when the extra is missing."""

from __future__ import annotations

import sys
from importlib.util import find_spec

#: Import names of the packages in the extra ``cli``.
_NEEDED = ("click", "rich", "platformdirs", "tomlkit", "yaml")


def main() -> int:
    """Run the command on ``sys.argv`` and return its exit code."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        sys.stderr.write(
            f"cachet: required packages are not installed ({', '.join(missing)}); "
            "install them with: pip install 'cachet_sdk[cli]'\n"
            "Available without them: python -m cachet_sdk.demo (a demo) and python -m cachet_sdk.testing (an embedded "
            "Cachet)\n"
        )
        return 2
    from cachet_sdk.cli.app import run  # noqa: PLC0415  (imports click)

    return run(sys.argv[1:])
