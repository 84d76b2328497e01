"""Application of a plan to its page."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from cachet_sdk.errors import (
    ArgumentError,
    AuthenticationError,
    CachetError,
    ClientStateError,
    NotFoundError,
    PermissionDeniedError,
    TransportError,
)
from cachet_sdk.sites.errors import PageChangedError
from cachet_sdk.sites.locks import PageLock
from cachet_sdk.sites.matching import Matcher, Page
from cachet_sdk.sites.pacing import Pacer
from cachet_sdk.sites.plans import Change, Plan
from cachet_sdk.sites.records import MODELS, Kind

#: Called with the last change, the number of changes done, and their total.
ApplyProgress: TypeAlias = Callable[[Change, int, int], object]

DEFAULT_CONCURRENCY: Final = 8
#: After one of these, all other requests would fail, too.
_FATAL: Final = (TransportError, AuthenticationError, PermissionDeniedError, ClientStateError)
_PHASES: Final[tuple[Kind, ...]] = ("group", "component", "metric", "template")


@dataclass
class ApplyReport:
    """The outcome of a plan's changes.

    Attributes:
        done: The changes that were made.
        failed: The changes that failed, each with its error.
        skipped: The changes that were not tried, because their group or all requests failed.
        notes: Values that the server stored differently from how they were sent.
    """

    done: list[Change] = field(default_factory=list[Change])
    failed: list[tuple[Change, CachetError]] = field(default_factory=list[tuple[Change, CachetError]])
    skipped: list[Change] = field(default_factory=list[Change])
    notes: list[str] = field(default_factory=list[str])

    @property
    def ok(self) -> bool:
        """Whether all changes were made."""
        return not self.failed and not self.skipped

    def raise_for_failures(self) -> None:
        """Raise the first error, if any."""
        if self.failed:
            raise self.failed[0][1]

    def __str__(self) -> str:
        lines = [f"{len(self.done)} done, {len(self.failed)} failed, {len(self.skipped)} not tried"]
        lines += [f"failed: {change.action} {change.kind} {change.key}: {error}" for change, error in self.failed]
        lines += [f"not tried: {change.action} {change.kind} {change.key}" for change in self.skipped]
        return "\n".join([*lines, *(f"# {note}" for note in self.notes)])


def apply(
    plan: Plan,
    *,
    concurrency: int = DEFAULT_CONCURRENCY,
    progress: ApplyProgress | None = None,
    wait: Callable[[float], object] = time.sleep,
) -> ApplyReport:
    r"""Make the changes of a plan.

    The page is read first: if it has changed since the plan was made, nothing is sent. Groups come before their
    components, deletions last. If the server limits the rate of requests, ``apply`` waits. Failed changes are not
    raised but returned in the report; a new plan contains them again.

    Args:
        plan: The plan.
        concurrency: The maximum number of simultaneous requests. Where a server cannot handle them, one at a time.
        progress: Called after each change with the change, the number of changes done, and their total.
        wait: Waits for a number of seconds when the rate limit is exceeded.

    Raises:
        PageChangedError: when the page has changed since the plan was made, apart from the status of components.
        HTTPError: when the server refuses to show the page.
        TransportError: when the server does not respond while the page is read.

    Example:
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> document = sites.loads(
        ...     "version: 1\nowner: infra\ncomponents:\n- {key: web, name: Website}\n"
        ... )
        >>> client = FakeCachet().client()
        >>> print(sites.apply(sites.plan(document, client)))
        1 done, 0 failed, 0 not tried
        >>> print(sites.plan(document, client))
        nothing to do
    """
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or concurrency < 1:
        raise ArgumentError("concurrency", f"expected a positive number, got {concurrency!r}")
    if not plan.changes:
        return ApplyReport()
    page = Page.read(plan.site, plan.kinds)
    now, then = page.fingerprint, plan.fingerprint
    changed = tuple(sorted(row for row in now.keys() | then.keys() if now.get(row) != then.get(row)))
    if changed:
        raise PageChangedError(changed)
    run = _Run(plan, page, concurrency, progress, Pacer(wait))
    run.apply_all()
    return run.report


class _Run:
    def __init__(self, plan: Plan, page: Page, concurrency: int, progress: ApplyProgress | None, pacer: Pacer) -> None:
        self.report = ApplyReport()
        self._plan = plan
        self._site = plan.site
        self._concurrency = concurrency
        self._progress = progress
        self._pacer = pacer
        self._lock: PageLock = plan.lock.page(plan.site.endpoint)
        self._newest_ids: dict[Kind, int] = {kind: max(rows, default=0) for kind, rows in page.rows.items()}
        self._groups: dict[str, int] = {}
        self._stopped = False
        self._find_groups(page)

    def apply_all(self) -> None:
        """Make all changes, kind by kind."""
        changes = self._plan.changes
        for kind in _PHASES:
            of_kind = [it for it in changes if it.kind == kind and it.action != "delete"]
            creations = [it for it in of_kind if it.action == "create"]
            # Rows that only the lock file identifies are created one at a time, and recorded before and after. Tags
            # are, too: Cachet 2 sometimes fails when two requests create a tag at the same time.
            one_at_a_time = not self._site.has_meta(kind)
            tagged = [it for it in creations if self._site.release != "3" and it.values.get("tags")]
            for change in creations if one_at_a_time else tagged:
                self._apply([change])
            self._apply([] if one_at_a_time else [it for it in creations if it not in tagged])
            updates = [it for it in of_kind if it.action != "create"]
            if self._site.release != "3" and any(it.values.get("tags") for it in updates):
                for change in updates:
                    self._apply([change])
            else:
                self._apply(updates)
        self._apply([it for it in changes if it.action == "delete" and it.kind != "group"])
        self._apply([it for it in changes if it.action == "delete" and it.kind == "group"])

    def _find_groups(self, page: Page) -> None:
        matcher = Matcher(self._plan.document.owner, page, self._lock)
        for entry in self._plan.document.groups:
            row = matcher.find("group", entry, None)
            if row is not None:
                self._groups[entry.key] = row.id

    def _apply(self, changes: list[Change]) -> None:
        if len(changes) <= 1 or self._concurrency == 1:
            for change in changes:
                self._report(change, self._try(change))
            return
        with ThreadPoolExecutor(min(self._concurrency, len(changes)), thread_name_prefix="cachet_sdk-apply") as pool:
            try:
                for change, outcome in zip(changes, pool.map(self._try, changes), strict=True):
                    self._report(change, outcome)
            except BaseException:
                self._stopped = True  # changes that wait for a thread are skipped
                raise

    def _try(self, change: Change) -> CachetError | str | None:
        """Make one change. Return its error, "skipped", a note, or None."""
        if self._stopped or (change.group is not None and change.group not in self._groups):
            return "skipped"
        try:
            return self._pacer.run(lambda: self._send(change))
        except CachetError as error:
            if isinstance(error, _FATAL):
                self._stopped = True
            return error

    def _report(self, change: Change, outcome: CachetError | str | None) -> None:
        if outcome == "skipped":
            self.report.skipped.append(change)
            return
        if isinstance(outcome, CachetError):
            self.report.failed.append((change, outcome))
            return
        if outcome:
            self.report.notes.append(outcome)
        self.report.done.append(change)
        if self._progress is not None:
            self._progress(change, len(self.report.done), len(self._plan.changes))

    def _send(self, change: Change) -> str | None:
        if change.action == "create":
            return self._create(change)
        if change.id is None:
            return None
        if change.action == "delete":
            with suppress(NotFoundError):  # already deleted
                self._site.delete(change.kind, change.id)
            with self._plan.lock.update():
                self._lock.remove_row(change.kind, change.id)
            return None
        values = dict(change.values)
        if change.moves:
            values["group_id"] = self._groups[change.group] if change.group is not None else None
        note = None
        if values:
            row = self._site.change(change.kind, change.id, values)
            note = _normalization_note(change, row, values)
        if change.action == "adopt" and not self._site.has_meta(change.kind):
            with self._plan.lock.update():
                self._lock.set_row(change.kind, change.key, change.id, made=False)
        return note

    def _create(self, change: Change) -> str | None:
        values: dict[str, object] = {**change.values, "id": 0, "name": change.name}
        if change.group is not None:
            values["group_id"] = self._groups[change.group]
        if change.kind == "template":
            values.setdefault("slug", "")
        record = MODELS[change.kind].model_validate(values)
        needs_lock = not self._site.has_meta(change.kind)
        if needs_lock:
            with self._plan.lock.update():
                self._lock.set_pending(change.kind, change.key, change.name, self._newest_ids[change.kind])
        row_id = self._site.create(record)
        if needs_lock:
            self._newest_ids[change.kind] = max(self._newest_ids[change.kind], row_id)
            with self._plan.lock.update():
                self._lock.set_row(change.kind, change.key, row_id, made=True)
        if change.kind == "group":
            self._groups[change.key] = row_id
        return None


def _normalization_note(change: Change, row: object, sent: dict[str, object]) -> str | None:
    """Return a note if the server changed a text before storing it, because every plan would change it back."""
    for name in ("name", "description", "link", "template"):
        stored = getattr(row, name, None)
        if name in sent and stored is not None and stored != sent[name]:
            return (
                f"{change.kind} {change.key}: the server stored {name} as {str(stored)[:80]!r}; "
                "use that form in the document"
            )
    return None
