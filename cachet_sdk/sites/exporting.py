"""From a page to an archive."""

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

#: Called with the kind, and how many rows of it were read so far.
ExportProgress: TypeAlias = Callable[[str, int], object]

#: The order of an archive: what others refer to comes first, and whoever would be told of it last.
ORDER: Final[tuple[Kind, ...]] = (
    "group", "component", "template", "incident", "schedule", "metric", "point", "subscriber"
)  # fmt: skip
#: What a page consists of without what happened on it and who is told.
STRUCTURE: Final[tuple[Kind, ...]] = ("group", "component", "template", "metric")
_EVERY: Final = 500


def export_site(
    client: AnyClient,
    path: str | PathLike[str],
    *,
    redact: bool = False,
    kinds: Collection[Kind] | None = None,
    source_timezone: str | tzinfo | None = None,
    progress: ExportProgress | None = None,
) -> dict[str, int]:
    """Write all that a server shows of a page into one file.

    Rows are written while they are read; memory does not grow with them. An interrupted export leaves a file that ends
    in ``.part``, and the next one to the same path goes on after its last complete section. The file can be read by
    its owner alone: it may hold e-mail addresses.

    Args:
        client: A client of the page, of either API, whose token may see everything.
        path: The archive to write; compressed if it ends in ``.gz``. An existing one is replaced when it is done.
        redact: Whether to leave out e-mail addresses and verification codes of subscribers.
        kinds: Only these kinds. Defaults to all.
        source_timezone: The zone in which the server shows its times, for a client without a ``timezone``: on Cachet 2
            the setting of the dashboard, on Cachet 3 its ``APP_TIMEZONE``.
        progress: Called with a kind and how many of it were read so far.

    Returns:
        How many rows of each kind there are.

    Raises:
        ArgumentError: for an unknown kind or zone.
        ConfigurationError: when the zone of times is not known, or the file cannot be written.
        HTTPError: when the server refuses.
        TransportError: when no answer comes.

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
                for number, line in enumerate(_in_order(_prepared(rows, redact=redact)), 1):
                    writer.write(line)
                    if progress is not None and number % _EVERY == 0:
                        progress(kind, number)
                writer.end()
            if progress is not None:
                progress(kind, writer.sections[section])
        return dict.fromkeys(chosen, 0) | writer.finish()
    finally:
        writer.close()


def check_kinds(kinds: Collection[Kind] | None) -> tuple[Kind, ...]:
    """Return the kinds that were asked for in the order of an archive.

    Raises:
        ArgumentError: for an unknown one.
    """
    if kinds is None:
        return ORDER
    unknown = [kind for kind in kinds if kind not in ORDER]
    if unknown or isinstance(kinds, str):
        raise ArgumentError("kinds", f"expected some of {', '.join(ORDER)}, not {kinds!r:.80}")
    return tuple(kind for kind in ORDER if kind in kinds)


def _sections(site: Site, kinds: Collection[Kind]) -> Iterator[tuple[str, Kind, Iterable[AnyRecord]]]:
    for kind in kinds:
        if kind != "point":
            yield kind, kind, rows_of(site, kind)
            continue
        for metric_id in sorted(metric.id for metric in site.metrics()):
            yield f"point/{metric_id}", kind, site.points(metric_id)


def _prepared(rows: Iterable[AnyRecord], *, redact: bool) -> Iterator[AnyRecord]:
    for row in rows:
        if redact and isinstance(row, Subscriber):
            row.email = row.verify_code = None
        if not isinstance(row, Point | Metric | Template):
            row.meta.pop(SOURCE_KEY, None)
        yield row


def _in_order(rows: Iterable[AnyRecord]) -> Iterator[bytes]:
    """Return rows as lines, the oldest first, whatever the order in which the server gave them; each id once.

    Only their places stay in memory: servers give points and incidents newest first, and an import needs the oldest
    first, since that is how they were made.
    """
    keys, ids, places, lengths = array("d"), array("q"), array("q"), array("q")
    seen: set[int] = set()
    with tempfile.TemporaryFile() as spool:
        for row in rows:
            if row.id in seen:
                continue  # pages repeat rows when others are deleted meanwhile
            seen.add(row.id)
            line = json.dumps(compact(row), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            keys.append(row.created_at.timestamp() if isinstance(row, Point) else 0.0)
            ids.append(row.id)
            places.append(spool.tell())
            lengths.append(len(line))
            spool.write(line)
        for index in sorted(range(len(ids)), key=lambda index: (keys[index], ids[index])):
            spool.seek(places[index])
            yield spool.read(lengths[index])
