"""Every resource that a real Cachet 3 answered with becomes a record that says the same, and comes back whole."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime
from typing import Any

import pytest
from pydantic_core import from_json

from cachet_sdk.core.models.resource_data import load as load_page
from cachet_sdk.v3.models.documents import DocumentData, check_document
from cachet_sdk.v3.models.schedules import ScheduleData
from cachet_sdk.v3.models.updates import IncidentUpdateData, ScheduleUpdateData
from tests.v3.models.recordings import KINDS, every_document, kind_of

pytestmark = pytest.mark.parametrize("document", every_document())


def load(document: dict[str, Any]) -> DocumentData:
    (record,) = load_page(kind_of(document["data"]), [document], None)
    return record


def relations(record: DocumentData) -> dict[str, list[DocumentData] | None]:
    of_schedule = isinstance(record, ScheduleData)
    kinds: dict[str, type[DocumentData]] = {
        **KINDS,
        "updates": ScheduleUpdateData if of_schedule else IncidentUpdateData,
    }
    return {name: record._related_many(name, kinds[held]) for name, held in record._RELATIONS.items()}


def test_the_attributes_have_the_values_of_the_raw_json(document: dict[str, Any]) -> None:
    record = load(document)
    raw = document["data"]["attributes"]
    for name, value in raw.items():
        if isinstance(value, dict) and "string" in value:
            stem = name.removesuffix("_at")
            shown = getattr(record, f"{stem}_at")
            assert shown == (None if value["string"] is None else datetime.fromisoformat(value["string"]))
        elif isinstance(value, dict) and "value" in value:
            assert getattr(record, name) == value["value"]
            assert getattr(record, f"{name}_name") == value["human"]
        elif name == "pivot":
            assert record.__dict__["component_status"] == value["component_status"]["value"]
            assert record.__dict__["component_status_name"] == value["component_status"]["human"]
        elif name == "meta":
            assert record.__dict__["meta"] == (value or {})
        elif name == "updateable_id":
            assert value in {record.__dict__.get("incident_id"), record.__dict__.get("schedule_id")}
        elif name != "updateable_type" and value is not None:
            assert getattr(record, "is_global" if name == "global" else name) == value


def test_get_returns_every_raw_attribute(document: dict[str, Any]) -> None:
    record = load(document)
    for name, value in document["data"]["attributes"].items():
        assert record.get(name) == value
    assert record.get("type") == document["data"]["type"]
    assert record.get("nothing_of_the_sort") is None


def test_attrs_is_the_unchanged_document(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    record = load(document)
    relations(record)
    assert record.attrs == before


def test_a_stored_resource_is_restored_with_its_included_resources(document: dict[str, Any]) -> None:
    record = load(document)
    held = relations(record)
    kind = kind_of(document["data"])
    for restored in (
        load_page(kind, [check_document(record.attrs, kind)], None)[0],
        load_page(kind, [check_document(from_json(record.to_json()), kind)], None)[0],
        pickle.loads(pickle.dumps(record)),
        copy.deepcopy(record),
        copy.copy(record),
    ):
        assert restored == record
        assert restored.attrs == record.attrs
        assert relations(restored) == held
        assert json.loads(restored.to_json()) == document


def test_a_bare_resource_object_is_accepted(document: dict[str, Any]) -> None:
    bare = document["data"]
    kind = kind_of(bare)
    (record,) = load_page(kind, [check_document(bare, kind)], None)
    assert record == load(document)
    assert record.attrs == {"data": bare}
