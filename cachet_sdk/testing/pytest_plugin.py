"""The pytest fixtures ``fake_cachet`` and ``fake_cachet_v3``: installing cachet_sdk registers them.

Every run of pytest in an environment with cachet_sdk imports this module, also those that never use a fixture of it.
So neither this module nor its packages load httpx or pydantic before a fixture is requested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cachet_sdk.testing import FakeCachet
    from cachet_sdk.v3 import AsyncClient as AsyncClientV3
    from cachet_sdk.v3 import Client as ClientV3


@pytest.fixture
def fake_cachet() -> FakeCachet:
    """An empty Cachet 2.4 in memory, a fresh one for each test.

    Example:
        >>> def test_the_page_knows_the_database(fake_cachet):
        ...     client = fake_cachet.client()
        ...     client.components.create(name="Database", status=1)
        ...     assert len(fake_cachet.requests) == 1
    """
    from cachet_sdk.testing import FakeCachet  # noqa: PLC0415 - see the module's docstring

    return FakeCachet()


@pytest.fixture
def fake_cachet_v3() -> FakeCachet[ClientV3, AsyncClientV3]:
    """An empty Cachet 3 in memory, a fresh one for each test.

    Example:
        >>> def test_the_page_knows_the_database(fake_cachet_v3):
        ...     client = fake_cachet_v3.client()
        ...     client.components.create(name="Database")
        ...     assert fake_cachet_v3.requests[-1].path == "/api/components"
    """
    from cachet_sdk.testing import FakeCachet  # noqa: PLC0415 - see the module's docstring

    return FakeCachet(version="3")
