"""The statuses, messages and bodies of the server's errors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cachet_sdk.testing.http import Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXCEPTIONS = {
    400: "Symfony\\Component\\HttpKernel\\Exception\\HttpException",
    403: "Illuminate\\Auth\\Access\\AuthorizationException",
    404: "Symfony\\Component\\HttpKernel\\Exception\\NotFoundHttpException",
    405: "Symfony\\Component\\HttpKernel\\Exception\\MethodNotAllowedHttpException",
    500: "Exception",
}


class HttpError(Exception):
    """Ends a request with an error response."""

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

    def to_response(self, *, debug: bool = False) -> Response:
        """Return the response, pretty-printed as by the server; ``debug`` adds the fields that APP_DEBUG adds."""
        body: dict[str, object] = {"message": self.message}
        if self.errors is not None:
            body["errors"] = self.errors
        if debug and self.status in _EXCEPTIONS:
            body |= {"exception": _EXCEPTIONS[self.status], "file": "/srv/cachet/index.php", "line": 1, "trace": []}
        text = json.dumps(body, indent=4)
        return Response(self.status, (("Content-Type", "application/json"), *self.headers), text.encode("ascii"))


def unauthenticated() -> HttpError:
    """Return the error for a missing, unknown or expired token."""
    return HttpError(401, "Unauthenticated.")


def forbidden() -> HttpError:
    """Return the error for a token without the ability; the server does not name it."""
    return HttpError(403, "Invalid ability provided.")


def route_not_found(path: str) -> HttpError:
    """Return the error for an unknown path."""
    return HttpError(404, f"The route {path.strip('/')} could not be found.")


def row_not_found(model: str, key: str) -> HttpError:
    """Return the error for an id that does not exist, or whose row is not visible to the caller."""
    return HttpError(404, f"No query results for model [Cachet\\Models\\{model}] {key}")


def not_found() -> HttpError:
    """Return the error without a message: the API is disabled, or the parent is not visible to the caller."""
    return HttpError(404, "")


def server_error() -> HttpError:
    """Return the error for one of the server's own bugs."""
    return HttpError(500, "Server Error")


def validation_failed(errors: Mapping[str, Sequence[str]]) -> HttpError:
    """Return the error for invalid input: the first message, and the number of others."""
    messages = [message for field_messages in errors.values() for message in field_messages]
    more = len(messages) - 1
    rest = f" (and {more} more error{'s' if more > 1 else ''})" if more else ""
    return HttpError(422, messages[0] + rest, errors=errors)
