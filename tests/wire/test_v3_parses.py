"""Each recorded response with a resource parses through the public API, and ``attrs`` returns it unchanged."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

import cachet_sdk
from cachet_sdk.v3 import Client, Incident
from cachet_sdk.v3.models.jsonapi import page_documents
from tests.v3.models.recordings import relations_of
from tests.wire.conformance import recordings

ENDPOINT = "https://status.test/api"
RECORDED = Path(__file__).parent / "v3" / "recorded"

#: The manager for each path; the first match counts.
MANAGERS = [
    (r"/component-groups(/\d+)?", "component_groups"),
    (r"/components(/\d+)?", "components"),
    (r"/incident-templates(/\d+)?", "incident_templates"),
    (r"/incidents/\d+/updates(/\d+)?", "incident_updates"),
    (r"/incidents(/\d+)?", "incidents"),
    (r"/metrics/\d+/points(/\d+)?", "metric_points"),
    (r"/metrics(/\d+)?", "metrics"),
    (r"/schedules/\d+/updates(/\d+)?", "schedule_updates"),
    (r"/schedules(/\d+)?", "schedules"),
    (r"/subscribers(/\d+)?", "subscribers"),
]
OTHER_PATHS = {"/ping", "/version", "/status"}

Exchange = dict[str, Any]


def manager_of(path: str) -> str | None:
    return next((name for pattern, name in MANAGERS if re.fullmatch(pattern, path)), None)


def successful_exchanges() -> Iterator[tuple[str, Exchange]]:
    """Yield every successful JSON exchange, with a name for it."""
    for recording in recordings(RECORDED):
        for number, exchange in enumerate(recording.exchanges):
            if exchange["response"]["status"] in {200, 201} and "json" in exchange["response"]:
                yield f"{recording.name}-{number}", exchange


def documents_of(exchange: Exchange) -> list[dict[str, Any]]:
    document = exchange["response"]["json"]
    return page_documents(document) if isinstance(document["data"], list) else [document]


RESPONSES = dict(successful_exchanges())
RESOURCE_RESPONSES = {name: it for name, it in RESPONSES.items() if it["request"]["path"] not in OTHER_PATHS}
READS = {name: it for name, it in RESOURCE_RESPONSES.items() if it["request"]["method"] == "GET"}
PAGES = {name: it for name, it in READS.items() if isinstance(it["response"]["json"]["data"], list)}


def replaying_client(exchange: Exchange) -> Client:
    """Return a client that gets this response to any request."""
    response = exchange["response"]

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(response["status"], headers=response["headers"], json=response["json"])

    return cachet_sdk.Client(ENDPOINT, "token", version="3", transport=httpx.MockTransport(handle))


def manager(client: Client, exchange: Exchange) -> Any:
    name = manager_of(exchange["request"]["path"])
    assert name is not None, exchange["request"]
    return getattr(client, name)


def test_there_is_a_response_of_every_kind() -> None:
    kinds = {manager_of(it["request"]["path"]) for it in RESOURCE_RESPONSES.values() if documents_of(it)}
    assert kinds == {name for _, name in MANAGERS}
    assert sum(len(documents_of(it)) for it in RESOURCE_RESPONSES.values()) > 200
    assert relations_of(Incident) == ["components", "updates", "user"]


@pytest.mark.parametrize("name", RESOURCE_RESPONSES)
def test_a_recorded_document_parses_and_comes_back_unchanged(name: str) -> None:
    exchange = RESOURCE_RESPONSES[name]
    with replaying_client(exchange) as client:
        chosen = manager(client, exchange)
        for document in documents_of(exchange):
            item = chosen.instance_from_dict(copy.deepcopy(document))
            assert item.attrs == document
            assert item.changes() == {}
            assert json.loads(item.to_json()) == document
            for restored in (
                chosen.instance_from_json(item.to_json()),
                chosen.instance_list_from_json(f"[{json.dumps(document)}]")[0],
                pickle.loads(pickle.dumps(item)),
                copy.deepcopy(item),
            ):
                assert restored == item
                assert restored.attrs == document
                for relation in relations_of(type(item)):
                    assert getattr(restored, relation) == getattr(item, relation)


@pytest.mark.parametrize("name", RESOURCE_RESPONSES)
def test_only_included_relations_are_on_the_resource(name: str) -> None:
    exchange = RESOURCE_RESPONSES[name]
    with replaying_client(exchange) as client:
        for document in documents_of(exchange):
            item = manager(client, exchange).instance_from_dict(document)
            relationships = document["data"].get("relationships", {})
            for relation in relations_of(type(item)):
                value = getattr(item, relation)
                linkage = relationships.get(relation, {}).get("data")
                ids = [str(one.id) for one in (value if isinstance(value, list) else [value]) if one is not None]
                targets = linkage if isinstance(linkage, list) else [linkage]
                assert ids == [one["id"] for one in targets if one is not None]
                assert (value is None) == (linkage is None)


@pytest.mark.parametrize("name", PAGES)
def test_a_stored_page_can_be_parsed(name: str) -> None:
    exchange = PAGES[name]
    with replaying_client(exchange) as client:
        stored = json.dumps(exchange["response"]["json"])
        items = manager(client, exchange).instance_list_from_json(stored)
        assert [item.attrs for item in items] == documents_of(exchange)


@pytest.mark.parametrize("name", READS)
def test_a_recorded_read_works_through_the_public_api(name: str) -> None:
    exchange = READS[name]
    documents = documents_of(exchange)
    with replaying_client(exchange) as client:
        chosen = manager(client, exchange)
        numbers = [int(number) for number in re.findall(r"\d+", exchange["request"]["path"])]
        if name not in PAGES:
            assert chosen.get(*numbers).attrs == documents[0]
            return
        page = exchange["response"]["json"]["meta"]
        found = islice(chosen.list(*numbers, page=page["current_page"], per_page=page["per_page"]), len(documents))
        assert [item.attrs for item in found] == documents


@pytest.mark.parametrize("name", sorted(RESPONSES.keys() - RESOURCE_RESPONSES.keys()))
def test_ping_version_and_status_work_through_the_public_api(name: str) -> None:
    exchange = RESPONSES[name]
    data = exchange["response"]["json"]["data"]
    with replaying_client(exchange) as client:
        path = exchange["request"]["path"]
        if path == "/ping":
            assert client.ping()
        elif path == "/version":
            assert client.version().value == data["version"]
        else:
            status = client.status()
            assert {"status": status.status, "message": status.message} == data
