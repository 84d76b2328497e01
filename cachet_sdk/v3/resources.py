# Made by "make sync" from aio/resources.py: edit that file instead of this one.
"""The resources of Cachet 3. They refer to each other, so they share a module.

A relation that was not included is None. Request it with the ``include`` argument of ``list`` and ``get``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.resource import Binding, Resource
from cachet_sdk.errors import UnsupportedError
from cachet_sdk.v3.models.component_groups import ComponentGroupData
from cachet_sdk.v3.models.components import ComponentData
from cachet_sdk.v3.models.documents import DocumentData
from cachet_sdk.v3.models.incident_templates import IncidentTemplateData
from cachet_sdk.v3.models.incidents import IncidentData
from cachet_sdk.v3.models.metric_points import MetricPointData
from cachet_sdk.v3.models.metrics import MetricData
from cachet_sdk.v3.models.schedules import ScheduleData
from cachet_sdk.v3.models.subscribers import SubscriberData
from cachet_sdk.v3.models.updates import IncidentUpdateData, ScheduleUpdateData


class DocumentBinding(Binding):
    """Binds resources to their manager, and related resources to theirs.

    Attributes:
        related: The bindings of related resources, by JSON:API type.
    """

    __slots__ = ("related",)

    def __init__(self, binding: Binding) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.related: Mapping[str, Binding] = {}


class DocumentResource(DocumentData, Resource):
    """A resource built from a JSON:API document."""

    __slots__ = ()


class Component(ComponentData, DocumentResource):
    """A part of your service, with a status: an API, a website, a region."""

    __slots__ = ()

    @property
    def group(self) -> ComponentGroup | None:
        """Its group. None if it has none, or if ``group`` was not included."""
        return self._related_one("group", ComponentGroup)

    @property
    def incidents(self) -> list[Incident] | None:
        """Its incidents. None if ``incidents`` was not included."""
        return self._related_many("incidents", Incident)

    def _path(self) -> str:
        return f"/components/{check_id('id', self.id)}"


class ComponentGroup(ComponentGroupData, DocumentResource):
    """A group of components on the status page."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """Its components. None if ``components`` was not included."""
        return self._related_many("components", Component)

    def _path(self) -> str:
        return f"/component-groups/{check_id('id', self.id)}"


class Incident(IncidentData, DocumentResource):
    """An incident."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """Its components, with their ``component_status``. None if ``components`` was not included."""
        return self._related_many("components", Component)

    @property
    def updates(self) -> list[IncidentUpdate] | None:
        """Its updates. None if ``updates`` was not included."""
        return self._related_many("updates", IncidentUpdate)

    def _path(self) -> str:
        return f"/incidents/{check_id('id', self.id)}"


class IncidentUpdate(IncidentUpdateData, DocumentResource):
    """An update of an incident. The incident has the status of its newest update, also after changes and deletions."""

    __slots__ = ()

    @property
    def incident(self) -> Incident | None:
        """Its incident. None if ``incident`` was not included."""
        return self._related_one("incident", Incident)

    def _path(self) -> str:
        return f"/incidents/{check_id('incident_id', self.incident_id)}/updates/{check_id('id', self.id)}"


class IncidentTemplate(IncidentTemplateData, DocumentResource):
    """A reusable text for incidents, with variables."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/incident-templates/{check_id('id', self.id)}"


class Metric(MetricData, DocumentResource):
    """A value over time, shown as a chart."""

    __slots__ = ()

    @property
    def points(self) -> list[MetricPoint] | None:
        """All its points. None if ``points`` was not included."""
        return self._related_many("points", MetricPoint)

    def _path(self) -> str:
        return f"/metrics/{check_id('id', self.id)}"


class MetricPoint(MetricPointData, DocumentResource):
    """A value of a metric at a point in time. The API cannot change it: ``update`` raises ``UnsupportedError``."""

    __slots__ = ()

    @property
    def metric(self) -> Metric | None:
        """Its metric. None if ``metric`` was not included."""
        return self._related_one("metric", Metric)

    def update(self) -> NoReturn:
        """Raise ``UnsupportedError``: the API cannot change a point. Delete it and add another.

        Raises:
            UnsupportedError: Always.
        """
        raise UnsupportedError("update: Cachet 3 cannot change a metric's point; delete it and add another")

    def _path(self) -> str:
        return f"/metrics/{check_id('metric_id', self.metric_id)}/points/{check_id('id', self.id)}"


class Schedule(ScheduleData, DocumentResource):
    """Maintenance that is planned, in progress or complete."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """Its components, with their ``component_status``. None if ``components`` was not included."""
        return self._related_many("components", Component)

    @property
    def updates(self) -> list[ScheduleUpdate] | None:
        """Its updates. None if ``updates`` was not included."""
        return self._related_many("updates", ScheduleUpdate)

    def _path(self) -> str:
        return f"/schedules/{check_id('id', self.id)}"


class ScheduleUpdate(ScheduleUpdateData, DocumentResource):
    """An update of a schedule. It has no status, because the schedule's status is computed from its times."""

    __slots__ = ()

    @property
    def schedule(self) -> Schedule | None:
        """Its schedule. None if ``schedule`` was not included."""
        return self._related_one("schedule", Schedule)

    def _path(self) -> str:
        return f"/schedules/{check_id('schedule_id', self.schedule_id)}/updates/{check_id('id', self.id)}"


class Subscriber(SubscriberData, DocumentResource):
    """Someone who is notified of incidents."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """The components subscribed to. None if ``components`` was not included."""
        return self._related_many("components", Component)

    def _path(self) -> str:
        return f"/subscribers/{check_id('id', self.id)}"
