"""``cachet template``: list, get, and on Cachet 3 create, update, delete."""

from __future__ import annotations

from cachet_sdk.cli.fields import Field
from cachet_sdk.cli.options import Group
from cachet_sdk.cli.resource import Resource, add_commands, resource_group

TEMPLATE = Resource(
    manager="incident_templates",
    kind="template",
    columns=("id", "slug", "name"),
    fields=(
        Field("name", "Name."),
        Field("template", "Text in Twig. @FILE reads it from a file, - from standard input.", "file", required=True),
        Field("slug", "Slug by which incidents refer to it. Defaults to one generated from the name."),
        Field("engine", "Template engine: twig, or blade if the server allows it."),
    ),
    create=("name", "template", "slug", "engine"),
    update=("name", "template", "engine"),
    filters=(
        Field("name", "Filter by a part of the name.", only="3"),
        Field("slug", "Filter by a part of the slug.", only="3"),
        Field("sort", "Field to sort by, such as name.", only="3"),
    ),
)

template: Group = resource_group("template", "List and change incident templates. Cachet 2 only lists them.")
add_commands(template, TEMPLATE)
