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
        Field("name", "Its name."),
        Field("template", "The text, in Twig; @FILE reads a file, - standard input.", "file", required=True),
        Field("slug", "What incidents refer to it by. Defaults to one made from the name."),
        Field("engine", "twig, or blade where the server allows it."),
    ),
    create=("name", "template", "slug", "engine"),
    update=("name", "template", "engine"),
    filters=(
        Field("name", "Only those with this in their name.", only="3"),
        Field("slug", "Only those with this in their slug.", only="3"),
        Field("sort", "What to sort by, such as name.", only="3"),
    ),
)

template: Group = resource_group("template", "List and change incident templates. Cachet 2 can only list them.")
add_commands(template, TEMPLATE)
