"""``cachet incident-update``: list, get, update, delete. They are created by ``cachet incident update``."""

from __future__ import annotations

from cachet_sdk.cli.fields import MESSAGE, Field
from cachet_sdk.cli.options import Group
from cachet_sdk.cli.resource import Resource, add_commands, resource_group

UPDATE = Resource(
    manager="incident_updates",
    kind="incident-update",
    columns=("id", "status", "message", "created_at"),
    fields=(
        Field("status", "Status, such as identified, or its number.", "IncidentStatus"),
        MESSAGE,
    ),
    update=("status", "message"),
    filters=(
        Field("status", "Filter by status.", "IncidentStatus", only="3"),
        Field("sort", "Field to sort by.", only="3"),
    ),
    parent="incident",
    actions=("list", "get", "update", "delete"),
    by_name=False,
)

incident_update: Group = resource_group("incident-update", "Read and edit the updates of an incident.")
add_commands(incident_update, UPDATE)
