"""Owns the connection pool of a client, or uses the transport or client that the caller passed."""

from __future__ import annotations

from threading import Lock

import httpx

from cachet_sdk.core.http.aio.pool import AsyncPool, AsyncSend
from cachet_sdk.core.http.connection import (
    ConnectionSettings,
    async_http_transport,
    async_limit_external_reads,
    chosen_proxy,
    ssl_context,
)
from cachet_sdk.core.http.limiter import AsyncConnectionLimiter
from cachet_sdk.core.http.pool_owner import AsyncPoolOwner
from cachet_sdk.core.http.redact import Redactor, redact_logs
from cachet_sdk.errors import ClientStateError
from cachet_sdk.options import Settings


class AsyncSender:
    """Provides the pool for each request. Shared by a client and the clients derived from it by ``with_options``.

    Attributes:
        is_own: Whether the connections belong to this client, not to the caller.
        is_closed: Whether the client is closed.
        limiter: Limits how many requests run at the same time.
        proxy_url: The proxy, without its password. None if there is none, or if it is unknown.
    """

    def __init__(
        self,
        settings: Settings,
        connection: ConnectionSettings[httpx.AsyncBaseTransport, httpx.AsyncClient],
        redact: Redactor,
        pool_timeout: float | None,
    ) -> None:
        self.is_own: bool = connection.transport is None and connection.http_client is None
        self.is_closed: bool = False
        self.proxy_url: str | None = None
        self.http_client: httpx.AsyncClient | None = connection.http_client
        self._connection = connection
        self._pool_timeout = pool_timeout
        self._owner = AsyncPoolOwner()
        self._replacing = Lock()
        self._inherited: object = None
        self._distrusted: list[AsyncPool] = []
        if self.is_own:
            proxy = chosen_proxy(settings, connection)
            self.proxy_url = None if proxy is None else str(proxy.url)
            self._proxy = proxy
            self._ssl_context = ssl_context(settings, connection, proxy)
        else:
            async_limit_external_reads(connection)
        redact_logs(redact)
        self._open()

    def _open(self) -> None:
        limit = self._connection.limits.max_connections if self.is_own else None
        self.limiter: AsyncConnectionLimiter = AsyncConnectionLimiter(limit, self._pool_timeout)
        self._pool = self._new_pool()

    def _new_pool(self) -> AsyncPool:
        http, http_client, auth = self._connection.transport, self._connection.http_client, self._connection.auth
        if http_client is not None:
            return AsyncPool(_via_client(http_client), None)
        if http is None:
            http = async_http_transport(self._connection, self._ssl_context, self._proxy)
        if auth is not None:
            # Only clients of httpx can run an httpx.Auth.
            return AsyncPool(_via_client(httpx.AsyncClient(transport=http, auth=auth, trust_env=False)), http.aclose)
        return AsyncPool(_via_transport(http), http.aclose)

    def check_usable(self) -> None:
        """Open new connections if the process or event loop has changed.

        Raises:
            ClientStateError: If the client is closed, or cannot be used in this process or event loop.
        """
        if self.is_closed:
            raise ClientStateError("the client is closed; create a new one")
        self._check_owner()

    async def enter(self) -> AsyncPool:
        """Return the pool to send with, counted as in use. The caller must ``leave`` it.

        Raises:
            ClientStateError: If the client is closed.
        """
        while self._distrusted:
            await self._distrusted.pop().retire()
        while not (pool := self._pool).enter():
            if self.is_closed:
                raise ClientStateError("the client is closed; create a new one")
        return pool

    def _check_owner(self) -> None:
        if self.is_own:
            self._owner.ensure_current(self._reopen)
            return
        if self.http_client is not None and self.http_client.is_closed:
            raise ClientStateError("the http_client that was passed is closed; create a client with an open one")
        if isinstance(self._connection.transport, httpx.AsyncHTTPTransport) or self.http_client is not None:
            self._owner.ensure_current(self._refuse)

    def _refuse(self) -> None:
        """Refuse the caller's connections if they were opened elsewhere, because two processes would share a socket."""
        passed = "http_client" if self.http_client is not None else "transport"
        raise ClientStateError(
            f"the {passed} that was passed belongs to another process or event loop, so its connections cannot be "
            f"used here; create it and the client after the fork or inside the loop, or pass no {passed}: "
            "the SDK reopens its own connections automatically"
        )

    def _reopen(self) -> None:
        """Open another pool, for another process or event loop."""
        # The parent's connections are kept without being used: dropping them would send TLS's close_notify to the
        # server. Connections of a closed event loop are dropped.
        self._inherited = (self._pool, self._distrusted) if self._owner.is_forked() else None
        self._distrusted = []
        self._replacing = Lock()  # a thread of the parent may have held it, which does not exist here
        self._open()

    async def replace(self, pool: AsyncPool) -> None:
        """Stop using a pool whose request was interrupted. It closes when its last call ends."""
        if self._swap(pool):
            await pool.retire()

    def distrust(self, pool: AsyncPool) -> None:
        """Stop using a pool that returned the response to another request. It closes before the next call."""
        if self._swap(pool):
            self._distrusted.append(pool)

    def _swap(self, pool: AsyncPool) -> bool:
        """Replace a pool of this client with a new one. Return False if the pool is the caller's."""
        if not self.is_own:
            return False
        with self._replacing:
            if self._pool is pool and not self.is_closed:
                self._pool = self._new_pool()
        return True

    async def aclose(self) -> None:
        """Close the connections. Those in use close when their call ends."""
        if not self.is_closed:
            is_foreign = self.is_own and self._owner.is_foreign()
            self.is_closed = True
            if not is_foreign:
                for pool in (self._pool, *self._distrusted):
                    await pool.retire()


# The methods are looked up for each request, because instrumentation of httpx may replace them at any time.


def _via_transport(http: httpx.AsyncBaseTransport) -> AsyncSend:
    async def send(request: httpx.Request) -> httpx.Response:
        return await http.handle_async_request(request)

    return send


def _via_client(client: httpx.AsyncClient) -> AsyncSend:
    async def send(request: httpx.Request) -> httpx.Response:
        # A redirected write would arrive as a read, so redirects are errors, whatever the client's own setting is.
        return await client.send(request, stream=True, follow_redirects=False)

    return send
