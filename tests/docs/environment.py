"""The environment of examples: an embedded Cachet, clients of it, and the resources that docstrings refer to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx

from cachet_sdk.testing import FakeCachet
from cachet_sdk.testing.transport import FakeTransport
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.client import Client

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def example_environment(text: str, path: Path, runner: asyncio.Runner) -> Generator[dict[str, object]]:
    """Provide the names that an example may use, and clean up afterwards.

    Args:
        text: The example. Only what it mentions is created.
        path: The file that contains it. Docstrings, the pages of resources and those of Cachet 3 find example data;
            all others start with an empty server.
        runner: Runs the async parts of the example.
    """
    fake = FakeCachet(version="3" if "v3" in path.parts else "1")
    if path.suffix == ".py" or path.parent.name in {"resources", "v3"}:
        create_example_data(fake)
    # The settings of the developer must be neither used nor required.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("CACHET_")}
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, outside, clear=True))
        names: dict[str, object] = {"fake_cachet": fake}
        if "aio" in path.parts:
            client = fake.async_client()
            stack.callback(lambda: runner.run(client.aclose()))
            names["client"] = client
        elif "client" in text:
            names["client"] = stack.enter_context(fake.client())
        if "status.example.com" in text:
            stack.enter_context(_serving_the_example_host())
        if "Client(" in text:
            server = stack.enter_context(fake.serve())
            names |= {"endpoint": server.endpoint, "api_token": fake.token}
            os.environ |= {"CACHET_ENDPOINT": server.endpoint, "CACHET_API_TOKEN": fake.token}
        fake.requests.clear()
        yield names


@contextmanager
def _serving_the_example_host() -> Generator[None]:
    """Serve status.example.com, with Cachet 2.4 at /api/v1 and Cachet 3 at /api. The token is your-token."""
    servers: dict[str, FakeCachet[Any, Any]] = {"/api/v1/": FakeCachet(token="your-token")}
    servers["/api/"] = FakeCachet("3", "your-token")
    for fake in servers.values():
        create_example_data(fake)
    send, async_send = httpx.HTTPTransport.handle_request, httpx.AsyncHTTPTransport.handle_async_request

    def transport_for(request: httpx.Request) -> FakeTransport | None:
        if request.url.host != "status.example.com":
            return None
        return next(fake.transport for path, fake in servers.items() if request.url.path.startswith(path))

    def handle_request(http: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        transport = transport_for(request)
        return transport.handle_request(request) if transport else send(http, request)

    async def handle_async_request(http: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        transport = transport_for(request)
        return await (transport.handle_async_request(request) if transport else async_send(http, request))

    with (
        patch.object(httpx.HTTPTransport, "handle_request", handle_request),
        patch.object(httpx.AsyncHTTPTransport, "handle_async_request", handle_async_request),
    ):
        yield


def create_example_data(fake: FakeCachet[Any, Any]) -> None:
    """Create one resource of each kind, with the id 1."""
    if fake.version == "3":
        create_example_data_v3(fake)
        return
    fake.add_incident_template("Down", "{{ incident.name }} is down: {{ why }}")
    with fake.client() as client:
        client.components.create(name="API", status=1)
        client.component_groups.create(name="Asia", visible=True)
        client.incidents.create(name="Slow", message="We are looking into it", status=1)
        client.incident_updates.create(incident_id=1, status=2, message="Found it")
        client.incidents.update(1, status=4)
        client.metrics.create(name="Response time", suffix="ms")
        client.metric_points.create(metric_id=1, value=12)
        client.subscribers.create(email="somebody@example.com", components=[1])


def create_example_data_v3(fake: FakeCachet[Client, AsyncClient]) -> None:
    """Create one resource of each kind on Cachet 3, with the id 1 (the two kinds of updates share their ids)."""
    with fake.client() as client:
        client.components.create(name="API", status=1)
        client.component_groups.create(name="Asia", visible=True)
        client.incidents.create(name="Slow", message="We look into it", status=1, visible=True, components={1: 2})
        client.incident_updates.create(incident_id=1, status=2, message="Found it")
        client.incident_templates.create(name="Down", template="{{ incident.name }} is down: {{ why }}")
        client.metrics.create(name="Response time", suffix="ms")
        client.metric_points.create(metric_id=1, value=12)
        client.schedules.create(name="Move", message="To another data center", scheduled_at=datetime(2040, 1, 2, 3, 4))
        client.schedule_updates.create(schedule_id=1, message="All is packed")
        client.subscribers.create(email="somebody@example.com", components=[1])
