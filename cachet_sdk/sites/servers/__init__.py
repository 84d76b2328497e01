"""A page behind either API, read and written as records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from typing import Any, TypeAlias

from cachet_sdk import v1, v3
from cachet_sdk.errors import ArgumentError
from cachet_sdk.sites.records import Kind
from cachet_sdk.sites.servers.base import Site
from cachet_sdk.sites.times import ZoneReader

AnyClient: TypeAlias = v1.Client | v3.Client

__all__ = ["AnyClient", "Site", "open_site", "rows_of"]


def open_site(client: AnyClient, zone: str | tzinfo | None = None, *, argument: str = "client") -> Site:
    """Wrap a client.

    Args:
        client: A client of either API, not an asyncio one.
        zone: The server's zone, for a client that shows naive times.
        argument: The caller's name of the client, for messages.

    Raises:
        ArgumentError: for anything else.
    """
    if isinstance(client, v1.Client):
        from cachet_sdk.sites.servers.cachet2 import SiteV1  # noqa: PLC0415  (nobody waits for the other version)

        return SiteV1(client, ZoneReader(zone))
    if isinstance(client, v3.Client):
        from cachet_sdk.sites.servers.cachet3 import SiteV3  # noqa: PLC0415

        return SiteV3(client, ZoneReader(zone))
    raise ArgumentError(argument, f"expected a client of cachet_sdk.Client(), not a {type(client).__name__}")


def rows_of(site: Site, kind: Kind) -> Iterator[Any]:
    """Return the rows of a kind, but for points, which are of a metric each."""
    lists: Mapping[Kind, Callable[[], Iterator[Any]]] = {
        "group": site.groups,
        "component": site.components,
        "template": site.templates,
        "incident": site.incidents,
        "schedule": site.schedules,
        "metric": site.metrics,
        "subscriber": site.subscribers,
    }
    return lists[kind]()
