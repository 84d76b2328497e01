"""Export of a page to an archive."""

from __future__ import annotations

import json
import secrets
import tempfile
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from os import PathLike
from pathlib import Path
from typing import Final, TypeAlias

from cachet_sdk.errors import ArgumentError
from cachet_sdk.sites.archive import ArchiveWriter, Header
from cachet_sdk.sites.records import AnyRecord, Kind, Metric, Point, Subscriber, Template, compact
from cachet_sdk.sites.servers import AnyClient, Site, open_site, rows_of
from cachet_sdk.sites.servers.base import SOURCE_KEY

#: Called with a kind and the number of its rows read so far.
ExportProgress: TypeAlias = Callable[[str, int], object]

#: The order of kinds in an archive. Rows come after those that they refer to, and subscribers last, so that an import
#: notifies none of them.
ORDER: Final[tuple[Kind, ...]] = (
    "group", "component", "template", "incident", "schedule", "metric", "point", "subscriber"
)  # fmt: skip
#: The kinds that a page consists of, without its history and its subscribers.
STRUCTURE: Final[tuple[Kind, ...]] = ("group", "component", "template", "metric")
_PROGRESS_INTERVAL: Final = 500


def export_site(
    client: AnyClient,
    path: str | PathLike[str],
    *,
    redact: bool = False,
    kinds: Collection[Kind] | None = None,
    source_timezone: str | tzinfo | None = None,
    progress: ExportProgress | None = None,
) -> dict[str, int]:
    """Write everything that the API shows of a page to an archive.

    Rows are written as they are read, so memory does not grow with the page. An interrupted export leaves a file that
    ends in ``.part``; the next export to the same path resumes after its last complete section. The archive may
    contain e-mail addresses, so only its owner can read it.

    Args:
        client: A client of the page, of either API, with a token that can read everything.
        path: The archive to write; compressed if it ends in ``.gz``. An existing one is replaced at the end.
        redact: Whether to leave out the e-mail addresses and verification codes of subscribers.
        kinds: Export only these kinds. Defaults to all.
        source_timezone: The time zone of the server, for a client without a ``timezone``: on Cachet 2 the one set on
            the dashboard, on Cachet 3 its ``APP_TIMEZONE``.
        progress: Called with a kind and the number of its rows read so far.

    Returns:
        The number of rows of each kind.

    Raises:
        ArgumentError: for an unknown kind or time zone.
        ConfigurationError: when the server's time zone is unknown, or the file cannot be written.
        HTTPError: when the server refuses a request.
        TransportError: when the server does not respond.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> client = FakeCachet().client(timezone="UTC")
        >>> _ = client.components.create(name="Website", status=1)
        >>> with TemporaryDirectory() as folder:
        ...     sites.export_site(client, f"{folder}/page.jsonl.gz")["component"]
        1
    """
    chosen = check_kinds(kinds)
    site = open_site(client, source_timezone)
    header = Header(
        id=secrets.token_hex(8),
        endpoint=site.endpoint,
        release=site.release,
        started_at=datetime.now(UTC).replace(microsecond=0),
        redacted=redact,
        kinds=list(chosen),
    )
    writer = ArchiveWriter(Path(path), header)
    try:
        for section, kind, rows in _sections(site, chosen):
            if section not in writer.sections:
                writer.begin(section)
                for number, line in enumerate(_sorted_lines(_clean(rows, redact=redact)), 1):
                    writer.write(line)
                    if progress is not None and number % _PROGRESS_INTERVAL == 0:
                        progress(kind, number)
                writer.end()
            if progress is not None:
                progress(kind, writer.sections[section])
        return dict.fromkeys(chosen, 0) | writer.finish()
    finally:
        writer.close()


def check_kinds(kinds: Collection[Kind] | None) -> tuple[Kind, ...]:
    """Return the given kinds, or all of them, in the order of an archive.

    Raises:
        ArgumentError: for an unknown kind.
    """
    if kinds is None:
        return ORDER
    unknown = [kind for kind in kinds if kind not in ORDER]
    if unknown or isinstance(kinds, str):
        raise ArgumentError("kinds", f"expected any of {', '.join(ORDER)}, not {kinds!r:.80}")
    return tuple(kind for kind in ORDER if kind in kinds)


def _sections(site: Site, kinds: Collection[Kind]) -> Iterator[tuple[str, Kind, Iterable[AnyRecord]]]:
    for kind in kinds:
        if kind != "point":
            yield kind, kind, rows_of(site, kind)
            continue
        for metric_id in sorted(metric.id for metric in site.metrics()):
            yield f"point/{metric_id}", kind, site.points(metric_id)


def _clean(rows: Iterable[AnyRecord], *, redact: bool) -> Iterator[AnyRecord]:
    for row in rows:
        if redact and isinstance(row, Subscriber):
            row.email = row.verify_code = None
        if not isinstance(row, Point | Metric | Template):
            row.meta.pop(SOURCE_KEY, None)
        yield row


def _sorted_lines(rows: Iterable[AnyRecord]) -> Iterator[bytes]:
    """Return rows as JSON lines, oldest first, without duplicate ids.

    Servers return points and incidents newest first, but an import creates them oldest first. The lines are spooled to
    a temporary file, so that only their offsets stay in memory.
    """
    times, ids, offsets, lengths = array("d"), array("q"), array("q"), array("q")
    seen: set[int] = set()
    with tempfile.TemporaryFile() as spool:
        for row in rows:
            if row.id in seen:
                continue  # pages repeat rows when others change during the export
            seen.add(row.id)
            line = json.dumps(compact(row), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            times.append(row.created_at.timestamp() if isinstance(row, Point) else 0.0)
            ids.append(row.id)
            offsets.append(spool.tell())
            lengths.append(len(line))
            spool.write(line)
        for index in sorted(range(len(ids)), key=lambda index: (times[index], ids[index])):
            spool.seek(offsets[index])
            yield spool.read(lengths[index])
