# Made by "make sync" from aio/test_board.py: edit that file instead of this one.
"""The status board: the whole status page in one call."""

from __future__ import annotations

from datetime import datetime

import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client
from tests.testing.api import Clock


@pytest.fixture
def fake_cachet(clock: Clock) -> FakeCachet:
    # In the first seconds of a minute schedules are read twice, because a null date looks like a real one then.
    return FakeCachet(clock=clock)


def test_the_board_arranges_components_incidents_and_maintenance(client: Client, fake_cachet: FakeCachet) -> None:
    for name, order, visible in (("Shop", 2, True), ("Asia", 1, False)):
        client.component_groups.create(name=name, order=order, visible=visible)
    for name, group, enabled in (("Web", 1, True), ("Pay", 1, True), ("Old", 1, False), ("DNS", 0, True)):
        client.components.create(name=name, status=1, group_id=group, enabled=enabled, order=len(name))
    client.components.update(2, order=1)
    for status in (1, 4, 3):
        client.incidents.create(name="I", message="m", status=status)
    for status in (0, 1, 2):
        client.schedules.create(name="S", status=status, scheduled_at=datetime(2030, 1, 1))
    fake_cachet.requests.clear()
    board = client.status_board()
    assert len(fake_cachet.requests) == 8
    assert [(it.group.name, [one.name for one in it.components]) for it in board.groups] == [
        ("Asia", []),
        ("Shop", ["Pay", "Web"]),
    ]
    assert [it.name for it in board.ungrouped] == ["DNS"]
    assert [it.id for it in board.open_incidents] == [3, 1]
    assert [[it.id for it in kind] for kind in (board.upcoming_maintenance, board.running_maintenance)] == [[1], [2]]
    assert (board.status, board.message) == ("info", "Some systems are experiencing issues")
    with fake_cachet.client(api_token="invalid") as visitor:
        assert [it.group.name for it in (visitor.status_board()).groups] == ["Shop"]


def test_a_visitor_sees_no_hidden_incidents_and_cachet_2_3_has_no_maintenance() -> None:
    fake = FakeCachet(release="2.3")
    with fake.client() as client:
        client.components.create(name="API", status=1)
        client.incidents.create(name="Hidden", message="m", status=1, visible=False)
        assert [it.name for it in (client.status_board()).open_incidents] == ["Hidden"]
    with fake.client(api_token="invalid") as visitor:
        board = visitor.status_board()
        assert (board.open_incidents, board.upcoming_maintenance, len(board.ungrouped)) == ((), (), 1)
