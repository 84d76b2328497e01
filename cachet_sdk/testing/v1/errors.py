"""Cachet's error responses: a JSON document with one error, or an HTML page if the client does not accept JSON."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from cachet_sdk.testing.http import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cachet_sdk.testing.v1.php import Json

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    500: "Internal Server Error",
    501: "Not Implemented",
}
_DETAILS = {
    400: "The request cannot be fulfilled due to bad syntax.",
    401: "Authentication is required and has failed or has not yet been provided.",
    404: "The requested resource could not be found but may be available again in the future.",
    405: "A request was made of a resource using a request method not supported by that resource.",
    406: "The requested resource is only capable of generating content not acceptable according to the accept headers"
    " sent in the request.",
    500: "An error has occurred and this resource cannot be displayed.",
}
_API_JSON = "application/vnd.api+json"
_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
    <meta charset="utf-8">
    <title>Error {status}</title>
</head>
<body>
<h1>{title}</h1>
<p>{detail}</p>
</body>
</html>
"""


class HttpError(Exception):
    """Ends a request with an error response."""

    def __init__(
        self, status: int, *, detail: str | None = None, reasons: Sequence[str] = (), allow: str | None = None
    ) -> None:
        super().__init__(status, detail, reasons)
        self.status = status
        self.detail: str = detail or _DETAILS[status]
        self.reasons = reasons
        self.allow = allow


def not_found(model: str) -> HttpError:
    """Return the 404 for an id that does not exist."""
    return HttpError(404, detail=f"No query results for model [CachetHQ\\Cachet\\Models\\{model}].")


def accepts_json(accept: str) -> bool:
    """Return whether the Accept header allows ``application/json``; a missing header does."""
    ranges = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    return not ranges - {""} or bool(ranges & {"*/*", "application/*", "application/json"})


def error_response(error: HttpError, accept: str) -> Response:
    """Return the error in a format that the client accepts."""
    title = _TITLES[error.status]
    extra = (("Allow", error.allow),) if error.allow is not None else ()
    if not accepts_json(accept) and _API_JSON not in accept.lower():
        page = _PAGE.format(status=error.status, title=title, detail=error.detail)
        return Response(error.status, (("Content-Type", "text/html; charset=UTF-8"), *extra), page.encode())
    error_object: dict[str, Json] = {
        "id": str(uuid.uuid4()),
        "status": error.status,
        "title": title,
        "detail": error.detail,
    }
    if error.reasons:
        error_object["meta"] = {"details": list(error.reasons)}
    content_type = "application/json" if accepts_json(accept) else _API_JSON
    response = Response.json(error.status, {"errors": [error_object]}, content_type)
    return Response(response.status, (*response.headers, *extra), response.body)
