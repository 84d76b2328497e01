"""The statuses, messages and bodies of the server's errors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cachet_sdk.testing.http import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXCEPTIONS = {
    400: "Symfony\\Component\\HttpKernel\\Exception\\HttpException",
    403: "Illuminate\\Auth\\Access\\AuthorizationException",
    404: "Symfony\\Component\\HttpKernel\\Exception\\NotFoundHttpException",
    405: "Symfony\\Component\\HttpKernel\\Exception\\MethodNotAllowedHttpException",
    500: "Exception",
}


class Refusal(Exception):  # noqa: N818 - the server refuses; nothing here went wrong
    """A request that gets an error for an answer."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = headers

    def answer(self, *, debug: bool = False) -> Answer:
        """Return the error's body, pretty-printed as the server does; ``debug`` adds what APP_DEBUG shows."""
        body: dict[str, object] = {"message": self.message}
        if self.errors is not None:
            body["errors"] = self.errors
        if debug and self.status in _EXCEPTIONS:
            body |= {"exception": _EXCEPTIONS[self.status], "file": "/srv/cachet/index.php", "line": 1, "trace": []}
        text = json.dumps(body, indent=4)
        return Answer(self.status, (("Content-Type", "application/json"), *self.headers), text.encode("ascii"))


def unauthenticated() -> Refusal:
    """No token, or one that does not exist or has expired."""
    return Refusal(401, "Unauthenticated.")


def no_ability() -> Refusal:
    """A token that may not do this; the server does not name the ability."""
    return Refusal(403, "Invalid ability provided.")


def no_route(path: str) -> Refusal:
    """A path that no route has."""
    return Refusal(404, f"The route {path.strip('/')} could not be found.")


def no_row(model: str, key: str) -> Refusal:
    """An id that no row has, or whose row the caller may not see."""
    return Refusal(404, f"No query results for model [Cachet\\Models\\{model}] {key}")


def hidden() -> Refusal:
    """A 404 that says nothing: the API is disabled, or the parent is hidden from the caller."""
    return Refusal(404, "")


def server_error() -> Refusal:
    """One of the server's own bugs."""
    return Refusal(500, "Server Error")


def invalid(errors: Mapping[str, Sequence[str]]) -> Refusal:
    """A body that failed validation: the first message, and how many more there are."""
    messages = [message for of_field in errors.values() for message in of_field]
    more = len(messages) - 1
    rest = f" (and {more} more error{'s' if more > 1 else ''})" if more else ""
    return Refusal(422, messages[0] + rest, errors=errors)
