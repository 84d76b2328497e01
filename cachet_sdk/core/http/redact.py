"""Takes the token out of what people get to see. Pure but for the filter on httpcore's loggers."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote
from weakref import WeakSet

from cachet_sdk.options import Settings


class Redactor:
    """Replaces the token in a text by asterisks, however it is written there; shows none of it."""

    __slots__ = ("__weakref__", "_pattern")

    def __init__(self, settings: Settings) -> None:
        token = settings.token.reveal()
        # As it is, as JSON writes it (where "/" may be "\/"), and as a URL does.
        forms = {token, token.replace("/", r"\/"), quote(token, safe=""), quote(token), quote(token, safe="").lower()}
        alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        self._pattern = re.compile(alternatives.encode("ascii"))

    def __call__(self, text: bytes) -> bytes:
        """Return the text with asterisks in place of the token."""
        return self._pattern.sub(b"***", text)

    def text(self, text: str) -> str:
        """Return the text with asterisks in place of the token."""
        return self(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


class _LogFilter(logging.Filter):
    """Redacts records of httpcore's debug log, which holds the headers of responses: a server may echo the token."""

    def __init__(self) -> None:
        super().__init__()
        self.redactors: WeakSet[Redactor] = WeakSet()

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        redacted = message
        for redact in list(self.redactors):
            redacted = redact.text(redacted)
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


_FILTER = _LogFilter()


def redact_logs(redact: Redactor) -> None:
    """Keep a token out of httpcore's debug log for as long as its redactor is in use.

    The filter is only asked about records that are logged at all, so it costs nothing unless that log is on.
    """
    _FILTER.redactors.add(redact)
    for name in ("http11", "http2", "proxy", "connection"):
        logging.getLogger(f"httpcore.{name}").addFilter(_FILTER)
