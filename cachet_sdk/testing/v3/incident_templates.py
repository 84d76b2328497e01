"""/incident-templates."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cachet_sdk.testing.v3.lists import Listing, column, partial
from cachet_sdk.testing.v3.rules import REQUIRED, STRING, max_length, one_of
from cachet_sdk.testing.v3.store import change, fill
from cachet_sdk.testing.v3.validation import Field

if TYPE_CHECKING:
    from cachet_sdk.testing.http import Response
    from cachet_sdk.testing.v3.call import Call
    from cachet_sdk.testing.v3.store import Template

_ENGINE = Field("engine", (one_of("twig"),))
_CREATE = (
    Field("name", (REQUIRED, STRING, max_length(255))),
    Field("slug", (STRING,)),
    Field("template", (REQUIRED, STRING)),
    _ENGINE,
)
_UPDATE = (
    Field("name", (STRING, max_length(255))),
    Field("slug", (STRING,)),
    Field("template", (STRING,)),
    _ENGINE,
)
_LISTING: Listing[Template] = Listing(
    filters={name: partial(name) for name in ("name", "slug")},
    sorts={name: column(name) for name in ("name", "slug", "id")},
)


def slugify(name: str) -> str:
    """Return the slug of a name, as the server creates it."""
    plain = unicodedata.normalize("NFKD", name.replace("@", "-at-")).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^-\w\s]", "", plain.replace("_", "-"))).strip("-")


def index(call: Call) -> Response:
    """List templates."""
    return call.page(_LISTING, call.store.templates.rows.values, lambda row, _tree: call.serializer.template(row))


def show(call: Call) -> Response:
    """Show a template."""
    return call.show(call.serializer.template(call.bind(call.store.templates)))


def store(call: Call) -> Response:
    """Create a template; its slug defaults to that of the name."""
    values = call.values(_CREATE)
    call.caller.require("incident-templates.manage")
    template = call.store.templates.add(call.now)
    fill(template, {"slug": slugify(str(values["name"])), **values})
    node = call.serializer.template(template)
    node.attributes |= {} if "engine" in values else {"engine": None}
    return call.show(node, 201)


def update(call: Call) -> Response:
    """Update only the given fields, and the slug: derived from the given name, or empty without one."""
    template = call.bind(call.store.templates)
    values = call.values(_UPDATE)
    call.caller.require("incident-templates.manage")
    # The server ignores a given slug.
    values["slug"] = slugify(str(values.get("name", "")))
    change(template, values, call.now)
    return call.show(call.serializer.template(template))


def destroy(call: Call) -> Response:
    """Delete a template."""
    template = call.bind(call.store.templates)
    call.caller.require("incident-templates.delete")
    call.store.templates.remove(template)
    return call.no_content()
