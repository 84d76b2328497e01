"""The incident template resource and its manager. Requires Cachet 2.4."""

from __future__ import annotations

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.aio.resource import AsyncResource
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.errors import UnsupportedError
from cachet_sdk.v1.aio.manager import AsyncManager
from cachet_sdk.v1.models.incident_templates import IncidentTemplateData


class AsyncIncidentTemplate(IncidentTemplateData, AsyncResource):
    """A reusable text for incidents, with variables.

    Templates are managed on the dashboard: ``update`` and ``delete`` raise ``UnsupportedError``.
    """

    __slots__ = ()

    def _path(self) -> str:
        return f"/incidents/templates/{check_id('id', self.id)}"


class AsyncIncidentTemplateManager(AsyncManager[AsyncIncidentTemplate]):
    """Read incident templates. Available as ``client.incident_templates``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncIncidentTemplate)

    def list(self, page: int = 1, per_page: int = 20, *, prefetch: int = 0) -> AsyncListing[AsyncIncidentTemplate]:
        """List templates. Pages are requested as you iterate.

        Args:
            page: First page to read.
            per_page: Templates per page.
            prefetch: Number of pages to fetch ahead. Defaults to 0.
        """
        return self._list("/incidents/templates", page=page, per_page=per_page, prefetch=prefetch)

    async def get(self, template_id: int) -> AsyncIncidentTemplate:
        """Return a template.

        Raises:
            NotFoundError: If there is no such template.
        """
        return await self._get(f"/incidents/templates/{check_id('template_id', template_id)}")

    async def count(self) -> int:
        """Return the number of templates."""
        return await self._count("/incidents/templates")

    async def _change(self, path: str, values: dict[str, object]) -> AsyncIncidentTemplate:
        raise UnsupportedError(f"{path}: Cachet's API cannot change a template; use the dashboard")

    async def _delete(self, path: str) -> None:
        raise UnsupportedError(f"{path}: Cachet's API cannot delete a template; use the dashboard")
