"""The error messages of Cachet 2.3 that differ from those of 2.4."""

from __future__ import annotations

import re

from cachet_sdk.testing.v1.errors import HttpError

#: Its message table does not match its framework's version, so some rules report the message of another rule.
_MESSAGES = (
    (re.compile(r" field is required\."), " format is invalid."),
    (re.compile(r" must be a valid email address\."), " must be between :min and :max digits."),
)


def with_2_3_messages(error: HttpError) -> HttpError:
    """Return the error with the messages of 2.3, which name no model and may be those of other rules."""
    if error.status == 404:
        return HttpError(404)
    reasons = list(error.reasons)
    for pattern, message in _MESSAGES:
        reasons = [pattern.sub(message, reason) for reason in reasons]
    return HttpError(error.status, detail=error.detail, reasons=reasons, allow=error.allow)
