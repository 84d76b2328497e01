"""Reading of documents, with errors that name line and column, and writing of YAML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from pydantic import BaseModel, ValidationError

from cachet_sdk.errors import ArgumentError, ConfigurationError
from cachet_sdk.sites.document import ComponentEntry, Document, Entry
from cachet_sdk.sites.errors import DocumentError
from cachet_sdk.sites.positions import Parsed, parse_yaml

Format: TypeAlias = Literal["yaml", "json", "toml"]

_FORMATS: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}
_MAX_BYTES = 16 * 1024 * 1024
_NUMBER_LIKE = re.compile(r"0o[0-7]+|[-+]?[0-9][0-9_]*|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def load(path: str | PathLike[str]) -> Document:
    r"""Read a document from a file: YAML, JSON (``.json``) or TOML (``.toml``).

    Args:
        path: The file, in UTF-8.

    Raises:
        DocumentError: for the first error in the file. In TOML, only syntax errors have a line and a column.
        ConfigurationError: when the file cannot be read, or PyYAML is not installed.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from cachet_sdk import sites
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder) / "page.yaml"
        ...     _ = file.write_text(
        ...         "version: 1\nowner: infra\ncomponents:\n- {key: web, name: Website}\n"
        ...     )
        ...     sites.load(file).components[0].name
        'Website'
    """
    file = Path(path)
    form = _FORMATS.get(file.suffix.lower(), "yaml")
    try:
        size = file.stat().st_size
        if size > _MAX_BYTES:
            raise ConfigurationError(f"{file}: too large for a document: {size:,} bytes")
        data = file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file}: {error.strerror or error}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before) - before.rfind(b"\n")
        raise DocumentError("not UTF-8", source=str(file), line=before.count(b"\n") + 1, column=column) from None
    return loads(text, format=form, source=str(file)).at(file)


def loads(text: str, *, format: Format = "yaml", source: str = "<document>") -> Document:  # noqa: A002
    r"""Read a document from a string.

    Args:
        text: The document.
        format: ``yaml``, ``json`` or ``toml``.
        source: The name of the document in error messages.

    Raises:
        DocumentError: for the first error in the document. In TOML, only syntax errors have a line and a column.
        ConfigurationError: when PyYAML is not installed.

    Example:
        >>> from cachet_sdk import sites
        >>> sites.loads(
        ...     "version: 1\nowner: infra\ncomponents:\n- {key: web, nam: Website}\n",
        ...     source="page.yaml",
        ... )
        Traceback (most recent call last):
        ...
        cachet_sdk.sites.errors.DocumentError: page.yaml:4:14: components[0].nam: unknown field; did you mean name?
    """
    if format not in _FORMATS.values():
        raise ArgumentError("format", f"expected 'yaml', 'json' or 'toml', not {format!r}")
    parsed = _parse_toml(text, source) if format == "toml" else parse_yaml(text, source)
    values: Any = parsed.value
    if not isinstance(values, dict):
        raise _error_at(parsed, (), "expected a mapping with the fields version and owner", source)
    try:
        document = Document.model_validate(values)
    except ValidationError as error:
        raise _first_error(error, parsed, source) from None
    _check_unique_keys(document, parsed, source)
    return document


def _parse_toml(text: str, source: str) -> Parsed:
    try:
        return Parsed(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        numbers = [int(word) for word in place.replace(",", " ").replace(")", " ").split() if word.isdigit()]
        lines = text.split("\n")
        line, column = numbers if len(numbers) == 2 else (len(lines), len(lines[-1]) + 1)
        raise DocumentError(problem, source=source, line=line, column=column) from None
    except (RecursionError, ValueError):
        raise DocumentError(
            "cannot be read: nested too deeply, or an invalid value", source=source, line=1, column=1
        ) from None


def _first_error(error: ValidationError, parsed: Parsed, source: str) -> DocumentError:
    document: Any = parsed.value
    found = error.errors(include_url=False, include_context=False)
    errors = [(_strip_union_steps(document, it["loc"]), it) for it in found]
    # Optional fields are unions with None, so pydantic also reports that an invalid value is not None.
    errors = [it for it in errors if it[1]["type"] != "none_required"] or errors
    path, first = min(errors, key=lambda it: parsed.position_of(it[0]))
    if first["type"] == "missing":  # next to an unknown field, it is more likely misspelled than missing
        misspelled = [it for it in errors if it[1]["type"] == "extra_forbidden" and it[0][:-1] == path[:-1]]
        path, first = misspelled[0] if misspelled else (path, first)
    return _error_at(parsed, path, _message(path, first), source)


def _error_at(parsed: Parsed, path: tuple[str | int, ...], problem: str, source: str) -> DocumentError:
    if not parsed.positions:
        return DocumentError(problem, source=source)
    line, column = parsed.position_of(path)
    return DocumentError(problem, source=source, line=line, column=column)


def _message(path: tuple[str | int, ...], error: Any) -> str:
    shown = _format_path(path)
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = f"unknown field{_suggestion(path)}"
    elif error["type"] == "missing":
        message = "is missing"
    elif error["type"] == "string_pattern_mismatch":
        message = f"expected {_expected_pattern(path)}"
    elif error["type"] == "bool_type":
        message = "expected true or false"
    return f"{shown}: {message[0].lower()}{message[1:]}" if shown else message


def _expected_pattern(path: tuple[str | int, ...]) -> str:
    if path[-1:] == ("link",):
        return "a URL that begins with http:// or https://"
    return "no comma" if path[-2:-1] == ("tags",) else "letters, digits, dots, hyphens and underscores"


def _suggestion(path: tuple[str | int, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only needed for errors)

    known: set[str] = set()
    models: list[type[BaseModel]] = [Document, *_entries(Entry)]
    for model in models:
        known.update(model.model_fields)
    close = get_close_matches(str(path[-1]), sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _entries(model: type[Entry]) -> Sequence[type[Entry]]:
    return [model, *(it for child in model.__subclasses__() for it in _entries(child))]


def _strip_union_steps(value: Any, location: tuple[int | str, ...]) -> tuple[str | int, ...]:
    """Drop the steps that pydantic adds to a location for members of a union, since the document has none."""
    path: list[str | int] = []
    for index, step in enumerate(location):
        if isinstance(value, dict) and isinstance(step, str):
            if step in value:
                value = cast("Any", value[step])
            elif index + 1 < len(location):
                continue
        elif isinstance(value, list) and isinstance(step, int) and step < len(cast("list[object]", value)):
            value = cast("Any", value[step])
        else:
            continue
        path.append(step)
    return tuple(path)


def _format_path(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")[:200]


def _check_unique_keys(document: Document, parsed: Parsed, source: str) -> None:
    components: list[tuple[ComponentEntry, tuple[str | int, ...]]] = [
        *(
            (entry, ("groups", number, "components", index))
            for number, group in enumerate(document.groups)
            for index, entry in enumerate(group.components)
        ),
        *((entry, ("components", index)) for index, entry in enumerate(document.components)),
    ]
    sections: list[Sequence[tuple[Entry, tuple[str | int, ...]]]] = [
        [(entry, ("groups", index)) for index, entry in enumerate(document.groups)],
        components,
        [(entry, ("metrics", index)) for index, entry in enumerate(document.metrics)],
        [(entry, ("templates", index)) for index, entry in enumerate(document.templates)],
    ]
    for entries in sections:
        seen: dict[str, tuple[str | int, ...]] = {}
        for entry, path in entries:
            for name in (entry.key, *entry.was):
                if seen.setdefault(name, path) != path:
                    field = "key" if name == entry.key else "was"
                    problem = f"{_format_path((*path, field))}: {name!r} is already used by {_format_path(seen[name])}"
                    raise _error_at(parsed, (*path, field), problem, source)


def dump(document: Document) -> str:
    """Return a document as YAML, from which :func:`loads` reads an equal document.

    Raises:
        ConfigurationError: when PyYAML is not installed.
    """
    try:
        import yaml  # noqa: PLC0415  (installed by an extra)
    except ModuleNotFoundError:
        raise ConfigurationError("writing YAML needs PyYAML: pip install 'cachet_sdk[sites]'") from None

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, indentless=False)

    # Also quote strings that look like a number in YAML 1.2 but not in YAML 1.1, so that all readers agree.
    cast("Any", Dumper).add_implicit_resolver("tag:yaml.org,2002:float", _NUMBER_LIKE, list("-+.0123456789"))
    values = document.model_dump(mode="json", exclude_unset=True)
    text: str = yaml.dump(values, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text
