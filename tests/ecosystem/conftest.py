"""The two APIs, one after the other."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["1", "3"])
def version(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen
