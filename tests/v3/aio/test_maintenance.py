"""Maintenance windows around a block of code, on Cachet 3."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cachet_sdk import CachetError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import ComponentStatus, ScheduleStatus
from tests.lossy import LossyTransport
from tests.v3.conftest import Server

DISKS: dict[str, Any] = {"name": "New disks", "message": "One by one"}


@pytest.fixture
def server() -> Server:
    return FakeCachet(version="3", rate_limit=None)


@pytest.fixture
def transport(server: Server) -> LossyTransport:
    return LossyTransport(server)


@pytest.fixture
async def page(server: Server, transport: LossyTransport) -> AsyncIterator[AsyncClient]:
    async with server.async_client(transport=transport) as client:
        await client.components.create(name="API", status=1)
        yield client


async def shown_status(page: AsyncClient) -> int:
    return int((await page.components.get(1)).latest_status)


async def test_components_are_under_maintenance_while_the_block_runs(page: AsyncClient) -> None:
    async with page.maintenance(**DISKS, components=[1], duration=600) as window:
        assert (await page.schedules.get(window.id)).status is ScheduleStatus.IN_PROGRESS
        assert await shown_status(page) == ComponentStatus.UNDER_MAINTENANCE
        await window.extend(timedelta(minutes=5))
        assert window.end - window.start == timedelta(minutes=15)
    assert (await page.schedules.get(window.id)).status is ScheduleStatus.COMPLETE
    assert await shown_status(page) == ComponentStatus.OPERATIONAL


async def test_a_window_that_is_never_closed_ends_by_itself(page: AsyncClient) -> None:
    window = page.maintenance(**DISKS, start=datetime.now(UTC) - timedelta(hours=2), duration=3600)
    await window.__aenter__()
    assert (await page.schedules.get(window.id)).status is ScheduleStatus.COMPLETE
    end = window.end
    await window.close()
    assert window.end == end


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
async def test_an_exception_closes_the_window_and_propagates(page: AsyncClient, error: type[BaseException]) -> None:
    with pytest.raises(error):
        async with page.maintenance(**DISKS, components={1: 4}):
            raise error
    assert await shown_status(page) == ComponentStatus.OPERATIONAL


async def test_an_exception_extends_the_window_if_requested(page: AsyncClient) -> None:
    window = page.maintenance(**DISKS, duration=60, on_error="extend")
    with pytest.raises(ValueError, match="disk"):
        async with window:
            raise ValueError("disk")
    assert (window.end - window.start, window.schedule.status) == (timedelta(minutes=2), ScheduleStatus.IN_PROGRESS)


async def test_an_exception_opens_an_incident_if_requested(page: AsyncClient) -> None:
    window = page.maintenance(**DISKS, components=[1], on_error="incident")
    with pytest.raises(ValueError, match="secret"):
        async with window:
            raise ValueError("secret")
    assert window.incident is not None
    assert "secret" not in window.incident.message
    assert (window.incident.visible, await shown_status(page)) == (1, ComponentStatus.PARTIAL_OUTAGE)
    assert (await page.schedules.get(window.id)).status is ScheduleStatus.COMPLETE


async def test_a_lost_response_opens_no_second_window(page: AsyncClient, transport: LossyTransport) -> None:
    transport.lost = [("POST", "/schedules")]
    async with page.maintenance(**DISKS):
        assert await page.schedules.count() == 1


async def test_a_failure_to_close_the_window_is_a_note_on_the_exception_of_the_block(
    page: AsyncClient, transport: LossyTransport
) -> None:
    transport.refused = [("PUT", "/schedules/1")]
    with pytest.raises(ValueError, match="disk") as caught:
        async with page.maintenance(**DISKS):
            raise ValueError("disk")
    assert "(schedule 1) could not be closed" in caught.value.__notes__[0]
    transport.refused = [("PUT", "/schedules/2")]
    with pytest.raises(CachetError):
        async with page.maintenance(**DISKS):
            pass
