"""YAML and JSON as plain values, and where in the text each value stands. Pure; needs PyYAML.

The booleans, nulls and numbers are those of YAML 1.2, of which JSON is a part: ``no`` and ``on`` are texts, ``0o17`` is
a number, ``017`` is 17. Duplicate keys, aliases that lead to themselves and documents that grow out of all proportion
are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from cachet_sdk.errors import ConfigurationError
from cachet_sdk.sites.errors import DocumentError

Path: TypeAlias = tuple[str | int, ...]

#: More values than a page has; a few lines of YAML can stand for billions.
MOST_VALUES: Final = 200_000
#: Deeper than a document is; the parser needs a stack frame or several for each level.
DEEPEST: Final = 40

_INT: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, object]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass
class Parsed:
    """Values with their positions.

    Attributes:
        value: The document.
        places: Line and column, from 1, of each value by its path; of a mapping's entry, that of its key.
    """

    value: object
    places: dict[Path, tuple[int, int]] = field(default_factory=dict[Path, tuple[int, int]])

    def place_of(self, path: Path) -> tuple[int, int]:
        """Return where a value stands, or else what holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def parse_yaml(text: str, source: str) -> Parsed:
    """Read YAML 1.2 or JSON.

    Raises:
        DocumentError: with line and column, for anything that is not one such document.
        ConfigurationError: when PyYAML is not installed.
    """
    try:
        import yaml  # noqa: PLC0415  (an extra brings it)
    except ModuleNotFoundError:
        raise ConfigurationError("reading YAML needs PyYAML: pip install 'cachet_sdk[sites]'") from None
    _refuse_depth(text, source, yaml)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error, source) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        line = before.count("\n") + 1
        number = error.character if isinstance(error.character, int) else ord(error.character or "?")
        problem = f"the character #x{number:04x} is not allowed"
        raise DocumentError(problem, source=source, line=line, column=len(before) - before.rfind("\n")) from None
    except (yaml.YAMLError, RecursionError, ValueError, IndexError) as error:
        raise DocumentError(f"cannot be read: {type(error).__name__}", source=source, line=1, column=1) from None
    if root is None:
        raise DocumentError("the document is empty", source=source, line=1, column=1)
    parsed = Parsed(None)
    parsed.value = _Reader(yaml, source, parsed.places).read(root, ())
    return parsed


def _refuse_depth(text: str, source: str, yaml: Any) -> None:
    """Look at the events, which need no stack, before nodes are made, which do."""
    depth = 0
    mark: Any = None
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                mark = event.start_mark
                break
    except (yaml.YAMLError, RecursionError, ValueError, IndexError):
        return  # composing says it better
    if mark is not None:
        problem = f"nested more than {DEEPEST} levels deep"
        raise DocumentError(problem, source=source, line=mark.line + 1, column=mark.column + 1)


def _unreadable(error: Any, source: str) -> DocumentError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    context = f" {error.context}" if error.context else ""
    return DocumentError(f"{error.problem or 'cannot be read'}{context}", source=source, line=line, column=column)


class _Reader:
    def __init__(self, yaml: Any, source: str, places: dict[Path, tuple[int, int]]) -> None:
        self._yaml = yaml
        self._source = source
        self._places = places
        self._open: set[int] = set()
        self._count = 0

    def read(self, node: Any, path: Path) -> object:
        """Return what a node stands for, and remember where it stands."""
        self._places.setdefault(path, _place(node))
        self._count += 1
        if self._count > MOST_VALUES:
            raise self._error(node, f"more than {MOST_VALUES:,} values")
        if isinstance(node, self._yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._open:
            raise self._error(node, "an alias that leads to itself")
        self._open.add(id(node))
        try:
            read: Callable[[Any, Path], object] = (
                self._mapping if isinstance(node, self._yaml.MappingNode) else self._sequence
            )
            return read(node, path)
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: Any, path: Path) -> dict[str, object]:
        self._check_tag(node, "map")
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, self._yaml.ScalarNode):
                raise self._error(key_node, "a key must be a plain text")
            key = key_node.value
            if key in values:
                raise self._error(key_node, f"the key {key[:60]!r} is here twice")
            here = (*path, key)
            self._places.setdefault(here, _place(key_node))
            values[key] = self.read(value_node, here)
        return values

    def _sequence(self, node: Any, path: Path) -> list[object]:
        self._check_tag(node, "seq")
        return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]

    def _scalar(self, node: Any) -> object:
        text: str = node.value
        if node.tag not in _IMPLICIT:
            raise self._error(node, f"the tag {node.tag[:60]!r} is not allowed")
        if node.style is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            if len(text) > 40:
                raise self._error(node, "a number of more than 40 digits")
            return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        return text

    def _check_tag(self, node: Any, kind: str) -> None:
        if node.tag != f"tag:yaml.org,2002:{kind}":
            raise self._error(node, f"the tag {node.tag[:60]!r} is not allowed")

    def _error(self, node: Any, problem: str) -> DocumentError:
        line, column = _place(node)
        return DocumentError(problem, source=self._source, line=line, column=column)


#: What PyYAML takes a scalar without a tag for, by the rules of YAML 1.1.
_IMPLICIT: Final = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str", "timestamp", "merge", "value")
)


def _place(node: Any) -> tuple[int, int]:
    mark = node.start_mark
    return mark.line + 1, mark.column + 1
