"""A component as Cachet 2.4 and Cachet 3 send it, for the mocks in these tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

ENDPOINTS: Mapping[str, str] = {"1": "https://status.test/api/v1", "3": "https://status.test/api"}

#: The header that carries the token, and its value.
CREDENTIALS: Mapping[str, tuple[str, str]] = {
    "1": ("X-Cachet-Token", "s3cret-t0ken"),
    "3": ("Authorization", "Bearer s3cret-t0ken"),
}
TOKEN = "s3cret-t0ken"


class ResponseBody(TypedDict):
    """The body of a response."""

    data: dict[str, object]


def component(version: str, name: str = "API") -> ResponseBody:
    """Return the body of ``GET /components/1``."""
    if version == "1":
        return {
            "data": {
                "id": 1,
                "name": name,
                "description": "",
                "link": "",
                "status": 1,
                "order": 0,
                "group_id": 0,
                "enabled": True,
                "meta": [],
                "created_at": "2026-11-23 10:58:24",
                "updated_at": "2026-11-23 10:58:24",
                "deleted_at": None,
                "status_name": "Operational",
                "tags": [],
            }
        }
    moment = {"human": "now", "string": "2026-11-23 10:58:24"}
    operational = {"human": "Operational", "value": 1}
    return {
        "data": {
            "id": "1",
            "type": "components",
            "attributes": {
                "id": 1,
                "name": name,
                "description": None,
                "link": None,
                "order": 0,
                "status": operational,
                "latest_status": operational,
                "enabled": True,
                "created": moment,
                "updated": moment,
            },
        }
    }
