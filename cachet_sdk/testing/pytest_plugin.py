"""The pytest fixture ``fake_cachet``: registered by installing the package, so no ``conftest.py`` is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cachet_sdk.testing.fake import FakeCachet


@pytest.fixture
def fake_cachet() -> FakeCachet:
    """An empty Cachet 2.4 in memory, a fresh one for each test.

    Example:
        >>> def test_the_page_knows_the_database(fake_cachet):
        ...     client = fake_cachet.client()
        ...     client.components.create(name="Database", status=1)
        ...     assert len(fake_cachet.requests) == 1
    """
    from cachet_sdk.testing.fake import FakeCachet  # noqa: PLC0415 - only a test that asks for it pays for httpx

    return FakeCachet()
