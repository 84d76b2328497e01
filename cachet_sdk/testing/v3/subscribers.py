"""/subscribers; even reads need the ability to manage them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.testing.v3 import http_errors
from cachet_sdk.testing.v3.lists import Listing, column, flag, metadata, partial, with_counts
from cachet_sdk.testing.v3.rules import (
    ARRAY,
    BOOLEAN,
    EMAIL,
    INTEGER,
    NULLABLE,
    REQUIRED,
    at_least,
    exists,
    max_length,
)
from cachet_sdk.testing.v3.serializer import EXTRAS
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field, as_bool, ids_of

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Response
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.documents import Node, Tree
    from cachet_sdk.testing.v3.store import Subscriber

_FIELDS = (
    Field("global", (BOOLEAN,), as_bool, column="global_"),
    Field("components", (ARRAY,), item_rules=(INTEGER, at_least(0), exists("components"))),
    Field("verified", (BOOLEAN,), as_bool),
    Field("meta", (NULLABLE, ARRAY)),
)
_CREATE = (Field("email", (REQUIRED, EMAIL, max_length(255))), *_FIELDS)
_UPDATE = (Field("email", (EMAIL, max_length(255))), *_FIELDS)
_LISTING: Listing[Subscriber] = Listing(
    includes=with_counts("components", "meta"),
    filters={"email": partial("email"), "global": flag("global_"), "meta": metadata},
    sorts={name: column(name) for name in ("email", "id")},
)


def index(call: Call) -> Response:
    """List subscribers."""
    call.caller.require("subscribers.manage")
    return call.page(
        _LISTING,
        call.store.subscribers.rows.values,
        lambda row, tree: _node(call, row, tree),
    )


def show(call: Call) -> Response:
    """Show a subscriber."""
    subscriber = call.bind(call.store.subscribers)
    call.caller.require("subscribers.manage")
    return call.show(_node(call, subscriber, _LISTING.tree(call.query)))


def store(call: Call) -> Response:
    """Create a subscriber; an existing one gets the components in addition to its own, and the metadata."""
    values = call.values(_CREATE)
    call.caller.require("subscribers.manage")
    components, verified = ids_of(values.pop("components", None)), values.pop("verified", False)
    subscriber = _with_email(call, values["email"])
    status = 200
    if subscriber is None:
        status = 201
        subscriber = call.store.subscribers.add(call.now)
        fill(subscriber, {**values, "verified_at": subscriber.created_at if verified else None})
    elif "meta" in values:
        subscriber.meta = values["meta"]  # type: ignore[assignment]  # an array, as validated
    subscriber.components |= components
    return call.show(call.serializer.subscriber(subscriber, call.relations), status)


def update(call: Call) -> Response:
    """Update only the given fields; a new e-mail address must be verified again."""
    subscriber = call.bind(call.store.subscribers)
    values = call.values(_UPDATE)
    call.caller.require("subscribers.manage")
    values.pop("verified", None)
    owner = _with_email(call, values.get("email"))
    if owner is not None and owner is not subscriber:
        raise http_errors.server_error()
    if "email" in values and owner is None:
        values["verified_at"] = None
    if "components" in values:
        subscriber.components = ids_of(values.pop("components"))
    change(subscriber, values, call.now)
    return call.show(call.serializer.subscriber(subscriber, call.relations))


def destroy(call: Call) -> Response:
    """Hard-delete a subscriber."""
    subscriber = call.bind(call.store.subscribers)
    call.caller.require("subscribers.delete")
    call.store.subscribers.remove(subscriber)
    return call.no_content()


def _with_email(call: Call, email: object) -> Subscriber | None:
    return next((row for row in call.store.subscribers.rows.values() if row.email == email), None)


def _node(call: Call, row: Subscriber, tree: Tree) -> Node:
    return call.serializer.subscriber(row, tree, EXTRAS & tree.keys())
