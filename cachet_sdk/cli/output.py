"""Print data to standard output as a table, JSON, JSON lines, YAML or CSV."""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum, IntEnum
from typing import TypeAlias, cast

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cachet_sdk.cli.exit_codes import USAGE, CommandError, one_line

Record: TypeAlias = Mapping[str, object]

#: Styles of statuses.
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
#: Suffixes of fields that repeat another field as text in the server's language.
_REPEATED = ("status_name", "human_status", "view_name", "icon")
#: A width at which no line is truncated or wrapped, for output that is not a terminal.
_ENDLESS = 100_000


class Output:
    """Prints records in the chosen format.

    Args:
        form: ``table``, ``json``, ``jsonl``, ``yaml`` or ``csv``.
        columns: The columns to print. Defaults to all in JSON and YAML, and to the command's choice in tables and CSV.
        header: Whether tables and CSV start with the column names.
    """

    def __init__(self, form: str, columns: Sequence[str] = (), *, header: bool = True) -> None:
        self.form = form
        self.columns: tuple[str, ...] = tuple(columns)
        self.header = header

    def list(self, records: Iterable[Record], columns: Sequence[str]) -> None:
        """Print a list of records. JSON lines and CSV are streamed.

        Args:
            records: The records.
            columns: The columns of tables and CSV, unless ``--columns`` was passed.
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
        """Print one record. A table has a row for each field.

        Args:
            record: The record.
            columns: The fields of tables and CSV, unless ``--columns`` was passed. Defaults to all.
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
        """Return the names of a record's fields; for a table, only of those with content of their own."""
        if self.form != "table":
            return tuple(record)
        return tuple(name for name, value in record.items() if plain(value) and not name.endswith(_REPEATED))

    def line(self, value: object) -> None:
        """Print one value of a stream as a line of JSON, or as a YAML document."""
        _write(f"---\n{_to_yaml(value)}" if self.form == "yaml" else to_json(value, indent=None))

    def document(self, value: object) -> None:
        """Print a JSON value as JSON, JSON lines or YAML."""
        match self.form:
            case "yaml":
                _write(_to_yaml(value))
            case "jsonl":
                for one in cast("list[object]", value) if isinstance(value, list) else [value]:
                    _write(to_json(one, indent=None))
            case _:
                _write(to_json(value))

    def draw(self, table: Table) -> None:
        """Print a table: colored and fitted to the width of a terminal, or plain without wrapping."""
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
                raise CommandError(f"--columns: unknown column {name!r}; choose from: {', '.join(record)}", USAGE)


def make_console(*, stderr: bool = False) -> Console:
    """Return a console. It respects ``NO_COLOR`` and ``FORCE_COLOR``, and never wraps lines outside a terminal."""
    console = Console(stderr=stderr, highlight=False, markup=False, soft_wrap=False, emoji=False)
    if not console.is_terminal or not (sys.stderr if stderr else sys.stdout).isatty():
        console = Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=_ENDLESS)
    return console


def plain(value: object) -> str:  # noqa: PLR0911  (one per type)
    """Format a value for people."""
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
    """Format a value for a terminal: statuses are colored, control characters from the server are removed."""
    text = one_line(plain(value))
    is_state = isinstance(value, IntEnum)
    return Text(text, style=_STYLES.get(text, "") if is_state else "")


def to_json(value: object, indent: int | None = 2) -> str:
    """Format a value as JSON. Times are written in ISO 8601, sets are sorted, non-ASCII text is not escaped."""
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
