"""Has pytest run the examples in the README, the documentation and the docstrings; see ``tests/docs/examples.py``."""

from __future__ import annotations

import os

from hypothesis import settings

from tests.docs.examples import sybil_of_docstrings, sybil_of_pages

pytest_collect_file = (sybil_of_pages() + sybil_of_docstrings()).pytest()

# Coverage is measured in the workers. In the processes that tests start, it would only cost time.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)

# A machine that is busy with other things is no failure of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
