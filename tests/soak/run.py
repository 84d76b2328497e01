"""The soak test: sync and async clients against an embedded Cachet in a separate process."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import cachet_sdk

#: How many readings a run takes. The first is taken after everything was used once.
READINGS = 5
#: By how many bytes memory may grow in the second half: less than seven per request in the long run.
SLACK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """The memory and the file descriptors in use at one moment."""

    requests: int
    traced: int
    descriptors: int

    @classmethod
    def take(cls, requests: int) -> Reading:
        gc.collect()
        return cls(requests, tracemalloc.get_traced_memory()[0], len(list(Path("/proc/self/fd").iterdir())))

    @staticmethod
    def grew(readings: list[Reading]) -> bool:
        """Return whether more is in use at the end than halfway.

        Halfway, because pydantic's parser first fills a cache of 16,384 short strings, which takes 60,000 requests.
        """
        middle, last = readings[len(readings) // 2], readings[-1]
        return last.traced > middle.traced + SLACK or last.descriptors > middle.descriptors


@contextlib.contextmanager
def _served() -> Generator[str]:
    """Serve an embedded Cachet in another process, so that only the client is measured."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cachet_sdk.testing", "--port", "0", "--token", "token"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        yield found[0]
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def soak(requests: int) -> list[Reading]:
    """Send that many requests with a sync client, and return the readings taken."""
    readings: list[Reading] = []
    with _served() as endpoint, cachet_sdk.Client(endpoint, "token") as client:
        client.components.create(name="Kept", status=1)
        tracemalloc.start()
        try:
            for done in range(0, requests, 5):
                component = client.components.create(name=str(done), status=1)
                client.components.get(component.id)
                next(client.components.list(per_page=10))
                component.delete()
                with contextlib.suppress(cachet_sdk.NotFoundError):
                    client.components.get(component.id)
                if done % max(5, requests // READINGS // 5 * 5) == 0 and done:
                    readings.append(Reading.take(done))
            readings.append(Reading.take(requests))
        finally:
            tracemalloc.stop()
    return readings


async def soak_async(requests: int) -> list[Reading]:
    """Send that many requests with an async client, and return the readings taken."""
    readings: list[Reading] = []
    with _served() as endpoint:
        async with cachet_sdk.AsyncClient(endpoint, "token") as client:
            await client.components.create(name="Kept", status=1)
            tracemalloc.start()
            try:
                for done in range(0, requests, 5):
                    component = await client.components.create(name=str(done), status=1)
                    await client.components.get(component.id)
                    await anext(client.components.list(per_page=10))
                    await component.delete()
                    with contextlib.suppress(cachet_sdk.NotFoundError):
                        await client.components.get(component.id)
                    if done % max(5, requests // READINGS // 5 * 5) == 0 and done:
                        readings.append(Reading.take(done))
                readings.append(Reading.take(requests))
            finally:
                tracemalloc.stop()
    return readings
