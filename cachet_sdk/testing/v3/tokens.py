"""Tokens, their abilities, and the callers that they authenticate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cachet_sdk.testing.v3 import http_errors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_BEARER = re.compile(r"bearer\s+(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a user."""

    id: str
    abilities: frozenset[str]
    user: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller: the user of a token, or a guest."""

    token: Token | None

    @property
    def authenticated(self) -> bool:
        """Whether the request has a valid token, regardless of its abilities."""
        return self.token is not None

    def can(self, ability: str) -> bool:
        """Return whether the token has an ability."""
        return self.token is not None and not self.token.abilities.isdisjoint(("*", ability))

    def require(self, ability: str) -> None:
        """Raise a 403 if the token lacks an ability."""
        if not self.can(ability):
            raise http_errors.forbidden()


class Tokens:
    """Tokens by their secret part."""

    def __init__(self) -> None:
        self._by_secret: dict[str, Token] = {}

    def add(self, token: str, abilities: Iterable[str], user: int, expires_at: datetime | None) -> None:
        """Register ``<id>|<secret>``, or only a secret, which gets the next id."""
        number, separator, secret = token.partition("|")
        if not separator:
            number, secret = str(len(self._by_secret) + 1), token
        self._by_secret[secret] = Token(number, frozenset(abilities), user, expires_at)

    def caller(self, authorization: str, now: datetime) -> Caller:
        """Return the caller for an ``Authorization`` header; with an invalid one, that is a guest."""
        match = _BEARER.fullmatch(authorization.strip())
        if match is None:
            return Caller(None)
        number, separator, secret = match[1].partition("|")
        token = self._by_secret.get(secret if separator else match[1])
        if token is None or (separator and number != token.id):
            return Caller(None)
        if token.expires_at is not None and token.expires_at <= now:
            return Caller(None)
        return Caller(token)
