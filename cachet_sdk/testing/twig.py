"""A subset of Twig for incident templates: variables, a few filters, comments and ``if``; HTML is escaped.

No Python library renders Twig faithfully: Jinja's syntax is close, but its truth values, its escaping and its filters
differ. So anything outside of this subset raises ``UnsupportedTwigError``, and the embedded server responds with 501
and the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_EXPRESSION = re.compile(r"([A-Za-z_]\w*(?:\.\w+)*)((?:\s*\|\s*[a-z_]+)*)")
_UNCLOSED_TAG = re.compile(r"\{\{|\{%|\{#")
_WORD = re.compile(r"(\S)(\S*)")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})
#: Words that cannot be names of variables.
_RESERVED = frozenset(
    {*("true", "false", "null", "none", "not", "and", "or", "is", "in", "matches"), "_context", "_self"}
)
_FILTERS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "capitalize": str.capitalize,
    "title": lambda text: _WORD.sub(lambda word: word[1].upper() + word[2].lower(), text),
    "trim": lambda text: text.strip(" \t\n\r\0\x0b"),
    "raw": str,
    "escape": str,
    "e": str,
}
_UNSUPPORTED_FILTERS = frozenset(
    {
        *("abs", "batch", "column", "convert_encoding", "date", "date_modify", "default", "filter", "find", "first"),
        *("format", "join", "json_encode", "keys", "last", "length", "map", "merge", "nl2br", "number_format"),
        *("reduce", "replace", "reverse", "round", "shuffle", "slice", "sort", "spaceless", "split", "striptags"),
        *("url_encode",),
    }
)
_UNSUPPORTED_TAGS = frozenset({"apply", "for", "set", "verbatim", "with", "elseif"})
_BLOCK_ENDS = frozenset({"else", "endif"})


class TemplateError(Exception):
    """A template that cannot be rendered; the server responds with 500."""


class UnsupportedTwigError(Exception):
    """A template that a real server may be able to render, but this module cannot; the server responds with 501."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The embedded Cachet cannot render {what}: of Twig it supports only variables, the tags if and else, and "
            f"the filters {', '.join(sorted(_FILTERS))}. Try this template on a real server."
        )


class Opaque:
    """An object that Twig's sandbox does not let templates print or access (``incident.status.value`` is a 500)."""


def render(template: str, variables: Mapping[str, object]) -> str:
    """Render a template.

    Raises:
        TemplateError: If it is malformed, or uses something that the sandbox forbids.
        UnsupportedTwigError: If it uses something that this module does not support.
    """
    tokens = iter(_tokens(template))
    rendered, end = _render_block(tokens, variables, active=True)
    if end:
        raise TemplateError(end)
    return rendered


def _tokens(template: str) -> list[str]:
    """Split a template into text and tags, and strip the white space that tags remove from the text around them."""
    tokens = _TOKEN.split(template)
    for index in range(1, len(tokens), 2):
        token = tokens[index]
        if token[2] in "-~":
            tokens[index - 1] = tokens[index - 1].rstrip(" \t\n\r\0\x0b" if token[2] == "-" else " \t\0\x0b")
        if token[-3] in "-~":
            tokens[index + 1] = tokens[index + 1].lstrip(" \t\n\r\0\x0b" if token[-3] == "-" else " \t\0\x0b")
        elif token[1] != "{":
            # As in PHP, a newline directly after a tag or comment is removed.
            tokens[index + 1] = tokens[index + 1].removeprefix("\n")
    return tokens


def _render_block(tokens: Iterator[str], variables: Mapping[str, object], *, active: bool) -> tuple[str, str]:
    """Render up to the tag that ends the block; return the text and that tag, or "" at the end of the template."""
    parts: list[str] = []
    for token in tokens:
        inside = token[2:-2].strip("-~ \t\r\n")
        if token.startswith("{{") and token.endswith("}}"):
            parts.append(_render_expression(inside, variables, active=active))
        elif token.startswith("{%") and token.endswith("%}"):
            if inside in _BLOCK_ENDS:
                return "".join(parts), inside
            parts.append(_render_if(inside, tokens, variables, active=active))
        elif not (token.startswith("{#") and token.endswith("#}")):
            parts.append(_render_text(token))
    return "".join(parts), ""


def _render_text(token: str) -> str:
    if _UNCLOSED_TAG.search(token):
        raise TemplateError(token)
    return token


def _render_if(tag: str, tokens: Iterator[str], variables: Mapping[str, object], *, active: bool) -> str:
    name, _, expression = tag.partition(" ")
    if name in _UNSUPPORTED_TAGS:
        raise UnsupportedTwigError(f"{{% {tag} %}}")
    if name != "if":
        raise TemplateError(tag)
    wanted = expression.strip().removeprefix("not ").strip()
    match = _EXPRESSION.fullmatch(wanted)
    if match is None or match[2] or _is_reserved(match[1]):
        raise UnsupportedTwigError(f"{{% {tag} %}}")
    negated = expression.strip().startswith("not ")
    truth = active and _is_true(_resolve(match[1], variables)) is not negated
    positive, end = _render_block(tokens, variables, active=truth)
    negative = ""
    if end == "else":
        negative, end = _render_block(tokens, variables, active=active and not truth)
    if end != "endif":
        raise TemplateError(tag)
    return positive if truth else negative


def _render_expression(expression: str, variables: Mapping[str, object], *, active: bool) -> str:
    match = _EXPRESSION.fullmatch(expression)
    if match is None or _is_reserved(match[1]):
        raise UnsupportedTwigError(f"{{{{ {expression} }}}}")
    names = re.findall(r"\w+", match[2])
    for name in names:
        if name in _UNSUPPORTED_FILTERS:
            raise UnsupportedTwigError(f"the filter {name}")
        if name not in _FILTERS:
            raise TemplateError(name)
    if {"raw", "e", "escape"} & set(names[:-1]):
        # Whether the result is escaped again depends on each of the following filters.
        raise UnsupportedTwigError(f"{{{{ {expression} }}}}")
    if not active:
        return ""
    value = _resolve(match[1], variables)
    if isinstance(value, (Opaque, dict, list)):
        raise TemplateError(expression)
    text = _to_string(value)
    for name in names:
        text = _FILTERS[name](text)
    return text if "raw" in names else text.translate(_ESCAPES)


def _is_reserved(path: str) -> bool:
    return path.partition(".")[0].lower() in _RESERVED


def _is_true(value: object) -> bool:
    """Return whether PHP considers a value true; the string "0", for example, is false."""
    return value not in (None, False, 0, "", "0", [], {})


def _to_string(value: object) -> str:
    """Convert a scalar to a string as PHP does."""
    if value is None or isinstance(value, bool):
        return "1" if value else ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _resolve(path: str, variables: Mapping[str, object]) -> object:
    value: object = variables
    for name in path.split("."):
        if isinstance(value, Opaque):
            raise TemplateError(path)
        value = _get_attribute(value, name)
    return value


def _get_attribute(value: object, name: str) -> object:
    if isinstance(value, list):
        items = cast("list[object]", value)
        return items[int(name)] if name.isdecimal() and int(name) < len(items) else None
    return cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None
