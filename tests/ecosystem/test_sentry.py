"""Sentry sees a client of httpx that is passed. In a process of its own: what it installs stays for ever."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from cachet_sdk.testing import FakeCachet
from tests.ecosystem.rows import TOKEN

PROGRAM = """
import asyncio, json, sys
import httpx, sentry_sdk
from sentry_sdk.transport import Transport
from cachet_sdk import AsyncClient, Client

seen = []

class Kept(Transport):
    def capture_envelope(self, envelope):
        for item in envelope.items:
            seen.extend((span["op"], span["description"]) for span in (item.payload.json or {}).get("spans", ()))

sentry_sdk.init(dsn="https://key@sentry.test/1", traces_sample_rate=1.0, transport=Kept)
endpoint, token, version = sys.argv[1:]

def blocking():
    with httpx.Client() as http_client, Client(endpoint, token, version, http_client=http_client) as client:
        client.components.create(name="Web", status=1)

async def asynchronous():
    async with httpx.AsyncClient() as http_client:
        async with AsyncClient(endpoint, token, version, http_client=http_client) as client:
            await client.components.create(name="Web", status=1)

with sentry_sdk.start_transaction(name="blocking"):
    blocking()
with sentry_sdk.start_transaction(name="asyncio"):
    asyncio.run(asynchronous())
sentry_sdk.flush()
print(json.dumps(seen))
"""


@pytest.mark.parametrize("version", ["1", "3"])
def test_sentry_makes_a_span_of_a_call_and_passes_its_trace_on(version: str) -> None:
    fake = FakeCachet(version, TOKEN)
    with fake.serve() as server:
        done = subprocess.run(
            [sys.executable, "-W", "error::UserWarning", "-c", PROGRAM, server.endpoint, TOKEN, version],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [["http.client", f"POST {server.endpoint}/components"]] * 2
    assert len(fake.requests) == 2
    assert all("sentry-trace" in request.headers for request in fake.requests)
    assert TOKEN not in done.stdout
