"""What a failure to get an answer means: was the request sent, may it help to try again, how to tell the user. Pure."""

from __future__ import annotations

import builtins
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Protocol

import httpx

from cachet_sdk.errors import CachetError, TransportError, bounded
from cachet_sdk.errors import TimeoutError as CachetTimeoutError

#: What the sending of a request fails with.
FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)

#: Requests that cannot be sent at all.
_IMPOSSIBLE = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
#: Failures after which the server cannot have seen the request.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, *_IMPOSSIBLE)
#: How OpenSSL says that what answered does not speak TLS.
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL"})


class Progress(Protocol):
    """How far a request has come.

    Attributes:
        is_told: Whether the transport tells at all.
        is_sent: Whether the request has begun to be sent.
    """

    is_told: bool
    is_sent: bool


@contextmanager
def partly_done() -> Generator[None]:
    """Have an error of a later request say that an earlier one of the same call was carried out already."""
    try:
        yield
    except CachetError as error:
        error.maybe_applied = True
        raise


def too_late(request: httpx.Request, *, entered: bool, progress: Progress | None) -> httpx.TimeoutException:
    """Return the failure of a request that was cut short by the deadline.

    Args:
        request: The request.
        entered: Whether it had got a connection to go over, or leave to make one.
        progress: How far it had come, where that is known.
    """
    kind: type[httpx.TimeoutException] = httpx.ReadTimeout if entered else httpx.PoolTimeout
    if progress is not None and progress.is_told and not progress.is_sent:
        kind = httpx.ConnectTimeout
    return kind("the deadline of the call has passed", request=request)


def was_sent(failure: Exception) -> bool:
    """Return whether the server may have seen the request, as far as the failure tells."""
    return not isinstance(failure, _NOT_SENT)


def is_hopeless(failure: Exception, caller_exception: BaseException | None = None) -> bool:
    """Return whether trying again would fail in the same way: a certificate does not become valid within seconds."""
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
    """Return the error that tells of a failure, with the failure as its cause.

    Args:
        failure: What happened.
        method: The HTTP method.
        url: The whole URL.
        was_sent: Whether the server may have seen the request.
        maybe_applied: Whether the server may have carried the request out.
        attempts: How often it was tried.
        deadline_passed: Whether there was no more time.
        redact: Takes the token out of a text.
        caller_exception: What the caller was handling when the call began: a link in the chain that is not ours.
        proxy_url: The proxy in between, without its password.
    """
    without_frames(failure, caller_exception, redact)
    timed_out = deadline_passed or isinstance(failure, httpx.TimeoutException | builtins.TimeoutError)
    kind = CachetTimeoutError if timed_out else TransportError
    reason = (
        _tls_problem(failure, caller_exception)
        or (_lateness(failure, was_sent=was_sent) if timed_out else None)
        or _proxy_problem(failure, proxy_url)
        or _breakage(failure, was_sent=was_sent)
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


def _lateness(failure: Exception, *, was_sent: bool) -> str:
    if isinstance(failure, httpx.PoolTimeout):
        return "no connection became free in time: too many requests are under way (see limits=)"
    detail = str(failure)
    # httpx's own say no more than "timed out"; those of mocks and of transports of the caller's may.
    more = f" ({detail})" if detail and detail not in {"timed out", "The read operation timed out"} else ""
    return f"no answer in time{more}" if was_sent else f"no connection in time{more}"


def _proxy_problem(failure: Exception, proxy_url: str | None) -> str | None:
    if proxy_url is None or not isinstance(failure, httpx.ProxyError | httpx.ConnectError):
        return None
    detail = str(failure) or type(failure).__name__
    if not isinstance(failure, httpx.ProxyError):
        return f"no connection to the proxy {proxy_url} ({detail})"
    hint = "; put the user name and password into the proxy's URL" if detail.startswith("407") else ""
    return f"the proxy {proxy_url} does not let the request through ({detail}){hint}"


def _breakage(failure: Exception, *, was_sent: bool) -> str:
    detail = str(failure) or type(failure).__name__
    return f"the connection broke ({detail})" if was_sent else f"no connection ({detail})"


def _tls_problem(failure: BaseException, caller_exception: BaseException | None) -> str | None:
    """Return what is wrong with the TLS at the other end; None when that is not what failed."""
    seen: BaseException | None = failure
    while seen is not None and seen is not caller_exception:
        if isinstance(seen, ssl.SSLCertVerificationError):
            detail = getattr(seen, "verify_message", None) or str(seen)
            return f"the server's certificate is not trusted: {detail}"
        if isinstance(seen, ssl.SSLError) and seen.reason in _NO_TLS:
            return "the port does not speak TLS: use an endpoint that begins with http://, or the port for https"
        seen = seen.__cause__ or seen.__context__
    return None


def without_frames(
    failure: BaseException,
    caller_exception: BaseException | None = None,
    redact: Callable[[bytes], bytes] = bytes,
) -> None:
    """Drop what holds the token from a chain of exceptions: frames, in whose locals the headers are, and requests.

    Args:
        failure: The outermost one.
        caller_exception: What the caller was handling when the call began: it and its chain stay as they are.
        redact: Takes the token out of a text, such as one that quotes a header that could not be sent.
    """
    pending: list[BaseException] = [failure]
    seen: set[int] = set() if caller_exception is None else {id(caller_exception)}
    while pending:
        one = pending.pop()
        if id(one) not in seen:
            seen.add(id(one))
            one.__traceback__ = None
            one.args = tuple(redacted(it, redact) if isinstance(it, str) else it for it in one.args)
            if isinstance(one, httpx.RequestError):
                _without_headers(one)
            pending.extend(linked for linked in (one.__cause__, one.__context__) if linked is not None)


def redacted(text: str, redact: Callable[[bytes], bytes]) -> str:
    """Return a text without the token."""
    return redact(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _without_headers(failure: httpx.RequestError) -> None:
    try:
        request = failure.request
    except RuntimeError:  # it has none
        return
    failure.request = httpx.Request(request.method, request.url)
