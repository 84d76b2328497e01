"""What a failure to get an answer means: was the request sent, may it help to try again, how to tell the user. Pure."""

from __future__ import annotations

import builtins
import ssl
from collections.abc import Generator
from contextlib import contextmanager

import httpx

from cachet_sdk.errors import CachetError, TransportError
from cachet_sdk.errors import TimeoutError as CachetTimeoutError

#: Failures after which the server cannot have seen the request.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@contextmanager
def partly_done() -> Generator[None]:
    """Have an error of a later request say that an earlier one of the same call was carried out already."""
    try:
        yield
    except CachetError as error:
        error.maybe_applied = True
        raise


def was_sent(failure: Exception) -> bool:
    """Whether the server may have seen the request."""
    return not isinstance(failure, _NOT_SENT)


def is_hopeless(failure: Exception) -> bool:
    """Whether trying again would fail in the same way: a certificate does not become valid within seconds."""
    return isinstance(failure, httpx.UnsupportedProtocol) or _certificate_problem(failure) is not None


def transport_error(
    failure: Exception, method: str, url: str, *, maybe_applied: bool, attempts: int, deadline_passed: bool
) -> TransportError:
    """Make the error that tells of a failure, with the failure as its cause."""
    timed_out = deadline_passed or isinstance(failure, httpx.TimeoutException | builtins.TimeoutError)
    kind = CachetTimeoutError if timed_out else TransportError
    tried = f" after {attempts} attempts" if attempts > 1 else ""
    caution = "; it may have been carried out" if maybe_applied else ""
    error = kind(
        f"{method} {url}: {_reason(failure, timed_out=timed_out)}{tried}{caution}",
        method=method,
        url=url,
        maybe_applied=maybe_applied,
        attempts=attempts,
    )
    without_frames(failure)
    error.__cause__ = failure
    return error


def _reason(failure: Exception, *, timed_out: bool) -> str:
    certificate = _certificate_problem(failure)
    if certificate:
        return f"the server's certificate is not trusted: {certificate}"
    if timed_out:
        return "no answer in time"
    detail = str(failure) or type(failure).__name__
    return f"no connection ({detail})" if not was_sent(failure) else f"the connection broke ({detail})"


def _certificate_problem(failure: BaseException) -> str | None:
    seen: BaseException | None = failure
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return getattr(seen, "verify_message", None) or str(seen)
        seen = seen.__cause__ or seen.__context__
    return None


def without_frames(failure: BaseException) -> None:
    """Drop what holds the token from a chain of exceptions: frames, in whose locals the headers are, and requests."""
    pending: list[BaseException] = [failure]
    seen: set[int] = set()
    while pending:
        one = pending.pop()
        if id(one) not in seen:
            seen.add(id(one))
            one.__traceback__ = None
            if isinstance(one, httpx.RequestError):
                _without_headers(one)
            pending.extend(linked for linked in (one.__cause__, one.__context__) if linked is not None)


def _without_headers(failure: httpx.RequestError) -> None:
    try:
        request = failure.request
    except RuntimeError:  # it has none
        return
    failure.request = httpx.Request(request.method, request.url)
