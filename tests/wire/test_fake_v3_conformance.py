"""The embedded Cachet 3 responds to every recorded request as the real server did.

Statuses, content types, rate limits and JSON are compared exactly, including types and the order of rows. Times, guids
and relative times such as "3 months ago" differ from run to run, so only their format is compared.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from cachet_sdk.testing.http import Request, Response
from cachet_sdk.testing.v3 import CachetV3

RECORDED = sorted((Path(__file__).parent / "v3" / "recorded").glob("*.json"))
NOW = datetime(2026, 11, 23, 11, 33, 17, tzinfo=UTC)
BEARERS = {"token": "Bearer 1|right", "wrong": "Bearer 1|wrong"}

#: Deliberate differences from the recordings: the scenario and number of an exchange, and the reason.
DELIBERATE_DIFFERENCES: dict[tuple[str, int], str] = {}

RELATIVE_TIME = re.compile(r"\d+ (second|minute|hour|day|week|month|year)s? (ago|from now)")
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def normalize(value: Any) -> Any:
    """Replace values that differ from run to run with placeholders."""
    if isinstance(value, list):
        return [normalize(item) for item in value]
    if not isinstance(value, dict):
        return value
    normalized = {key: normalize(item) for key, item in value.items()}
    if normalized.keys() == {"human", "string"} and normalized["string"] is not None:
        assert RELATIVE_TIME.fullmatch(normalized["human"]), normalized
        assert TIME.fullmatch(normalized["string"]), normalized
        return "<time>"
    if "guid" in normalized:
        assert GUID.fullmatch(normalized["guid"]), normalized
        normalized["guid"] = "<guid>"
    return normalized


def differences(expected: Any, actual: Any, path: str = "$") -> list[str]:
    """Return a line for every difference of two JSON values; 1, 1.0 and true are different."""
    if type(expected) is not type(actual):
        return [f"{path}: expected {expected!r}, got {actual!r}"]
    if isinstance(expected, dict):
        lines = [f"{path}.{key}: missing, expected {expected[key]!r}" for key in expected.keys() - actual.keys()]
        lines += [f"{path}.{key}: unexpected {actual[key]!r}" for key in actual.keys() - expected.keys()]
        for key in expected.keys() & actual.keys():
            lines += differences(expected[key], actual[key], f"{path}.{key}")
        return lines
    if isinstance(expected, list):
        if len(expected) != len(actual):
            return [f"{path}: expected {len(expected)} items, got {len(actual)}: {actual!r}"]
        return [
            line
            for position, pair in enumerate(zip(expected, actual, strict=True))
            for line in differences(*pair, f"{path}[{position}]")
        ]
    return [] if expected == actual else [f"{path}: expected {expected!r}, got {actual!r}"]


def request_of(recorded: dict[str, Any]) -> Request:
    headers = {name.lower(): value for name, value in recorded.get("headers", {}).items()}
    if recorded["auth"] in BEARERS:
        headers["authorization"] = BEARERS[recorded["auth"]]
    body = b""
    if "json" in recorded or "raw" in recorded:
        headers.setdefault("content-type", "application/json")
        body = (recorded["raw"] if "raw" in recorded else json.dumps(recorded["json"])).encode()
    return Request(
        method=recorded["method"],
        path="/api" + recorded["path"],
        query=urlencode(recorded.get("query", {})),
        headers=headers,
        body=body,
        origin="https://status.test",
    )


def compare(recorded: dict[str, Any], response: Response) -> list[str]:
    headers = {name.lower(): value for name, value in response.headers if name != "Access-Control-Allow-Origin"}
    body = json.loads(response.body) if response.body else None
    return [
        *differences(recorded["status"], response.status, "status"),
        *differences(recorded["headers"], headers, "headers"),
        *differences(normalize(recorded.get("json")), normalize(body)),
    ]


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
def test_a_recorded_scenario_matches(file: Path) -> None:
    scenario = json.loads(file.read_text(encoding="utf-8"))
    app = CachetV3(token="1|right", clock=lambda: NOW, rate_limit=1_000_000)
    report: list[str] = []
    for number, exchange in enumerate(scenario["exchanges"]):
        request = exchange["request"]
        lines = compare(exchange["response"], app.handle(request_of(request)))
        if lines and (scenario["scenario"], number) not in DELIBERATE_DIFFERENCES:
            heading = f"[{number}] {request['method']} {request['path']} {request.get('query', '')}"
            report += [heading, *(f"    {line}" for line in lines)]
    if report:
        pytest.fail("\n".join(report), pytrace=False)


def test_there_are_recordings_to_replay() -> None:
    assert len(RECORDED) >= 10
