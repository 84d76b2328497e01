"""``cachet maintenance-update``: list, get, create, update, delete. Cachet 3."""

from __future__ import annotations

from cachet_sdk.cli.fields import Field
from cachet_sdk.cli.options import Group
from cachet_sdk.cli.resource import Resource, add_commands, resource_group

UPDATE = Resource(
    manager="schedule_updates",
    kind="maintenance-update",
    columns=("id", "message", "created_at"),
    fields=(
        Field("message", "The text; @FILE reads a file, - standard input.", "file"),
        Field("completed_at", "When the maintenance ended, or will.", "time"),
    ),
    create=("message", "completed_at"),
    update=("message",),
    filters=(Field("sort", "What to sort by."),),
    parent="maintenance",
    by_name=False,
)

maintenance_update: Group = resource_group("maintenance-update", "Post and correct updates of maintenance (Cachet 3).")
add_commands(maintenance_update, UPDATE)
