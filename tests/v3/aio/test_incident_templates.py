"""Incident templates: create, read, list, update and delete."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import TemplateEngine


async def test_create_stores_every_field(async_client: AsyncClient) -> None:
    created = await async_client.incident_templates.create(name="Down", template="{{ why }}", slug="out", engine="twig")
    found = await async_client.incident_templates.get(created.id)
    assert found == created
    assert (found.name, found.slug, found.template, found.engine) == ("Down", "out", "{{ why }}", TemplateEngine.TWIG)


async def test_an_unknown_engine_is_refused(async_client: AsyncClient) -> None:
    with pytest.raises(ArgumentError, match="engine"):
        await async_client.incident_templates.create(name="Down", template="t", engine="jinja")


async def test_renaming_a_template_changes_its_slug(async_client: AsyncClient) -> None:
    created = await async_client.incident_templates.create(name="Down", template="t", slug="out")
    assert (await async_client.incident_templates.update(created.id, name="It is Up")).slug == "it-is-up"


async def test_templates_can_be_listed_and_deleted(async_client: AsyncClient) -> None:
    for name in ("Down", "Slow", "Slower"):
        await async_client.incident_templates.create(name=name, template="t")
    assert [it.name async for it in async_client.incident_templates.list(name="slow")] == ["Slow", "Slower"]
    assert [it.name async for it in async_client.incident_templates.list(slug="down")] == ["Down"]
    assert [it.id async for it in async_client.incident_templates.list(sort="-slug")] == [3, 2, 1]
    await async_client.incident_templates.delete(2)
    with pytest.raises(NotFoundError):
        await async_client.incident_templates.get(2)
    assert await async_client.incident_templates.count() == 2


async def test_saving_does_not_revert_a_rename_by_others(async_client: AsyncClient) -> None:
    template = await async_client.incident_templates.create(name="Old", template="t")
    await async_client.incident_templates.update(template.id, name="New")
    template.template = "x"
    saved = await template.save()
    assert (saved.name, saved.slug, saved.template) == ("New", "new", "x")
