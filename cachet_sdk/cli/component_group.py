"""``cachet component-group``: list, get, create, update, delete."""

from __future__ import annotations

from cachet_sdk.cli.fields import Field
from cachet_sdk.cli.options import Group
from cachet_sdk.cli.resource import Resource, add_commands, resource_group

GROUP = Resource(
    manager="component_groups",
    kind="group",
    columns=("id", "name", "order", "collapsed", "visible"),
    fields=(
        Field("name", "Its name."),
        Field("order", "Its place on the page.", "int"),
        Field("collapsed", "When it is folded up: false, true or not_operational.", "ComponentGroupCollapsed"),
        Field("visible", "Whether guests see it.", "bool"),
        Field("order_column", "What its components are sorted by, such as name.", only="3"),
        Field("order_direction", "asc or desc.", only="3"),
        Field("components", "A component to move into it; may be repeated.", "refs:component", "3", "--component"),
        Field("meta", "A pair of your own; may be repeated.", "meta", only="3"),
    ),
    create=("name", "order", "collapsed", "visible", "order_column", "order_direction", "components", "meta"),
    update=("name", "order", "collapsed", "visible", "order_column", "order_direction", "components", "meta"),
    filters=(
        Field("name", "Only those of exactly this name.", only="1"),
        Field("visible", "Only those that guests see, or only the others.", "bool", only="1"),
        Field("collapsed", "Only those that are folded up so.", "ComponentGroupCollapsed", only="1"),
        Field("meta", "Only those with this pair; may be repeated.", "meta", only="3"),
        Field("sort", "What to sort by, such as name."),
    ),
)

component_group: Group = resource_group("component-group", "List and change groups of components.")
add_commands(component_group, GROUP)
