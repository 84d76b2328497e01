"""The status board: the whole status page in one call."""

from __future__ import annotations

from datetime import datetime

from cachet_sdk.v3.aio.client import AsyncClient
from tests.v3.conftest import Server


async def test_the_board_arranges_components_incidents_and_maintenance(
    async_client: AsyncClient, async_visitor: AsyncClient, server: Server
) -> None:
    for name, order, visible in (("Shop", 2, True), ("Asia", 1, False)):
        await async_client.component_groups.create(name=name, order=order, visible=visible)
    for name, group, enabled in (("Web", 1, True), ("Pay", 1, True), ("Old", 1, False), ("DNS", None, True)):
        await async_client.components.create(name=name, status=1, component_group_id=group, enabled=enabled, order=3)
    await async_client.components.update(2, order=1)
    for status in (1, 4, 3):
        await async_client.incidents.create(name="I", message="m", status=status)
    for start, end in (((2030, 1, 1), None), ((2026, 1, 1), (2030, 1, 1)), ((2026, 1, 1), (2026, 1, 2))):
        await async_client.schedules.create(
            name="S", message="m", scheduled_at=datetime(*start), completed_at=end and datetime(*end)
        )
    server.requests.clear()
    board = await async_client.status_board()
    assert len(server.requests) == 5
    assert [(it.group.name, [one.name for one in it.components]) for it in board.groups] == [
        ("Asia", []),
        ("Shop", ["Pay", "Web"]),
    ]
    assert [it.name for it in board.ungrouped] == ["DNS"]
    assert [it.id for it in board.open_incidents] == [3, 1]
    assert [[it.id for it in kind] for kind in (board.upcoming_maintenance, board.running_maintenance)] == [[1], [2]]
    assert board.status == "operational"
    public = await async_visitor.status_board()
    assert ([it.group.name for it in public.groups], public.open_incidents) == (["Shop"], ())
