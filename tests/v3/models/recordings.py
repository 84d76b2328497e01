"""The recorded responses of a real Cachet 3, for the tests of the models."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from cachet_sdk.v3.models.documents import DocumentData, jsonapi_type
from cachet_sdk.v3.models.incidents import User
from cachet_sdk.v3.models.jsonapi import page_documents
from cachet_sdk.v3.resources import (
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
)

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
    """One recorded request and its response."""

    name: str
    method: str
    path: str
    query: dict[str, Any]
    response: Any

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The documents of all resources in the response."""
        return page_documents(self.response) if isinstance(self.response["data"], list) else [self.response]


def kind_of(resource: dict[str, Any]) -> type[DocumentData]:
    """Return the class of a resource object."""
    if resource["type"] == "updates":
        of_schedule = resource["attributes"]["updateable_type"] == "schedule"
        return ScheduleUpdate if of_schedule else IncidentUpdate
    return KINDS[resource["type"]]


def relations_of(kind: type[DocumentData]) -> list[str]:
    """Return the names of the attributes of a resource that contain other resources, from the annotations."""
    properties = inspect.getmembers(kind, lambda member: isinstance(member, property))
    return [name for name, it in properties if any(map(_is_resource, _types_in(get_type_hints(it.fget)["return"])))]


def _types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _types_in(inner)


def _is_resource(annotation: Any) -> bool:
    return inspect.isclass(annotation) and get_origin(annotation) is None and issubclass(annotation, DocumentData)


def exchanges() -> Iterator[Exchange]:
    """Yield the recorded exchanges whose responses contain resources."""
    for file in sorted(FOLDER.glob("*.json")):
        for number, exchange in enumerate(json.loads(file.read_text())["exchanges"]):
            request, response = exchange["request"], exchange["response"]
            content = response.get("json")
            data = content.get("data") if isinstance(content, dict) else None
            if response["status"] < 300 and (isinstance(data, list) or (isinstance(data, dict) and "type" in data)):
                yield Exchange(
                    f"{file.stem}-{number}", request["method"], request["path"], request.get("query") or {}, content
                )


def recorded(path: str, include: str, method: str = "GET") -> Exchange:
    """Return the recorded exchange with this path, ``include`` and method."""
    return next(
        one for one in exchanges() if (one.method, one.path, one.query.get("include", "")) == (method, path, include)
    )


def every_document() -> list[Any]:
    """Return every resource of every recorded response, as pytest parameters."""
    return [
        pytest.param(document, id=f"{exchange.name}-{position}")
        for exchange in exchanges()
        for position, document in enumerate(exchange.documents)
    ]
