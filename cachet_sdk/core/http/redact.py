"""Takes the token out of what people get to see. Pure."""

from __future__ import annotations

from cachet_sdk.options import Settings


class Redactor:
    """Replaces the token in a text by asterisks; shows none of it."""

    __slots__ = ("_token",)

    def __init__(self, settings: Settings) -> None:
        self._token = settings.token

    def __call__(self, text: bytes) -> bytes:
        """Return the text with asterisks in place of the token."""
        return text.replace(self._token.reveal().encode("ascii"), b"***")
