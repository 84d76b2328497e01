# Made by "make sync" from aio/test_verified_and_tags.py: edit that file instead of this one.
"""``is_verified`` with every date format, and tags whose slugs are equal or not ASCII."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import httpx
import pytest

from cachet_sdk import ArgumentError
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client

DATE = "Wed, 25 Nov 2026 17:14:54 GMT"


def transport_with_subscribers(
    version: str, local: dict[int, str], utc: dict[int, str], date: str | None = DATE
) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/version"):
            return httpx.Response(200, json={"data": version})
        shown = utc if "Time-Zone" in request.headers else local
        rows = [{"id": n, "email": f"{n}@example.com", "verified_at": text} for n, text in shown.items()]
        pagination = {"total": len(rows), "per_page": 20, "current_page": 1, "total_pages": 1}
        headers = {} if date is None else {"Date": date}
        return httpx.Response(200, headers=headers, json={"meta": {"pagination": pagination}, "data": rows})

    return httpx.MockTransport(handle)


@pytest.mark.parametrize("version", ["2.3.18", "2.0.4", "nonsense"])
@pytest.mark.parametrize("timezone", [None, "UTC"])
def test_is_verified_is_known_on_releases_that_keep_the_time_of_verification(
    version: str, timezone: str | None
) -> None:
    local = {
        1: "Wednesday 25th November 2026 18:14:54",  # now, in the server's zone
        2: "Wednesday 25th November 2026 18:10:11",
        3: "Monday 23rd November 2026 18:14:54",
        4: "Mittwoch 25th November 2026 18:14:53",
        5: "Montag 23rd Dezember 2025 09:01:02",
    }
    utc = {number: text.replace(" 18:", " 17:").replace(" 09:", " 08:") for number, text in local.items()}
    transport = transport_with_subscribers(version, local, utc)
    with FakeCachet().client(transport=transport, timezone=timezone) as client:
        found = list(client.subscribers.list())
        assert [it.is_verified for it in found] == [False, True, True, False, True]
        hours = [it.verified_at and it.verified_at.hour for it in found]
        assert hours == ([None, 18, 18, None, None] if timezone is None else [None, 17, 17, None, None])
        for again in (
            [client.subscribers.instance_from_json(it.to_json()) for it in found],
            [pickle.loads(pickle.dumps(it)) for it in found],
            [copy.deepcopy(it) for it in found],
        ):
            assert [it.is_verified for it in again] == [False, True, True, False, True]


def test_is_verified_is_none_if_the_date_format_hides_the_time() -> None:
    with FakeCachet().client() as client:
        expected = {
            "23/11/2026 00:00": True,
            "25/11/2026 17:14": False,
            "23. November 2026": None,
            "2026-11-23": None,
            "2026-11-23 12:00 AM": None,
            "2026-11-23 00:00:00": True,
            "Monday 23rd November 2026 00:00:00": True,
            "Monday 23rd November 2026 17:14:54": False,
        }
        subscribed = [client.subscribers.instance_from_dict({"id": 1, "verified_at": text}) for text in expected]
        assert [it.is_verified for it in subscribed] == list(expected.values())
        assert [it.verified_at is not None for it in subscribed].count(True) == 2


@pytest.mark.parametrize("release", ["2.3", "2.4"])
def test_a_new_subscriber_is_verified_only_if_requested(release: Any) -> None:
    with FakeCachet(release=release).client() as client:
        assert (client.subscribers.create(email="a@example.com", verify=True)).is_verified is True
        assert (client.subscribers.create(email="b@example.com", verify=False)).is_verified is False


def test_unchanged_tags_are_not_sent(client: Client, fake_cachet: FakeCachet) -> None:
    client.components.create(name="A", status=1, tags="C++,C#")
    component = client.components.get(1)
    component.description = "x"
    component.update()
    assert "tags" not in json.loads(fake_cachet.requests[-1].body)
    component.add_tag("new")
    component.update()
    assert "new" in json.loads(fake_cachet.requests[-1].body)["tags"]


def test_a_tag_that_the_server_would_drop_is_refused(client: Client) -> None:
    for tags in ("0", "a,0", ["0"], [" 0 "]):
        with pytest.raises(ArgumentError, match="tags: must not be '0'"):
            client.components.create(name="A", status=1, tags=tags)
    with pytest.raises(ArgumentError, match="must not be '0'"):
        (client.components.create(name="A", status=1)).add_tag("0")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Straße", "strasse"),
        ("ÆØÅ", "aeoa"),
        ("a@b", "a-at-b"),
        ("ß", "ss"),
        ("Ł", "l"),
        ("日本", ""),
        ("Web x", "web-x"),
    ],
)
def test_a_component_is_found_by_the_name_or_the_servers_slug_of_a_tag(name: str, slug: str) -> None:
    rows: list[dict[str, Any]] = [
        {"id": 1, "name": "A", "tags": {slug: name}},
        {"id": 2, "name": "B", "tags": {"other": "Other"}},
    ]

    def handle(request: httpx.Request) -> httpx.Response:
        requested = request.url.params.get_list("tags[]")
        kept = [row for row in rows if not requested or set(requested) & set(row["tags"])]
        pagination = {"total": len(kept), "per_page": 20, "current_page": 1, "total_pages": 1}
        return httpx.Response(200, json={"meta": {"pagination": pagination}, "data": kept})

    with FakeCachet().client(transport=httpx.MockTransport(handle)) as client:
        for tags in filter(None, (name, slug, name.upper())):
            assert [it.id for it in client.components.list(tags=[tags])] == [1]
        found = list(client.components.list(tags=[name]))
        assert found[0].has_tag(slug=slug)
        found[0].set_tags([name])
        assert found[0].tag_slugs == [slug]


def test_a_component_saved_on_the_dashboard_of_2_3_without_tags_has_no_tags(client: Client) -> None:
    component = client.components.instance_from_dict({"id": 1, "name": "A", "tags": {"": ""}})
    assert component.tags == set()
    assert component.changes() == {}
