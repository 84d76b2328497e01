"""Adds the docstrings of attributes and enumerations to JSON schemas.

They are read when a schema is requested. pydantic's ``use_attribute_docstrings`` would read the source of every class
at import time.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel, GetJsonSchemaHandler


def describe(cls: type[BaseModel], schema: dict[str, Any], handler: GetJsonSchemaHandler) -> None:
    """Add descriptions to the properties of a model's schema, and the names of members to its enumerations.

    Args:
        cls: The model.
        schema: Its schema, which is changed in place.
        handler: Resolves references in it.
    """
    documented = {name: text for kind in reversed(cls.__mro__) for name, text in attribute_docs(kind).items()}
    for name, field in cls.model_fields.items():
        properties = schema.get("properties", {})
        shown = properties.get(name, properties.get(field.alias))
        if shown is None:
            continue
        if name in documented:
            shown.setdefault("description", documented[name])
        kinds = {kind.__name__: kind for kind in _enumerations(field.annotation)}
        for alternative in shown.get("anyOf", [shown]) if kinds else ():
            found = handler.resolve_ref_schema(alternative)
            if found.get("title") in kinds and "enum" in found:
                _name_members(kinds[found["title"]], found)


def _name_members(kind: type[Enum], schema: dict[str, Any]) -> None:
    meanings = attribute_docs(kind)
    lines = [f"- {it.value}: {it.name}{f' ({meanings[it.name]})' if it.name in meanings else ''}" for it in kind]
    schema["x-enum-varnames"] = [member.name for member in kind]
    schema["description"] = "\n".join([inspect.cleandoc(kind.__doc__ or ""), "", *lines])


def _enumerations(annotation: Any) -> Iterator[type[Enum]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from _enumerations(part)


@cache
def attribute_docs(cls: type) -> dict[str, str]:
    """Return the docstrings of a class's own attributes, by name. Empty if its source is not available."""
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    except (OSError, TypeError, SyntaxError):
        return {}
    found: dict[str, str] = {}
    if isinstance(body, ast.ClassDef):
        for attribute, below in zip(body.body, body.body[1:], strict=False):
            target = attribute.target if isinstance(attribute, ast.AnnAssign) else None
            if isinstance(attribute, ast.Assign):
                target = attribute.targets[0] if isinstance(attribute.targets[0], ast.Name) else None
            text = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else None
            if isinstance(target, ast.Name) and isinstance(text, str):
                found[target.id] = inspect.cleandoc(text).replace("\n", " ")
    return found
