# Made by "make sync" from aio/test_quirks.py: edit that file instead of this one.
"""Server quirks that the SDK hides: PUT resets, filtered pages, unsorted incidents. Others: ``test_quirks_*.py``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from cachet_sdk.testing import FakeCachet

PER_PAGE = [3, 10, 20, 30]


# A PUT resets what it leaves out.


def test_a_hidden_sticky_incident_stays_so_when_its_status_changes(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        client.incidents.create(name="I", message="m", status=1, visible=False, stickied=True)
        for updated in (
            client.incidents.update(1, status=2),
            client.incidents.update(1, visible=False),
            client.incidents.update(1, stickied=True),
            client.incidents.update(1),
        ):
            assert (updated.visible, updated.stickied, updated.status) == (False, True, 2)


def test_an_incident_that_saves_itself_stays_hidden_and_sticky(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        made = client.incidents.create(name="I", message="m", status=1, visible=False, stickied=True)
        made.name = "J"
        made.save()
        assert ((found := client.incidents.get(1)).visible, found.stickied, found.name) == (False, True, "J")


def test_an_incident_that_was_made_sticky_elsewhere_is_not_unstuck_by_a_save(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        mine = client.incidents.create(name="I", message="m", status=1)
        client.incidents.update(1, stickied=True)
        mine.name = "J"
        mine.save()
        assert (client.incidents.get(1)).stickied


def test_a_group_keeps_its_place_and_stays_public_when_it_is_renamed(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        client.component_groups.create(name="G", order=5, visible=True)
        for updated in (
            client.component_groups.update(1, name="H"),
            client.component_groups.update(1, order=5),
            client.component_groups.update(1, visible=True),
            client.component_groups.update(1),
        ):
            assert (updated.order, updated.visible) == (5, True)


def test_a_point_keeps_its_value_when_its_time_changes(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        client.metrics.create(name="M", suffix="s")
        for value in range(30):
            client.metric_points.create(metric_id=1, value=value)
        moved = client.metric_points.update(metric_id=1, point_id=8, timestamp=datetime(2026, 1, 1, tzinfo=UTC))
        assert (moved.value, moved.created_at) == (7, datetime(2026, 1, 1))
        client.metric_points.update(metric_id=1, point_id=8)
        assert [it.value for it in client.metric_points.list(1)][-1] == 7


@pytest.mark.parametrize("release", ["2.3", "2.4"])
def test_a_disabled_component_stays_disabled(release: Any) -> None:
    with FakeCachet(release=release).client() as client:
        made = client.components.create(name="A", status=1, enabled=False)
        assert not (client.components.update(1, status=4)).enabled
        made.name = "B"
        assert not (made.save()).enabled
        assert not (client.components.get(1)).enabled


def test_the_release_is_asked_for_once_and_only_where_it_matters(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        for name in "AB":
            client.components.create(name=name, status=1)
        client.components.update(1, status=1, enabled=True)
        assert [it.path for it in fake_cachet.requests if it.path.endswith("version")] == []
        for number in (1, 2, 1):
            client.components.update(number, status=2)
        assert len([it for it in fake_cachet.requests if it.path.endswith("version")]) == 1


def test_a_component_keeps_its_status_and_stays_disabled_where_the_version_is_not_told() -> None:
    old = FakeCachet(release="2.3")

    def handle(request: httpx.Request) -> httpx.Response:
        # wire/v1: the server fails when it cannot reach the place where it looks for newer versions.
        return httpx.Response(500) if request.url.path.endswith("/version") else old.transport.handle_request(request)

    with old.client(transport=httpx.MockTransport(handle)) as client:
        client.components.create(name="A", status=1, enabled=False)
        assert not (client.components.update(1, status=4)).enabled
        assert (client.components.update(1, name="B")).status == 4


# A filter together with page is a 500.


@pytest.mark.parametrize("page", [1, 2, 3, 9])
@pytest.mark.parametrize("per_page", PER_PAGE)
def test_a_filtered_list_is_complete_from_the_page_that_was_asked_for(
    fake_cachet: FakeCachet, page: int, per_page: int
) -> None:
    with fake_cachet.client() as client:
        for number in range(1, 41):
            client.components.create(name=f"C{number}", status=1 + number % 2)
            client.component_groups.create(name=f"G{number}", collapsed=number % 2)
        even = list(range(2, 41, 2))[(page - 1) * per_page :]
        components = client.components.list(page, per_page, status=1)
        groups = client.component_groups.list(page, per_page, collapsed=0)
        assert [it.id for it in components] == even
        assert [it.id for it in groups] == even


@pytest.mark.parametrize(("page", "per_page"), [(1, 3), (2, 10), (2, 20)])
def test_a_filtered_incident_list_is_complete(fake_cachet: FakeCachet, page: int, per_page: int) -> None:
    with fake_cachet.client() as client:
        for number in range(1, 41):
            client.incidents.create(name=f"I{number}", message="m", status=1 + number % 2, visible=number > 20)
        found = [it.id for it in client.incidents.list(page, per_page, status=1, visible=True)]
        assert found == list(range(40, 20, -2))[(page - 1) * per_page :]


def test_a_filter_for_a_bool_finds_what_it_says(fake_cachet: FakeCachet) -> None:
    with fake_cachet.client() as client:
        client.components.create(name="On", status=1)
        client.components.create(name="Off", status=1, enabled=False)
        assert [it.name for it in client.components.list(enabled=True)] == ["On"]
        assert [it.name for it in client.components.list(enabled=False)] == ["Off"]


# unsorted pages of /incidents repeat and lose rows.


@pytest.mark.parametrize("per_page", PER_PAGE)
@pytest.mark.parametrize("prefetch", [0, 2])
def test_an_incident_list_is_complete_and_repeats_nothing(
    fake_cachet: FakeCachet, per_page: int, prefetch: int
) -> None:
    with fake_cachet.client() as client:
        for number in range(60):
            client.incidents.create(name=f"I{number}", message="m", status=1)
        found = [it.id for it in client.incidents.list(per_page=per_page, prefetch=prefetch)]
        assert found == list(range(60, 0, -1))


@pytest.mark.parametrize("per_page", PER_PAGE)
def test_an_incident_list_repeats_nothing_while_rows_come(fake_cachet: FakeCachet, per_page: int) -> None:
    with fake_cachet.client() as client:
        for number in range(60):
            client.incidents.create(name=f"I{number}", message="m", status=1)
        found: list[int] = []
        for incident in client.incidents.list(per_page=per_page):
            found.append(incident.id)
            if len(found) % 7 == 0:
                client.incidents.create(name="New", message="m", status=1)
        assert len(found) == len(set(found))
        assert set(found) >= set(range(1, 61))


@pytest.mark.parametrize("per_page", PER_PAGE)
def test_an_incident_list_loses_nothing_while_rows_go(fake_cachet: FakeCachet, per_page: int) -> None:
    with fake_cachet.client() as client:
        for number in range(60):
            client.incidents.create(name=f"I{number}", message="m", status=1)
        found: list[int] = []
        gone: set[int] = set()
        for incident in client.incidents.list(per_page=per_page):
            found.append(incident.id)
            if len(found) % 7 == 0:
                gone.add(incident.id)
                incident.delete()
        assert len(found) == len(set(found))
        assert set(found) | gone == set(range(1, 61))


@pytest.mark.parametrize("per_page", [1, 3, 10, 100])
def test_deleting_each_subscriber_of_a_list_deletes_all(fake_cachet: FakeCachet, per_page: int) -> None:
    with fake_cachet.client() as client:
        for number in range(25):
            client.subscribers.create(email=f"{number}@example.com")
        for subscriber in client.subscribers.list(per_page=per_page):
            subscriber.delete()
        assert client.subscribers.count() == 0
