"""Replays recorded exchanges against a server and says, exchange by exchange, where its answers differ."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import httpx

#: Replaces what differs from run to run by a word for its shape.
Shape = tuple[re.Pattern[str], str]


@dataclass(frozen=True)
class Recording:
    """One file of exchanges, which began with an empty server."""

    name: str
    exchanges: Sequence[dict[str, Any]]

    @classmethod
    def load(cls, path: Path) -> Recording:
        document = json.loads(path.read_text())
        return cls(path.stem, document["exchanges"])


def recordings(folder: Path) -> list[Recording]:
    """Every recording in a folder, by name."""
    return [Recording.load(path) for path in sorted(folder.glob("*.json"))]


def differences(expected: object, actual: object, path: str = "$") -> Iterator[str]:
    """Where two JSON documents differ: by type, by value, by key, by the order of keys or of rows."""
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


def shaped(document: object, shapes: Sequence[Shape]) -> object:
    """A document whose strings had everything that differs from run to run replaced."""
    if isinstance(document, dict):
        return {key: shaped(value, shapes) for key, value in document.items()}
    if isinstance(document, list):
        return [shaped(value, shapes) for value in document]
    if isinstance(document, str):
        for pattern, word in shapes:
            document = pattern.sub(word, document)
    return document


def replay(
    recording: Recording,
    client: httpx.Client,
    *,
    authorise: Callable[[str], dict[str, str]],
    shapes: Sequence[Shape],
    compared_headers: Sequence[str] = ("content-type", "allow"),
) -> Iterator[str]:
    """Send every exchange in order and yield a line for each difference.

    Args:
        recording: What to send, and what to expect.
        client: Talks to an empty server; its base address ends where recorded paths begin.
        authorise: The headers for "token", "wrong" or "none".
        shapes: What to replace in answers before they are compared.
        compared_headers: Which headers must be the same.
    """
    for number, exchange in enumerate(recording.exchanges):
        request, recorded = exchange["request"], exchange["response"]
        headers = {**authorise(request["auth"]), **request.get("headers", {})}
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
            actual = shaped(response.json(), shapes)
            yield from (f"{place}: {line}" for line in differences(shaped(recorded["json"], shapes), actual))
        else:
            yield from (f"{place}: {line}" for line in differences(_title(recorded["text"]), _title(response.text)))


def _title(text: str) -> str:
    """What counts of a page of HTML; anything else counts whole."""
    found = re.search(r"<title>.*</title>", text)
    return text[:15] + found[0] if found else text
