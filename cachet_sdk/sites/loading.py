"""Documents from files and texts, with mistakes named by line and column; and back to YAML."""

from __future__ import annotations

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
#: Larger than a document of any page.
_LARGEST = 16 * 1024 * 1024


def load(path: str | PathLike[str]) -> Document:
    r"""Read a document from a file: YAML, JSON (``.json``) or TOML (``.toml``).

    Args:
        path: The file, in UTF-8.

    Raises:
        DocumentError: for the first mistake in it, with line and column; in TOML without, unless its syntax is wrong.
        ConfigurationError: when it cannot be read, or PyYAML is not installed.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from cachet_sdk import sites
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder) / "page.yaml"
        ...     _ = file.write_text("version: 1\nowner: infra\ncomponents:\n- {key: web, name: Website}\n")
        ...     sites.load(file).components[0].name
        'Website'
    """
    file = Path(path)
    form = _FORMATS.get(file.suffix.lower(), "yaml")
    try:
        size = file.stat().st_size
        if size > _LARGEST:
            raise ConfigurationError(f"{file}: {size:,} bytes are too many for a document")
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
    r"""Read a document from a text.

    Args:
        text: The document.
        format: ``yaml``, ``json`` or ``toml``.
        source: What to call it in messages.

    Raises:
        DocumentError: for the first mistake in it, with line and column.
        ConfigurationError: when PyYAML is not installed.

    Example:
        >>> from cachet_sdk import sites
        >>> sites.loads("version: 1\nowner: infra\ncomponents:\n- {key: web, nam: Website}\n", source="page.yaml")
        Traceback (most recent call last):
        ...
        cachet_sdk.sites.errors.DocumentError: page.yaml:4:14: components[0].nam: unknown field; did you mean name?
    """
    if format not in _FORMATS.values():
        raise ArgumentError("format", f"expected 'yaml', 'json' or 'toml', not {format!r}")
    parsed = _parse_toml(text, source) if format == "toml" else parse_yaml(text, source)
    whole: Any = parsed.value
    if not isinstance(whole, dict):
        raise _at(parsed, (), "expected a mapping with the fields version and owner", source)
    try:
        document = Document.model_validate(whole)
    except ValidationError as error:
        raise _first_mistake(error, parsed, source) from None
    _refuse_repeated_keys(document, parsed, source)
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
            "cannot be read: too deep, or a value that is none", source=source, line=1, column=1
        ) from None


def _first_mistake(error: ValidationError, parsed: Parsed, source: str) -> DocumentError:
    document: Any = parsed.value
    told = error.errors(include_url=False, include_context=False)
    mistakes = [(_path_of(document, it["loc"]), it) for it in told]
    # Every field may be left out, so each mistake in one is told twice: it is not None either.
    mistakes = [it for it in mistakes if it[1]["type"] != "none_required"] or mistakes
    path, first = min(mistakes, key=lambda it: parsed.place_of(it[0]))
    if first["type"] == "missing":  # a field is not missing but misspelt, if there is an unknown one beside it
        misspelt = [it for it in mistakes if it[1]["type"] == "extra_forbidden" and it[0][:-1] == path[:-1]]
        path, first = misspelt[0] if misspelt else (path, first)
    return _at(parsed, path, _problem(path, first), source)


def _at(parsed: Parsed, path: tuple[str | int, ...], problem: str, source: str) -> DocumentError:
    if not parsed.places:
        return DocumentError(problem, source=source)
    line, column = parsed.place_of(path)
    return DocumentError(problem, source=source, line=line, column=column)


def _problem(path: tuple[str | int, ...], mistake: Any) -> str:
    where = _shown(path)
    message = str(mistake["msg"]).removeprefix("Value error, ")
    if mistake["type"] == "extra_forbidden":
        message = f"unknown field{_similar(path)}"
    elif mistake["type"] == "missing":
        message = "is missing"
    elif mistake["type"] == "string_pattern_mismatch":
        message = f"expected {_pattern(path)}"
    elif mistake["type"] == "bool_type":
        message = "expected true or false"
    return f"{where}: {message[0].lower()}{message[1:]}" if where else message


def _pattern(path: tuple[str | int, ...]) -> str:
    if path[-1:] == ("link",):
        return "an address that begins with http:// or https://"
    return "no comma" if path[-2:-1] == ("tags",) else "letters, digits, dots, hyphens and underscores"


def _similar(path: tuple[str | int, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only mistakes need it)

    known: set[str] = set()
    models: list[type[BaseModel]] = [Document, *_entries(Entry)]
    for model in models:
        known.update(model.model_fields)
    close = get_close_matches(str(path[-1]), sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _entries(model: type[Entry]) -> Sequence[type[Entry]]:
    return [model, *(it for child in model.__subclasses__() for it in _entries(child))]


def _path_of(value: Any, location: tuple[int | str, ...]) -> tuple[str | int, ...]:
    """Drop what pydantic adds to a location for the members of a union: what is not in the document."""
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


def _shown(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")[:200]


def _refuse_repeated_keys(document: Document, parsed: Parsed, source: str) -> None:
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
                    where = "key" if name == entry.key else "was"
                    problem = f"{_shown((*path, where))}: {name!r} is used by {_shown(seen[name])} too"
                    raise _at(parsed, (*path, where), problem, source)


def dump(document: Document) -> str:
    """Write a document as YAML; :func:`loads` reads the same from it.

    Raises:
        ConfigurationError: when PyYAML is not installed.
    """
    try:
        import yaml  # noqa: PLC0415  (an extra brings it)
    except ModuleNotFoundError:
        raise ConfigurationError("writing YAML needs PyYAML: pip install 'cachet_sdk[sites]'") from None

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, indentless=False)

    # What YAML 1.2 reads as a number and YAML 1.1 does not is quoted as well, for all readers to agree.
    import re  # noqa: PLC0415

    both = re.compile(r"0o[0-7]+|[-+]?[0-9][0-9_]*|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
    cast("Any", Dumper).add_implicit_resolver("tag:yaml.org,2002:float", both, list("-+.0123456789"))
    values = document.model_dump(mode="json", exclude_unset=True)
    text: str = yaml.dump(values, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text
