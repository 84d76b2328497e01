"""Run the tests for both versions of the API."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["1", "3"])
def version(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen
