"""``cachet metric-point``: list, get, update, delete. They are created by ``cachet metric push``."""

from __future__ import annotations

from cachet_sdk.cli.fields import Field
from cachet_sdk.cli.options import Group
from cachet_sdk.cli.resource import Resource, add_commands, resource_group

POINT = Resource(
    manager="metric_points",
    kind="metric-point",
    columns=("id", "value", "counter", "calculated_value", "created_at"),
    fields=(Field("value", "Value.", "float"), Field("timestamp", "Time of the measurement.", "time", flag="--at")),
    update=("value", "timestamp"),
    filters=(Field("sort", "Field to sort by, such as created_at.", only="3"),),
    parent="metric",
    actions=("list", "get", "update", "delete"),
    by_name=False,
)

metric_point: Group = resource_group("metric-point", "List and change the points of a metric.")
add_commands(metric_point, POINT)
