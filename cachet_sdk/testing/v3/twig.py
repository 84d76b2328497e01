"""As much of Twig as incident templates need: variables, a few filters, comments and ``if``; HTML is escaped.

The other tags that the server allows (apply, for, set, verbatim, with) are not modelled: they fail like a mistake in
the template does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from cachet_sdk.testing.v3.values import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_EXPRESSION = re.compile(r"([A-Za-z_]\w*(?:\.\w+)*)((?:\s*\|\s*[a-z_]+)*)")
_STRAY = re.compile(r"\{\{|\{%|\{#")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})
_FILTERS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "capitalize": str.capitalize,
    "title": str.title,
    "trim": str.strip,
    "raw": str,
    "escape": str,
    "e": str,
}


class TemplateError(Exception):
    """A template that cannot be rendered; the server answers 500."""


class Opaque:
    """An object that the sandbox lets nobody print or look into (wire/v3: ``incident.status.value`` is a 500)."""


def render(template: str, variables: Mapping[str, object]) -> str:
    """Render a template.

    Raises:
        TemplateError: When it is malformed, or uses what is forbidden or not modelled here.
    """
    tokens = iter(_TOKEN.split(template))
    rendered, end = _block(tokens, variables, shown=True)
    if end:
        raise TemplateError(end)
    return rendered


def _block(tokens: Iterator[str], variables: Mapping[str, object], *, shown: bool) -> tuple[str, str]:
    """Render up to the tag that ends a block; return the text and that tag, empty at the template's end."""
    parts: list[str] = []
    for token in tokens:
        inside = token[2:-2].strip("- \t\r\n")
        if token.startswith("{{") and token.endswith("}}"):
            parts.append(_printed(inside, variables) if shown else "")
        elif token.startswith("{%") and token.endswith("%}"):
            if inside in ("else", "endif"):
                return "".join(parts), inside
            parts.append(_condition(inside, tokens, variables, shown=shown))
        elif not (token.startswith("{#") and token.endswith("#}")):
            parts.append(_plain(token))
    return "".join(parts), ""


def _plain(token: str) -> str:
    if _STRAY.search(token):
        raise TemplateError(token)
    return token


def _condition(tag: str, tokens: Iterator[str], variables: Mapping[str, object], *, shown: bool) -> str:
    if not tag.startswith("if "):
        raise TemplateError(tag)
    expression = tag.removeprefix("if ").strip()
    negated = expression.startswith("not ")
    truth = bool(_value(expression.removeprefix("not ").strip(), variables)) is not negated
    positive, end = _block(tokens, variables, shown=shown and truth)
    negative = ""
    if end == "else":
        negative, end = _block(tokens, variables, shown=shown and not truth)
    if end != "endif":
        raise TemplateError(tag)
    return positive if truth else negative


def _printed(expression: str, variables: Mapping[str, object]) -> str:
    match = _EXPRESSION.fullmatch(expression)
    if match is None:
        raise TemplateError(expression)
    value = _value(match[1], variables)
    if isinstance(value, (Opaque, dict, list)):
        raise TemplateError(expression)
    printed = text(value) if value is None or isinstance(value, (bool, int, float, str)) else str(value)
    names = re.findall(r"\w+", match[2])
    for name in names:
        if name not in _FILTERS:
            raise TemplateError(name)
        printed = _FILTERS[name](printed)
    return printed if "raw" in names else printed.translate(_ESCAPES)


def _value(path: str, variables: Mapping[str, object]) -> object:
    value: object = variables
    for name in path.split("."):
        if isinstance(value, Opaque):
            raise TemplateError(path)
        value = _inside(value, name)
    return value


def _inside(value: object, name: str) -> object:
    return cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None
