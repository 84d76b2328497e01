"""``cachet component-group``: list, get, create, update, delete."""

from __future__ import annotations

from cachet_sdk.cli.fields import META_FILTER, META_ON_3, Field
from cachet_sdk.cli.options import Group
from cachet_sdk.cli.resource import Resource, add_commands, resource_group

GROUP = Resource(
    manager="component_groups",
    kind="group",
    columns=("id", "name", "order", "collapsed", "visible"),
    fields=(
        Field("name", "Name."),
        Field("order", "Position on the page.", "int"),
        Field("collapsed", "When it is collapsed: false, true or not_operational.", "ComponentGroupCollapsed"),
        Field("visible", "Whether visitors who are not logged in see it.", "bool"),
        Field("order_column", "Field to sort its components by, such as name.", only="3"),
        Field("order_direction", "Sort direction, asc or desc.", only="3"),
        Field("components", "Component to move into it. Can be repeated.", "refs:component", "3", "--component"),
        META_ON_3,
    ),
    create=("name", "order", "collapsed", "visible", "order_column", "order_direction", "components", "meta"),
    update=("name", "order", "collapsed", "visible", "order_column", "order_direction", "components", "meta"),
    filters=(
        Field("name", "Filter by name.", only="1"),
        Field("visible", "Filter by visibility.", "bool", only="1"),
        Field("collapsed", "Filter by when it is collapsed.", "ComponentGroupCollapsed", only="1"),
        META_FILTER,
        Field("sort", "Field to sort by, such as name."),
    ),
)

component_group: Group = resource_group("component-group", "List and change groups of components.")
add_commands(component_group, GROUP)
