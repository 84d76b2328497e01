# Made by "make sync" from aio/incident_templates.py: edit that file instead of this one.
"""Incident templates and their manager. Cachet 2.4."""

from __future__ import annotations

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.resource import Resource
from cachet_sdk.errors import UnsupportedError
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.models.incident_templates import IncidentTemplateData


class IncidentTemplate(IncidentTemplateData, Resource):
    """The text of incidents that happen again and again, with variables in it.

    Templates are made, changed and deleted on the dashboard: ``update`` and ``delete`` raise ``UnsupportedError``.
    """

    __slots__ = ()

    def _path(self) -> str:
        return f"/incidents/templates/{check_id('id', self.id)}"


class IncidentTemplateManager(Manager[IncidentTemplate]):
    """The incident templates: ``client.incident_templates``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, IncidentTemplate)

    def list(self, page: int = 1, per_page: int = 20, *, prefetch: int = 0) -> Listing[IncidentTemplate]:
        """List templates, read page by page while they are used.

        Args:
            page: The page to start at.
            per_page: Templates a page.
            prefetch: How many pages to fetch ahead of the one in use.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.
        """
        return self._list("/incidents/templates", page=page, per_page=per_page, prefetch=prefetch)

    def get(self, template_id: int) -> IncidentTemplate:
        """Get a template.

        Args:
            template_id: The id.

        Raises:
            NotFoundError: when there is no such template.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(f"/incidents/templates/{check_id('template_id', template_id)}")

    def count(self) -> int:
        """Count the templates."""
        return self._count("/incidents/templates")

    def _change(self, path: str, values: dict[str, object]) -> IncidentTemplate:
        raise UnsupportedError(f"{path}: Cachet's API cannot change a template; do it on the dashboard")

    def _delete(self, path: str) -> None:
        raise UnsupportedError(f"{path}: Cachet's API cannot delete a template; do it on the dashboard")
