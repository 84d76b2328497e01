"""``FakeCachet``: an embedded Cachet with clients, a transport, a loopback server and a request log."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, Unpack, cast, overload

from cachet_sdk.client import AsyncClient, AsyncClientOptions, Client, ClientOptions
from cachet_sdk.testing.http import App, Request, Response
from cachet_sdk.testing.request_log import RequestLog
from cachet_sdk.testing.server import FakeServer
from cachet_sdk.testing.transport import FakeTransport
from cachet_sdk.testing.v1.app import CachetV1
from cachet_sdk.testing.v1.context import Release, Settings
from cachet_sdk.testing.v1.dates import DEFAULT_INCIDENT_FORMAT

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from cachet_sdk.testing.v3 import CachetV3
    from cachet_sdk.v1.aio.client import AsyncClient as AsyncClientV1
    from cachet_sdk.v1.client import Client as ClientV1
    from cachet_sdk.v3.aio.client import AsyncClient as AsyncClientV3
    from cachet_sdk.v3.client import Client as ClientV3

    # So that a bare FakeCachet is one of version 1, the default.
    ClientT = TypeVar("ClientT", bound="ClientV1 | ClientV3", default=ClientV1)
    AsyncClientT = TypeVar("AsyncClientT", bound="AsyncClientV1 | AsyncClientV3", default=AsyncClientV1)
else:
    from typing import TypeVar

    ClientT, AsyncClientT = TypeVar("ClientT"), TypeVar("AsyncClientT")


class FakeCachet(Generic[ClientT, AsyncClientT]):
    """An in-memory Cachet that responds like a real one, quirks included; it needs no network and no database.

    Args:
        version: The API version: "1" for Cachet 2.3 and 2.4, "3" for Cachet 3.
        token: The API token to accept; it has all abilities.
        time_zone: The server's time zone (``app_timezone``, on version 3 ``APP_TIMEZONE``).
        clock: Returns the current time, to freeze or move it; a naive time counts as UTC. Defaults to the system clock.
        explicit_defaults_for_timestamp: The MariaDB setting. If False, a PUT of a schedule may reset
            ``scheduled_at``. Version 1 only, like the next four.
        always_authenticate: Whether reads need a token, too.
        release: "2.4", "2.3", or "2.4.0-dev-2018" for the builds of June to December 2018, which report the version
            2.4.0-dev and disable a component that is updated without ``enabled``.
        status_as_string: Whether statuses of components and incidents are strings, as with some database drivers on
            2.3.
        incident_date_format: The setting of that name: the format of ``verified_at``, as a PHP ``date()`` format such
            as ``"d/m/Y H:i"``.
        rate_limit: Requests per minute, counted separately for reads and for all other calls; None for no limit.
            Version 3 only, like the next three.
        api_protected: Whether reads need a token, too.
        api_enabled: Whether the API is enabled; if not, every call is a 404.
        database: The kind of database, which determines whether a metric's ``default_value`` is a number or a string.

    Attributes:
        transport: A transport for ``httpx.Client``, ``httpx.AsyncClient`` or a client of this SDK.
        endpoint: The endpoint to pass to a client.
        token: The API token.
        requests: The requests that arrived, oldest first: the last 10,000, or fewer if their bodies together exceed
            16 MiB.
        on_list: A hook called with each request for a list: on version 1 after the rows are counted and before they
            are read; on version 3, which does not count, before they are read. It may change rows through a client
            of this server, as another client could at that moment. Lists that the hook itself reads do not call it.

    Raises:
        ValueError: If a setting does not exist in this version.

    Example:
        >>> fake = FakeCachet()
        >>> client = fake.client()
        >>> client.components.create(name="Database", status=1).id
        1
        >>> fake.requests[-1].method
        'POST'
    """

    @overload
    def __init__(
        self: FakeCachet[ClientV1, AsyncClientV1],
        version: Literal["1"] = ...,
        token: str = ...,
        *,
        time_zone: str = ...,
        clock: Callable[[], datetime] | None = ...,
        explicit_defaults_for_timestamp: bool = ...,
        always_authenticate: bool = ...,
        release: Release = ...,
        status_as_string: bool = ...,
        incident_date_format: str = ...,
    ) -> None: ...
    @overload
    def __init__(
        self: FakeCachet[ClientV3, AsyncClientV3],
        version: Literal["3"],
        token: str = ...,
        *,
        time_zone: str = ...,
        clock: Callable[[], datetime] | None = ...,
        rate_limit: int | None = ...,
        api_protected: bool = ...,
        api_enabled: bool = ...,
        database: Literal["sqlite", "mariadb"] = ...,
    ) -> None: ...
    @overload
    def __init__(
        self: FakeCachet[Any, Any],
        version: str,
        token: str = ...,
        *,
        time_zone: str = ...,
        clock: Callable[[], datetime] | None = ...,
    ) -> None: ...
    def __init__(
        self,
        version: str = "1",
        token: str = "secret-token",  # noqa: S107 - valid only for this object
        *,
        time_zone: str = "UTC",
        clock: Callable[[], datetime] | None = None,
        explicit_defaults_for_timestamp: bool = False,
        always_authenticate: bool = False,
        release: Release = "2.4",
        status_as_string: bool = False,
        incident_date_format: str = DEFAULT_INCIDENT_FORMAT,
        rate_limit: int | None = 300,
        api_protected: bool = False,
        api_enabled: bool = True,
        database: Literal["sqlite", "mariadb"] = "sqlite",
    ) -> None:
        v1_settings = {
            "explicit_defaults_for_timestamp": explicit_defaults_for_timestamp,
            "always_authenticate": always_authenticate,
            "release": release,
            "status_as_string": status_as_string,
            "incident_date_format": incident_date_format,
        }
        v3_settings = {
            "rate_limit": rate_limit,
            "api_protected": api_protected,
            "api_enabled": api_enabled,
            "database": database,
        }
        if version == "1":
            _reject(
                v3_settings, {"rate_limit": 300, "api_protected": False, "api_enabled": True, "database": "sqlite"}, "3"
            )
            settings = Settings(time_zone=time_zone, **cast("Any", v1_settings))
            self._app: App = CachetV1(token=token, settings=settings, clock=clock, on_list=self._run_on_list)
        elif version == "3":
            _reject(v1_settings, {name: getattr(Settings(), name) for name in v1_settings}, "1")
            from cachet_sdk.testing.v3 import CachetV3  # noqa: PLC0415 - the versions do not load each other

            aware_clock = None if clock is None else _make_aware(clock)
            self._app = CachetV3(
                token=token,
                clock=aware_clock,
                timezone=time_zone,
                on_list=self._run_on_list,
                **cast("Any", v3_settings),
            )
        else:
            raise ValueError(f"version must be '1' or '3', got {version!r}")
        self.version: Literal["1", "3"] = cast("Any", version)
        self.token = token
        self.requests: RequestLog = RequestLog()
        self.on_list: Callable[[Request], object] | None = None
        self._hook = threading.local()
        self.endpoint: str = f"https://fake-cachet.test{self._app.prefix}"
        self.transport: FakeTransport = FakeTransport(self._handle)

    def _handle(self, request: Request) -> Response:
        self.requests.add(request)
        return self._app.handle(request)

    def _run_on_list(self, request: Request) -> None:
        if self.on_list is None or getattr(self._hook, "running", False):
            return
        self._hook.running = True
        try:
            self.on_list(request)
        finally:
            self._hook.running = False

    def client(
        self, *, endpoint: str | None = None, api_token: str | None = None, **options: Unpack[ClientOptions]
    ) -> ClientT:
        """Return a sync client for this server.

        Args:
            endpoint: Another endpoint, such as that of :meth:`serve`; pass ``transport=None`` with it.
            api_token: Another token.
            **options: Passed on to :func:`cachet_sdk.Client`.
        """
        options.setdefault("transport", None if options.get("http_client") else self.transport)
        return cast("ClientT", Client(endpoint or self.endpoint, api_token or self.token, self.version, **options))

    def async_client(
        self, *, endpoint: str | None = None, api_token: str | None = None, **options: Unpack[AsyncClientOptions]
    ) -> AsyncClientT:
        """Return an async client for this server.

        Args:
            endpoint: Another endpoint, such as that of :meth:`serve`; pass ``transport=None`` with it.
            api_token: Another token.
            **options: Passed on to :func:`cachet_sdk.AsyncClient`.
        """
        options.setdefault("transport", None if options.get("http_client") else self.transport)
        client = AsyncClient(endpoint or self.endpoint, api_token or self.token, self.version, **options)
        return cast("AsyncClientT", client)

    def serve(self, port: int = 0) -> FakeServer:
        """Serve the same data on 127.0.0.1, too, until the returned context manager exits.

        Args:
            port: The port; 0 picks a free one.

        Example:
            >>> with FakeCachet().serve() as server:
            ...     server.endpoint.startswith("http://127.0.0.1:")
            True
        """
        return FakeServer(self._handle, prefix=self._app.prefix, port=port)

    def add_incident_template(self, name: str, template: str, slug: str | None = None) -> int:
        """Add an incident template, which the v1 API can use but not create.

        Args:
            name: Its name.
            template: The text, with placeholders such as ``{{ incident.name }}`` and ``{{ variable }}``.
            slug: The name by which incidents refer to it. Defaults to the slug of ``name``.

        Returns:
            The template's id.

        Raises:
            ValueError: If this is version 3, whose API can create templates.
        """
        if isinstance(self._app, CachetV1):
            return self._app.add_incident_template(name, template, slug)
        raise ValueError("version 3 creates incident templates through its API: POST /incident-templates")

    def save_on_dashboard(self, component_id: int) -> None:
        """Save a component without tags, as the dashboard of Cachet 2.3 does: this adds a tag with an empty name.

        Args:
            component_id: The component's id; if it has no tags, its ``tags`` become ``{"": ""}``.

        Raises:
            ValueError: If this is another release.
            KeyError: If there is no such component.

        Example:
            >>> fake = FakeCachet(release="2.3")
            >>> component = fake.client().components.create(name="Database", status=1)
            >>> fake.save_on_dashboard(component.id)
        """
        if not isinstance(self._app, CachetV1) or not self._app.is_2_3:
            raise ValueError("only the dashboard of release 2.3 creates tags with an empty name")
        self._app.save_on_dashboard(component_id)

    def add_token(
        self,
        token: str,
        *,
        abilities: Iterable[str] = ("*",),
        user: int = 1,
        expires_at: datetime | None = None,
    ) -> None:
        """Accept another token, which may have fewer abilities. Version 3 only.

        Args:
            token: ``<id>|<secret>``, or only the secret.
            abilities: Such as ``components.manage`` or ``incidents.delete``; ``*`` grants all.
            user: The id of the token's user; a user's tokens share a rate limit.
            expires_at: When the token expires, as an aware datetime. Defaults to never.

        Raises:
            ValueError: If this is version 1.

        Example:
            >>> fake = FakeCachet(version="3")
            >>> fake.add_token("2|other", abilities=["components.manage"])
            >>> fake.client(api_token="2|other").components.create(name="Database").id
            1
        """
        if self.version == "1":
            raise ValueError("version 1 has no token abilities: its one token may do everything")
        cast("CachetV3", self._app).add_token(token, abilities=abilities, user=user, expires_at=expires_at)

    def reset(self) -> None:
        """Delete every row and every logged request; ids start at 1 again."""
        self._app.reset()
        self.requests.clear()


def _reject(settings: Mapping[str, object], defaults: Mapping[str, object], version: str) -> None:
    others = sorted(name for name, value in settings.items() if value != defaults[name])
    if others:
        raise ValueError(f"only version {version} has these settings: {', '.join(others)}")


def _make_aware(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    def now() -> datetime:
        moment = clock()
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)

    return now
