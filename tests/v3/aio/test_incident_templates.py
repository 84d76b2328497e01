"""Incident templates: made, read, listed, changed and deleted."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.aio.client import AsyncClient
from cachet_sdk.v3.enums import TemplateEngine


async def test_a_template_has_everything_that_it_was_made_with(async_client: AsyncClient) -> None:
    made = await async_client.incident_templates.create(name="Down", template="{{ why }}", slug="out", engine="twig")
    found = await async_client.incident_templates.get(made.id)
    assert found == made
    assert (found.name, found.slug, found.template, found.engine) == ("Down", "out", "{{ why }}", TemplateEngine.TWIG)


async def test_an_unknown_engine_is_refused(async_client: AsyncClient) -> None:
    with pytest.raises(ArgumentError, match="engine"):
        await async_client.incident_templates.create(name="Down", template="t", engine="jinja")


async def test_a_new_name_makes_a_new_slug(async_client: AsyncClient) -> None:
    made = await async_client.incident_templates.create(name="Down", template="t", slug="out")
    assert (await async_client.incident_templates.update(made.id, name="It is Up")).slug == "it-is-up"


async def test_templates_are_listed_and_deleted(async_client: AsyncClient) -> None:
    for name in ("Down", "Slow", "Slower"):
        await async_client.incident_templates.create(name=name, template="t")
    assert [it.name async for it in async_client.incident_templates.list(name="slow")] == ["Slow", "Slower"]
    assert [it.name async for it in async_client.incident_templates.list(slug="down")] == ["Down"]
    assert [it.id async for it in async_client.incident_templates.list(sort="-slug")] == [3, 2, 1]
    await async_client.incident_templates.delete(2)
    with pytest.raises(NotFoundError):
        await async_client.incident_templates.get(2)
    assert await async_client.incident_templates.count() == 2


async def test_saving_does_not_take_back_what_somebody_renamed(async_client: AsyncClient) -> None:
    mine = await async_client.incident_templates.create(name="Old", template="t")
    await async_client.incident_templates.update(mine.id, name="New")
    mine.template = "x"
    saved = await mine.save()
    assert (saved.name, saved.slug, saved.template) == ("New", "new", "x")
