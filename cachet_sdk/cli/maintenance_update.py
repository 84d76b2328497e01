"""``cachet maintenance-update``: list, get, create, update, delete. Cachet 3."""

from __future__ import annotations

from cachet_sdk.cli.fields import MESSAGE, Field
from cachet_sdk.cli.options import Group
from cachet_sdk.cli.resource import Resource, add_commands, resource_group

UPDATE = Resource(
    manager="schedule_updates",
    kind="maintenance-update",
    columns=("id", "message", "created_at"),
    fields=(
        MESSAGE,
        Field("completed_at", "End of the maintenance.", "time"),
    ),
    create=("message", "completed_at"),
    update=("message",),
    filters=(Field("sort", "Field to sort by."),),
    parent="maintenance",
    by_name=False,
)

maintenance_update: Group = resource_group(
    "maintenance-update", "Post and edit the updates of a maintenance window (Cachet 3)."
)
add_commands(maintenance_update, UPDATE)
