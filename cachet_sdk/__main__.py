"""``python -m cachet_sdk``: the command ``cachet``."""

import sys

from cachet_sdk.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
