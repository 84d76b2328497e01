"""Incidents that are found again by a key of the caller's: opened once, brought up to date, resolved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.failures import partly_done
from cachet_sdk.core.keyed import META_KEY, RESOLVED_MESSAGE, EnsuredIncident, ResolvedIncident, says, stored_key
from cachet_sdk.errors import ArgumentError, CachetError, NotFoundError, PermissionDeniedError
from cachet_sdk.v3.aio.incident_updates import AsyncIncidentUpdateManager
from cachet_sdk.v3.aio.incidents import AsyncIncidentManager
from cachet_sdk.v3.aio.resources import AsyncIncident
from cachet_sdk.v3.enums import ComponentStatus, IncidentStatus
from cachet_sdk.v3.models.incidents import NewIncident

AsyncEnsured: TypeAlias = EnsuredIncident[AsyncIncident]

_OPEN = (
    IncidentStatus.REPORTED,
    IncidentStatus.INVESTIGATING,
    IncidentStatus.IDENTIFIED,
    IncidentStatus.WATCHING,
)


class AsyncKeyedIncidentManager(AsyncIncidentManager):
    """The incidents, also by a key of your own: ``client.incidents``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport)
        self._updates = AsyncIncidentUpdateManager(transport, self.moves)

    async def find(self, key: str) -> AsyncIncident | None:
        """Find the open incident that ``ensure`` opened with a key, with its ``components``, ``updates`` and ``meta``.

        The server looks for it. Of several with one key it is the one with the lowest id.

        Args:
            key: The key.

        Returns:
            The incident; None when none with that key is open, or when the token may not see it.

        Raises:
            ArgumentError: for a key that is blank or takes more than 90 bytes, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> ensured = await client.incidents.ensure("disk/web-1", name="Disk full", message="Cleaning up")
            >>> incident = await client.incidents.find("disk/web-1")
            >>> incident.name
            'Disk full'
        """
        found = await self._open_with(stored_key(key))
        return found[0] if found else None

    async def ensure(
        self,
        key: str,
        *,
        name: str,
        message: str,
        status: IncidentStatus | int = IncidentStatus.INVESTIGATING,
        components: Mapping[int, ComponentStatus | int] | None = None,
        component_id: int | None = None,
        component_status: ComponentStatus | int | None = None,
        visible: bool | None = None,
        notifications: bool | None = None,
        stickied: bool | None = None,
        occurred_at: datetime | None = None,
        published_at: datetime | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> EnsuredIncident[AsyncIncident]:
        """Make sure that an incident is open and up to date. Calling it again with the same arguments changes nothing.

        Opens the incident unless one with this key is open. Otherwise adds an update when the message or the status is
        another than before, and changes the name, ``visible`` and ``stickied`` where they differ. The key is kept in
        the incident's ``meta`` as ``cachet_sdk_key``, and the server looks for it there.

        When an answer is lost, the incidents are read again before anything is sent a second time. Processes that call
        this with one key at the same moment may each open an incident; each then looks again, keeps the one with the
        lowest id and deletes its own (closes it, where the token may not delete). In the end one is open, but
        subscribers may have been told of the others.

        Args:
            key: Any text of 90 bytes at most that names the problem: an alert's fingerprint, a host and a check.
            name: The title, of 255 characters at most.
            message: The text, in Markdown.
            status: How far it is: 0 to 3; see :class:`~cachet_sdk.v3.enums.IncidentStatus`. Defaults to investigating.
            components: The components that it is about: by id the state that each gets while it is open. **The server
                cannot change them later**: when they differ from those of the open incident, they stay as they are and
                ``notes`` says so.
            component_id: The id of one component; needs ``component_status`` too. As ``components``, for one.
            component_status: The state that this component gets.
            visible: True for everybody, False for who is logged in. A new incident is hidden by default, as with
                ``create``; for an open one the default is no change.
            notifications: Whether subscribers are told of a new incident.
            stickied: Whether it stays at the top of the page. Defaults to no change.
            occurred_at: When it happened, for a new incident.
            published_at: From when on it is shown, for a new incident.
            meta: Key and value pairs of your own, for a new incident.

        Raises:
            ArgumentError: for a bad argument, before anything is sent; also for a status that means that it is over.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether something may have been changed.

        Example:
            >>> first = await client.incidents.ensure("disk/web-1", name="Disk full", message="Cleaning up")
            >>> again = await client.incidents.ensure("disk/web-1", name="Disk full", message="Cleaning up")
            >>> first.action, again.action, first.incident.id == again.incident.id
            ('created', 'unchanged', True)
        """
        stored = stored_key(key)
        if status not in _OPEN:
            raise ArgumentError("status", "expected 0 to 3, the states of an open incident; resolve() closes one")
        if meta is not None and META_KEY in meta:
            raise ArgumentError("meta", f"cannot hold {META_KEY!r}: the incident's key is kept there")
        wanted = NewIncident.build(
            name=name,
            status=status,
            message=message,
            visible=visible,
            stickied=stickied,
            notifications=notifications,
            occurred_at=occurred_at,
            published_at=published_at,
            components=components,
            component_id=component_id,
            component_status=component_status,
            meta={**(meta or {}), META_KEY: stored},
        )
        found = await self._open_with(stored)
        if found:
            return await self._bring_up_to_date(found[0], wanted, message)
        made = await self._open_once(stored, wanted)
        with partly_done():
            lowest = (await self._open_with(stored) or [made])[0]
            if lowest.id >= made.id:
                return EnsuredIncident(lowest, "created")
            await self._withdraw(made, message)
            return await self._bring_up_to_date(lowest, wanted, message)

    async def resolve(
        self, key: str, *, message: str | None = None, include_stickied: bool = False
    ) -> ResolvedIncident[AsyncIncident]:
        """Close the incident that ``ensure`` opened with a key, if it is open. Calling it again changes nothing.

        Its components need no change: the server shows each in the worst state of what is still open about it, or else
        in its own, which somebody may have set by hand meanwhile. Of several open incidents with one key all are
        closed.

        Args:
            key: The key.
            message: The text of the last update. Defaults to a short sentence.
            include_stickied: Whether to close an incident that is stickied too. By default it is left open, since
                somebody pinned it to the page, and ``action`` is ``stickied``.

        Raises:
            ArgumentError: for a bad argument, before anything is sent.
            HTTPError: when the server refuses.
            TransportError: when no answer comes; ``maybe_applied`` tells whether something may have been changed.

        Example:
            >>> _ = await client.incidents.ensure("disk/web-1", name="Disk full", message="Cleaning up")
            >>> resolved = await client.incidents.resolve("disk/web-1", message="There is room again")
            >>> resolved.action, resolved.incident.status_name
            ('resolved', 'Fixed')
            >>> (await client.incidents.resolve("disk/web-1")).action
            'unchanged'
        """
        stored = stored_key(key)
        if message is not None and not message.strip():
            raise ArgumentError("message", "must not be empty; leave it out for a short sentence")
        found = await self._open_with(stored)
        pinned = [] if include_stickied else [it for it in found if it.stickied]
        notes = tuple(f"Incident {it.id} is stickied, so it was left open." for it in pinned)
        closed: list[AsyncIncident] = []
        for incident in found:
            if incident in pinned:
                continue
            await self._tell(incident.id, IncidentStatus.FIXED, message or RESOLVED_MESSAGE)
            with partly_done():
                closed.append(await self._read(incident.id))
        if closed:
            return ResolvedIncident(closed[0], "resolved", (), notes)
        if pinned:
            return ResolvedIncident(pinned[0], "stickied", (), notes)
        return ResolvedIncident(None, "unchanged")

    async def _open_with(self, stored: str) -> list[AsyncIncident]:
        """Read the open incidents with a key, the one with the lowest id first."""
        incidents = self.list(
            status=_OPEN, meta={META_KEY: stored}, sort="id", include=("components", "updates", "meta")
        )
        return [it async for it in incidents if it.meta is not None and it.meta.get(META_KEY) == stored]

    async def _read(self, incident_id: int) -> AsyncIncident:
        return await self.get(incident_id, include=("components", "updates", "meta"))

    async def _open_once(self, stored: str, wanted: NewIncident) -> AsyncIncident:
        """Open the incident; when the answer is lost, look whether it is there before it is sent again."""
        for is_last in (False, True):
            try:
                return await self._create("/incidents", wanted)
            except CachetError as error:
                if is_last or not error.maybe_applied:
                    raise
                with partly_done():
                    found = await self._open_with(stored)
                if found:
                    return found[0]
        raise AssertionError  # the last attempt returns or raises

    async def _withdraw(self, made: AsyncIncident, message: str) -> None:
        """Take back an incident of this call: another process opened one with the same key before it."""
        try:
            await self.delete(made.id)
        except NotFoundError:
            return
        except PermissionDeniedError:  # to delete takes an ability of its own
            await self._tell(made.id, IncidentStatus.FIXED, message)

    async def _bring_up_to_date(self, incident: AsyncIncident, wanted: NewIncident, message: str) -> AsyncEnsured:
        name = wanted.name if wanted.name.strip() != incident.name else None
        visible = bool(wanted.visible) if wanted.visible not in {None, incident.visible} else None
        stickied = wanted.stickied if wanted.stickied != incident.stickied else None
        has_changes = name is not None or visible is not None or stickied is not None
        has_news = wanted.status != incident.status or not says(_newest_text(incident), message)
        notes = _notes(incident, wanted)
        if has_changes:
            await self.update(incident.id, name=name, visible=visible, stickied=stickied)
        if has_news:
            with partly_done():
                await self._tell(incident.id, wanted.status, message)
        if not has_changes and not has_news:
            return EnsuredIncident(incident, "unchanged", notes)
        with partly_done():
            return EnsuredIncident(await self._read(incident.id), "updated", notes)

    async def _tell(self, incident_id: int, status: int, message: str) -> None:
        """Post an update; when the answer is lost, look whether it is there before it is sent again."""
        for is_last in (False, True):
            try:
                await self._updates.create(incident_id=incident_id, status=status, message=message)
            except CachetError as error:
                if is_last or not error.maybe_applied:
                    raise
                with partly_done():
                    present = await self._read(incident_id)
                if present.status == status and says(_newest_text(present), message):
                    return
            else:
                return


def _newest_text(incident: AsyncIncident) -> str:
    updates = incident.updates
    if not updates:
        return incident.message
    return max(updates, key=lambda it: (it.created_at is not None, it.created_at, it.id)).message


def _notes(incident: AsyncIncident, wanted: NewIncident) -> tuple[str, ...]:
    asked = dict(wanted.components or {})
    if wanted.component_id is not None and wanted.component_status is not None:
        asked[wanted.component_id] = wanted.component_status
    present = {it.id: it.component_status for it in incident.components or []}
    if not asked or asked == present:
        return ()
    return (f"The components of incident {incident.id} were left as they are: Cachet 3 cannot change them.",)
