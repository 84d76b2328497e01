"""/ping, /version and /status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.http import Response
from cachet_sdk.testing.v3.statuses import SYSTEM_STATUSES, system_status

if TYPE_CHECKING:
    from cachet_sdk.testing.v3.call import Call

VERSION = "3.x-dev"


def ping(_call: Call) -> Response:
    """Respond to a ping."""
    return Response.json(200, {"data": "Pong!"})


def version(_call: Call) -> Response:
    """Return the server's version."""
    return Response.json(200, {"data": {"version": VERSION}})


def status(call: Call) -> Response:
    """Return the system's status."""
    current = system_status(call.store, call.now, call.settings.major_outage_threshold)
    return Response.json(200, {"data": {"status": current, "message": SYSTEM_STATUSES[current]}})
