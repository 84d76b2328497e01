"""A resource of each kind, as an embedded Cachet sends it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cachet_sdk.testing import FakeCachet


def _create_rows() -> dict[str, dict[str, object]]:
    fake = FakeCachet()
    fake.add_incident_template("Template", "{{ incident.name }}")
    client = fake.client()
    group = client.component_groups.create(name="Group", visible=True)
    component = client.components.create(name="API", status=1, group_id=group.id, tags="a, b", meta={"a": 1})
    incident = client.incidents.create(
        name="Down", message="m", status=1, component_id=component.id, component_status=4
    )
    update = client.incident_updates.create(incident_id=incident.id, status=2, message="u")
    metric = client.metrics.create(name="Metric", suffix="ms")
    point = client.metric_points.create(metric_id=metric.id, value=1.5)
    schedule = client.schedules.create(name="Work", status=0, scheduled_at=datetime(2030, 1, 1, tzinfo=UTC))
    subscriber = client.subscribers.create(email="a@example.com")
    template = client.incident_templates.get(1)
    resources: dict[str, Any] = {
        "component_groups": client.component_groups.get(group.id),
        "components": component,
        "incidents": client.incidents.get(incident.id),
        "incident_updates": update,
        "incident_templates": template,
        "metrics": metric,
        "metric_points": point,
        "schedules": schedule,
        "subscribers": subscriber,
    }
    return {kind: dict(resource.attrs) for kind, resource in resources.items()}


#: The fields of a resource, by the name of its manager.
ROWS = _create_rows()
