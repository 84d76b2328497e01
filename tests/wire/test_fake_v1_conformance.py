"""The embedded Cachet answers the recorded exchanges as the real one did."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from cachet_sdk.testing import FakeCachet
from tests.wire.conformance import Recording, Shape, recordings, replay

V1 = Path(__file__).parent / "v1"
RECORDINGS = recordings(V1 / "recorded")
RECORDINGS_OF_2_3 = recordings(V1 / "recorded_2_3")
RECORDINGS_OF_QUIRKS = recordings(V1 / "recorded_quirks")

#: Where the embedded server is meant to answer otherwise than the recordings: the beginning of a difference, and why.
DECIDED_AGAINST: dict[str, str] = {}

#: The server's clock stands still in the minute of the recordings, so that only seconds have to be let go.
RECORDED_AT = datetime(2026, 11, 23, 11, 21, 22, tzinfo=UTC)
SHAPES: list[Shape] = [
    (re.compile(r"^(2026-11-23 (11|20):21):\d\d$"), r"\1:ss"),
    (re.compile(r"^(Monday 23rd November 2026 11:21):\d\d$"), r"\1:ss"),
    (re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"), "uuid4"),
    (re.compile(r"^[0-9A-Za-z]{42}$"), "verify code"),
]


#: The later recordings were made two days later, each in its own minute.
LATER_SHAPES: list[Shape] = [
    (re.compile(r"^2026-11-25 17:1[45]:\d\d$"), "at that time"),
    (re.compile(r"^Wednesday 25th November 2026 17:1[45]:\d\d$"), "at that time, in prose"),
    *SHAPES[2:],
]


def authorise(who: str) -> dict[str, str]:
    return {"token": {"X-Cachet-Token": "right"}, "wrong": {"X-Cachet-Token": "wrong"}, "none": {}}[who]


def check(recording: Recording, client: httpx.Client, shapes: list[Shape] = SHAPES) -> None:
    lines = replay(recording, client, authorise=authorise, shapes=shapes)
    found = [line for line in lines if not line.startswith(tuple(DECIDED_AGAINST))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: recording.name)
def test_recorded_exchanges_are_answered_alike_in_process(recording: Recording) -> None:
    fake = FakeCachet(token="right", clock=lambda: RECORDED_AT)
    with httpx.Client(transport=fake.transport, base_url="https://status.test/api/v1/") as client:
        check(recording, client)


@pytest.mark.parametrize(
    "recording",
    [it for it in RECORDINGS if it.name in {"refusals", "pagination", "formats_accepted"}],
    ids=lambda recording: recording.name,
)
def test_recorded_exchanges_are_answered_alike_on_a_socket(recording: Recording) -> None:
    fake = FakeCachet(token="right", clock=lambda: RECORDED_AT)
    # The recordings' links bear another host and scheme; the server takes both from whoever forwards the request.
    forwarded = {"X-Forwarded-Host": "status.test", "X-Forwarded-Proto": "https"}
    with fake.serve() as server, httpx.Client(base_url=f"{server.endpoint}/", headers=forwarded) as client:
        check(recording, client)


@pytest.mark.parametrize("recording", RECORDINGS_OF_2_3, ids=lambda recording: recording.name)
def test_cachet_2_3_answers_as_recorded(recording: Recording) -> None:
    fake = FakeCachet(token="right", release="2.3", clock=lambda: datetime(2026, 11, 25, 17, 14, 53, tzinfo=UTC))
    with httpx.Client(transport=fake.transport, base_url="https://status.test/api/v1/") as client:
        check(recording, client, LATER_SHAPES)


@pytest.mark.parametrize("recording", RECORDINGS_OF_QUIRKS, ids=lambda recording: recording.name)
def test_quirks_of_cachet_2_4_are_as_recorded(recording: Recording) -> None:
    fake = FakeCachet(token="right", clock=lambda: datetime(2026, 11, 25, 17, 15, 26, tzinfo=UTC))
    with httpx.Client(transport=fake.transport, base_url="https://status.test/api/v1/") as client:
        check(recording, client, LATER_SHAPES)


def test_there_are_recordings_to_compare_with() -> None:
    assert sum(len(recording.exchanges) for recording in RECORDINGS) > 300
    assert (len(RECORDINGS_OF_2_3), len(RECORDINGS_OF_QUIRKS)) == (6, 4)
