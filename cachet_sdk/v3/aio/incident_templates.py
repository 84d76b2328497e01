"""The manager of incident templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from cachet_sdk.core.aio.listing import AsyncListing
from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.v3.aio.manager import AsyncManager
from cachet_sdk.v3.aio.resources import AsyncIncidentTemplate
from cachet_sdk.v3.enums import TemplateEngine
from cachet_sdk.v3.filters import list_query, sort_fields
from cachet_sdk.v3.models.incident_templates import IncidentTemplateChange, NewIncidentTemplate

__all__ = ["AsyncIncidentTemplate", "AsyncIncidentTemplateManager"]

#: Values of ``sort``. A leading ``-`` sorts in descending order.
IncidentTemplateSort: TypeAlias = Literal["id", "-id", "name", "-name", "slug", "-slug"]

_SORTS = sort_fields(IncidentTemplateSort)


class AsyncIncidentTemplateManager(AsyncManager[AsyncIncidentTemplate]):
    """Manage incident templates. Available as ``client.incident_templates``. **Anyone can read them**."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport, AsyncIncidentTemplate)

    async def create(
        self, *, name: str, template: str, slug: str | None = None, engine: TemplateEngine | str | None = None
    ) -> AsyncIncidentTemplate:
        """Create a template. The server does not validate it: errors only appear when an incident uses it.

        Args:
            name: At most 255 characters.
            template: Text in Twig. Its variables are the ``template_vars`` of ``incidents.create``, and ``incident``,
                as in ``{{ incident.name }}``.
            slug: Accepted by ``incidents.create(template=…)``. Defaults to a slug of the name. **Every update replaces
                it with a slug of the name.** The server does not check that it is unique.
            engine: Template language. See :class:`~cachet_sdk.v3.enums.TemplateEngine`.

        Example:
            >>> template = await client.incident_templates.create(
            ...     name="Slow again", template="{{ why }}"
            ... )
            >>> template.slug
            'slow-again'
        """
        payload = NewIncidentTemplate.build(name=name, template=template, slug=slug, engine=engine)
        return await self._create("/incident-templates", payload)

    async def update(
        self,
        template_id: int,
        *,
        name: str | None = None,
        template: str | None = None,
        engine: TemplateEngine | str | None = None,
    ) -> AsyncIncidentTemplate:
        """Update only the fields you pass. **The slug is always replaced with a slug of the name**.

        Without a name the server would clear the slug, so the name is read first unless you pass one. See "A template's
        update rewrites its slug" in the server quirks.

        Args:
            template_id: Id of the template.
            name: At most 255 characters.
            template: Text in Twig.
            engine: Template language.

        Raises:
            NotFoundError: If there is no such template.

        Example:
            >>> template = await client.incident_templates.update(
            ...     1, template="{{ incident.name }}: {{ why }}"
            ... )
            >>> template.name, template.slug
            ('Down', 'down')
        """
        payload = IncidentTemplateChange.build(name=name, template=template, engine=engine)
        return await self._change(_path(template_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        name: str | Sequence[str] | None = None,
        slug: str | Sequence[str] | None = None,
        sort: IncidentTemplateSort | Sequence[IncidentTemplateSort] = "id",
        prefetch: int = 0,
    ) -> AsyncListing[AsyncIncidentTemplate]:
        """List templates. Pages are requested as you iterate.

        Deletions and changes through this client while iterating skip no rows, but deletions by others may.

        Args:
            page: First page to read.
            per_page: Templates per page, at most 100.
            name: Only those whose name contains this text, or one of these texts, ignoring case.
            slug: Only those whose slug contains this text, or one of these texts.
            sort: Field or fields to sort by. A leading ``-`` sorts in descending order.
            prefetch: Number of pages to fetch ahead. Defaults to 0. See ``components.list``.

        Example:
            >>> [template.slug async for template in client.incident_templates.list()]
            ['down']
        """
        query = list_query({"name": name, "slug": slug}, sort=sort, sortable=_SORTS)
        return self._list("/incident-templates", page=page, per_page=per_page, prefetch=prefetch, query=query)

    async def get(self, template_id: int) -> AsyncIncidentTemplate:
        """Return a template.

        Args:
            template_id: Id of the template.

        Raises:
            NotFoundError: If there is no such template.
        """
        return await self._get(_path(template_id))

    async def count(self) -> int:
        """Return the number of templates. This may take several requests. See ``components.count``."""
        return await self._count("/incident-templates", list_query(sort="id", sortable=_SORTS))

    async def delete(self, template_id: int) -> None:
        """Delete a template.

        Args:
            template_id: Id of the template.

        Raises:
            NotFoundError: If there is no such template.
        """
        await self._delete(_path(template_id))

    async def _change(self, path: str, values: dict[str, object]) -> AsyncIncidentTemplate:
        if "name" not in values:
            values = {"name": (await self._get(path)).name, **values}
        return await super()._change(path, values)


def _path(template_id: int) -> str:
    return f"/incident-templates/{check_id('template_id', template_id)}"
