"""Every kind of resource of both versions: a row as a server sends it, a change to it, and a server that has it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

ENDPOINTS = {"v1": "https://status.example.com/api/v1", "v3": "https://status.example.com/api"}
TIMES = {"created_at": "2026-07-01 10:30:15", "updated_at": "2026-07-01 10:31:00"}
#: Fields that no version of Cachet sends yet.
UNKNOWN = {"color": "red", "nested": {"a": [1, None]}}


@dataclass(frozen=True)
class Kind:
    """A kind of resource.

    Attributes:
        version: ``v1`` or ``v3``.
        manager: The attribute of the client.
        row: The fields as a server sends them.
        ids: The arguments of ``get``, or of ``list`` if there is no ``get``.
        change: An attribute and its new value. Empty if nothing can be changed.
        sent: What ``save`` sends for the change, except for fields that the server would otherwise reset.
        writable: The fields that ``update`` always sends.
        type: The JSON:API type.
    """

    version: str
    manager: str
    row: dict[str, Any]
    ids: tuple[int, ...] = (1,)
    change: tuple[Any, ...] = ()
    sent: dict[str, Any] = field(default_factory=dict)
    writable: frozenset[str] = frozenset()
    type: str = ""

    @property
    def name(self) -> str:
        return f"{self.version}.{self.manager}"

    @property
    def number(self) -> Any:
        """The version to pass to a client."""
        return self.version[1:]

    @property
    def reset(self) -> frozenset[str]:
        """The fields that are sent with each change, because the server would reset them otherwise."""
        resets = {
            "v1.incidents": "visible stickied",
            "v1.component_groups": "order visible",
            "v1.schedules": "scheduled_at",
            "v3.incident_templates": "name",
        }
        return frozenset(resets.get(self.name, "").split()) - self.sent.keys()

    @property
    def sent_when_changed(self) -> frozenset[str]:
        """The fields that ``update`` sends only if they were changed, because sending them would lose data."""
        return frozenset({"tags"} if self.name == "v1.components" else ())

    @property
    def response_data(self) -> dict[str, Any]:
        """The row as it appears in a response."""
        if self.version == "v1":
            return {"id": 1, **self.row, **UNKNOWN}
        return {"type": self.type, "id": "1", "attributes": {"id": 1, **self.row, **UNKNOWN}}


def _v1(manager: str, *ids: int, change: tuple[Any, ...] = (), **row: Any) -> Kind:
    return _kind("v1", manager, ids, change, row | TIMES, "")


def _v3(manager: str, kind: str, *ids: int, change: tuple[Any, ...] = (), **row: Any) -> Kind:
    stamps = {name: {"human": "1 week ago", "string": TIMES[f"{name}_at"]} for name in ("created", "updated")}
    return _kind("v3", manager, ids, change, row | stamps, kind)


def _kind(
    version: str, manager: str, ids: tuple[int, ...], change: tuple[Any, ...], row: dict[str, Any], kind: str
) -> Kind:
    writable = frozenset(row.pop("writable", "").split())
    sent = row.pop("sent", dict([change] if change else []))
    return Kind(version, manager, row, ids or (1,), change, sent, writable, kind)


_GLOBAL: dict[str, Any] = {"global": True}
_INCIDENT: dict[str, Any] = {"name": "I", "message": "m", "stickied": True}

KINDS = (
    _v1(
        "components",
        name="API", description="d", link="", status=1, order=0, group_id=0, enabled=True, meta={"k": "v"},
        tags={"web-server": "Web Server"}, status_name="Operational", deleted_at=None,
        change=("name", "Renamed"),
        writable="name description link status order group_id enabled meta tags",
    ),
    _v1(
        "component_groups",
        name="G", order=1, collapsed=0, visible=1, enabled_components=[{"id": 3, "name": "Member", **UNKNOWN}],
        change=("name", "Renamed"), writable="name order collapsed visible",
    ),
    _v1(
        "incidents",
        **_INCIDENT, status=1, visible=1, notifications=False, component_id=0, updates=[], meta=[],
        occurred_at="2026-07-01 10:30:00", latest_status=1,
        change=("name", "Renamed"), writable="name status visible stickied",
    ),
    _v1(
        "incident_updates", 1, 1,
        incident_id=1, status=1, message="m", human_status="Investigating", user_id=1,
        change=("message", "Changed"), writable="status message",
    ),
    _v1("incident_templates", name="T", slug="t", template="x", deleted_at=None),
    _v1(
        "metrics",
        name="M", suffix="ms", description="d", default_value=1, calc_type=0, display_chart=True, places=2,
        default_view=1, threshold=5, order=0, visible=1,
        change=("name", "Renamed"),
        writable="name suffix description default_value calc_type display_chart places default_view threshold order",
    ),
    _v1("metric_points", metric_id=1, value=2.5, counter=1, change=("value", 3.5), writable="value"),
    _v1(
        "schedules",
        name="S", message="m", status=0, scheduled_at="2026-08-01 10:30:00", completed_at=None,
        change=("name", "Renamed"), writable="name status",
    ),
    _v1("subscribers", email="a@example.com", verify_code="c", **_GLOBAL, subscriptions=[]),
    _v3(
        "components", "components",
        name="API", description="d", link=None, order=1, status={"human": "Operational", "value": 1}, enabled=True,
        latest_status={"human": "Operational", "value": 1}, meta={"k": "v"},
        change=("name", "Renamed"), writable="name description status order enabled meta",
    ),
    _v3(
        "component_groups", "componentGroups",
        name="G", order=1, order_column=None, order_direction=None, collapsed=0, visible=1,
        change=("name", "Renamed"), writable="name order collapsed visible",
    ),
    _v3(
        "incidents", "incidents",
        **_INCIDENT, guid="g", status={"human": "Investigating", "value": 1}, visible=1, notifications=False,
        occurred={"human": None, "string": None}, published={"human": "now", "string": "2026-07-01 10:30:15"},
        change=("name", "Renamed"), writable="name message status visible stickied notifications",
    ),
    _v3(
        "incident_updates", "updates", 1, 1,
        updateable_type="incident", updateable_id=1, message="m", status={"human": "Fixed", "value": 4},
        change=("message", "Changed"), writable="status message",
    ),
    _v3(
        "incident_templates", "incidentTemplates",
        name="T", slug="t", template="x", engine="twig", change=("name", "Renamed"), writable="name template engine",
    ),
    _v3(
        "metrics", "metrics",
        name="M", suffix="ms", description="d", default_value=1.5, calc_type=0, display_chart=True, places=2,
        default_view=0, threshold=5, order=0, visible=1,
        change=("name", "Renamed"), writable="name suffix description default_value threshold",
    ),
    _v3("metric_points", "metricPoints", 1, 1, metric_id=1, value=2.5, counter=1, calculated_value=2.5),
    _v3(
        "schedules", "schedules",
        name="S", message="m", status={"human": "Upcoming", "value": 0},
        scheduled={"human": "soon", "string": "2026-08-01 10:30:00"}, completed={"human": None, "string": None},
        published={"human": None, "string": None}, change=("name", "Renamed"), writable="name message",
    ),
    _v3(
        "schedule_updates", "updates", 1, 1,
        updateable_type="schedule", updateable_id=1, message="m", change=("message", "Changed"), writable="message",
    ),
    _v3(
        "subscribers", "subscribers",
        email="a@example.com", **_GLOBAL, verified=True, verified_at={"human": None, "string": None},
        change=("is_global", False), sent={"global": False}, writable="global",
    ),
)  # fmt: skip


class SingleResourceServer:
    """A server that returns the same resource for every request, and records the bodies of PUT requests."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self.sent: list[dict[str, Any]] = []

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            self.sent.append(json.loads(request.content))
        one = self._kind.response_data
        if request.url.path.endswith("/version"):
            return httpx.Response(200, json={"data": "2.4.0", "meta": {"on_latest": True}})
        if request.url.path.endswith("s") and request.method == "GET":
            pages = {"pagination": {"total": 1, "count": 1, "per_page": 20, "current_page": 1, "total_pages": 1}}
            return httpx.Response(200, json={"data": [one], "meta": pages})
        return httpx.Response(200, json={"data": one})
