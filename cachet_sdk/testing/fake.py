"""``FakeCachet``: an embedded Cachet with the doors that tests need: clients, transport, socket, request log."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from cachet_sdk.testing.http import Answer, App, Request
from cachet_sdk.testing.server import FakeServer
from cachet_sdk.testing.transport import FakeTransport
from cachet_sdk.testing.v1.app import CachetV1
from cachet_sdk.testing.v1.context import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from cachet_sdk.v1.aio.client import AsyncClient
    from cachet_sdk.v1.client import Client

#: How many requests ``FakeCachet.requests`` remembers.
LOG_SIZE = 10_000


class RequestLog(Sequence[Request]):
    """The requests that a server received, oldest first; it forgets all but the last 10,000."""

    def __init__(self) -> None:
        self._requests: deque[Request] = deque(maxlen=LOG_SIZE)

    @overload
    def __getitem__(self, index: int) -> Request: ...
    @overload
    def __getitem__(self, index: slice) -> list[Request]: ...
    def __getitem__(self, index: int | slice) -> Request | list[Request]:
        return list(self._requests)[index] if isinstance(index, slice) else self._requests[index]

    def __iter__(self) -> Iterator[Request]:
        return iter(list(self._requests))

    def __len__(self) -> int:
        return len(self._requests)

    def __repr__(self) -> str:
        return f"<{len(self)} requests: {', '.join(f'{it.method} {it.path}' for it in self[-3:])}>"

    def add(self, request: Request) -> None:
        """Remember a request."""
        self._requests.append(request)

    def clear(self) -> None:
        """Forget all of them."""
        self._requests.clear()


class FakeCachet:
    """A Cachet in memory that answers like a real one, quirks included; it needs no network and no database.

    Args:
        version: The API: "1" for Cachet 2.3 and 2.4, "3" for Cachet 3.
        token: The API token that it accepts.
        time_zone: The server's own zone (``app_timezone``), version 1 only, as are the ones below.
        explicit_defaults_for_timestamp: False is a database where any PUT of a schedule may lose ``scheduled_at``.
        always_authenticate: Whether guests may not even read.
        release: "2.4", or "2.3" for its routes, fields and dates in outline.
        status_as_string: Whether statuses of components and incidents are strings, as with some drivers on 2.3.
        clock: Tells the time, to freeze or move it; a naive time counts as UTC. Default: the real one.

    Attributes:
        transport: For ``httpx.Client`` and ``httpx.AsyncClient``, or as a client's ``transport``.
        endpoint: What a client takes as its endpoint.
        token: The API token.
        requests: Every request that arrived, oldest first, the last 10,000.

    Raises:
        ValueError: A setting that the version does not have.

    Example:
        >>> fake = FakeCachet()
        >>> client = fake.client()
        >>> client.components.create(name="Database", status=1).id
        1
        >>> fake.requests[-1].method
        'POST'
    """

    def __init__(
        self,
        version: Literal["1", "3"] = "1",
        token: str = "secret-token",  # noqa: S107 - opens nothing but this object
        *,
        time_zone: str = "UTC",
        explicit_defaults_for_timestamp: bool = False,
        always_authenticate: bool = False,
        release: Literal["2.3", "2.4"] = "2.4",
        status_as_string: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        settings = Settings(
            time_zone=time_zone,
            explicit_defaults_for_timestamp=explicit_defaults_for_timestamp,
            always_authenticate=always_authenticate,
            release=release,
            status_as_string=status_as_string,
        )
        self._app = _app(version, token, settings, clock)
        self.version: Literal["1", "3"] = version
        self.token = token
        self.requests = RequestLog()
        self.endpoint = f"https://fake-cachet.test{self._app.prefix}"
        self.transport = FakeTransport(self._handle)

    def _handle(self, request: Request) -> Answer:
        self.requests.add(request)
        return self._app.handle(request)

    def client(self, **options: Any) -> Client:
        """A blocking client of this server.

        Args:
            **options: Passed on to ``cachet_sdk.Client``.
        """
        from cachet_sdk import Client  # noqa: PLC0415 - the server must work without the SDK that it tests

        return Client(**{**self._connection(), **options})

    def async_client(self, **options: Any) -> AsyncClient:
        """An asyncio client of this server.

        Args:
            **options: Passed on to ``cachet_sdk.AsyncClient``.
        """
        from cachet_sdk import AsyncClient  # noqa: PLC0415 - as above

        return AsyncClient(**{**self._connection(), **options})

    def _connection(self) -> dict[str, Any]:
        return {"endpoint": self.endpoint, "api_token": self.token, "transport": self.transport}

    def serve(self, port: int = 0) -> FakeServer:
        """Serve the same data on 127.0.0.1 as well, until the returned context manager is left.

        Args:
            port: 0 picks a free one.

        Example:
            >>> with FakeCachet().serve() as server:
            ...     server.endpoint.startswith("http://127.0.0.1:")
            True
        """
        return FakeServer(self._handle, prefix=self._app.prefix, port=port)

    def add_incident_template(self, name: str, template: str, slug: str | None = None) -> int:
        """Add an incident template, which the v1 API can use but not make.

        Args:
            name: Its name.
            template: Text with ``{{ incident.name }}`` and ``{{ variable }}`` in it.
            slug: How an incident refers to it. Default: made from the name.

        Returns:
            The template's id.

        Raises:
            ValueError: On version 3, whose API makes templates itself.
        """
        if isinstance(self._app, CachetV1):
            return self._app.add_incident_template(name, template, slug)
        raise ValueError("version 3 makes incident templates through its API: POST /incident-templates")

    def reset(self) -> None:
        """Forget every row and every logged request; ids start at 1 again."""
        self._app.reset()
        self.requests.clear()


def _app(version: str, token: str, settings: Settings, clock: Callable[[], datetime] | None) -> App:
    if version == "1":
        return CachetV1(token=token, settings=settings, clock=clock)
    if version != "3":
        raise ValueError(f"version is '1' or '3', not {version!r}")
    if settings != Settings():
        raise ValueError(f"only version 1 has these settings: {settings}")
    from cachet_sdk.testing.v3 import CachetV3  # noqa: PLC0415 - the versions do not load each other

    app: App = CachetV3(token=token, clock=clock)
    return app
