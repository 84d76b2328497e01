"""From an archive to a page."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection
from os import PathLike
from pathlib import Path
from typing import Final, TypeAlias

from cachet_sdk.errors import BadRequestError, CachetError, ConfigurationError
from cachet_sdk.sites.archive import ArchiveReader
from cachet_sdk.sites.errors import ArchiveError
from cachet_sdk.sites.exporting import ORDER, check_kinds
from cachet_sdk.sites.journal import Journal
from cachet_sdk.sites.pacing import Pacer
from cachet_sdk.sites.records import AnyRecord, Incident, Kind, Metric, Point, Schedule, Subscriber
from cachet_sdk.sites.reports import ImportReport, Loss
from cachet_sdk.sites.servers import AnyClient, Site, open_site, rows_of
from cachet_sdk.sites.servers.base import SOURCE_KEY
from cachet_sdk.sites.translating import Translator, slot_of
from cachet_sdk.sites.verifying import differences

#: Called with the kind, and how many rows of it are done.
ImportProgress: TypeAlias = Callable[[str, int], object]

_MOST_FAILURES: Final = 100


def import_site(
    path: str | PathLike[str],
    client: AnyClient,
    *,
    dry_run: bool = False,
    verify: bool = False,
    kinds: Collection[Kind] | None = None,
    journal: str | PathLike[str] | None = None,
    target_timezone: str | None = None,
    progress: ImportProgress | None = None,
    wait: Callable[[float], object] = time.sleep,
) -> ImportReport:
    """Make on a page what an archive holds. Run it as a dry run first: it says what the target cannot keep.

    Nobody is told: incidents and schedules are made without notifications, and subscribers come last and verified, so
    that no mail is sent. Those that never confirmed their address are not moved. Webhooks of the target, which only
    its dashboard shows, are told of everything: switch them off meanwhile.

    Each row that was made is noted in a journal beside the archive. A run that was killed goes on where it was, and
    makes nothing twice; a run after the last row sends nothing. Keep the journal until the move is over.

    Args:
        path: The archive.
        client: A client of the target, of either API.
        dry_run: Whether to say only what would be made and lost; the target is not changed.
        verify: Whether to read everything again in the end and compare it field by field.
        kinds: Only these kinds. Defaults to all that the archive holds.
        journal: Where to note what is done. Defaults to the archive's name with ``.import.jsonl`` behind it.
        target_timezone: The zone in which the target shows its times, for a client without a ``timezone``; needed to
            verify, and to go on after a kill on Cachet 3.
        progress: Called with a kind and how many of it are done.
        wait: How to wait for a rate limit, given seconds.

    Raises:
        ArchiveError: when the archive is damaged, or was imported into this page without this journal.
        ConfigurationError: when a file cannot be used.
        HTTPError: when the server refuses everything, such as for a bad token. A row that it refuses is in the report.
        TransportError: when no answer comes; run it again.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> old, new = FakeCachet().client(timezone="UTC"), FakeCachet(version="3").client(timezone="UTC")
        >>> _ = old.components.create(name="Website", status=1, tags="public")
        >>> with TemporaryDirectory() as folder:
        ...     _ = sites.export_site(old, f"{folder}/page.jsonl")
        ...     print(sites.import_site(f"{folder}/page.jsonl", new, dry_run=True).losses[0])
        1x component.tags: Cachet 3 has none; kept in meta
    """
    chosen = check_kinds(kinds)
    archive = ArchiveReader(Path(path))
    site = open_site(client, target_timezone)
    if dry_run:
        return _rehearse(archive, site, chosen)
    file = Path(journal) if journal is not None else Path(f"{path}.import.jsonl")
    notes = Journal(file, archive.header.id, site.endpoint)
    try:
        run = _Import(archive, site, notes, Pacer(wait), progress)
        run.begin()
        run.everything(chosen)
    finally:
        notes.close()
    report = run.report
    if verify:
        report.differences = differences(archive, site, notes, chosen)
    return report


def _rehearse(archive: ArchiveReader, site: Site, kinds: Collection[Kind]) -> ImportReport:
    """Translate everything, as if each row were made under the id that it has."""
    translator = Translator(archive.header.release, site.release, now=archive.header.started_at)
    report = ImportReport()
    for record in archive.records():
        if record.kind not in kinds:
            continue
        translated = translator.translate(record)
        if translated is not None:
            report.rows[translated.kind] += 1
            translator.ids.setdefault(record.kind, {})[record.id] = record.id
    report.losses = losses_of(translator)
    report.notes = _notes(archive, site, has_subscribers=site.newest_id("subscriber") > 0)
    return report


def losses_of(translator: Translator) -> list[Loss]:
    """Return what was lost, sorted by kind."""
    return [Loss(kind, field, reason, count) for (kind, field, reason), count in sorted(translator.losses.items())]


def _notes(archive: ArchiveReader, site: Site, *, has_subscribers: bool) -> list[str]:
    notes = [
        "ids, links to incidents, and the times at which rows were made and changed are new on the target",
        "users, teams, settings, API tokens, webhooks and mail texts are not shown by any API: set them up by hand",
    ]
    if site.release == "3":
        notes.append("webhooks of the target are told of everything that is made: switch them off meanwhile")
    if has_subscribers and archive.rows.get("incident"):
        notes.append("the target has subscribers already, and no API can post an update of an incident in silence")
    return notes


class _Import:
    def __init__(
        self, archive: ArchiveReader, site: Site, journal: Journal, pacer: Pacer, progress: ImportProgress | None
    ) -> None:
        self.report = ImportReport()
        self._archive = archive
        self._site = site
        self._journal = journal
        self._pacer = pacer
        self._progress = progress
        self._translator = Translator(archive.header.release, site.release, now=archive.header.started_at)
        self._translator.ids = journal.ids
        # After a kill the first thing that is not noted may have been done all the same.
        self._unsure = journal.resumed and not journal.finished
        self._done: Counter[str] = Counter()

    def begin(self) -> None:
        """Write the journal's first line, unless it has one."""
        if self._journal.resumed:
            return
        self._refuse_repetition()
        baseline: dict[str, int] = {kind: self._site.newest_id(kind) for kind in ORDER if kind != "point"}
        self._journal.begin(self._archive.header.id, self._site.endpoint, baseline)

    def everything(self, kinds: Collection[Kind]) -> None:
        """Make all rows."""
        thresholds: dict[int, int] = {}
        points: Counter[int] = Counter()
        for record in self._archive.records():
            if record.kind not in kinds:
                continue
            source_id = record.metric_id if isinstance(record, Point) else record.id
            translated = self._translator.translate(record)
            if translated is None:
                continue
            if isinstance(translated, Metric):
                # Any point would be lost that is closer to the one before than this.
                thresholds[record.id] = translated.threshold
                translated.threshold = 1
            if isinstance(translated, Point):
                points[source_id] += 1
                self._point(translated, source_id, points[source_id])
            else:
                self._row(slot_of(record, translated), record.id, translated)
            self._progressed(translated.kind)
        for source_id, threshold in thresholds.items():
            self._restore_threshold(source_id, threshold)
        if "end" not in self._journal.marks:
            self._journal.mark("end")
        self.report.losses = losses_of(self._translator)
        had_subscribers = self._journal.baseline.get("subscriber", 0) > 0
        self.report.notes = _notes(self._archive, self._site, has_subscribers=had_subscribers)

    def _row(self, kind: str, source_id: int, record: AnyRecord) -> None:
        new_id = self._journal.ids.get(kind, {}).get(source_id)
        if new_id is None:
            new_id = self._make(kind, source_id, record)
            if new_id is None:
                return
        self.report.rows[record.kind] += 1
        if isinstance(record, Incident | Schedule) and record.updates:
            self._updates(kind, source_id, record.model_copy(update={"id": new_id}))

    def _make(self, kind: str, source_id: int, record: AnyRecord) -> int | None:
        source = f"{self._archive.header.id}/{kind}/{source_id}"
        known_to_fail = (kind, source_id) in self._journal.failed
        if self._unsure and not known_to_fail:
            self._unsure = False
            found = self._find(record, source)
            if found is not None:
                self._journal.made(kind, source_id, found)
                return found
        try:
            new_id = self._pacer.run(lambda: self._site.create(record, source))
        except (BadRequestError, ConfigurationError) as error:
            self._fail(kind, source_id, error)
            return None
        self._journal.made(kind, source_id, new_id)
        return new_id

    def _fail(self, kind: str, source_id: int, error: CachetError) -> None:
        if (kind, source_id) not in self._journal.failed:
            self._journal.refused(kind, source_id)
        if len(self.report.failures) < _MOST_FAILURES:
            self.report.failures.append(f"{kind} {source_id}: {error}")

    def _find(self, record: AnyRecord, source: str) -> int | None:
        """Look for a row that may have been made before a kill; subscribers cannot be made twice anyway."""
        if isinstance(record, Subscriber):
            return None
        rows = rows_of(self._site, record.kind)
        if self._site.keeps_meta(record.kind):
            return next((row.id for row in rows if row.meta.get(SOURCE_KEY) == source), None)
        known = {new for slot, ids in self._journal.ids.items() if slot.endswith(record.kind) for new in ids.values()}
        baseline = self._journal.baseline.get(record.kind, 0)
        name = getattr(record, "name", None)
        return next((row.id for row in rows if row.id > baseline and row.id not in known and row.name == name), None)

    def _updates(self, kind: str, source_id: int, parent: Incident | Schedule) -> None:
        done = self._journal.updates.get((kind, source_id), 0)
        if done < len(parent.updates) and self._unsure:
            self._unsure = False
            count = self._site.updates_of(parent.kind, parent.id)
            if count > done:
                done = count
                self._journal.updated(kind, source_id, done)
        for number, update in enumerate(parent.updates[done:], done + 1):
            self._pacer.run(lambda update=update: self._site.add_update(parent, update))  # type: ignore[misc]
            self._journal.updated(kind, source_id, number)
        mark = f"status/{kind}/{source_id}"
        if (
            isinstance(parent, Incident)
            and parent.updates[-1].status != parent.status
            and mark not in self._journal.marks
        ):
            status = parent.status
            self._pacer.run(lambda: self._site.set_status(parent.id, status))
            self._journal.mark(mark)

    def _point(self, point: Point, source_metric: int, number: int) -> None:
        self.report.rows["point"] += 1
        done = self._journal.points.get(source_metric, 0)
        if number <= done:
            return
        if self._unsure:
            self._unsure = False
            if self._site.has_points(point.metric_id, point, done):
                self._journal.pointed(source_metric, number)
                return
        try:
            self._pacer.run(lambda: self._site.create(point))
        except (BadRequestError, ConfigurationError) as error:
            self.report.rows["point"] -= 1
            self._fail("point", point.id, error)
        self._journal.pointed(source_metric, number)

    def _restore_threshold(self, source_id: int, threshold: int) -> None:
        new_id = self._journal.ids.get("metric", {}).get(source_id)
        mark = f"threshold/{source_id}"
        if new_id is None or threshold == 1 or mark in self._journal.marks:
            return
        self._pacer.run(lambda: self._site.change("metric", new_id, {"threshold": threshold}))
        self._journal.mark(mark)

    def _refuse_repetition(self) -> None:
        """Refuse an archive that was imported into this page already, which the journal would have told."""
        prefix = f"{self._archive.header.id}/"
        for kind in ("component", "incident"):
            if not self._site.keeps_meta(kind):
                continue
            for row in rows_of(self._site, kind):
                source = row.meta.get(SOURCE_KEY)
                if isinstance(source, str) and source.startswith(prefix):
                    raise ArchiveError(
                        f"this archive was imported into {self._site.endpoint} before ({kind} {row.id} says so), and "
                        f"its journal is not at {self._journal.path}; pass the journal"
                    )

    def _progressed(self, kind: str) -> None:
        self._done[kind] += 1
        if self._progress is not None:
            self._progress(kind, self._done[kind])
