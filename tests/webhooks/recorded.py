"""The deliveries of a real Cachet 3 (tests/wire/v3/webhooks.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[1] / "wire" / "v3" / "webhooks.json"


@dataclass(frozen=True)
class Delivery:
    """A recorded request."""

    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document

    @property
    def name(self) -> str:
        return str(self.document["event"])


_RECORDED: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
SECRET: str = _RECORDED["secret"]
DELIVERIES = [Delivery(one["headers"], one["body"].encode()) for one in _RECORDED["deliveries"]]


def delivery_of(name: str) -> Delivery:
    """Return the first recorded delivery of an event."""
    return next(delivery for delivery in DELIVERIES if delivery.name == name)
