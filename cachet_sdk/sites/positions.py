"""A YAML and JSON parser that also returns the position of each value. Pure; needs PyYAML.

Booleans, nulls and numbers are those of YAML 1.2, a superset of JSON: ``no`` and ``on`` are strings, ``0o17`` is an
octal number, ``017`` is 17. Duplicate keys, recursive aliases and aliases that expand to too many values are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from cachet_sdk.errors import ConfigurationError
from cachet_sdk.sites.errors import DocumentError

Path: TypeAlias = tuple[str | int, ...]

#: Aliases let a few lines of YAML expand to billions of values.
_MAX_VALUES: Final = 200_000
#: The parser is recursive.
_MAX_DEPTH: Final = 40

_INT: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, object]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
#: The tags that PyYAML gives to scalars without an explicit tag, by the rules of YAML 1.1.
_IMPLICIT_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str", "timestamp", "merge", "value")
)


@dataclass
class Parsed:
    """Values with their positions.

    Attributes:
        value: The document.
        positions: The line and column, from 1, of each value by its path. In a mapping, that of the key.
    """

    value: object
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict[Path, tuple[int, int]])

    def position_of(self, path: Path) -> tuple[int, int]:
        """Return the position of a value, or of the nearest parent that has one."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


def parse_yaml(text: str, source: str) -> Parsed:
    """Parse one YAML 1.2 or JSON document.

    Raises:
        DocumentError: for invalid input, with line and column.
        ConfigurationError: when PyYAML is not installed.
    """
    try:
        import yaml  # noqa: PLC0415  (installed by an extra)
    except ModuleNotFoundError:
        raise ConfigurationError("reading YAML needs PyYAML: pip install 'cachet_sdk[sites]'") from None
    _check_depth(text, source, yaml)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, source) from None
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
    parsed.value = _Constructor(yaml, source, parsed.positions).construct(root, ())
    return parsed


def _check_depth(text: str, source: str, yaml: Any) -> None:
    """Refuse deep nesting by the parser's events, which take no stack; composing nodes does."""
    depth = 0
    mark: Any = None
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH:
                mark = event.start_mark
                break
    except (yaml.YAMLError, RecursionError, ValueError, IndexError):
        return  # composing raises the same error
    if mark is not None:
        problem = f"nested more than {_MAX_DEPTH} levels deep"
        raise DocumentError(problem, source=source, line=mark.line + 1, column=mark.column + 1)


def _syntax_error(error: Any, source: str) -> DocumentError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    context = f" {error.context}" if error.context else ""
    return DocumentError(f"{error.problem or 'cannot be read'}{context}", source=source, line=line, column=column)


class _Constructor:
    """Constructs plain values from nodes, and stores their positions."""

    def __init__(self, yaml: Any, source: str, positions: dict[Path, tuple[int, int]]) -> None:
        self._yaml = yaml
        self._source = source
        self._positions = positions
        self._open: set[int] = set()
        self._count = 0

    def construct(self, node: Any, path: Path) -> object:
        """Return the value of a node."""
        self._positions.setdefault(path, _position(node))
        self._count += 1
        if self._count > _MAX_VALUES:
            raise self._error(node, f"more than {_MAX_VALUES:,} values")
        if isinstance(node, self._yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._open:
            raise self._error(node, "an alias that refers to itself")
        self._open.add(id(node))
        try:
            construct: Callable[[Any, Path], object] = (
                self._mapping if isinstance(node, self._yaml.MappingNode) else self._sequence
            )
            return construct(node, path)
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: Any, path: Path) -> dict[str, object]:
        self._check_tag(node, "map")
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, self._yaml.ScalarNode):
                raise self._error(key_node, "a key must be a string")
            key = key_node.value
            if key in values:
                raise self._error(key_node, f"duplicate key {key[:60]!r}")
            value_path = (*path, key)
            self._positions.setdefault(value_path, _position(key_node))
            values[key] = self.construct(value_node, value_path)
        return values

    def _sequence(self, node: Any, path: Path) -> list[object]:
        self._check_tag(node, "seq")
        return [self.construct(item, (*path, index)) for index, item in enumerate(node.value)]

    def _scalar(self, node: Any) -> object:
        text: str = node.value
        if node.tag not in _IMPLICIT_TAGS:
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
        line, column = _position(node)
        return DocumentError(problem, source=self._source, line=line, column=column)


def _position(node: Any) -> tuple[int, int]:
    mark = node.start_mark
    return mark.line + 1, mark.column + 1
