"""Import of an archive into a page."""

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
from cachet_sdk.sites.translating import Translator, id_map_key
from cachet_sdk.sites.verifying import differences

#: Called with a kind and the number of its rows imported so far.
ImportProgress: TypeAlias = Callable[[str, int], object]

_MAX_FAILURES: Final = 100


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
    """Create the rows of an archive on a page. Do a dry run first to see what the target cannot store.

    No e-mail is sent: incidents and schedules are created without notifications, subscribers last and as verified.
    Subscribers who never confirmed their address are left out. Webhooks of the target do fire, for every row. No API
    shows them: disable them on the dashboard during the import.

    Each row is recorded in a journal next to the archive. An interrupted import resumes where it stopped and creates
    nothing twice; after a complete one, another run sends nothing. Keep the journal until the migration is done.

    Args:
        path: The archive.
        client: A client of the target, of either API.
        dry_run: Whether to only report what would be created and lost, without changing the target.
        verify: Whether to read the target again at the end and compare it field by field.
        kinds: Import only these kinds. Defaults to all in the archive.
        journal: The journal file. Defaults to the archive's name plus ``.import.jsonl``.
        target_timezone: The time zone of the target, for a client without a ``timezone``. Needed to verify, and to
            resume on Cachet 3.
        progress: Called with a kind and the number of its rows imported so far.
        wait: Waits for a number of seconds when the rate limit is exceeded.

    Raises:
        ArchiveError: when the archive is damaged, or was imported into this page with another journal.
        ConfigurationError: when a file cannot be read or written.
        HTTPError: when the server refuses access, for example for a bad token. Rows that it refuses are in the report.
        TransportError: when the server does not respond. Run the import again.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> old = FakeCachet().client(timezone="UTC")
        >>> new = FakeCachet(version="3").client(timezone="UTC")
        >>> _ = old.components.create(name="Website", status=1, tags="public")
        >>> with TemporaryDirectory() as folder:
        ...     _ = sites.export_site(old, f"{folder}/page.jsonl")
        ...     report = sites.import_site(f"{folder}/page.jsonl", new, dry_run=True)
        >>> print(report.losses[0])
        1x component.tags: Cachet 3 has no tags; stored in meta
    """
    chosen = check_kinds(kinds)
    archive = ArchiveReader(Path(path))
    site = open_site(client, target_timezone)
    if dry_run:
        return _dry_run(archive, site, chosen)
    journal_path = Path(journal) if journal is not None else Path(f"{path}.import.jsonl")
    import_journal = Journal(journal_path, archive.header.id, site.endpoint)
    try:
        run = _Import(archive, site, import_journal, Pacer(wait), progress)
        run.begin()
        run.import_rows(chosen)
    finally:
        import_journal.close()
    report = run.report
    if verify:
        report.differences = differences(archive, site, import_journal, chosen)
    return report


def _dry_run(archive: ArchiveReader, site: Site, kinds: Collection[Kind]) -> ImportReport:
    """Translate every row, as if the target gave each the id that it has in the archive."""
    translator = Translator(archive.header.release, site.release, now=archive.header.started_at)
    report = ImportReport()
    for record in archive.records():
        if record.kind not in kinds:
            continue
        translated = translator.translate(record)
        if translated is not None:
            report.rows[translated.kind] += 1
            translator.ids.setdefault(record.kind, {})[record.id] = record.id
    report.losses = _losses(translator)
    report.notes = _notes(archive, site, has_subscribers=site.newest_id("subscriber") > 0)
    return report


def _losses(translator: Translator) -> list[Loss]:
    return [Loss(kind, field, reason, count) for (kind, field, reason), count in sorted(translator.losses.items())]


def _notes(archive: ArchiveReader, site: Site, *, has_subscribers: bool) -> list[str]:
    notes = [
        "rows get new ids, links and creation times on the target",
        "no API shows users, teams, settings, API tokens, webhooks and mail templates: set them up by hand",
    ]
    if site.release == "3":
        notes.append("webhooks of the target fire for every row that is created: disable them during the import")
    if has_subscribers and archive.rows.get("incident"):
        notes.append("the target already has subscribers: no API can create an incident update without notifying them")
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
        # After an interruption, the first operation that is not in the journal may have been carried out.
        self._next_may_exist = journal.resumed and not journal.finished
        self._done: Counter[str] = Counter()

    def begin(self) -> None:
        """Write the journal's first line, unless the import is resumed."""
        if self._journal.resumed:
            return
        self._refuse_second_import()
        baseline: dict[str, int] = {kind: self._site.newest_id(kind) for kind in ORDER if kind != "point"}
        self._journal.begin(self._archive.header.id, self._site.endpoint, baseline)

    def import_rows(self, kinds: Collection[Kind]) -> None:
        """Create all rows."""
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
                # Points that are closer together than the threshold would be merged.
                thresholds[record.id] = translated.threshold
                translated.threshold = 1
            if isinstance(translated, Point):
                points[source_id] += 1
                self._import_point(translated, source_id, points[source_id])
            else:
                self._import_row(id_map_key(record, translated), record.id, translated)
            self._report_progress(translated.kind)
        for source_id, threshold in thresholds.items():
            self._restore_threshold(source_id, threshold)
        if "end" not in self._journal.marks:
            self._journal.mark("end")
        self.report.losses = _losses(self._translator)
        had_subscribers = self._journal.baseline.get("subscriber", 0) > 0
        self.report.notes = _notes(self._archive, self._site, has_subscribers=had_subscribers)

    def _import_row(self, kind: str, source_id: int, record: AnyRecord) -> None:
        new_id = self._journal.ids.get(kind, {}).get(source_id)
        if new_id is None:
            new_id = self._create(kind, source_id, record)
            if new_id is None:
                return
        self.report.rows[record.kind] += 1
        if isinstance(record, Incident | Schedule) and record.updates:
            self._import_updates(kind, source_id, record.model_copy(update={"id": new_id}))

    def _create(self, kind: str, source_id: int, record: AnyRecord) -> int | None:
        source = f"{self._archive.header.id}/{kind}/{source_id}"
        failed_before = (kind, source_id) in self._journal.failed
        if self._next_may_exist and not failed_before:
            self._next_may_exist = False
            found = self._find_existing(record, source)
            if found is not None:
                self._journal.record_row(kind, source_id, found)
                return found
        try:
            new_id = self._pacer.run(lambda: self._site.create(record, source))
        except (BadRequestError, ConfigurationError) as error:
            self._record_failure(kind, source_id, error)
            return None
        self._journal.record_row(kind, source_id, new_id)
        return new_id

    def _record_failure(self, kind: str, source_id: int, error: CachetError) -> None:
        if (kind, source_id) not in self._journal.failed:
            self._journal.record_failure(kind, source_id)
        if len(self.report.failures) < _MAX_FAILURES:
            self.report.failures.append(f"{kind} {source_id}: {error}")

    def _find_existing(self, record: AnyRecord, source: str) -> int | None:
        """Look for a row that an interrupted run may have created. Creating a subscriber again returns the same one."""
        if isinstance(record, Subscriber):
            return None
        rows = rows_of(self._site, record.kind)
        if self._site.has_meta(record.kind):
            return next((row.id for row in rows if row.meta.get(SOURCE_KEY) == source), None)
        known = {new for key, ids in self._journal.ids.items() if key.endswith(record.kind) for new in ids.values()}
        baseline = self._journal.baseline.get(record.kind, 0)
        name = getattr(record, "name", None)
        return next((row.id for row in rows if row.id > baseline and row.id not in known and row.name == name), None)

    def _import_updates(self, kind: str, source_id: int, parent: Incident | Schedule) -> None:
        done = self._journal.updates.get((kind, source_id), 0)
        if done < len(parent.updates) and self._next_may_exist:
            self._next_may_exist = False
            count = self._site.count_updates(parent.kind, parent.id)
            if count > done:
                done = count
                self._journal.record_updates(kind, source_id, done)
        for number, update in enumerate(parent.updates[done:], done + 1):
            self._pacer.run(lambda update=update: self._site.add_update(parent, update))  # type: ignore[misc]
            self._journal.record_updates(kind, source_id, number)
        mark = f"status/{kind}/{source_id}"
        if (
            isinstance(parent, Incident)
            and parent.updates[-1].status != parent.status
            and mark not in self._journal.marks
        ):
            status = parent.status
            self._pacer.run(lambda: self._site.set_status(parent.id, status))
            self._journal.mark(mark)

    def _import_point(self, point: Point, source_metric: int, number: int) -> None:
        self.report.rows["point"] += 1
        done = self._journal.points.get(source_metric, 0)
        if number <= done:
            return
        if self._next_may_exist:
            self._next_may_exist = False
            if self._site.has_point(point, done):
                self._journal.record_points(source_metric, number)
                return
        try:
            self._pacer.run(lambda: self._site.create(point))
        except (BadRequestError, ConfigurationError) as error:
            self.report.rows["point"] -= 1
            self._record_failure("point", point.id, error)
        self._journal.record_points(source_metric, number)

    def _restore_threshold(self, source_id: int, threshold: int) -> None:
        new_id = self._journal.ids.get("metric", {}).get(source_id)
        mark = f"threshold/{source_id}"
        if new_id is None or threshold == 1 or mark in self._journal.marks:
            return
        self._pacer.run(lambda: self._site.change("metric", new_id, {"threshold": threshold}))
        self._journal.mark(mark)

    def _refuse_second_import(self) -> None:
        """Refuse an archive of which the page already has rows, although there is no journal."""
        prefix = f"{self._archive.header.id}/"
        for kind in ("component", "incident"):
            if not self._site.has_meta(kind):
                continue
            for row in rows_of(self._site, kind):
                source = row.meta.get(SOURCE_KEY)
                if isinstance(source, str) and source.startswith(prefix):
                    raise ArchiveError(
                        f"this archive was already imported into {self._site.endpoint} ({kind} {row.id} comes from "
                        f"it), but its journal is not at {self._journal.path}; pass the journal"
                    )

    def _report_progress(self, kind: str) -> None:
        self._done[kind] += 1
        if self._progress is not None:
            self._progress(kind, self._done[kind])
