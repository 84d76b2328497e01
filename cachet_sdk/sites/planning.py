"""Creation of a plan from a document and a page. Only reads are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, cast

from cachet_sdk.errors import ArgumentError
from cachet_sdk.sites.comparing import Comparer
from cachet_sdk.sites.document import ComponentEntry, Document, Entry, GroupEntry
from cachet_sdk.sites.locks import LOCK_NAME, LockFile
from cachet_sdk.sites.matching import PRUNABLE, Matcher, Page
from cachet_sdk.sites.ordering import assign_orders
from cachet_sdk.sites.plans import Action, Change, FieldChange, Plan
from cachet_sdk.sites.records import Component, Kind, Record
from cachet_sdk.sites.servers import AnyClient, Site, open_site
from cachet_sdk.sites.servers.base import KEY_KEY, OWNER_KEY

DEFAULT_MAX_DELETE = 10


def plan(
    document: Document,
    client: AnyClient,
    *,
    lock: str | PathLike[str] | None = None,
    prune: bool = False,
    max_delete: int | None = DEFAULT_MAX_DELETE,
) -> Plan:
    r"""Compare a document with a page, and return the changes that would make the page match the document.

    Only reads are sent. Rows and fields that the document does not mention are left alone, and so is the status of
    existing components.

    Args:
        document: The desired state; see :func:`cachet_sdk.sites.load`.
        client: A client of the page, of either API. Asyncio programs run this in a thread.
        lock: The lock file. Defaults to ``cachet.lock.json`` next to the document.
        prune: Whether to delete rows that the document's owner created and that are no longer in the document.
        max_delete: The maximum number of deletions; None for no limit.

    Raises:
        ArgumentError: when a lock file is needed but ``lock`` is missing and the document was not read from a file, or
            when there would be more deletions than ``max_delete``.
        ConfigurationError: when an entry matches several rows, or the lock file belongs to another owner.
        HTTPError: when the server refuses a request.
        TransportError: when the server does not respond.

    Example:
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> document = sites.loads(
        ...     "version: 1\nowner: infra\ncomponents:\n- {key: web, name: Website}\n"
        ... )
        >>> plan = sites.plan(document, FakeCachet().client())
        >>> print(plan)
        + component web "Website"
        1 to create
    """
    site = open_site(client)
    path = Path(lock) if lock is not None else document.path.with_name(LOCK_NAME) if document.path else None
    lock_file = LockFile(path, document.owner)
    page = Page.read(site, _kinds_to_read(document, lock_file.page(site.endpoint).rows))
    planner = _Planner(document, site, page, lock_file)
    planner.check_lock()
    planner.add_entries()
    planner.add_deletions(prune=prune, max_delete=max_delete)
    return Plan(
        document=document,
        changes=tuple(planner.changes),
        limits=tuple(planner.limits),
        notes=tuple(planner.notes),
        site=site,
        lock=lock_file,
        fingerprint=page.fingerprint,
        kinds=page.kinds,
    )


def _kinds_to_read(document: Document, locked: Mapping[str, object]) -> frozenset[Kind]:
    """Return the kinds that the document or the lock file mentions, and always groups and components."""
    kinds: set[Kind] = {"group", "component"}
    kinds |= {"metric"} if document.metrics or locked.get("metric") else set()
    kinds |= {"template"} if document.templates or locked.get("template") else set()
    return frozenset(kinds)


class _Planner:
    def __init__(self, document: Document, site: Site, page: Page, lock: LockFile) -> None:
        self._document = document
        self._site = site
        self._page = page
        self._lock = lock
        self.changes: list[Change] = []
        self.limits: list[str] = []
        self.notes: list[str] = []
        self._matcher = Matcher(document.owner, page, lock.page(site.endpoint))
        self._comparer = Comparer(site.release, self.limits.append)

    def check_lock(self) -> None:
        """Refuse to create rows that neither ``meta`` nor a lock file would identify later."""
        if self._lock.path is not None:
            return
        for kind, entries in self._sections():
            can_create = kind != "template" or self._site.release == "3"
            if entries and can_create and not self._site.has_meta(kind):
                raise ArgumentError(
                    "lock", f"is missing: Cachet {self._site.release} cannot store the key of a {kind}, so a lock file "
                    "is needed; pass one, or load the document from a file"
                )  # fmt: skip

    def add_entries(self) -> None:
        """Plan the changes for the entries of the document."""
        groups = self._match("group", self._document.groups)
        self._add("group", self._document.groups, groups, assign_orders([_order(row) for row in groups]))
        for group, entries in self._component_sections():
            rows = self._match("component", entries, group)
            self._add("component", entries, rows, assign_orders([self._order_in(row, group) for row in rows]), group)
        metrics = self._match("metric", self._document.metrics)
        orders = assign_orders([_order(row) for row in metrics]) if self._site.release != "3" else [None] * len(metrics)
        self._add("metric", self._document.metrics, metrics, orders)
        if self._site.release == "3" and metrics.count(None) > 1:
            self.limits.append("metrics: the API of Cachet 3 cannot set their order; use the dashboard")
        self._add_templates()

    def add_deletions(self, *, prune: bool, max_delete: int | None) -> None:
        """Plan to delete the rows that this owner created and that are not in the document."""
        found = [
            Change("delete", kind, key, row.name, row.id)
            for kind in PRUNABLE
            for key, row in self._matcher.orphans(kind)
            if kind != "template" or self._site.release == "3"
        ]
        if found and not prune:
            names = ", ".join(f"{it.kind} {it.key}" for it in found[:5]) + (" …" if len(found) > 5 else "")
            self.notes.append(f"created by {self._document.owner} but not in the document: {names}; prune deletes them")
        if not prune:
            return
        if max_delete is not None and len(found) > max_delete:
            raise ArgumentError("max_delete", f"is {max_delete}, but there would be {len(found)} deletions")
        self.changes += found

    def _sections(self) -> Iterator[tuple[Kind, Sequence[Entry]]]:
        yield "group", self._document.groups
        yield "component", [entry for entry, _ in self._document.all_components()]
        yield "metric", self._document.metrics
        yield "template", self._document.templates

    def _component_sections(self) -> Iterator[tuple[GroupEntry | None, Sequence[ComponentEntry]]]:
        for group in self._document.groups:
            yield group, group.components
        yield None, self._document.components

    def _match(self, kind: Kind, entries: Sequence[Entry], group: GroupEntry | None = None) -> list[Record | None]:
        group_id = self._matcher.id_of("group", group.key) if group is not None else None
        return [self._matcher.find(kind, entry, group_id) for entry in entries]

    def _order_in(self, row: Record | None, group: GroupEntry | None) -> int | None:
        """Return a component's order number, or None if it is in another group."""
        wanted = self._matcher.id_of("group", group.key) if group is not None else None
        return _order(row) if isinstance(row, Component) and row.group_id == wanted else None

    def _add(
        self,
        kind: Kind,
        entries: Iterable[Entry],
        rows: Iterable[Record | None],
        orders: Iterable[int | None],
        group: GroupEntry | None = None,
    ) -> None:
        for entry, row, order in zip(entries, rows, orders, strict=True):
            if row is None:
                self._add_creation(kind, entry, order, group)
            else:
                self._add_change(kind, entry, row, order, group)

    def _add_creation(self, kind: Kind, entry: Entry, order: int | None, group: GroupEntry | None) -> None:
        values = self._comparer.creation(kind, entry)
        if order is not None:
            values["order"] = order
        if self._site.has_meta(kind):
            identity = {KEY_KEY: f"{self._document.owner}/{entry.key}", OWNER_KEY: self._document.owner}
            values["meta"] = {**cast("dict[str, object]", values.get("meta", {})), **identity}
        namesakes = [row.id for row in self._page.named(kind, entry.name)]
        if namesakes:
            ids = ", ".join(map(str, namesakes[:5]))
            self.notes.append(
                f"{kind} {entry.key}: the page already has a {entry.name!r} (id {ids}); "
                f"to adopt it instead of creating another one, add: was: [{entry.name}]"
            )
        self.changes.append(
            Change("create", kind, entry.key, entry.name, None, values=values, group=group.key if group else None)
        )

    def _add_change(self, kind: Kind, entry: Entry, row: Record, order: int | None, group: GroupEntry | None) -> None:
        fields, values = self._comparer.change(kind, entry, row)
        if order is not None and order != _order(row):
            fields.append(FieldChange("order", _order(row), order))
            values["order"] = order
        move = self._move(kind, entry, row, group)
        if move is not None:
            fields.append(move)
        adopts = self._matcher.adopts(kind, entry, row)
        if adopts and self._site.has_meta(kind):
            values["meta"] = {
                **cast("dict[str, object]", values.get("meta", cast("Any", row).meta)),
                KEY_KEY: f"{self._document.owner}/{entry.key}",
            }
        if isinstance(row, Component) and self._site.release == "3" and ("meta" in values or "tags" in values):
            # Cachet 3 has both in one map, which an update replaces.
            values = {"meta": row.meta, "tags": row.tags, **values}
        if not fields and not adopts:
            return
        only_order = {field.name for field in fields} <= {"order", "group"}
        action: Action = "adopt" if adopts else "move" if only_order else "update"
        self.changes.append(
            Change(
                action, kind, entry.key, entry.name, row.id, tuple(fields), values,
                group=group.key if group else None, moves=move is not None,
            )
        )  # fmt: skip

    def _move(self, kind: Kind, entry: Entry, row: Record, group: GroupEntry | None) -> FieldChange | None:
        if not isinstance(row, Component) or kind != "component":
            return None
        wanted = self._matcher.id_of("group", group.key) if group is not None else None
        if (group is not None and wanted is None) or wanted != row.group_id:
            if group is None and self._site.release == "3":
                self.limits.append(f"component {entry.key}: Cachet 3 cannot remove a component from its group")
                return None
            old = self._page.name_of("group", row.group_id)
            return FieldChange("group", old, group.name if group is not None else None)
        return None

    def _add_templates(self) -> None:
        if self._site.release == "3":
            rows = self._match("template", self._document.templates)
            self._add("template", self._document.templates, rows, [None] * len(rows))
            return
        for entry in self._document.templates:
            texts = [row.template.strip() for row in self._page.named("template", entry.name)]
            if entry.template not in texts:
                self.limits.append(
                    f"template {entry.key}: the API of Cachet {self._site.release} cannot create or change templates; "
                    "use the dashboard"
                )


def _order(row: Record | None) -> int | None:
    order: int | None = getattr(row, "order", None)
    return order
