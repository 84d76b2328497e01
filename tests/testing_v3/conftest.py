"""An in-memory Cachet 3, a clock that tests move, and a small client."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from cachet_sdk.testing.http import Request
from cachet_sdk.testing.v3 import CachetV3

MAIN = "1|main"


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 23, 11, 33, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def message(self) -> str:
        return str(self.json["message"])

    @property
    def data(self) -> Any:
        return self.json["data"]

    @property
    def attributes(self) -> Any:
        return self.data["attributes"]

    @property
    def ids(self) -> list[int]:
        return [int(item["id"]) for item in self.data]


@dataclass
class Api:
    app: CachetV3
    token: str | None = MAIN
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def as_guest(self) -> Api:
        return Api(self.app, None)

    def with_token(self, token: str) -> Api:
        return Api(self.app, token)

    def request(self, method: str, path: str, *, query: str = "", body: bytes = b"", **headers: str) -> Reply:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.token is not None:
            sent.setdefault("authorization", f"Bearer {self.token}")
        response = self.app.handle(Request(method, self.app.prefix + path, query, sent, body, "https://status.test"))
        return Reply(response.status, dict(response.headers), response.body)

    def get(self, path: str, query: dict[str, Any] | None = None) -> Reply:
        return self.request("GET", path, query=urlencode(query or {}))

    def send(self, method: str, path: str, fields: Any, query: dict[str, Any] | None = None) -> Reply:
        body = json.dumps(fields).encode()
        return self.request(method, path, query=urlencode(query or {}), body=body, content_type="application/json")

    def post(self, path: str, query: dict[str, Any] | None = None, /, **fields: Any) -> Reply:
        return self.send("POST", path, fields, query)

    def put(self, path: str, query: dict[str, Any] | None = None, /, **fields: Any) -> Reply:
        return self.send("PUT", path, fields, query)

    def delete(self, path: str) -> Reply:
        return self.request("DELETE", path)

    def make(self, path: str, /, **fields: Any) -> int:
        """Send a POST that must succeed, and return the id of the created row."""
        reply = self.post(path, **fields)
        assert reply.status == 201, reply.json
        return int(reply.data["id"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(clock: Clock) -> Api:
    return Api(CachetV3(token=MAIN, clock=clock, rate_limit=None))
