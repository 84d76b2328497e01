# Made by "make sync" from aio/resources.py: edit that file instead of this one.
"""The resources of Cachet 3: what can be done to each, and what it holds. They hold each other, so they stand together.

What was not included is None; lists and ``get`` have an ``include`` for it.
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
    """What a resource needs of its manager, and what is related to it of theirs.

    Attributes:
        related: The bindings of related resources, by JSON:API type.
    """

    __slots__ = ("related",)

    def __init__(self, binding: Binding) -> None:
        super().__init__(binding.change, binding.delete, binding.zone)
        self.related: Mapping[str, Binding] = {}


class DocumentResource(DocumentData, Resource):
    """A resource made of a JSON:API document."""

    __slots__ = ()


class Component(ComponentData, DocumentResource):
    """A part of what the status page is about: a service, a site, a region."""

    __slots__ = ()

    @property
    def group(self) -> ComponentGroup | None:
        """Its group; None for none, and unless ``include`` asked for ``group``."""
        return self._related_one("group", ComponentGroup)

    @property
    def incidents(self) -> list[Incident] | None:
        """The incidents that it is part of; None unless ``include`` asked for ``incidents``."""
        return self._related_many("incidents", Incident)

    def _path(self) -> str:
        return f"/components/{check_id('id', self.id)}"


class ComponentGroup(ComponentGroupData, DocumentResource):
    """Components that belong together on the status page."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """The components in it; None unless ``include`` asked for ``components``."""
        return self._related_many("components", Component)

    def _path(self) -> str:
        return f"/component-groups/{check_id('id', self.id)}"


class Incident(IncidentData, DocumentResource):
    """Something that went wrong."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """Its components, with their ``component_status`` in it; None unless ``include`` asked for ``components``."""
        return self._related_many("components", Component)

    @property
    def updates(self) -> list[IncidentUpdate] | None:
        """Its updates; None unless ``include`` asked for ``updates``."""
        return self._related_many("updates", IncidentUpdate)

    def _path(self) -> str:
        return f"/incidents/{check_id('id', self.id)}"


class IncidentUpdate(IncidentUpdateData, DocumentResource):
    """News of an incident. The incident's status follows its newest update, also when that is changed or deleted."""

    __slots__ = ()

    @property
    def incident(self) -> Incident | None:
        """The incident; None unless ``include`` asked for ``incident``."""
        return self._related_one("incident", Incident)

    def _path(self) -> str:
        return f"/incidents/{check_id('incident_id', self.incident_id)}/updates/{check_id('id', self.id)}"


class IncidentTemplate(IncidentTemplateData, DocumentResource):
    """The text of incidents that happen again and again, with variables in it."""

    __slots__ = ()

    def _path(self) -> str:
        return f"/incident-templates/{check_id('id', self.id)}"


class Metric(MetricData, DocumentResource):
    """A number over time, drawn as a chart."""

    __slots__ = ()

    @property
    def points(self) -> list[MetricPoint] | None:
        """All its points; None unless ``include`` asked for ``points``."""
        return self._related_many("points", MetricPoint)

    def _path(self) -> str:
        return f"/metrics/{check_id('id', self.id)}"


class MetricPoint(MetricPointData, DocumentResource):
    """One value of a metric at one time. The server cannot change one: ``update`` raises ``UnsupportedError``."""

    __slots__ = ()

    @property
    def metric(self) -> Metric | None:
        """The metric; None unless ``include`` asked for ``metric``."""
        return self._related_one("metric", Metric)

    def update(self) -> NoReturn:
        """Refuse: the server has no way to change a point; delete it, and push another.

        Raises:
            UnsupportedError: always.
        """
        raise UnsupportedError("update: Cachet 3 cannot change a metric's point; delete it and push another")

    def _path(self) -> str:
        return f"/metrics/{check_id('metric_id', self.metric_id)}/points/{check_id('id', self.id)}"


class Schedule(ScheduleData, DocumentResource):
    """Maintenance that is planned, under way or done."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """Its components, with their ``component_status`` in it; None unless ``include`` asked for ``components``."""
        return self._related_many("components", Component)

    @property
    def updates(self) -> list[ScheduleUpdate] | None:
        """Its updates; None unless ``include`` asked for ``updates``."""
        return self._related_many("updates", ScheduleUpdate)

    def _path(self) -> str:
        return f"/schedules/{check_id('id', self.id)}"


class ScheduleUpdate(ScheduleUpdateData, DocumentResource):
    """News of a maintenance. It has no status: the schedule's is computed from its times."""

    __slots__ = ()

    @property
    def schedule(self) -> Schedule | None:
        """The schedule; None unless ``include`` asked for ``schedule``."""
        return self._related_one("schedule", Schedule)

    def _path(self) -> str:
        return f"/schedules/{check_id('schedule_id', self.schedule_id)}/updates/{check_id('id', self.id)}"


class Subscriber(SubscriberData, DocumentResource):
    """Somebody who is told of incidents."""

    __slots__ = ()

    @property
    def components(self) -> list[Component] | None:
        """The components subscribed to; None unless ``include`` asked for ``components``."""
        return self._related_many("components", Component)

    def _path(self) -> str:
        return f"/subscribers/{check_id('id', self.id)}"
