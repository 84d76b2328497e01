"""Runs cells of the matrix and checks their outcomes."""

from __future__ import annotations

import asyncio
import pickle
import re
import secrets
import socket
import time
import traceback
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from unittest.mock import patch

import httpx

from cachet_sdk import AsyncClient, Client, RetryPolicy, errors
from tests.faults.certificates import trusting
from tests.faults.matrix import (
    KINDS,
    MAX_RESPONSE_BYTES,
    ONE_RETRY,
    OPERATIONS,
    TIMEOUT,
    TOTAL_TIMEOUT,
    Route,
    Row,
)
from tests.faults.proxy import PASSWORD, Proxy
from tests.faults.server import Fault, FaultServer

#: The operation of a cell, for sync and async.
_CALLS: dict[str, Any] = {
    "GET": lambda client: client.components.get(1),
    "LIST": lambda client: client.components.list(per_page=2),
    "POST": lambda client: client.components.create(name="API", status=1),
    "PUT": lambda client: client.components.update(1, status=1, enabled=True),
    "DELETE": lambda client: client.components.delete(1),
}


@dataclass
class Outcome:
    """The outcome of a cell.

    Attributes:
        error: The exception that was raised, or None if the call succeeded.
        reached: How many requests reached the server, or how many connections if it does not read.
        seconds: How long the call took.
        rows: How many rows a list returned.
        shown: Everything that a user, a log or an error tracker can see of the client and the error.
        token: The token that must not be shown.
    """

    operation: str
    client_kind: str
    error: Exception | None
    reached: int
    seconds: float
    rows: int
    token: str
    shown: str = field(repr=False)

    def verdict(self, row: Row, slack: float = 0.15) -> str | None:  # noqa: C901, PLR0911  (a line for each check)
        """Return what differs from the table, or None. A call may end ``slack`` seconds late."""
        expected = row.expected_error(self.operation)
        attempts = row.expected_attempts(self.operation)
        if row.may_not_connect and isinstance(self.error, errors.TransportError):
            # The reset may have prevented the connection: then a POST is retried, and nothing was applied.
            attempts = self.error.attempts if self.operation == "POST" else attempts
        if (type(self.error) if self.error else None) is not expected:
            return f"raised {self.error!r}, not {expected}"
        if row.is_counted and self.reached != attempts:
            return f"{self.reached} requests reached the server, not {attempts}"
        if isinstance(self.error, errors.TransportError) and self.error.attempts != attempts:
            return f"says {self.error.attempts} attempts, not {attempts}"
        if isinstance(self.error, errors.CachetError):
            maybe = row.maybe and self.operation not in {"GET", "LIST"}
            if self.error.maybe_applied is not maybe and (self.error.maybe_applied or not row.may_not_connect):
                return f"maybe_applied is {self.error.maybe_applied}"
        if self.seconds > TOTAL_TIMEOUT + slack:
            return f"took {self.seconds:.2f} s"
        if row.at_deadline and self.seconds < TOTAL_TIMEOUT * 0.9:
            return f"ended before the deadline, after {self.seconds:.2f} s"
        expected_rows = 0 if self.operation != "LIST" or row.fault.blocks_all_requests else 2 if expected else 4
        if self.rows != expected_rows:
            return f"returned {self.rows} rows, not {expected_rows}"
        if PASSWORD in self.shown:
            return "shows the proxy's password"
        return "shows the token" if self.token in self.shown else None


def run_row(
    row: Row,
    version: str,
    route: Route = "direct",
    retry: RetryPolicy = ONE_RETRY,
    operations: Sequence[str] = OPERATIONS,
) -> list[Outcome]:
    """Run the cells of a row concurrently, against one version of the API and on one route."""
    _warm_up(version)
    cells = [(operation, client_kind) for operation in operations for client_kind in KINDS]
    is_named = row.fault.host != "127.0.0.1"
    names = patch("socket.getaddrinfo", _resolve_offline) if is_named else nullcontext()
    with ThreadPoolExecutor(len(cells)) as pool, names:
        return list(pool.map(lambda cell: run_cell(row, cell[0], cell[1], version, route, retry), cells))


_getaddrinfo = socket.getaddrinfo


def _resolve_offline(host: Any, *arguments: Any, **options: Any) -> Any:
    """Resolve only this machine, and fail at once otherwise: a resolver may take seconds to report an unknown host."""
    if host is not None and not re.fullmatch(r"localhost|[\d.:a-f]*", host if isinstance(host, str) else host.decode()):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _getaddrinfo(host, *arguments, **options)


@cache
def _warm_up(version: str) -> None:
    """Import everything that a first call imports, so that the time this takes counts in no cell."""
    for client_kind in KINDS:
        run_cell(Row(Fault("none"), None), "GET", client_kind, version)


def run_cell(
    row: Row,
    operation: str,
    client_kind: str,
    version: str,
    route: Route = "direct",
    retry: RetryPolicy = ONE_RETRY,
) -> Outcome:
    """Run one cell against its own server."""
    token = secrets.token_hex(16)
    fails_mid_iteration = operation == "LIST" and not row.fault.blocks_all_requests
    fault = row.fault
    if route == "tunnel" and not fault.certificate and not fault.scheme:
        fault = replace(fault, certificate="good")
    with ExitStack() as stack:
        server = stack.enter_context(FaultServer(fault, healthy_first=fails_mid_iteration, version=version))
        verify = trusting() if server.endpoint.startswith("https") else True
        options: dict[str, Any] = {
            "timeout": TIMEOUT,
            "total_timeout": TOTAL_TIMEOUT,
            "retry": retry,
            "max_response_bytes": MAX_RESPONSE_BYTES,
        }
        if route == "http_client":
            kind = httpx.Client if client_kind == "sync" else httpx.AsyncClient
            # Shared, because httpx would load the default authorities for each client, even for plain HTTP.
            options["http_client"] = kind(verify=trusting(), trust_env=False)
        else:
            options["verify_tls"] = verify
            if route != "direct":
                options["proxy"] = stack.enter_context(Proxy()).url
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about plain http to a host that does not exist
            client: Any = (Client if client_kind == "sync" else AsyncClient)(server.endpoint, token, version, **options)
        run = _run_sync if client_kind == "sync" else _run_async
        error, rows, seconds = run(client, options.get("http_client"), operation, warm_up=fault.closes_between)
        unaffected = server.healthy_first + fault.closes_between
        counted = server.connections if fault.at_connect else len(server.received)
        shown = everything_shown(client, error)
    return Outcome(operation, client_kind, error, counted - unaffected, seconds, rows, token, shown)


def _run_sync(client: Any, http_client: Any, operation: str, *, warm_up: bool) -> tuple[Exception | None, int, float]:
    rows = 0
    with http_client or nullcontext(), client:
        if warm_up:
            client.ping()
            time.sleep(0.02)
        started = time.monotonic()
        try:
            result = _CALLS[operation](client)
            if operation == "LIST":
                for _ in result:
                    rows += 1
                    time.sleep(0.01)
                    started = time.monotonic()  # the next page is a call with a deadline of its own
        except Exception as error:  # noqa: BLE001  (the outcome of the cell)
            return error, rows, time.monotonic() - started
        return None, rows, time.monotonic() - started


def _run_async(client: Any, http_client: Any, operation: str, *, warm_up: bool) -> tuple[Exception | None, int, float]:
    async def run() -> tuple[Exception | None, int, float]:
        rows = 0
        async with http_client or nullcontext(), client:
            if warm_up:
                await client.ping()
                await asyncio.sleep(0.02)
            started = time.monotonic()
            try:
                result = _CALLS[operation](client)
                if operation == "LIST":
                    async for _ in result:
                        rows += 1
                        await asyncio.sleep(0.01)
                        started = time.monotonic()
                else:
                    await result
            except Exception as error:  # noqa: BLE001  (the outcome of the cell)
                return error, rows, time.monotonic() - started
            return None, rows, time.monotonic() - started

    return asyncio.run(run())


def everything_shown(client: object, error: BaseException | None) -> str:
    """Return everything that can be seen of a client and an error, local variables of frames included."""
    shown = [repr(client), str(client), repr(vars(client))]
    pending, seen = [error], set[int]()
    while pending:
        one = pending.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        pending += [one.__cause__, one.__context__]
        shown += [repr(one), str(one), repr(one.args), repr(vars(one))]
        shown += traceback.TracebackException.from_exception(one, capture_locals=True).format()
        response: Any = getattr(one, "response", None)
        if response is not None:
            shown += [response.text, repr(response.headers.raw), repr(response.request.headers.raw)]
        if isinstance(one, errors.CachetError):
            shown.append(pickle.dumps(one).decode("latin-1"))
    return "\n".join(shown)
