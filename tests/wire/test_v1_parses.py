"""Each recorded response with a resource parses through the public API, and ``attrs`` returns it unchanged."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

import cachet_sdk
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.v1.client import Client
from tests.wire.conformance import recordings

ENDPOINT = "https://status.test/api/v1"
V1 = Path(__file__).parent / "v1"
RECORDED = [V1 / "recorded", V1 / "recorded_2_3", V1 / "recorded_quirks"]

#: The manager for each path; the first match counts.
MANAGERS = [
    (r"/components/groups(/\d+)?", "component_groups"),
    (r"/components(/\d+\w*)?", "components"),
    (r"/incidents/templates(/\d+)?", "incident_templates"),
    (r"/incidents/\d+/updates(/\d+)?", "incident_updates"),
    (r"/incidents(/\d+)?", "incidents"),
    (r"/metrics/\d+/points(/\d+)?", "metric_points"),
    (r"/metrics(/\d+)?", "metrics"),
    (r"/schedules(/\d+)?", "schedules"),
    (r"/subscribers", "subscribers"),
]

#: Paths whose successful responses are not resources.
OTHER_PATHS = {"/ping", "/version", "/status"}

#: The server's value of dates that are out of the database's range; see "Dates out of range" in docs/quirks.md.
ZERO_DATE = "-0001-11-30 00:00:00"

#: Corrected by the SDK if two updates were posted within one second; tested in ``test_quirks_answers.py``.
CORRECTED = {"latest_update_id", "latest_status", "latest_human_status", "is_resolved"}

Exchange = dict[str, Any]


def manager_of(path: str) -> str | None:
    return next((name for pattern, name in MANAGERS if re.fullmatch(pattern, path.rstrip("/"))), None)


def successful_exchanges() -> Iterator[tuple[str, Exchange]]:
    """Yield every successful JSON exchange, with a name for it."""
    for recording in (recording for folder in RECORDED for recording in recordings(folder)):
        for number, exchange in enumerate(recording.exchanges):
            if exchange["response"]["status"] == 200 and "json" in exchange["response"]:
                yield f"{recording.name}-{number}", exchange


def rows_of(exchange: Exchange) -> list[dict[str, Any]]:
    data = exchange["response"]["json"]["data"]
    return list(data) if isinstance(data, list) else [data]


RESPONSES = dict(successful_exchanges())
RESOURCE_RESPONSES = {
    name: it for name, it in RESPONSES.items() if it["request"]["path"].rstrip("/") not in OTHER_PATHS
}
READS = {name: it for name, it in RESOURCE_RESPONSES.items() if it["request"]["method"] == "GET"}


def replaying_client(exchange: Exchange) -> Client:
    """Return a client that gets this response to any request."""
    response = exchange["response"]

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(response["status"], headers=response["headers"], json=response["json"])

    return cachet_sdk.Client(ENDPOINT, "token", transport=httpx.MockTransport(handle))


def manager(client: Client, exchange: Exchange) -> Any:
    name = manager_of(exchange["request"]["path"])
    assert name is not None, exchange["request"]
    return getattr(client, name)


def test_there_is_a_response_of_every_kind() -> None:
    kinds = {manager_of(it["request"]["path"]) for it in RESOURCE_RESPONSES.values() if rows_of(it)}
    # No template was recorded, because they are created on the dashboard.
    assert kinds == {name for _, name in MANAGERS} - {"incident_templates"}
    assert sum(len(rows_of(it)) for it in RESOURCE_RESPONSES.values()) > 450


@pytest.mark.parametrize("name", RESOURCE_RESPONSES)
def test_a_recorded_row_parses_and_comes_back_unchanged(name: str) -> None:
    exchange = RESOURCE_RESPONSES[name]
    with replaying_client(exchange) as client:
        chosen = manager(client, exchange)
        for row in rows_of(exchange):
            item = chosen.instance_from_dict(copy.deepcopy(row))
            assert item.attrs == row
            assert list(item.attrs) == list(row)
            assert item.changes() == {}
            assert json.loads(item.to_json()) == row
            for restored in (
                chosen.instance_from_json(item.to_json()),
                chosen.instance_list_from_json(f"[{json.dumps(row)}]")[0],
                pickle.loads(pickle.dumps(item)),
                copy.deepcopy(item),
            ):
                assert restored == item
                assert restored.attrs == row


@pytest.mark.parametrize("name", RESOURCE_RESPONSES)
def test_typed_attributes_match_the_raw_row(name: str) -> None:
    exchange = RESOURCE_RESPONSES[name]
    with replaying_client(exchange) as client:
        for row in rows_of(exchange):
            item = manager(client, exchange).instance_from_dict(row)
            assert list(mismatches(item, row)) == []


@pytest.mark.parametrize("name", READS)
def test_a_recorded_read_works_through_the_public_api(name: str) -> None:
    exchange = READS[name]
    rows = rows_of(exchange)
    with replaying_client(exchange) as client:
        chosen = manager(client, exchange)
        numbers = [int(number) for number in re.findall(r"\d+", exchange["request"]["path"])]
        if isinstance(exchange["response"]["json"]["data"], dict):
            assert chosen.get(*numbers).attrs == rows[0]
            return
        page = exchange["response"]["json"]["meta"]["pagination"]
        # islice, because the recorded page may be past the end or have an invalid size.
        found = islice(chosen.list(*numbers, page=page["current_page"], per_page=page["per_page"]), len(rows))
        assert [item.attrs for item in found] == rows
        assert chosen.count(*numbers) == page["total"]


@pytest.mark.parametrize("name", sorted(RESPONSES.keys() - RESOURCE_RESPONSES.keys()))
def test_ping_version_and_status_work_through_the_public_api(name: str) -> None:
    exchange = RESPONSES[name]
    document = exchange["response"]["json"]
    with replaying_client(exchange) as client:
        path = exchange["request"]["path"].strip("/")
        if path == "ping":
            assert client.ping()
        elif path == "version":
            version = client.version()
            assert (version.value, version.on_latest) == (document["data"], document["meta"]["on_latest"])
            assert version.latest == document["meta"]["latest"]
            assert version.attrs == document
        else:
            status = client.status()
            assert {"status": status.status, "message": status.message} == document["data"] == status.attrs


def mismatches(item: ResourceData, row: dict[str, Any]) -> Iterator[str]:
    """Yield typed attributes whose values differ from the JSON that they were parsed from."""
    for name, field in type(item).model_fields.items():
        key = field.alias or name
        if key not in row:
            continue
        value, raw = getattr(item, name), row[key]
        if not matches(name, value, raw):
            yield f"{name}: {value!r} from {raw!r}"


def matches(name: str, value: object, raw: Any) -> bool:
    if name in CORRECTED:
        return True
    if name in {"verified_at", "completed_at"}:
        return value == moment(raw)
    if isinstance(value, list):
        return all(list(mismatches(one, other)) == [] for one, other in zip(value, raw, strict=True))
    if isinstance(value, AbstractSet):
        return sorted(value) == sorted(raw.values() if isinstance(raw, dict) else raw)
    if raw == ZERO_DATE:
        return value is None
    if isinstance(value, datetime):
        value = value.strftime("%Y-%m-%d %H:%M:%S")
    # Booleans are ints in some responses, and null means empty text.
    return value == raw or (value == "" and raw is None)


def moment(text: str) -> datetime | None:
    """Return the expected value of a date that the server sends as the current time if it is null."""
    prose = re.fullmatch(r"\w+ (\d+)\w\w November 2026 (\d\d:\d\d:\d\d)", text)
    shown = datetime.fromisoformat(f"2026-11-{int(prose[1]):02} {prose[2]}" if prose else text)
    if prose is not None and shown != shown.replace(hour=0, minute=0, second=0):
        return None
    return None if shown.second else shown
