"""From a plan to a page that is what the document says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
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

#: Called with what was just done, how many are done, and how many there are.
ApplyProgress: TypeAlias = Callable[[Change, int, int], object]

DEFAULT_CONCURRENCY: Final = 8
#: After these the rest would fail too.
_FATAL: Final = (TransportError, AuthenticationError, PermissionDeniedError, ClientStateError)
_PHASES: Final[tuple[Kind, ...]] = ("group", "component", "metric", "template")


@dataclass
class ApplyReport:
    """What was done of a plan.

    Attributes:
        done: What was done, in the order of its end.
        failed: What failed, and why.
        skipped: What was not tried: the parent failed, or nothing could succeed any more.
        notes: What the server stored otherwise than it was sent.
    """

    done: list[Change] = field(default_factory=list[Change])
    failed: list[tuple[Change, CachetError]] = field(default_factory=list[tuple[Change, CachetError]])
    skipped: list[Change] = field(default_factory=list[Change])
    notes: list[str] = field(default_factory=list[str])

    @property
    def ok(self) -> bool:
        """Whether everything was done."""
        return not self.failed and not self.skipped

    def raise_for_failures(self) -> None:
        """Raise the first error, if there is any."""
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
    r"""Do what a plan says.

    The page is read first: if it is not what it was when the plan was made, nothing is sent. Groups come before their
    components, deletions last. Where the server limits requests, they are spread over time. Failures are in the report
    and not raised; a new plan holds what is left.

    Args:
        plan: The plan.
        concurrency: How many requests are under way at a time, where the server stands it.
        progress: Called after each change with it, how many are done, and how many there are.
        wait: How to wait, given seconds.

    Raises:
        PageChangedError: when the page has changed since the plan was made. The status of components does not count.
        HTTPError: when the page cannot be read.
        TransportError: when no answer comes to that.

    Example:
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> document = sites.loads("version: 1\nowner: infra\ncomponents:\n- {key: web, name: Website}\n")
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
    page = Page.read(plan.site, plan.wanted)
    now, then = page.fingerprint, plan.fingerprint
    changed = tuple(sorted(row for row in now.keys() | then.keys() if now.get(row) != then.get(row)))
    if changed:
        raise PageChangedError(changed)
    run = _Run(plan, page, concurrency, progress, Pacer(wait))
    run.everything()
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
        self._newest: dict[Kind, int] = {kind: max(rows, default=0) for kind, rows in page.rows.items()}
        self._groups: dict[str, int] = {}
        self._stopped = False
        self._find_groups(page)

    def everything(self) -> None:
        """Do all changes, kind by kind."""
        changes = self._plan.changes
        for kind in _PHASES:
            of_kind = [it for it in changes if it.kind == kind and it.action != "delete"]
            creations = [it for it in of_kind if it.action == "create"]
            # Rows that only the lock can find again are made one by one, each noted before and after. Tags that two
            # requests make at the same time are refused now and then.
            alone = not self._site.keeps_meta(kind)
            tagged = [it for it in creations if self._site.release != "3" and it.values.get("tags")]
            for change in creations if alone else tagged:
                self._each([change])
            self._each([] if alone else [it for it in creations if it not in tagged])
            updates = [it for it in of_kind if it.action != "create"]
            if self._site.release != "3" and any(it.values.get("tags") for it in updates):
                for change in updates:
                    self._each([change])
            else:
                self._each(updates)
        self._each([it for it in changes if it.action == "delete" and it.kind != "group"])
        self._each([it for it in changes if it.action == "delete" and it.kind == "group"])

    def _find_groups(self, page: Page) -> None:
        matcher = Matcher(self._plan.document.owner, page, self._lock)
        for entry in self._plan.document.groups:
            row = matcher.find("group", entry, None)
            if row is not None:
                self._groups[entry.key] = row.id

    def _each(self, changes: Iterable[Change]) -> None:
        waiting = list(changes)
        if len(waiting) <= 1 or self._concurrency == 1:
            for change in waiting:
                self._note(change, self._try(change))
            return
        with ThreadPoolExecutor(min(self._concurrency, len(waiting)), thread_name_prefix="cachet_sdk-apply") as pool:
            try:
                for change, outcome in zip(waiting, pool.map(self._try, waiting), strict=True):
                    self._note(change, outcome)
            except BaseException:
                self._stopped = True  # threads that have not begun do not begin
                raise

    def _try(self, change: Change) -> CachetError | str | None:
        """Do one change; return what failed, a note, or None."""
        if self._stopped or (change.group is not None and change.group not in self._groups):
            return "skipped"
        try:
            return self._pacer.run(lambda: self._do(change))
        except CachetError as error:
            if isinstance(error, _FATAL):
                self._stopped = True
            return error

    def _note(self, change: Change, outcome: CachetError | str | None) -> None:
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

    def _do(self, change: Change) -> str | None:
        if change.action == "create":
            return self._create(change)
        if change.id is None:
            return None
        if change.action == "delete":
            with suppress(NotFoundError):  # gone already, which is what was wanted
                self._site.delete(change.kind, change.id)
            with self._plan.lock.noting():
                self._lock.forget(change.kind, change.id)
            return None
        values = dict(change.values)
        if change.moves:
            values["group_id"] = self._groups[change.group] if change.group is not None else None
        note = None
        if values:
            row = self._site.change(change.kind, change.id, values)
            note = _stored_otherwise(change, row, values)
        if change.action == "adopt" and not self._site.keeps_meta(change.kind):
            with self._plan.lock.noting():
                self._lock.keep(change.kind, change.key, change.id, made=False)
        return note

    def _create(self, change: Change) -> str | None:
        values: dict[str, object] = {**change.values, "id": 0, "name": change.name}
        if change.group is not None:
            values["group_id"] = self._groups[change.group]
        if change.kind == "template":
            values.setdefault("slug", "")
        record = MODELS[change.kind].model_validate(values)
        noted = not self._site.keeps_meta(change.kind)
        if noted:
            with self._plan.lock.noting():
                self._lock.begin(change.kind, change.key, change.name, self._newest[change.kind])
        row_id = self._site.create(record)
        if noted:
            self._newest[change.kind] = max(self._newest[change.kind], row_id)
            with self._plan.lock.noting():
                self._lock.keep(change.kind, change.key, row_id, made=True)
        if change.kind == "group":
            self._groups[change.key] = row_id
        return None


def _stored_otherwise(change: Change, row: object, sent: dict[str, object]) -> str | None:
    """Say which texts the server keeps in another form, so that the next plan would hold them again."""
    for name in ("name", "description", "link", "template"):
        stored = getattr(row, name, None)
        if name in sent and stored is not None and stored != sent[name]:
            return f"{change.kind} {change.key}: the server keeps {name} as {str(stored)[:80]!r}; write it so"
    return None
