"""Removes the token from anything shown. Pure apart from the filter on httpcore's loggers."""

from __future__ import annotations

import logging
import os
import re
from threading import Lock
from urllib.parse import quote
from weakref import ref

from cachet_sdk.options import Settings

#: The fewest characters of a token that is redacted. Shorter ones stand in ordinary words and numbers, and nobody who
#: reads a message garbled by asterisks would know less about them. The tokens of Cachet have 20 characters and more.
SHORTEST_REDACTED = 4


class Redactor:
    """Replaces the token in a text with asterisks, however it is encoded there. Its repr does not show it.

    A token of fewer than ``SHORTEST_REDACTED`` characters is not replaced.
    """

    __slots__ = ("__weakref__", "_pattern")

    def __init__(self, settings: Settings) -> None:
        token = settings.token.reveal()
        # As it is, as JSON writes it (where "/" may be "\/"), and as a URL does.
        forms = {token, token.replace("/", r"\/"), quote(token, safe=""), quote(token), quote(token, safe="").lower()}
        alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        nothing = "(?!)"
        self._pattern = re.compile((alternatives if len(token) >= SHORTEST_REDACTED else nothing).encode("ascii"))

    def __call__(self, text: bytes) -> bytes:
        """Return the text with asterisks in place of the token."""
        return self._pattern.sub(b"***", text)

    def text(self, text: str) -> str:
        """Return the text with asterisks in place of the token."""
        return self(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


class _LogFilter(logging.Filter):
    """Redacts httpcore's debug log, which holds response headers: a server may echo the token."""

    def __init__(self) -> None:
        super().__init__()
        # Replaced as a whole: other threads go through it at any time.
        self._redactors: tuple[ref[Redactor], ...] = ()
        self._lock = Lock()
        if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
            os.register_at_fork(after_in_child=self._renew_lock)

    def add(self, redact: Redactor) -> None:
        """Redact what this one knows for as long as it is in use."""
        with self._lock:
            self._redactors = (*(one for one in self._redactors if one() is not None), ref(redact))

    def _renew_lock(self) -> None:
        self._lock = Lock()  # a thread of the parent may have held it, and there is none here to release it

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        redacted = message
        for one in self._redactors:
            redact = one()
            if redact is not None:
                redacted = redact.text(redacted)
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


_FILTER = _LogFilter()


def redact_logs(redact: Redactor) -> None:
    """Keep a token out of httpcore's debug log while its redactor is in use.

    The filter runs only for records that are logged, so it costs nothing unless that log is on.
    """
    _FILTER.add(redact)
    for name in ("http11", "http2", "proxy", "connection"):
        logging.getLogger(f"httpcore.{name}").addFilter(_FILTER)
