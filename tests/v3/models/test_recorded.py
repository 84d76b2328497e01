"""Every recorded resource of a real Cachet 3 is parsed without loss and can be restored."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime
from typing import Any

import pytest
from pydantic_core import from_json

from cachet_sdk.core.models.resource_data import load as load_page
from cachet_sdk.v3.models.documents import check_document
from tests.v3.models.recordings import every_document, kind_of

pytestmark = pytest.mark.parametrize("document", every_document())


def load(document: dict[str, Any]) -> Any:
    (resource,) = load_page(kind_of(document["data"]), [document], None)
    return resource


def relations(resource: Any) -> dict[str, object]:
    """Return the included resources by relation."""
    return {name: getattr(resource, name) for name in resource.get("relationships") or ()}


def test_the_attributes_have_the_values_of_the_raw_json(document: dict[str, Any]) -> None:
    resource = load(document)
    raw = document["data"]["attributes"]
    for name, value in raw.items():
        if isinstance(value, dict) and "string" in value:
            stem = name.removesuffix("_at")
            shown = getattr(resource, f"{stem}_at")
            assert shown == (None if value["string"] is None else datetime.fromisoformat(value["string"]))
        elif isinstance(value, dict) and "value" in value:
            assert getattr(resource, name) == value["value"]
            assert getattr(resource, f"{name}_name") == value["human"]
        elif name == "pivot":
            assert resource.component_status == value["component_status"]["value"]
            assert resource.component_status_name == value["component_status"]["human"]
        elif name == "meta":
            assert resource.meta == (value or {})
        elif name == "updateable_id":
            assert value in {getattr(resource, "incident_id", None), getattr(resource, "schedule_id", None)}
        elif name != "updateable_type" and value is not None:
            assert getattr(resource, "is_global" if name == "global" else name) == value


def test_get_returns_every_raw_attribute(document: dict[str, Any]) -> None:
    resource = load(document)
    for name, value in document["data"]["attributes"].items():
        assert resource.get(name) == value
    assert resource.get("type") == document["data"]["type"]
    assert resource.get("no_such_attribute") is None


def test_attrs_is_the_unchanged_document(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    resource = load(document)
    relations(resource)
    assert resource.attrs == before


def test_a_stored_resource_is_restored_with_its_included_resources(document: dict[str, Any]) -> None:
    resource = load(document)
    included = relations(resource)
    kind = kind_of(document["data"])
    for restored in (
        load_page(kind, [check_document(resource.attrs, kind)], None)[0],
        load_page(kind, [check_document(from_json(resource.to_json()), kind)], None)[0],
        pickle.loads(pickle.dumps(resource)),
        copy.deepcopy(resource),
        copy.copy(resource),
    ):
        assert restored == resource
        assert restored.attrs == resource.attrs
        assert relations(restored) == included
        assert json.loads(restored.to_json()) == document


def test_a_bare_resource_object_is_accepted(document: dict[str, Any]) -> None:
    bare = document["data"]
    kind = kind_of(bare)
    (resource,) = load_page(kind, [check_document(bare, kind)], None)
    assert resource == load(document)
    assert resource.attrs == {"data": bare}
