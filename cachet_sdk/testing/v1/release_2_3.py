"""The error messages of Cachet 2.3 that differ from those of 2.4."""

from __future__ import annotations

import re

from cachet_sdk.testing.v1.errors import Refusal

#: Its table of messages does not fit its framework: these are other rules' words.
_WORDS = (
    (re.compile(r" field is required\."), " format is invalid."),
    (re.compile(r" must be a valid email address\."), " must be between :min and :max digits."),
)


def reworded(refusal: Refusal) -> Refusal:
    """The refusal as 2.3 words it: it names no model, and gives the wrong reasons."""
    if refusal.status == 404:
        return Refusal(404)
    reasons = list(refusal.reasons)
    for pattern, words in _WORDS:
        reasons = [pattern.sub(words, reason) for reason in reasons]
    return Refusal(refusal.status, detail=refusal.detail, reasons=reasons, allow=refusal.allow)
