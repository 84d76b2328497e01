# Made by "make sync" from aio/incident_templates.py: edit that file instead of this one.
"""The incident template resource and its manager. Requires Cachet 2.4."""

from __future__ import annotations

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.core.resource import Resource
from cachet_sdk.errors import UnsupportedError
from cachet_sdk.v1.manager import Manager
from cachet_sdk.v1.models.incident_templates import IncidentTemplateData


class IncidentTemplate(IncidentTemplateData, Resource):
    """A reusable text for incidents, with variables.

    Templates are managed on the dashboard: ``update`` and ``delete`` raise ``UnsupportedError``.
    """

    __slots__ = ()

    def _path(self) -> str:
        return f"/incidents/templates/{check_id('id', self.id)}"


class IncidentTemplateManager(Manager[IncidentTemplate]):
    """Read incident templates. Available as ``client.incident_templates``."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, IncidentTemplate)

    def list(self, page: int = 1, per_page: int = 20, *, prefetch: int = 0) -> Listing[IncidentTemplate]:
        """List templates. Pages are requested as you iterate.

        Args:
            page: First page to read.
            per_page: Templates per page.
            prefetch: Number of pages to fetch ahead. Defaults to 0.
        """
        return self._list("/incidents/templates", page=page, per_page=per_page, prefetch=prefetch)

    def get(self, template_id: int) -> IncidentTemplate:
        """Return a template.

        Raises:
            NotFoundError: If there is no such template.
        """
        return self._get(f"/incidents/templates/{check_id('template_id', template_id)}")

    def count(self) -> int:
        """Return the number of templates."""
        return self._count("/incidents/templates")

    def _change(self, path: str, values: dict[str, object]) -> IncidentTemplate:
        raise UnsupportedError(f"{path}: Cachet's API cannot change a template; use the dashboard")

    def _delete(self, path: str) -> None:
        raise UnsupportedError(f"{path}: Cachet's API cannot delete a template; use the dashboard")
