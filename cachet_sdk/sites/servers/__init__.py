"""Access to a page through either API, by records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from typing import Any, TypeAlias

from cachet_sdk import v1, v3
from cachet_sdk.errors import ArgumentError
from cachet_sdk.sites.records import Kind
from cachet_sdk.sites.servers.base import Site
from cachet_sdk.sites.times import UtcConverter

AnyClient: TypeAlias = v1.Client | v3.Client

__all__ = ["AnyClient", "Site", "open_site", "rows_of"]


def open_site(client: AnyClient, zone: str | tzinfo | None = None, *, argument: str = "client") -> Site:
    """Return the page of a client.

    Args:
        client: A synchronous client of either API.
        zone: The server's time zone, for a client that returns naive times.
        argument: The name of the caller's argument, for the error message.

    Raises:
        ArgumentError: when ``client`` is anything else.
    """
    if isinstance(client, v1.Client):
        from cachet_sdk.sites.servers.cachet2 import SiteV1  # noqa: PLC0415  (load only the version in use)

        return SiteV1(client, UtcConverter(zone))
    if isinstance(client, v3.Client):
        from cachet_sdk.sites.servers.cachet3 import SiteV3  # noqa: PLC0415

        return SiteV3(client, UtcConverter(zone))
    raise ArgumentError(argument, f"expected a client of cachet_sdk.Client(), not a {type(client).__name__}")


def rows_of(site: Site, kind: Kind) -> Iterator[Any]:
    """Return the rows of a kind other than points, which are listed per metric."""
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
