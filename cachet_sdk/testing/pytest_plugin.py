"""The pytest fixtures ``fake_cachet`` and ``fake_cachet_v3``: installing cachet_sdk registers them.

pytest imports this module in every run, even if no test uses these fixtures. So neither this module nor its parent
packages import httpx or pydantic before a fixture is requested.
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
    """Return an empty in-memory Cachet 2.4, a new one for each test.

    Example:
        >>> def test_a_component_is_created(fake_cachet):
        ...     client = fake_cachet.client()
        ...     client.components.create(name="Database", status=1)
        ...     assert len(fake_cachet.requests) == 1
    """
    from cachet_sdk.testing import FakeCachet  # noqa: PLC0415 - see the module's docstring

    return FakeCachet()


@pytest.fixture
def fake_cachet_v3() -> FakeCachet[ClientV3, AsyncClientV3]:
    """Return an empty in-memory Cachet 3, a new one for each test.

    Example:
        >>> def test_a_component_is_created(fake_cachet_v3):
        ...     client = fake_cachet_v3.client()
        ...     client.components.create(name="Database")
        ...     assert fake_cachet_v3.requests[-1].path == "/api/components"
    """
    from cachet_sdk.testing import FakeCachet  # noqa: PLC0415 - see the module's docstring

    return FakeCachet(version="3")
