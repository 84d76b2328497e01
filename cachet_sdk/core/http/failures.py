"""What a failed request means: whether it was sent, whether a retry may help, and its error. Pure."""

from __future__ import annotations

import builtins
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Protocol

import httpx

from cachet_sdk.core.http.redact import redact_text
from cachet_sdk.errors import CachetError, TransportError, bounded
from cachet_sdk.errors import TimeoutError as CachetTimeoutError

#: The exceptions that sending a request raises.
FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)

#: Failures of requests that can never be sent.
_IMPOSSIBLE = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
#: Failures after which the server cannot have seen the request.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, *_IMPOSSIBLE)
#: OpenSSL's reasons if the server does not use TLS.
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL"})


class Progress(Protocol):
    """The progress of a request.

    Attributes:
        is_reported: Whether the transport reports progress at all.
        is_sent: Whether sending has begun.
    """

    is_reported: bool
    is_sent: bool


@contextmanager
def mark_maybe_applied() -> Generator[None]:
    """Mark errors raised inside as ``maybe_applied``: an earlier request of the same call was carried out."""
    try:
        yield
    except CachetError as error:
        error.maybe_applied = True
        raise


def deadline_exceeded(request: httpx.Request, *, entered: bool, progress: Progress | None) -> httpx.TimeoutException:
    """Return the exception for a request that was interrupted by the deadline.

    Args:
        request: The request.
        entered: Whether the limiter had admitted it.
        progress: Its progress, if known.
    """
    kind: type[httpx.TimeoutException] = httpx.ReadTimeout if entered else httpx.PoolTimeout
    if progress is not None and progress.is_reported and not progress.is_sent:
        kind = httpx.ConnectTimeout
    return kind("the deadline of the call has passed", request=request)


def was_sent(failure: Exception) -> bool:
    """Return whether the server may have seen the request, according to the failure."""
    return not isinstance(failure, _NOT_SENT)


def is_permanent(failure: Exception, caller_exception: BaseException | None = None) -> bool:
    """Return whether a retry would fail in the same way: a certificate does not become valid within seconds."""
    return isinstance(failure, _IMPOSSIBLE) or _tls_problem(failure, caller_exception) is not None


def transport_error(
    failure: Exception,
    method: str,
    url: str,
    *,
    was_sent: bool,
    maybe_applied: bool,
    attempts: int,
    deadline_passed: bool,
    redact: Callable[[bytes], bytes] = bytes,
    caller_exception: BaseException | None = None,
    proxy_url: str | None = None,
) -> TransportError:
    """Return the error for a failure, with the failure as its cause.

    Args:
        failure: The exception.
        method: The HTTP method.
        url: The full URL.
        was_sent: Whether the server may have seen the request.
        maybe_applied: Whether the server may have carried out the request.
        attempts: The number of attempts made.
        deadline_passed: Whether the deadline has passed.
        redact: Removes the token from a text.
        caller_exception: The exception that the caller was handling when the call began.
        proxy_url: The proxy, without its password.
    """
    without_frames(failure, caller_exception, redact)
    timed_out = deadline_passed or isinstance(failure, httpx.TimeoutException | builtins.TimeoutError)
    kind = CachetTimeoutError if timed_out else TransportError
    reason = (
        _tls_problem(failure, caller_exception)
        or (_timeout_reason(failure, was_sent=was_sent) if timed_out else None)
        or _proxy_problem(failure, proxy_url)
        or _connection_reason(failure, was_sent=was_sent)
    )
    tried = f" after {attempts} attempts" if attempts > 1 else ""
    caution = "; it may have been carried out" if maybe_applied else ""
    error = kind(
        f"{method} {bounded(url)}: {bounded(reason)}{tried}{caution}",
        method=method,
        url=url,
        maybe_applied=maybe_applied,
        attempts=attempts,
    )
    error.__cause__ = failure
    return error


def _timeout_reason(failure: Exception, *, was_sent: bool) -> str:
    if isinstance(failure, httpx.PoolTimeout):
        return "no connection became free in time: too many requests are running (see limits=)"
    detail = str(failure)
    # httpx's own exceptions say only "timed out". Those of mocks and of the caller's transports may say more.
    more = f" ({detail})" if detail and detail not in {"timed out", "The read operation timed out"} else ""
    return f"no response in time{more}" if was_sent else f"no connection in time{more}"


def _proxy_problem(failure: Exception, proxy_url: str | None) -> str | None:
    if proxy_url is None or not isinstance(failure, httpx.ProxyError | httpx.ConnectError):
        return None
    detail = str(failure) or type(failure).__name__
    if not isinstance(failure, httpx.ProxyError):
        return f"no connection to the proxy {proxy_url} ({detail})"
    hint = "; put the user name and password into the proxy's URL" if detail.startswith("407") else ""
    return f"the proxy {proxy_url} does not let the request through ({detail}){hint}"


def _connection_reason(failure: Exception, *, was_sent: bool) -> str:
    detail = str(failure) or type(failure).__name__
    return f"the connection was lost ({detail})" if was_sent else f"no connection ({detail})"


def _tls_problem(failure: BaseException, caller_exception: BaseException | None) -> str | None:
    """Return what is wrong with the server's TLS, or None if TLS did not fail."""
    seen: BaseException | None = failure
    while seen is not None and seen is not caller_exception:
        if isinstance(seen, ssl.SSLCertVerificationError):
            detail = getattr(seen, "verify_message", None) or str(seen)
            return f"the server's certificate is not trusted: {detail}"
        if isinstance(seen, ssl.SSLError) and seen.reason in _NO_TLS:
            return "the port does not use TLS: use an endpoint that begins with http://, or the port for https"
        seen = seen.__cause__ or seen.__context__
    return None


def without_frames(
    failure: BaseException,
    caller_exception: BaseException | None = None,
    redact: Callable[[bytes], bytes] = bytes,
) -> None:
    """Remove what contains the token from a chain of exceptions: frames, whose variables include it, and requests.

    Args:
        failure: The outermost exception.
        caller_exception: The exception that the caller was handling when the call began. Its chain stays unchanged.
        redact: Removes the token from texts, which may quote a header that could not be sent.
    """
    pending: list[BaseException] = [failure]
    seen: set[int] = set() if caller_exception is None else {id(caller_exception)}
    while pending:
        one = pending.pop()
        if id(one) not in seen:
            seen.add(id(one))
            one.__traceback__ = None
            one.args = tuple(redact_text(it, redact) if isinstance(it, str) else it for it in one.args)
            if isinstance(one, httpx.RequestError):
                _without_headers(one)
            pending.extend(linked for linked in (one.__cause__, one.__context__) if linked is not None)


def _without_headers(failure: httpx.RequestError) -> None:
    try:
        request = failure.request
    except RuntimeError:  # it has none
        return
    failure.request = httpx.Request(request.method, request.url)
