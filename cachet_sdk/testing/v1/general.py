"""/ping, /version and /status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import incidents

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.context import Call
    from cachet_sdk.testing.v1.php import Json

_OPERATIONAL = 1
_MAJOR_OUTAGE = 4
_MAJOR_SHARE = 0.5
#: Messages for up to one component, and for several.
_GOOD = ("System operational", "All systems are operational")
_BAD = ("The system is experiencing issues", "Some systems are experiencing issues")
_MAJOR = ("The system is experiencing major issues", "Some systems are experiencing major issues")


def ping(_: Call) -> Json:
    """GET /ping."""
    return {"data": "Pong!"}


def version(call: Call) -> Json:
    """GET /version; the misspelled key "prelease" is Cachet's."""
    latest: Json = {"tag_name": "v2.4.1", "prelease": False, "draft": False}
    old = call.settings.is_2_3
    return {"meta": {"on_latest": True, "latest": latest}, "data": "2.3.18" if old else "2.4.0-dev"}


def status(call: Call) -> Json:
    """GET /status: hidden incidents count, disabled components do not."""
    # A bug of the server: meant to be 30 seconds, but it adds the current Unix time.
    call.headers.append(("Cache-Control", f"max-age={int(call.now.timestamp()) + 30}, public"))
    statuses = [
        row.status for row in call.store.components.view("enabled", lambda rows: [row for row in rows if row.enabled])
    ]
    several = len(statuses) > 1
    if statuses and statuses.count(_MAJOR_OUTAGE) / len(statuses) >= _MAJOR_SHARE:
        return _respond("danger", _MAJOR[several])
    if statuses.count(_OPERATIONAL) == len(statuses) and not _open_incidents(call):
        return _respond("success", _GOOD[several])
    return _respond("info", _BAD[several])


def _open_incidents(call: Call) -> bool:
    rows = call.store.incidents.view(
        "open", lambda incident_rows: [row for row in incident_rows if incidents.is_open(row)]
    )
    return bool(rows)


def _respond(level: str, message: str) -> Json:
    return {"data": {"status": level, "message": message}}
