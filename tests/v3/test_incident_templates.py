# Made by "make sync" from aio/test_incident_templates.py: edit that file instead of this one.
"""Incident templates: made, read, listed, changed and deleted."""

from __future__ import annotations

import pytest

from cachet_sdk import ArgumentError, NotFoundError
from cachet_sdk.v3.client import Client
from cachet_sdk.v3.enums import TemplateEngine


def test_a_template_has_everything_that_it_was_made_with(client: Client) -> None:
    made = client.incident_templates.create(name="Down", template="{{ why }}", slug="out", engine="twig")
    found = client.incident_templates.get(made.id)
    assert found == made
    assert (found.name, found.slug, found.template, found.engine) == ("Down", "out", "{{ why }}", TemplateEngine.TWIG)


def test_an_unknown_engine_is_refused(client: Client) -> None:
    with pytest.raises(ArgumentError, match="engine"):
        client.incident_templates.create(name="Down", template="t", engine="jinja")


def test_a_new_name_makes_a_new_slug(client: Client) -> None:
    made = client.incident_templates.create(name="Down", template="t", slug="out")
    assert (client.incident_templates.update(made.id, name="It is Up")).slug == "it-is-up"


def test_templates_are_listed_and_deleted(client: Client) -> None:
    for name in ("Down", "Slow", "Slower"):
        client.incident_templates.create(name=name, template="t")
    assert [it.name for it in client.incident_templates.list(name="slow")] == ["Slow", "Slower"]
    assert [it.name for it in client.incident_templates.list(slug="down")] == ["Down"]
    assert [it.id for it in client.incident_templates.list(sort="-slug")] == [3, 2, 1]
    client.incident_templates.delete(2)
    with pytest.raises(NotFoundError):
        client.incident_templates.get(2)
    assert client.incident_templates.count() == 2


def test_saving_does_not_take_back_what_somebody_renamed(client: Client) -> None:
    mine = client.incident_templates.create(name="Old", template="t")
    client.incident_templates.update(mine.id, name="New")
    mine.template = "x"
    saved = mine.save()
    assert (saved.name, saved.slug, saved.template) == ("New", "new", "x")
