"""Each recorded answer of a resource parses through the SDK, and ``attrs`` gives it back unchanged."""

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

#: Which manager reads what a path gives; the first that matches. ``{}`` stands for an id.
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

#: Paths whose successful answers are no resources.
OTHERS = {"/ping", "/version", "/status"}

Exchange = dict[str, Any]


def manager_of(path: str) -> str | None:
    return next((name for form, name in MANAGERS if re.fullmatch(form, path.rstrip("/"))), None)


def answered() -> Iterator[tuple[str, Exchange]]:
    """Every successful JSON answer, with a name for it."""
    for recording in (recording for folder in RECORDED for recording in recordings(folder)):
        for number, exchange in enumerate(recording.exchanges):
            if exchange["response"]["status"] == 200 and "json" in exchange["response"]:
                yield f"{recording.name}-{number}", exchange


def rows_of(exchange: Exchange) -> list[dict[str, Any]]:
    data = exchange["response"]["json"]["data"]
    return list(data) if isinstance(data, list) else [data]


ANSWERS = dict(answered())
OF_RESOURCES = {name: it for name, it in ANSWERS.items() if it["request"]["path"].rstrip("/") not in OTHERS}
READS = {name: it for name, it in OF_RESOURCES.items() if it["request"]["method"] == "GET"}


def replaying(exchange: Exchange) -> Client:
    """A client that gets this answer to whatever it asks."""
    response = exchange["response"]

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(response["status"], headers=response["headers"], json=response["json"])

    return cachet_sdk.Client(ENDPOINT, "token", transport=httpx.MockTransport(handle))


def manager(client: Client, exchange: Exchange) -> Any:
    name = manager_of(exchange["request"]["path"])
    assert name is not None, exchange["request"]
    return getattr(client, name)


def test_there_is_an_answer_of_every_kind() -> None:
    kinds = {manager_of(it["request"]["path"]) for it in OF_RESOURCES.values() if rows_of(it)}
    # No template was recorded: they are made on the dashboard.
    assert kinds == {name for _, name in MANAGERS} - {"incident_templates"}
    assert sum(len(rows_of(it)) for it in OF_RESOURCES.values()) > 450


@pytest.mark.parametrize("name", OF_RESOURCES)
def test_a_recorded_row_parses_and_comes_back_unchanged(name: str) -> None:
    exchange = OF_RESOURCES[name]
    with replaying(exchange) as client:
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


@pytest.mark.parametrize("name", OF_RESOURCES)
def test_typed_attributes_agree_with_the_raw_row(name: str) -> None:
    exchange = OF_RESOURCES[name]
    with replaying(exchange) as client:
        for row in rows_of(exchange):
            item = manager(client, exchange).instance_from_dict(row)
            assert list(disagreements(item, row)) == []


@pytest.mark.parametrize("name", READS)
def test_a_recorded_read_goes_through_the_public_door(name: str) -> None:
    exchange = READS[name]
    rows = rows_of(exchange)
    with replaying(exchange) as client:
        chosen = manager(client, exchange)
        numbers = [int(number) for number in re.findall(r"\d+", exchange["request"]["path"])]
        if isinstance(exchange["response"]["json"]["data"], dict):
            assert chosen.get(*numbers).attrs == rows[0]
            return
        page = exchange["response"]["json"]["meta"]["pagination"]
        # A page past the end, or of a length that is none, is only met by asking for it; the SDK asks for sane ones.
        found = islice(chosen.list(*numbers, page=page["current_page"], per_page=page["per_page"]), len(rows))
        assert [item.attrs for item in found] == rows
        assert chosen.count(*numbers) == page["total"]


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - OF_RESOURCES.keys()))
def test_ping_version_and_status_go_through_the_public_door(name: str) -> None:
    exchange = ANSWERS[name]
    document = exchange["response"]["json"]
    with replaying(exchange) as client:
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


def disagreements(item: ResourceData, row: dict[str, Any]) -> Iterator[str]:
    """Where typed attributes say something else than the JSON that they were made of."""
    for name, field in type(item).model_fields.items():
        key = field.alias or name
        if key not in row:
            continue
        value, raw = getattr(item, name), row[key]
        if not agrees(name, value, raw):
            yield f"{name}: {value!r} of {raw!r}"


def agrees(name: str, value: object, raw: Any) -> bool:
    if name in CORRECTED:
        return True
    if name in {"verified_at", "completed_at"}:
        return value == moment(raw)
    if isinstance(value, list):
        return all(list(disagreements(one, other)) == [] for one, other in zip(value, raw, strict=True))
    if isinstance(value, AbstractSet):
        return sorted(value) == sorted(raw.values() if isinstance(raw, dict) else raw)
    if raw == ZERO_DATE:
        return value is None
    if isinstance(value, datetime):
        value = value.strftime("%Y-%m-%d %H:%M:%S")
    # Booleans are ints in some answers, and null stands for an empty text.
    return value == raw or (value == "" and raw is None)


def moment(text: str) -> datetime | None:
    """The expected value of a date whose null the server sends as the current time."""
    prose = re.fullmatch(r"\w+ (\d+)\w\w November 2026 (\d\d:\d\d:\d\d)", text)
    shown = datetime.fromisoformat(f"2026-11-{int(prose[1]):02} {prose[2]}" if prose else text)
    if prose is not None and shown != shown.replace(hour=0, minute=0, second=0):
        return None
    return None if shown.second else shown


#: What the server shows where its database could not hold the date: wire/v1, quirk 18.
ZERO_DATE = "-0001-11-30 00:00:00"

#: Corrected by the SDK if two updates were posted within one second; tested in ``test_quirks_answers.py``.
CORRECTED = {"latest_update_id", "latest_status", "latest_human_status", "is_resolved"}
