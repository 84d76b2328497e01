"""``client.request()``, for endpoints that no manager covers."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import JsonValue

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.testing import FakeCachet


@pytest.mark.parametrize("version", ["1", "3"])
async def test_a_raw_request_takes_and_returns_json(version: str) -> None:
    fake: FakeCachet[Any, Any] = FakeCachet(version=version)
    async with fake.async_client() as client:
        assert await client.request("GET", "/ping") == {"data": "Pong!"}
        await client.request("POST", "/components", json={"name": "Web", "status": 1})
        listed: Any = await client.request("GET", "/components", params={"per_page": 1})
        assert len(listed["data"]) == 1
        assert fake.requests[-1].query == "per_page=1"
        assert await client.request("DELETE", "/components/1") is None
        with pytest.raises(NotFoundError):
            await client.request("GET", "/components/1")


@pytest.mark.parametrize(
    ("method", "path", "json", "argument"),
    [
        ("get", "/ping", None, "method"),
        ("TRACE", "/ping", None, "method"),
        ("GET", "ping", None, "path"),
        ("GET", "/ping?x=1", None, "path"),
        ("GET", "/pi ng", None, "path"),
        ("GET", "/ping\r\nX: y", None, "path"),
        ("POST", "/components", {"x": float("nan")}, "json"),
        ("POST", "/components", {"x": object()}, "json"),
    ],
)
async def test_the_error_for_a_bad_argument_names_it_and_nothing_is_sent(
    fake_cachet: FakeCachet, method: str, path: str, json: JsonValue, argument: str
) -> None:
    async with fake_cachet.async_client() as client:
        with pytest.raises(ArgumentError) as caught:
            await client.request(method, path, json=json)
    assert caught.value.argument == argument
    assert len(fake_cachet.requests) == 0
