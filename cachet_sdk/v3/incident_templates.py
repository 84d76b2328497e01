# Made by "make sync" from aio/incident_templates.py: edit that file instead of this one.
"""Incident templates: their manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from cachet_sdk.core.arguments import check_id
from cachet_sdk.core.http.transport import Transport
from cachet_sdk.core.listing import Listing
from cachet_sdk.v3.enums import TemplateEngine
from cachet_sdk.v3.filters import list_query
from cachet_sdk.v3.manager import Manager
from cachet_sdk.v3.models.incident_templates import IncidentTemplateChange, NewIncidentTemplate
from cachet_sdk.v3.resources import IncidentTemplate

__all__ = ["IncidentTemplate", "IncidentTemplateManager"]

#: What templates are sorted by; with ``-`` in front in descending order.
IncidentTemplateSort: TypeAlias = Literal["id", "-id", "name", "-name", "slug", "-slug"]

_SORTS = ("name", "slug", "id")


class IncidentTemplateManager(Manager[IncidentTemplate]):
    """The incident templates: ``client.incident_templates``. **Everybody** can read them."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport, IncidentTemplate)

    def create(
        self, *, name: str, template: str, slug: str | None = None, engine: TemplateEngine | str | None = None
    ) -> IncidentTemplate:
        """Make a template. The server does not check it: a mistake shows when an incident is made with it.

        Args:
            name: Its name, of 255 characters at most.
            template: The text, in Twig. Variables are those that an incident is made with, and ``incident`` itself:
                ``{{ incident.name }}``.
            slug: What ``incidents.create(template=…)`` takes; made from the name, if left out. **Every later change
                makes it anew from the name.** The server does not check that no other template has it.
            engine: The language of the text; see :class:`~cachet_sdk.v3.enums.TemplateEngine`.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether it may have been made.

        Example:
            >>> template = client.incident_templates.create(name="Slow again", template="{{ why }}")
            >>> template.slug
            'slow-again'
        """
        payload = NewIncidentTemplate.build(name=name, template=template, slug=slug, engine=engine)
        return self._create("/incident-templates", payload)

    def update(
        self,
        template_id: int,
        *,
        name: str | None = None,
        template: str | None = None,
        engine: TemplateEngine | str | None = None,
    ) -> IncidentTemplate:
        """Change what is named of a template. **Its slug becomes that of its name**, whatever it was before.

        The server writes the slug with each change, and an empty one when it is sent no name (wire/v3, trap 9), so the
        name is read first unless given.

        Args:
            template_id: The id.
            name: Its name.
            template: The text, in Twig.
            engine: The language of the text.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            NotFoundError: when there is no such template.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.

        Example:
            >>> template = client.incident_templates.update(1, template="{{ incident.name }}: {{ why }}")
            >>> template.name, template.slug
            ('Down', 'down')
        """
        payload = IncidentTemplateChange.build(name=name, template=template, engine=engine)
        return self._change(_path(template_id), payload.values())

    def list(
        self,
        page: int = 1,
        per_page: int = 100,
        *,
        name: str | Sequence[str] | None = None,
        slug: str | Sequence[str] | None = None,
        sort: IncidentTemplateSort | Sequence[IncidentTemplateSort] = "id",
        prefetch: int = 0,
    ) -> Listing[IncidentTemplate]:
        """List templates, read from the server page by page while they are used.

        What this client deletes or changes meanwhile makes it miss none; what others delete may.

        Args:
            page: The page to start at.
            per_page: Templates a page, 100 at most.
            name: Only those with this in their name, whatever its case; or with one of these.
            slug: Only those with this in their slug; or with one of these.
            sort: What to sort by, or several; with ``-`` in front in descending order.
            prefetch: How many pages to fetch ahead of the one in use; see ``components.list``.

        Raises:
            ArgumentError: for a bad argument, at once.
            HTTPError: when the server refuses, while iterating.
            TransportError: when no answer comes, while iterating.

        Example:
            >>> [template.slug for template in client.incident_templates.list()]
            ['down']
        """
        query = list_query({"name": name, "slug": slug}, sort=sort, sortable=_SORTS)
        return self._list("/incident-templates", page=page, per_page=per_page, prefetch=prefetch, query=query)

    def get(self, template_id: int) -> IncidentTemplate:
        """Get a template.

        Args:
            template_id: The id.

        Raises:
            NotFoundError: when there is no such template.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        return self._get(_path(template_id))

    def count(self) -> int:
        """Count the templates. It takes some requests: see ``components.count``."""
        return self._count("/incident-templates", list_query(sort="id", sortable=_SORTS))

    def delete(self, template_id: int) -> None:
        """Delete a template.

        Args:
            template_id: The id.

        Raises:
            NotFoundError: when there is no such template.
            HTTPError: when the server refuses for another reason.
            TransportError: when no answer comes.
        """
        self._delete(_path(template_id))

    def _change(self, path: str, values: dict[str, object]) -> IncidentTemplate:
        if "name" not in values:
            values = {"name": (self._get(path)).name, **values}
        return super()._change(path, values)


def _path(template_id: int) -> str:
    return f"/incident-templates/{check_id('template_id', template_id)}"
