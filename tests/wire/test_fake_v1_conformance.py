"""The embedded Cachet responds to the recorded requests as the real server did."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from cachet_sdk.testing import FakeCachet
from tests.wire.conformance import Placeholder, Recording, recordings, replay

V1 = Path(__file__).parent / "v1"
RECORDINGS = recordings(V1 / "recorded")
RECORDINGS_OF_2_3 = recordings(V1 / "recorded_2_3")
RECORDINGS_OF_QUIRKS = recordings(V1 / "recorded_quirks")

#: Deliberate differences from the recordings: how a reported difference starts, and the reason.
DELIBERATE_DIFFERENCES: dict[str, str] = {}

#: In the minute of the recordings, so that only the seconds of times differ.
RECORDED_AT = datetime(2026, 11, 23, 11, 21, 22, tzinfo=UTC)
PLACEHOLDERS: list[Placeholder] = [
    (re.compile(r"^(2026-11-23 (11|20):21):\d\d$"), r"\1:ss"),
    (re.compile(r"^(Monday 23rd November 2026 11:21):\d\d$"), r"\1:ss"),
    (re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"), "uuid4"),
    (re.compile(r"^[0-9A-Za-z]{42}$"), "verify code"),
]
#: For the later recordings, made two days later over several minutes.
LATER_PLACEHOLDERS: list[Placeholder] = [
    (re.compile(r"^2026-11-25 17:1[45]:\d\d$"), "at that time"),
    (re.compile(r"^Wednesday 25th November 2026 17:1[45]:\d\d$"), "at that time, in prose"),
    *PLACEHOLDERS[2:],
]


def authorize(auth: str) -> dict[str, str]:
    return {"token": {"X-Cachet-Token": "right"}, "wrong": {"X-Cachet-Token": "wrong"}, "none": {}}[auth]


def check(recording: Recording, client: httpx.Client, placeholders: list[Placeholder] = PLACEHOLDERS) -> None:
    lines = replay(recording, client, authorize=authorize, placeholders=placeholders)
    found = [line for line in lines if not line.startswith(tuple(DELIBERATE_DIFFERENCES))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: recording.name)
def test_recorded_exchanges_match_in_process(recording: Recording) -> None:
    fake = FakeCachet(token="right", clock=lambda: RECORDED_AT)
    with httpx.Client(transport=fake.transport, base_url="https://status.test/api/v1/") as client:
        check(recording, client)


@pytest.mark.parametrize(
    "recording",
    [it for it in RECORDINGS if it.name in {"refusals", "pagination", "formats_accepted"}],
    ids=lambda recording: recording.name,
)
def test_recorded_exchanges_match_on_a_socket(recording: Recording) -> None:
    fake = FakeCachet(token="right", clock=lambda: RECORDED_AT)
    # The links in the recordings have another host and scheme; the server takes both from these headers.
    forwarded = {"X-Forwarded-Host": "status.test", "X-Forwarded-Proto": "https"}
    with fake.serve() as server, httpx.Client(base_url=f"{server.endpoint}/", headers=forwarded) as client:
        check(recording, client)


@pytest.mark.parametrize("recording", RECORDINGS_OF_2_3, ids=lambda recording: recording.name)
def test_recorded_exchanges_of_cachet_2_3_match(recording: Recording) -> None:
    fake = FakeCachet(token="right", release="2.3", clock=lambda: datetime(2026, 11, 25, 17, 14, 53, tzinfo=UTC))
    with httpx.Client(transport=fake.transport, base_url="https://status.test/api/v1/") as client:
        check(recording, client, LATER_PLACEHOLDERS)


@pytest.mark.parametrize("recording", RECORDINGS_OF_QUIRKS, ids=lambda recording: recording.name)
def test_recorded_quirks_of_cachet_2_4_match(recording: Recording) -> None:
    fake = FakeCachet(token="right", clock=lambda: datetime(2026, 11, 25, 17, 15, 26, tzinfo=UTC))
    with httpx.Client(transport=fake.transport, base_url="https://status.test/api/v1/") as client:
        check(recording, client, LATER_PLACEHOLDERS)


def test_there_are_recordings_to_compare_with() -> None:
    assert sum(len(recording.exchanges) for recording in RECORDINGS) > 300
    assert (len(RECORDINGS_OF_2_3), len(RECORDINGS_OF_QUIRKS)) == (6, 4)
