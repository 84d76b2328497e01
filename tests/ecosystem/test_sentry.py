"""Sentry traces a custom httpx client. Runs in a separate process, because its instrumentation cannot be removed."""

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

class Recorder(Transport):
    def capture_envelope(self, envelope):
        for item in envelope.items:
            seen.extend((span["op"], span["description"]) for span in (item.payload.json or {}).get("spans", ()))

sentry_sdk.init(dsn="https://key@sentry.test/1", traces_sample_rate=1.0, transport=Recorder)
endpoint, token, version = sys.argv[1:]

def run_sync():
    with httpx.Client() as http_client, Client(endpoint, token, version, http_client=http_client) as client:
        client.components.create(name="Web", status=1)

async def run_async():
    async with httpx.AsyncClient() as http_client:
        async with AsyncClient(endpoint, token, version, http_client=http_client) as client:
            await client.components.create(name="Web", status=1)

with sentry_sdk.start_transaction(name="sync"):
    run_sync()
with sentry_sdk.start_transaction(name="async"):
    asyncio.run(run_async())
sentry_sdk.flush()
print(json.dumps(seen))
"""


@pytest.mark.parametrize("version", ["1", "3"])
def test_sentry_records_a_span_for_a_call_and_propagates_its_trace(version: str) -> None:
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
