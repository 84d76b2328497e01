"""Replays recorded exchanges against a server, and reports how its responses differ."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import httpx

#: A pattern of text that differs from run to run, and the placeholder that replaces it.
Placeholder = tuple[re.Pattern[str], str]


@dataclass(frozen=True)
class Recording:
    """A recorded file of exchanges, which started with an empty server."""

    name: str
    exchanges: Sequence[dict[str, Any]]

    @classmethod
    def load(cls, path: Path) -> Recording:
        document = json.loads(path.read_text())
        return cls(path.stem, document["exchanges"])


def recordings(folder: Path) -> list[Recording]:
    """Return the recordings in a folder, sorted by name."""
    return [Recording.load(path) for path in sorted(folder.glob("*.json"))]


def differences(expected: object, actual: object, path: str = "$") -> Iterator[str]:
    """Yield the differences of two JSON documents: types, values, keys, and the order of keys and rows."""
    if type(expected) is not type(actual):
        yield f"{path}: {expected!r} was recorded, got {actual!r}"
    elif isinstance(expected, dict) and isinstance(actual, dict):
        if list(expected) != list(actual):
            yield f"{path}: keys {list(expected)} were recorded, got {list(actual)}"
        for key in expected.keys() & actual.keys():
            yield from differences(expected[key], actual[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            yield f"{path}: {len(expected)} items were recorded, got {len(actual)}"
        for index, (one, other) in enumerate(zip(expected, actual, strict=False)):
            yield from differences(one, other, f"{path}[{index}]")
    elif expected != actual:
        yield f"{path}: {expected!r} was recorded, got {actual!r}"


def normalize(document: object, placeholders: Sequence[Placeholder]) -> object:
    """Return a document with placeholders for text that differs from run to run."""
    if isinstance(document, dict):
        return {key: normalize(value, placeholders) for key, value in document.items()}
    if isinstance(document, list):
        return [normalize(value, placeholders) for value in document]
    if isinstance(document, str):
        for pattern, placeholder in placeholders:
            document = pattern.sub(placeholder, document)
    return document


def replay(
    recording: Recording,
    client: httpx.Client,
    *,
    authorize: Callable[[str], dict[str, str]],
    placeholders: Sequence[Placeholder],
    compared_headers: Sequence[str] = ("content-type", "allow"),
) -> Iterator[str]:
    """Send every exchange in order and yield a line for each difference.

    Args:
        recording: The requests to send, and the expected responses.
        client: A client of an empty server, whose base URL the recorded paths are relative to.
        authorize: Returns the headers for "token", "wrong" or "none".
        placeholders: Replacements in responses before they are compared.
        compared_headers: Headers that must be equal.
    """
    for number, exchange in enumerate(recording.exchanges):
        request, recorded = exchange["request"], exchange["response"]
        headers = {**authorize(request["auth"]), **request.get("headers", {})}
        content = None
        if "json" in request or "raw" in request:
            content = request["raw"] if "raw" in request else json.dumps(request["json"])
            headers.setdefault("Content-Type", "application/json")
        response = client.request(
            request["method"],
            request["path"].removeprefix("/"),
            params=request.get("query"),
            headers=headers,
            content=content,
        )
        place = f"{recording.name}[{number}] {request['method']} {request['path']} {request.get('query', '')}"
        if response.status_code != recorded["status"]:
            yield f"{place}: status {recorded['status']} was recorded, got {response.status_code}: {response.text:.200}"
            continue
        for name in compared_headers:
            if response.headers.get(name) != recorded["headers"].get(name):
                yield (
                    f"{place}: header {name} {recorded['headers'].get(name)!r} was recorded, "
                    f"got {response.headers.get(name)!r}"
                )
        if "json" in recorded:
            actual = normalize(response.json(), placeholders)
            yield from (f"{place}: {line}" for line in differences(normalize(recorded["json"], placeholders), actual))
        else:
            yield from (f"{place}: {line}" for line in differences(_title(recorded["text"]), _title(response.text)))


def _title(text: str) -> str:
    """Return the part of an HTML page to compare, or any other text unchanged."""
    found = re.search(r"<title>.*</title>", text)
    return text[:15] + found[0] if found else text
