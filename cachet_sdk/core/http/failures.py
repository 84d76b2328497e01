"""What a failure to get an answer means: was the request sent, may it help to try again, how to tell the user. Pure."""

from __future__ import annotations

import builtins
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager

import httpx

from cachet_sdk.core.http.body import SENT
from cachet_sdk.errors import CachetError, TransportError
from cachet_sdk.errors import TimeoutError as CachetTimeoutError

#: What the sending of a request fails with.
FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)

#: Requests that cannot be sent at all.
_IMPOSSIBLE = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
#: Failures after which the server cannot have seen the request.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, *_IMPOSSIBLE)


@contextmanager
def partly_done() -> Generator[None]:
    """Have an error of a later request say that an earlier one of the same call was carried out already."""
    try:
        yield
    except CachetError as error:
        error.maybe_applied = True
        raise


def too_late(request: httpx.Request, *, entered: bool) -> httpx.TimeoutException:
    """Make the failure of a request that was cut short by the deadline.

    Args:
        request: It tells under ``SENT`` how far it had come, if it went over a connection of ours.
        entered: Whether it had got a connection to go over, or leave to make one.
    """
    sent = request.extensions.get(SENT, True)
    kind = httpx.PoolTimeout if not entered else httpx.ReadTimeout if sent else httpx.ConnectTimeout
    return kind("the deadline of the call has passed")


def was_sent(failure: Exception) -> bool:
    """Whether the server may have seen the request."""
    return not isinstance(failure, _NOT_SENT)


def is_hopeless(failure: Exception, caller_exception: BaseException | None = None) -> bool:
    """Whether trying again would fail in the same way: a certificate does not become valid within seconds."""
    return isinstance(failure, _IMPOSSIBLE) or _certificate_problem(failure, caller_exception) is not None


def transport_error(
    failure: Exception,
    method: str,
    url: str,
    *,
    maybe_applied: bool,
    attempts: int,
    deadline_passed: bool,
    redact: Callable[[bytes], bytes] = bytes,
    caller_exception: BaseException | None = None,
) -> TransportError:
    """Make the error that tells of a failure, with the failure as its cause.

    Args:
        failure: What happened.
        method: The HTTP method.
        url: The whole URL.
        maybe_applied: Whether the server may have carried the request out.
        attempts: How often it was tried.
        deadline_passed: Whether there was no more time.
        redact: Takes the token out of a text.
        caller_exception: What the caller was handling when the call began: a link in the chain that is none of ours.
    """
    without_frames(failure, caller_exception, redact)
    timed_out = deadline_passed or isinstance(failure, httpx.TimeoutException | builtins.TimeoutError)
    kind = CachetTimeoutError if timed_out else TransportError
    tried = f" after {attempts} attempts" if attempts > 1 else ""
    caution = "; it may have been carried out" if maybe_applied else ""
    error = kind(
        f"{method} {url}: {_reason(failure, caller_exception, timed_out=timed_out)}{tried}{caution}",
        method=method,
        url=url,
        maybe_applied=maybe_applied,
        attempts=attempts,
    )
    error.__cause__ = failure
    return error


def _reason(failure: Exception, caller_exception: BaseException | None, *, timed_out: bool) -> str:
    certificate = _certificate_problem(failure, caller_exception)
    if certificate:
        return f"the server's certificate is not trusted: {certificate}"
    if timed_out:
        return "no answer in time"
    detail = str(failure) or type(failure).__name__
    return f"no connection ({detail})" if not was_sent(failure) else f"the connection broke ({detail})"


def _certificate_problem(failure: BaseException, caller_exception: BaseException | None) -> str | None:
    seen: BaseException | None = failure
    while seen is not None and seen is not caller_exception:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return getattr(seen, "verify_message", None) or str(seen)
        seen = seen.__cause__ or seen.__context__
    return None


def without_frames(
    failure: BaseException, caller_exception: BaseException | None = None, redact: Callable[[bytes], bytes] = bytes
) -> None:
    """Drop what holds the token from a chain of exceptions: frames, in whose locals the headers are, and requests.

    Args:
        failure: The outermost one.
        caller_exception: What the caller was handling when the call began: it and what is behind it stay as they are.
        redact: Takes the token out of a text, as one that quotes a header that could not be sent.
    """
    pending: list[BaseException] = [failure]
    seen: set[int] = set() if caller_exception is None else {id(caller_exception)}
    while pending:
        one = pending.pop()
        if id(one) not in seen:
            seen.add(id(one))
            one.__traceback__ = None
            one.args = tuple(_redacted(it, redact) if isinstance(it, str) else it for it in one.args)
            if isinstance(one, httpx.RequestError):
                _without_headers(one)
            pending.extend(linked for linked in (one.__cause__, one.__context__) if linked is not None)


def _redacted(text: str, redact: Callable[[bytes], bytes]) -> str:
    return redact(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _without_headers(failure: httpx.RequestError) -> None:
    try:
        request = failure.request
    except RuntimeError:  # it has none
        return
    failure.request = httpx.Request(request.method, request.url)
