# Made by "make sync" from aio/test_incident_templates.py: edit that file instead of this one.
"""Incident templates: create, read, list, update and delete."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import TemplateEngine


def test_create_stores_every_field(client: Client) -> None:
    created = client.incident_templates.create(name="Down", template="{{ why }}", slug="out", engine="twig")
    found = client.incident_templates.get(created.id)
    assert found == created
    assert (found.name, found.slug, found.template, found.engine) == ("Down", "out", "{{ why }}", TemplateEngine.TWIG)


def test_an_unknown_engine_is_refused(client: Client) -> None:
    with pytest.raises(ArgumentError, match="engine"):
        client.incident_templates.create(name="Down", template="t", engine="jinja")


def test_renaming_a_template_changes_its_slug(client: Client) -> None:
    created = client.incident_templates.create(name="Down", template="t", slug="out")
    assert (client.incident_templates.update(created.id, name="It is Up")).slug == "it-is-up"


def test_templates_can_be_listed_and_deleted(client: Client) -> None:
    for name in ("Down", "Slow", "Slower"):
        client.incident_templates.create(name=name, template="t")
    assert [it.name for it in client.incident_templates.list(name="slow")] == ["Slow", "Slower"]
    assert [it.name for it in client.incident_templates.list(slug="down")] == ["Down"]
    assert [it.id for it in client.incident_templates.list(sort="-slug")] == [3, 2, 1]
    client.incident_templates.delete(2)
    with pytest.raises(NotFoundError):
        client.incident_templates.get(2)
    assert client.incident_templates.count() == 2


def test_saving_does_not_revert_a_rename_by_others(client: Client) -> None:
    template = client.incident_templates.create(name="Old", template="t")
    client.incident_templates.update(template.id, name="New")
    template.template = "x"
    saved = template.save()
    assert (saved.name, saved.slug, saved.template) == ("New", "new", "x")
