"""The recorded answers of a real Cachet 3, as the models' tests read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cachet_sdk.v3.models.component_groups import ComponentGroupData
from cachet_sdk.v3.models.components import ComponentData
from cachet_sdk.v3.models.documents import DocumentData, jsonapi_type
from cachet_sdk.v3.models.incident_templates import IncidentTemplateData
from cachet_sdk.v3.models.incidents import IncidentData, User
from cachet_sdk.v3.models.jsonapi import page_documents
from cachet_sdk.v3.models.metric_points import MetricPointData
from cachet_sdk.v3.models.metrics import MetricData
from cachet_sdk.v3.models.schedules import ScheduleData
from cachet_sdk.v3.models.subscribers import SubscriberData
from cachet_sdk.v3.models.updates import IncidentUpdateData, ScheduleUpdateData

FOLDER = Path(__file__).parents[2] / "wire" / "v3" / "recorded"

KINDS: dict[str, type[DocumentData]] = {
    jsonapi_type(kind): kind
    for kind in (
        ComponentData,
        ComponentGroupData,
        IncidentData,
        IncidentTemplateData,
        MetricData,
        MetricPointData,
        ScheduleData,
        SubscriberData,
        User,
    )
}


@dataclass(frozen=True)
class Exchange:
    """One recorded request and its answer."""

    name: str
    method: str
    path: str
    query: dict[str, Any]
    answer: Any

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The documents of all the resources in the answer."""
        return page_documents(self.answer) if isinstance(self.answer["data"], list) else [self.answer]


def kind_of(resource: dict[str, Any]) -> type[DocumentData]:
    """The class of a resource object."""
    if resource["type"] == "updates":
        of_schedule = resource["attributes"]["updateable_type"] == "schedule"
        return ScheduleUpdateData if of_schedule else IncidentUpdateData
    return KINDS[resource["type"]]


def exchanges() -> Iterator[Exchange]:
    """All recorded answers that hold resources."""
    for file in sorted(FOLDER.glob("*.json")):
        for number, exchange in enumerate(json.loads(file.read_text())["exchanges"]):
            request, response = exchange["request"], exchange["response"]
            answer = response.get("json")
            data = answer.get("data") if isinstance(answer, dict) else None
            if response["status"] < 300 and (isinstance(data, list) or (isinstance(data, dict) and "type" in data)):
                yield Exchange(
                    f"{file.stem}-{number}", request["method"], request["path"], request.get("query") or {}, answer
                )


def recorded(path: str, include: str, method: str = "GET") -> Exchange:
    """The recorded exchange of a path with that ``include``."""
    return next(
        one for one in exchanges() if (one.method, one.path, one.query.get("include", "")) == (method, path, include)
    )


def every_document() -> list[Any]:
    """Every resource of every answer, as a list of pytest parameters."""
    return [
        pytest.param(document, id=f"{exchange.name}-{position}")
        for exchange in exchanges()
        for position, document in enumerate(exchange.documents)
    ]
