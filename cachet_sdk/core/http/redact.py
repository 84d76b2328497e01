"""Removes the token from texts. Pure apart from the filter on httpcore's loggers."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from threading import Lock
from urllib.parse import quote
from weakref import ref

from cachet_sdk.options import Settings

#: The length of the shortest token that is redacted. Shorter ones occur in ordinary words and numbers, and asterisks in
#: a garbled message would reveal them. Cachet's tokens have at least 20 characters.
SHORTEST_REDACTED = 4


class Redactor:
    """Replaces the token in texts with asterisks, however it is encoded. Its repr does not show the token.

    Tokens of fewer than ``SHORTEST_REDACTED`` characters are not replaced.
    """

    __slots__ = ("__weakref__", "_pattern")

    def __init__(self, settings: Settings) -> None:
        token = settings.token.reveal()
        # As it is, and as in JSON (where "/" may be "\/") and in URLs.
        forms = {token, token.replace("/", r"\/"), quote(token, safe=""), quote(token), quote(token, safe="").lower()}
        alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        never = "(?!)"
        self._pattern = re.compile((alternatives if len(token) >= SHORTEST_REDACTED else never).encode("ascii"))

    def __call__(self, text: bytes) -> bytes:
        """Return the text with asterisks in place of the token."""
        return self._pattern.sub(b"***", text)


def redact_text(text: str, redact: Callable[[bytes], bytes]) -> str:
    """Return a str with asterisks in place of the token."""
    return redact(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


class _LogFilter(logging.Filter):
    """Redacts httpcore's debug log, which includes response headers: a server may echo the token."""

    def __init__(self) -> None:
        super().__init__()
        # Replaced as a whole, because other threads may iterate over it at any time.
        self._redactors: tuple[ref[Redactor], ...] = ()
        self._lock = Lock()
        if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
            os.register_at_fork(after_in_child=self._renew_lock)

    def add(self, redact: Redactor) -> None:
        """Apply a redactor for as long as it is in use."""
        with self._lock:
            self._redactors = (*(one for one in self._redactors if one() is not None), ref(redact))

    def _renew_lock(self) -> None:
        self._lock = Lock()  # a thread of the parent may have held it, which does not exist here to release it

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        redacted = message
        for one in self._redactors:
            redact = one()
            if redact is not None:
                redacted = redact_text(redacted, redact)
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


_FILTER = _LogFilter()


def redact_logs(redact: Redactor) -> None:
    """Keep a token out of httpcore's debug log while its redactor is in use.

    The filter runs only for records that are logged, so it costs nothing unless this log is enabled.
    """
    _FILTER.add(redact)
    for name in ("http11", "http2", "proxy", "connection"):
        logging.getLogger(f"httpcore.{name}").addFilter(_FILTER)
