"""As much of Twig as incident templates mostly need: variables, a few filters, comments and ``if``; HTML is escaped.

No library for Python renders Twig faithfully: Jinja's syntax is close, and differs in what is true, in what is
escaped and in its filters. So what is not modelled here is not guessed at: it raises ``NotModelled``, and the
embedded server answers 501 with the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_EXPRESSION = re.compile(r"([A-Za-z_]\w*(?:\.\w+)*)((?:\s*\|\s*[a-z_]+)*)")
_STRAY = re.compile(r"\{\{|\{%|\{#")
_WORD = re.compile(r"(\S)(\S*)")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})
#: Names that are no variables.
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
_OTHER_FILTERS = frozenset(
    {
        *("abs", "batch", "column", "convert_encoding", "date", "date_modify", "default", "filter", "find", "first"),
        *("format", "join", "json_encode", "keys", "last", "length", "map", "merge", "nl2br", "number_format"),
        *("reduce", "replace", "reverse", "round", "shuffle", "slice", "sort", "spaceless", "split", "striptags"),
        *("url_encode",),
    }
)
_OTHER_TAGS = frozenset({"apply", "for", "set", "verbatim", "with", "elseif"})
_ENDS = frozenset({"else", "endif"})


class TemplateError(Exception):
    """A template that cannot be rendered; the server answers 500."""


class NotModelled(Exception):  # noqa: N818 - the template may be right
    """A template that a real server may be able to render, and this module is not; the embedded server answers 501."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The embedded Cachet cannot render {what}: of Twig it knows variables, the tags if and else, and the "
            f"filters {', '.join(sorted(_FILTERS))}. Try this template on a real server."
        )


class Opaque:
    """An object that the sandbox does not let templates print or access (``incident.status.value`` is a 500)."""


def render(template: str, variables: Mapping[str, object]) -> str:
    """Render a template.

    Raises:
        TemplateError: It is malformed, or uses what is forbidden.
        NotModelled: It uses what this module does not know.
    """
    tokens = iter(_tokens(template))
    rendered, end = _block(tokens, variables, shown=True)
    if end:
        raise TemplateError(end)
    return rendered


def _tokens(template: str) -> list[str]:
    """Split a template into text and tags, without the blanks that the tags take with them."""
    tokens = _TOKEN.split(template)
    for index in range(1, len(tokens), 2):
        token = tokens[index]
        if token[2] in "-~":
            tokens[index - 1] = tokens[index - 1].rstrip(" \t\n\r\0\x0b" if token[2] == "-" else " \t\0\x0b")
        if token[-3] in "-~":
            tokens[index + 1] = tokens[index + 1].lstrip(" \t\n\r\0\x0b" if token[-3] == "-" else " \t\0\x0b")
        elif token[1] != "{":
            # As PHP does, a tag or comment takes the end of its line with it.
            tokens[index + 1] = tokens[index + 1].removeprefix("\n")
    return tokens


def _block(tokens: Iterator[str], variables: Mapping[str, object], *, shown: bool) -> tuple[str, str]:
    """Render up to the tag that ends a block; return the text and that tag, empty at the template's end."""
    parts: list[str] = []
    for token in tokens:
        inside = token[2:-2].strip("-~ \t\r\n")
        if token.startswith("{{") and token.endswith("}}"):
            parts.append(_printed(inside, variables, shown=shown))
        elif token.startswith("{%") and token.endswith("%}"):
            if inside in _ENDS:
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
    name, _, expression = tag.partition(" ")
    if name in _OTHER_TAGS:
        raise NotModelled(f"{{% {tag} %}}")
    if name != "if":
        raise TemplateError(tag)
    wanted = expression.strip().removeprefix("not ").strip()
    match = _EXPRESSION.fullmatch(wanted)
    if match is None or match[2] or _is_reserved(match[1]):
        raise NotModelled(f"{{% {tag} %}}")
    negated = expression.strip().startswith("not ")
    truth = shown and _is_true(_value(match[1], variables)) is not negated
    positive, end = _block(tokens, variables, shown=truth)
    negative = ""
    if end == "else":
        negative, end = _block(tokens, variables, shown=shown and not truth)
    if end != "endif":
        raise TemplateError(tag)
    return positive if truth else negative


def _printed(expression: str, variables: Mapping[str, object], *, shown: bool) -> str:
    match = _EXPRESSION.fullmatch(expression)
    if match is None or _is_reserved(match[1]):
        raise NotModelled(f"{{{{ {expression} }}}}")
    names = re.findall(r"\w+", match[2])
    for name in names:
        if name in _OTHER_FILTERS:
            raise NotModelled(f"the filter {name}")
        if name not in _FILTERS:
            raise TemplateError(name)
    if {"raw", "e", "escape"} & set(names[:-1]):
        # What follows would be escaped again, or not: it depends on each filter.
        raise NotModelled(f"{{{{ {expression} }}}}")
    if not shown:
        return ""
    value = _value(match[1], variables)
    if isinstance(value, (Opaque, dict, list)):
        raise TemplateError(expression)
    printed = _text(value)
    for name in names:
        printed = _FILTERS[name](printed)
    return printed if "raw" in names else printed.translate(_ESCAPES)


def _is_reserved(path: str) -> bool:
    return path.partition(".")[0].lower() in _RESERVED


def _is_true(value: object) -> bool:
    """Return whether PHP considers a value true: the string "0", for one, is false."""
    return value not in (None, False, 0, "", "0", [], {})


def _text(value: object) -> str:
    """A scalar as PHP prints it."""
    if value is None or isinstance(value, bool):
        return "1" if value else ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _value(path: str, variables: Mapping[str, object]) -> object:
    value: object = variables
    for name in path.split("."):
        if isinstance(value, Opaque):
            raise TemplateError(path)
        value = _inside(value, name)
    return value


def _inside(value: object, name: str) -> object:
    if isinstance(value, list):
        items = cast("list[object]", value)
        return items[int(name)] if name.isdecimal() and int(name) < len(items) else None
    return cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None
