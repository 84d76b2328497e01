"""``FakeCachet``: its transport, request log, reset and settings, and concurrent use."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import cachet_sdk.testing
from cachet_sdk import v3
from cachet_sdk.testing import FakeCachet
from cachet_sdk.testing.request_log import LOG_SIZE
from tests.testing.api import Api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

BODY = b'{"name": "A", "status": 1}'
HEADERS = {"X-Cachet-Token": "secret-token", "Content-Type": "application/json"}


def test_the_fixture_is_an_empty_server(fake_cachet: FakeCachet) -> None:
    assert Api(fake_cachet).ids("components") == []


async def test_the_transport_works_for_sync_and_async_clients(fake: FakeCachet) -> None:
    assert Api(fake).get("ping") == {"data": "Pong!"}
    async with httpx.AsyncClient(transport=fake.transport) as client:
        assert (await client.get(f"{fake.endpoint}/ping")).json() == {"data": "Pong!"}


def chunks() -> Iterator[bytes]:
    yield BODY[:5]
    yield BODY[5:]


async def async_chunks() -> AsyncIterator[bytes]:
    for chunk in chunks():
        yield chunk


def test_a_body_may_be_streamed(fake: FakeCachet) -> None:
    with httpx.Client(transport=fake.transport, headers=HEADERS) as client:
        response = client.post(f"{fake.endpoint}/components", content=chunks())
        assert response.json()["data"]["name"] == "A"


async def test_a_body_may_be_streamed_by_an_async_client(fake: FakeCachet) -> None:
    async with httpx.AsyncClient(transport=fake.transport, headers=HEADERS) as client:
        response = await client.post(f"{fake.endpoint}/components", content=async_chunks())
        assert response.json()["data"]["name"] == "A"


def test_the_log_contains_received_requests(fake: FakeCachet, api: Api) -> None:
    api.send("POST", "components?x=1", content=BODY, headers=HEADERS)
    api.get("ping")
    first, second = fake.requests
    assert (first.method, first.path, first.query, first.body) == ("POST", "/api/v1/components", "x=1", BODY)
    assert first.headers["x-cachet-token"] == fake.token
    assert fake.requests[-1] is second
    assert fake.requests[:1] == [first]
    assert repr(fake.requests) == "<2 requests: POST /api/v1/components, GET /api/v1/ping>"


def test_the_log_is_bounded(fake: FakeCachet, api: Api) -> None:
    api.get("version")
    request = fake.requests[0]
    for _ in range(LOG_SIZE):
        fake.requests.add(request)
    assert len(fake.requests) == LOG_SIZE
    fake.requests.clear()
    assert list(fake.requests) == []


def test_reset_deletes_everything(fake: FakeCachet, api: Api) -> None:
    api.post("components", name="A", status=1)
    api.post("subscribers", email="a@example.test")
    fake.add_incident_template("T", "t")
    fake.reset()
    assert len(fake.requests) == 0
    assert [api.ids(path) for path in ("components", "subscribers", "incidents/templates")] == [[], [], []]
    assert api.post("components", name="A", status=1)["id"] == 1


def test_two_servers_share_nothing() -> None:
    one, other = FakeCachet(), FakeCachet()
    Api(one).post("components", name="A", status=1)
    assert Api(other).ids("components") == []


def test_ids_stay_unique_when_many_threads_write(fake: FakeCachet) -> None:
    def create(_: int) -> int:
        with httpx.Client(transport=fake.transport, headers=HEADERS) as client:
            return int(client.post(f"{fake.endpoint}/components", content=BODY).json()["data"]["id"])

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(create, range(200)))
    assert sorted(ids) == list(range(1, 201))


def test_parallel_posts_of_one_value_are_all_counted(fake: FakeCachet, api: Api) -> None:
    api.post("metrics", name="M", suffix="s", description="", default_value=0)

    def post(_: int) -> None:
        Api(fake).post("metrics/1/points", value=7)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(post, range(40)))
    assert [row["counter"] for row in api.get("metrics/1/points")["data"]] == [40]


def test_an_unknown_version_is_refused() -> None:
    version: Any = "2"
    with pytest.raises(ValueError, match="version must be '1' or '3', got '2'"):
        FakeCachet(version=version)


def test_settings_of_version_1_are_refused_for_version_3() -> None:
    with pytest.raises(ValueError, match="only version 1 has these settings"):
        version: Any = "3"
        FakeCachet(version, always_authenticate=True)


def test_version_3_has_another_endpoint_and_no_add_incident_template() -> None:
    fake = FakeCachet(version="3")
    assert fake.endpoint == "https://fake-cachet.test/api"
    with pytest.raises(ValueError, match="through its API"):
        fake.add_incident_template("T", "t")


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = cachet_sdk.testing.Nothing  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue] - tested


def test_the_log_limits_the_size_of_its_bodies(api: Api, fake: FakeCachet) -> None:
    body = b'{"name": "' + b"x" * 7_000_000 + b'"}'
    for _ in range(4):
        api.send("POST", "components", content=body, headers={"Content-Type": "application/json"})
    assert [len(request.body) for request in fake.requests] == [len(body)] * 2
    api.send("POST", "components", content=body * 3)
    assert [len(request.body) for request in fake.requests] == [len(body) * 3]


def test_the_plugin_imports_little_until_it_is_used() -> None:
    plugin = "cachet_sdk.testing.pytest_plugin"
    code = f"import pytest, sys; before = set(sys.modules); import {plugin}; print(*set(sys.modules) - before)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(result.stdout.split())
    assert plugin in loaded
    assert not {name for name in loaded if name.split(".")[0] in {"httpx", "pydantic", "anyio", "asyncio", "ssl"}}
    assert len(loaded) < 12


def test_there_is_a_fixture_for_each_version(
    fake_cachet: FakeCachet, fake_cachet_v3: FakeCachet[v3.Client, v3.AsyncClient]
) -> None:
    assert (fake_cachet.version, fake_cachet_v3.version) == ("1", "3")
    assert fake_cachet_v3.client().components.create(name="A").id == 1


def test_the_server_shares_no_code_with_the_sdks_models() -> None:
    code = (
        "import sys; from cachet_sdk.testing.v1 import app\n"
        "source = [m.__name__ for m in list(sys.modules.values()) if m.__name__.startswith('cachet_sdk.testing')]\n"
        "print([n for m in source for n, v in vars(sys.modules[m]).items()"
        " if getattr(v, '__module__', '').startswith(('cachet_sdk.core', 'cachet_sdk.v1', 'cachet_sdk.v3'))])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
