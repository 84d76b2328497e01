"""The recorded answers of a real Cachet 3, as the models' tests read them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from cachet_sdk.v3 import (
    Component,
    ComponentGroup,
    Incident,
    IncidentTemplate,
    IncidentUpdate,
    Metric,
    MetricPoint,
    Schedule,
    ScheduleUpdate,
    Subscriber,
    User,
)
from cachet_sdk.v3.models.documents import DocumentData, jsonapi_type
from cachet_sdk.v3.models.jsonapi import page_documents

FOLDER = Path(__file__).parents[2] / "wire" / "v3" / "recorded"

KINDS: dict[str, type[DocumentData]] = {
    jsonapi_type(kind): kind
    for kind in (
        Component,
        ComponentGroup,
        Incident,
        IncidentTemplate,
        Metric,
        MetricPoint,
        Schedule,
        Subscriber,
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
        return ScheduleUpdate if of_schedule else IncidentUpdate
    return KINDS[resource["type"]]


def relations_of(kind: type[DocumentData]) -> list[str]:
    """Return the names of the attributes of a resource that hold other resources, from the annotations."""
    properties = inspect.getmembers(kind, lambda member: isinstance(member, property))
    return [name for name, it in properties if any(map(_is_resource, _types_in(get_type_hints(it.fget)["return"])))]


def _types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _types_in(inner)


def _is_resource(annotation: Any) -> bool:
    return inspect.isclass(annotation) and get_origin(annotation) is None and issubclass(annotation, DocumentData)


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
