"""How data is printed: as a table, JSON, JSON lines, YAML or CSV, always on standard output."""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, TypeAlias, cast

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cachet_sdk.cli.exit_codes import USAGE, CommandError, one_line

if TYPE_CHECKING:
    from pydantic import BaseModel

Record: TypeAlias = Mapping[str, object]

#: The colour of a word in a column that tells a state.
_STYLES = {
    "operational": "green",
    "fixed": "green",
    "complete": "green",
    "performance issues": "yellow",
    "partial outage": "dark_orange",
    "major outage": "bold red",
    "under maintenance": "blue",
    "in progress": "blue",
    "unknown": "bright_black",
    "investigating": "bold red",
    "identified": "dark_orange",
    "watching": "yellow",
}
#: The endings of fields that repeat another one, in the server's language.
_REPEATED = ("status_name", "human_status", "view_name", "icon")
#: Wide enough that no line of a pipe is ever cut or wrapped.
_ENDLESS = 100_000


def record_of(resource: object, **more: object) -> dict[str, object]:
    """Return the fields of a resource, and what else is known of it, as values."""
    fields: BaseModel = resource  # type: ignore[assignment]
    return {**fields.model_dump(), **more}


class Output:
    """Prints records in the form that was asked for.

    Args:
        form: ``table``, ``json``, ``jsonl``, ``yaml`` or ``csv``.
        columns: The columns to print; empty for those that the command chooses, and all in JSON and YAML.
        header: Whether tables and CSV begin with the names of their columns.
    """

    def __init__(self, form: str, columns: Sequence[str] = (), *, header: bool = True) -> None:
        self.form = form
        self.columns: tuple[str, ...] = tuple(columns)
        self.header = header

    def list(self, records: Iterable[Record], columns: Sequence[str]) -> None:
        """Print many records; JSON lines and CSV while they come.

        Args:
            records: The records.
            columns: The columns of a table, unless ``--columns`` says otherwise.
        """
        records = iter(records)
        first = next(records, None)
        if first is not None:
            self._check_columns(first)
            records = itertools.chain([first], records)
        chosen = self.columns or tuple(columns)
        match self.form:
            case "jsonl":
                for record in records:
                    _write(to_json(self._cut(record), indent=None))
            case "json":
                _write(to_json([self._cut(record) for record in records]))
            case "yaml":
                _write(_to_yaml([self._cut(record) for record in records]))
            case "csv":
                self._write_csv(records, chosen)
            case _:
                self._write_table(list(records), chosen)

    def one(self, record: Record, columns: Sequence[str] = ()) -> None:
        """Print one record; as a table, a line for each field.

        Args:
            record: The record.
            columns: The fields to show in a table; all by default.
        """
        self._check_columns(record)
        chosen = self.columns or tuple(columns) or self._worth_showing(record)
        match self.form:
            case "json":
                _write(to_json(self._cut(record)))
            case "yaml":
                _write(_to_yaml(self._cut(record)))
            case "jsonl":
                _write(to_json(self._cut(record), indent=None))
            case "csv":
                self._write_csv([record], chosen)
            case _:
                table = Table(box=None, pad_edge=False, show_header=False)
                table.add_column(style="bold", no_wrap=True)
                table.add_column(overflow="fold")
                for name in chosen:
                    table.add_row(_heading(name), cell(record.get(name)))
                self.draw(table)

    def _worth_showing(self, record: Record) -> tuple[str, ...]:
        """Return the names of a record's fields; in a table only those that tell something."""
        if self.form != "table":
            return tuple(record)
        return tuple(name for name, value in record.items() if plain(value) and not name.endswith(_REPEATED))

    def line(self, value: object) -> None:
        """Print one of a stream of values as a line of JSON; in YAML as a document of its own."""
        _write(f"---\n{_to_yaml(value)}" if self.form == "yaml" else to_json(value, indent=None))

    def document(self, value: object) -> None:
        """Print JSON as the server sent it; in YAML if that was asked for."""
        match self.form:
            case "yaml":
                _write(_to_yaml(value))
            case "jsonl":
                for one in cast("list[object]", value) if isinstance(value, list) else [value]:
                    _write(to_json(one, indent=None))
            case _:
                _write(to_json(value))

    def draw(self, table: Table) -> None:
        """Print a table: coloured and as wide as a terminal, or plain and in whole lines."""
        console = make_console()
        if console.is_terminal:
            console.print(table)
            return
        with console.capture() as captured:
            console.print(table)
        _write("\n".join(line.rstrip() for line in captured.get().splitlines()))

    def _write_table(self, records: Sequence[Record], columns: Sequence[str]) -> None:
        if not records:
            click.echo("Nothing found.", err=True)
            return
        table = Table(box=None, pad_edge=False, show_header=self.header, header_style="bold")
        for name in columns:
            table.add_column(_heading(name).upper(), overflow="fold")
        for record in records:
            table.add_row(*(cell(record.get(name)) for name in columns))
        self.draw(table)

    def _write_csv(self, records: Iterable[Record], columns: Sequence[str]) -> None:
        line = io.StringIO()
        writer = csv.writer(line, lineterminator="\n")
        rows = ([plain(record.get(name)).replace("\r", "") for name in columns] for record in records)
        for row in itertools.chain([list(columns)] if self.header else [], rows):
            writer.writerow(row)
            _write(line.getvalue(), newline=False)
            line.seek(0)
            line.truncate()

    def _cut(self, record: Record) -> Record:
        return {name: record[name] for name in self.columns} if self.columns else record

    def _check_columns(self, record: Record) -> None:
        for name in self.columns:
            if name not in record:
                raise CommandError(f"--columns: there is no {name!r}; there are: {', '.join(record)}", USAGE)


def make_console(*, stderr: bool = False) -> Console:
    """Make a console that obeys ``NO_COLOR`` and ``FORCE_COLOR``; rich does, and knows terminals."""
    console = Console(stderr=stderr, highlight=False, markup=False, soft_wrap=False, emoji=False)
    if not console.is_terminal or not (sys.stderr if stderr else sys.stdout).isatty():
        console = Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=_ENDLESS)
    return console


def plain(value: object) -> str:  # noqa: PLR0911  (a line for each kind)
    """Write a value as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case IntEnum():
            return value.name.lower().replace("_", " ")
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case str():
            return value
        case float():
            return f"{value:g}" if abs(value) < 1e6 and value == round(value, 4) else repr(value)
        case dict() | list() | tuple() | set() | frozenset():
            return to_json(cast("object", value), indent=None) if value else ""
        case _:
            return str(value)


def cell(value: object) -> Text:
    """Write a value for a terminal: coloured if it is a state, and without control characters of the server's."""
    text = one_line(plain(value))
    is_state = isinstance(value, IntEnum)
    return Text(text, style=_STYLES.get(text, "") if is_state else "")


def to_json(value: object, indent: int | None = 2) -> str:
    """Write a value as JSON; times in ISO 8601, sets in order, text as it is."""
    return json.dumps(value, indent=indent, ensure_ascii=False, default=_jsonable)


def _jsonable(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case set() | frozenset():
            return sorted(cast("set[object]", value), key=str)
        case Mapping():
            return dict(cast("Mapping[str, object]", value))
        case _:
            return str(value)


def _to_yaml(value: object) -> str:
    import yaml  # noqa: PLC0415

    text: str = yaml.safe_dump(json.loads(to_json(value)), sort_keys=False, allow_unicode=True)
    return text.rstrip("\n")


def _heading(name: str) -> str:
    return name.replace("_", " ")


def _write(text: str, *, newline: bool = True) -> None:
    sys.stdout.write(text + "\n" if newline else text)
    sys.stdout.flush()
