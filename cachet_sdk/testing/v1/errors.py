"""How Cachet says no: one JSON document with one error, or a page of HTML for those who accept no JSON."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from cachet_sdk.testing.http import Answer

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


class Refusal(Exception):  # noqa: N818 - an answer that is on its way out, not a fault of the program
    """Ends a request with an error status."""

    def __init__(
        self, status: int, *, detail: str | None = None, reasons: Sequence[str] = (), allow: str | None = None
    ) -> None:
        super().__init__(status, detail, reasons)
        self.status = status
        self.detail: str = detail or _DETAILS[status]
        self.reasons = reasons
        self.allow = allow


def not_found(model: str) -> Refusal:
    """The 404 for an id that does not exist."""
    return Refusal(404, detail=f"No query results for model [CachetHQ\\Cachet\\Models\\{model}].")


def accepts_json(accept: str) -> bool:
    """Return whether the Accept header allows ``application/json``; a missing header does."""
    ranges = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    return not ranges - {""} or bool(ranges & {"*/*", "application/*", "application/json"})


def error_answer(refusal: Refusal, accept: str) -> Answer:
    """The error in the form that the client accepts."""
    title = _TITLES[refusal.status]
    extra = (("Allow", refusal.allow),) if refusal.allow is not None else ()
    if not accepts_json(accept) and _API_JSON not in accept.lower():
        page = _PAGE.format(status=refusal.status, title=title, detail=refusal.detail)
        return Answer(refusal.status, (("Content-Type", "text/html; charset=UTF-8"), *extra), page.encode())
    error: dict[str, Json] = {
        "id": str(uuid.uuid4()),
        "status": refusal.status,
        "title": title,
        "detail": refusal.detail,
    }
    if refusal.reasons:
        error["meta"] = {"details": list(refusal.reasons)}
    content_type = "application/json" if accepts_json(accept) else _API_JSON
    answer = Answer.of_json(refusal.status, {"errors": [error]}, content_type)
    return Answer(answer.status, (*answer.headers, *extra), answer.body)
