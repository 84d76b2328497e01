"""The SDK's clients, as returned by ``FakeCachet``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cachet_sdk.testing import FakeCachet


def test_client_is_connected_to_the_server(fake: FakeCachet) -> None:
    assert fake.client().components.create(name="A", status=1).id == 1
    assert fake.requests[-1].headers["x-cachet-token"] == fake.token


async def test_async_client_is_connected_to_the_server(fake: FakeCachet) -> None:
    component = await fake.async_client().components.create(name="A", status=1)
    assert component.id == 1


def test_options_reach_the_client(fake: FakeCachet) -> None:
    fake.client(api_token="another").ping()
    assert fake.requests[-1].headers["x-cachet-token"] == "another"
