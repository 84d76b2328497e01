"""Run the demo."""

import sys

from cachet_sdk.demo.program import main

sys.exit(main())
