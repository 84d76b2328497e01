"""``cachet metric``: list, get, create, update, delete, push."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from cachet_sdk.cli.dry_run import show_each
from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.fields import Field, zone_of
from cachet_sdk.cli.options import Group, dry_run_option
from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.resource import Resource, add_commands, record_of, resource_group
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.values import moment

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

_WRITABLE = (
    "name",
    "suffix",
    "description",
    "default_value",
    "calc_type",
    "display_chart",
    "places",
    "default_view",
    "threshold",
    "order",
    "visible",
)

METRIC = Resource(
    manager="metrics",
    kind="metric",
    columns=("id", "name", "suffix", "calc_type", "display_chart"),
    fields=(
        Field("name", "Name."),
        Field("suffix", "Unit of the values, such as ms.", required=True),
        Field("description", "Description."),
        Field("default_value", "Value shown where there is no point.", "float"),
        Field("calc_type", "How points are aggregated: sum or average.", "MetricCalculation"),
        Field("display_chart", "Whether its chart is shown on the page.", "bool"),
        Field("places", "Decimal places, 0 to 4.", "int"),
        Field("default_view", "Time span that the chart shows first.", "MetricView", only="1"),
        Field("threshold", "Minutes within which points are merged into one.", "int"),
        Field("order", "Position on the page.", "int", only="1"),
        Field("visible", "Who sees it: authenticated, public or hidden.", "MetricVisibility", only="1"),
    ),
    create=_WRITABLE,
    update=_WRITABLE,
    filters=(
        Field("name", "Filter by a part of the name.", only="3"),
        Field("calc_type", "Filter by how points are aggregated.", "MetricCalculation", only="3"),
        Field("sort", "Field to sort by, such as name."),
    ),
)

metric: Group = resource_group("metric", "List and change metrics, and push points.")
add_commands(metric, METRIC)


@metric.command("push")
@click.argument("reference", metavar="METRIC")
@click.argument("value", metavar="VALUE")
@click.option("--at", metavar="TIME", help="Time of the measurement: 2026-12-01T22:00+01:00, or -5m. Defaults to now.")
@dry_run_option
@pass_session
def push(session: Session, reference: str, value: str, at: str | None) -> None:
    r"""Push a point to a metric, or many points if VALUE is -.

    In that case, each line of standard input is a value, or a time and a value. Times are Unix timestamps, or ISO 8601
    with an offset. If any line is invalid, nothing is sent. Points that the server rejects are reported; all others
    are stored.

    \b
    Examples:
      cachet metric push "Response time" 212.5
      vmstat 1 60 | awk 'NR>2 {print $15; fflush()}' | cachet metric push Idle -
    """
    if value == "-":
        if at is not None:
            raise click.UsageError("--at cannot be used with standard input; write the time on each line instead")
        _push_lines(session, resolve(session, "metric", reference), sys.stdin)
        return
    number = _number(value, "VALUE")
    timestamp = None if at is None else _aware(at, zone_of(session), "--at")
    found = resolve(session, "metric", reference)
    session.out.one(record_of(session.client.metric_points.create(metric_id=found, value=number, timestamp=timestamp)))


def _push_lines(session: Session, metric_id: int, lines: Iterable[str]) -> None:
    from cachet_sdk.cli.progress import progress_bar  # noqa: PLC0415

    points = list(_points(lines, zone_of(session)))
    manager = session.client.metric_points
    if session.dry_run:
        pairs = [point if isinstance(point, tuple) else (point, None) for point in points]
        show_each(session, (partial(manager.create, metric_id=metric_id, value=v, timestamp=t) for v, t in pairs))
        return
    with progress_bar("Pushing", len(points)) as progress:
        batch = manager.create_many(metric_id, points, progress=progress)
    for position, outcome in enumerate(batch):
        if outcome.error is not None:
            session.say(f"cachet: point {position + 1} ({outcome.input}): {outcome.error}")
    session.say(f"Pushed {len(batch.results)} of {len(batch)} points.")
    batch.raise_for_failures()


def _points(lines: Iterable[str], zone: tzinfo | None) -> Iterator[float | tuple[float, datetime | int | float]]:
    for number, line in enumerate(lines, start=1):
        where = f"line {number}"
        match line.split():
            case []:
                continue
            case [value]:
                yield _number(value, where)
            case [at, value]:
                yield _number(value, where), _aware(at, zone, where)
            case [day, at, value]:
                yield _number(value, where), _aware(f"{day}T{at}", zone, where)
            case _:
                raise CommandError(f"{where}: expected 'value' or 'time value', got {line.strip()[:60]!r}", USAGE)


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise CommandError(f"{where}: expected a number, got {text[:60]!r}", USAGE) from None
    if not math.isfinite(number):
        raise CommandError(f"{where}: expected a finite number, got {text[:60]!r}", USAGE)
    return number


def _aware(text: str, zone: tzinfo | None, where: str) -> datetime | int | float:
    """Parse the time of a point: a Unix timestamp, or a time with an offset."""
    try:
        return int(text) if text.isdecimal() else float(text) if text[0] not in "+-" else _offset(text, zone, where)
    except ValueError:
        return _offset(text, zone, where)


def _offset(text: str, zone: tzinfo | None, where: str) -> datetime:
    found = moment(text, zone, where)
    if found.tzinfo is None:
        raise CommandError(f"{where}: {text!r} has no UTC offset; add one, such as {text}Z, or pass --timezone", USAGE)
    return found
