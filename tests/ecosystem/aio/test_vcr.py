"""vcrpy records requests of the default client, and plays the responses back when the server is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
import vcr  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
from vcr.errors import (  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
    CannotOverwriteExistingCassetteException,
)

from cachet_sdk.testing import FakeCachet
from tests.ecosystem.rows import CREDENTIALS, TOKEN


async def test_recorded_responses_are_played_back(version: str, tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    recorder = vcr.VCR(filter_headers=[CREDENTIALS[version][0]])
    fake = FakeCachet(version, TOKEN)
    with fake.serve() as server:
        async with fake.async_client(endpoint=server.endpoint, transport=None) as client:
            with recorder.use_cassette(cassette, record_mode="once"):
                created = await client.components.create(name="Web", status=1)
                assert [it.name async for it in client.components.list()] == ["Web"]
    assert TOKEN not in (tmp_path / "cassette.yaml").read_text()

    async with fake.async_client(endpoint=server.endpoint, transport=None) as client:
        with recorder.use_cassette(cassette, record_mode="none") as played:
            assert await client.components.create(name="Web", status=1) == created
            assert [it.name async for it in client.components.list()] == ["Web"]
    assert played.all_played
    assert len(fake.requests) == 2


async def test_a_request_that_was_not_recorded_is_not_sent(tmp_path: Path) -> None:
    fake = FakeCachet()
    with fake.serve() as server:
        async with fake.async_client(endpoint=server.endpoint, transport=None) as client:
            with (
                vcr.use_cassette(str(tmp_path / "empty.yaml"), record_mode="none"),
                pytest.raises(CannotOverwriteExistingCassetteException),
            ):
                await client.components.create(name="Web", status=1)
    assert len(fake.requests) == 0
