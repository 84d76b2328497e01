"""Incidents identified by a key that the caller chooses: opened once, updated, resolved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from pydantic import JsonValue

from cachet_sdk.core.aio.resend import async_send_unless_found
from cachet_sdk.core.http.aio.transport import AsyncTransport
from cachet_sdk.core.http.failures import mark_maybe_applied
from cachet_sdk.core.keyed import (
    META_KEY,
    RESOLVED_MESSAGE,
    EnsuredIncident,
    ResolvedIncident,
    is_same_message,
    stored_key,
)
from cachet_sdk.errors import ArgumentError, NotFoundError, PermissionDeniedError
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
    """Manage incidents, also by a key of your own. Available as ``client.incidents``."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport)
        self._updates = AsyncIncidentUpdateManager(transport, self.mutations)

    async def find(self, key: str) -> AsyncIncident | None:
        """Return the open incident that ``ensure`` opened with a key.

        The server does the search. ``components``, ``updates`` and ``meta`` are included. If several incidents have the
        key, the one with the lowest id is returned.

        Args:
            key: The key.

        Returns:
            The incident, or None if no incident with that key is open, or if the token may not see it.

        Raises:
            ArgumentError: For a key that is blank or longer than 90 bytes.

        Example:
            >>> ensured = await client.incidents.ensure(
            ...     "disk/web-1", name="Disk full", message="Cleaning up"
            ... )
            >>> incident = await client.incidents.find("disk/web-1")
            >>> incident.name
            'Disk full'
        """
        return await self._first_open_with(stored_key(key))

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
        """Ensure that an incident is open and up to date. Calling it again with the same arguments changes nothing.

        If no incident with this key is open, open one. Otherwise add an update if the message or the status differs,
        and change the name, ``visible`` and ``stickied`` if they differ. The key is stored in the incident's ``meta``
        as ``cachet_sdk_key``, by which the server finds it.

        If a response is lost, the incidents are read again before anything is sent a second time. Processes that call
        this with the same key at the same time may each open an incident. Then each checks again, keeps the incident
        with the lowest id and deletes its own, or resolves it if the token may not delete. One incident remains open,
        but subscribers may have been notified of the others.

        Args:
            key: Text of at most 90 bytes that identifies the problem, such as an alert's fingerprint, or a host and a
                check.
            name: Title, at most 255 characters.
            message: Text in Markdown.
            status: 0 to 3. See :class:`~cachet_sdk.v3.enums.IncidentStatus`. Defaults to investigating.
            components: Statuses by component id, in effect while the incident is open. **The server cannot change them
                later**: if they differ from those of the open incident, they are kept and ``notes`` says so.
            component_id: Id of a single component, as an alternative to ``components``. Requires
                ``component_status``.
            component_status: Status of this component.
            visible: True for everyone, False for logged-in users only. Defaults to False for a new incident, as with
                ``create``, and to no change for an open one.
            notifications: Whether subscribers are notified of a new incident.
            stickied: Whether it stays at the top of the page. Defaults to no change.
            occurred_at: When it happened. For a new incident only.
            published_at: When it becomes visible. For a new incident only.
            meta: Custom key-value pairs. For a new incident only.

        Raises:
            ArgumentError: Also for the status of a resolved incident.

        Example:
            >>> first = await client.incidents.ensure(
            ...     "disk/web-1", name="Disk full", message="Cleaning up"
            ... )
            >>> again = await client.incidents.ensure(
            ...     "disk/web-1", name="Disk full", message="Cleaning up"
            ... )
            >>> first.action, again.action, first.incident.id == again.incident.id
            ('created', 'unchanged', True)
        """
        stored = stored_key(key)
        if status not in _OPEN:
            raise ArgumentError("status", "expected 0 to 3, the status of an open incident; resolve() closes it")
        if meta is not None and META_KEY in meta:
            raise ArgumentError("meta", f"cannot contain {META_KEY!r}: the incident's key is stored there")
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
        found = await self._first_open_with(stored)
        if found is not None:
            return await self._bring_up_to_date(found, wanted, message)
        created = await self._open_once(stored, wanted)
        with mark_maybe_applied():
            lowest = await self._first_open_with(stored) or created
            if lowest.id >= created.id:
                return EnsuredIncident(lowest, "created")
            await self._discard(created, message)
            return await self._bring_up_to_date(lowest, wanted, message)

    async def resolve(
        self, key: str, *, message: str | None = None, include_stickied: bool = False
    ) -> ResolvedIncident[AsyncIncident]:
        """Resolve the incident that ``ensure`` opened with a key, if it is open. Calling it again changes nothing.

        Its components need no change: the server shows each with the worst status of its open incidents and
        maintenance, or else with its own status. If several open incidents have the key, all of them are resolved.

        Args:
            key: The key.
            message: Text of the last update. Defaults to a short sentence.
            include_stickied: Whether to resolve stickied incidents, too. By default they are left open, because someone
                pinned them to the page, and ``action`` is ``stickied``.

        Example:
            >>> _ = await client.incidents.ensure(
            ...     "disk/web-1", name="Disk full", message="Cleaning up"
            ... )
            >>> resolved = await client.incidents.resolve(
            ...     "disk/web-1", message="There is room again"
            ... )
            >>> resolved.action, resolved.incident.status_name
            ('resolved', 'Fixed')
            >>> (await client.incidents.resolve("disk/web-1")).action
            'unchanged'
        """
        stored = stored_key(key)
        if message is not None and not message.strip():
            raise ArgumentError("message", "must not be empty; omit it for the default text")
        found = await self._open_with(stored)
        pinned = [] if include_stickied else [it for it in found if it.stickied]
        notes = tuple(f"Incident {it.id} is stickied, so it was left open." for it in pinned)
        closed: list[AsyncIncident] = []
        for incident in found:
            if incident in pinned:
                continue
            await self._post_update(incident.id, IncidentStatus.FIXED, message or RESOLVED_MESSAGE)
            with mark_maybe_applied():
                closed.append(await self._read(incident.id))
        if closed:
            return ResolvedIncident(closed[0], "resolved", (), notes)
        if pinned:
            return ResolvedIncident(pinned[0], "stickied", (), notes)
        return ResolvedIncident(None, "unchanged")

    async def _open_with(self, stored: str) -> list[AsyncIncident]:
        """Return the open incidents with a key, sorted by id."""
        incidents = self.list(
            status=_OPEN, meta={META_KEY: stored}, sort="id", include=("components", "updates", "meta")
        )
        return [it async for it in incidents if it.meta is not None and it.meta.get(META_KEY) == stored]

    async def _first_open_with(self, stored: str) -> AsyncIncident | None:
        return next(iter(await self._open_with(stored)), None)

    async def _read(self, incident_id: int) -> AsyncIncident:
        return await self.get(incident_id, include=("components", "updates", "meta"))

    async def _open_once(self, stored: str, wanted: NewIncident) -> AsyncIncident:
        """Open the incident. If the response is lost, check whether it exists before sending it again."""
        return await async_send_unless_found(
            lambda: self._create("/incidents", wanted), lambda: self._first_open_with(stored)
        )

    async def _discard(self, created: AsyncIncident, message: str) -> None:
        """Delete the incident that this call opened, because another process was first."""
        try:
            await self.delete(created.id)
        except NotFoundError:
            return
        except PermissionDeniedError:  # deleting requires a separate ability of the token
            await self._post_update(created.id, IncidentStatus.FIXED, message)

    async def _bring_up_to_date(self, incident: AsyncIncident, wanted: NewIncident, message: str) -> AsyncEnsured:
        name = wanted.name if wanted.name.strip() != incident.name else None
        visible = bool(wanted.visible) if wanted.visible not in {None, incident.visible} else None
        stickied = wanted.stickied if wanted.stickied != incident.stickied else None
        has_changes = name is not None or visible is not None or stickied is not None
        needs_update = wanted.status != incident.status or not is_same_message(_newest_text(incident), message)
        notes = _notes(incident, wanted)
        if has_changes:
            await self.update(incident.id, name=name, visible=visible, stickied=stickied)
        if needs_update:
            with mark_maybe_applied():
                await self._post_update(incident.id, wanted.status, message)
        if not has_changes and not needs_update:
            return EnsuredIncident(incident, "unchanged", notes)
        with mark_maybe_applied():
            return EnsuredIncident(await self._read(incident.id), "updated", notes)

    async def _post_update(self, incident_id: int, status: int, message: str) -> None:
        """Post an update. If the response is lost, check whether it exists before sending it again."""

        async def send() -> bool:
            await self._updates.create(incident_id=incident_id, status=status, message=message)
            return True

        async def find() -> bool | None:
            current = await self._read(incident_id)
            return True if current.status == status and is_same_message(_newest_text(current), message) else None

        await async_send_unless_found(send, find)


def _newest_text(incident: AsyncIncident) -> str:
    updates = incident.updates
    if not updates:
        return incident.message
    return max(updates, key=lambda it: (it.created_at is not None, it.created_at, it.id)).message


def _notes(incident: AsyncIncident, wanted: NewIncident) -> tuple[str, ...]:
    requested = dict(wanted.components or {})
    if wanted.component_id is not None and wanted.component_status is not None:
        requested[wanted.component_id] = wanted.component_status
    current = {it.id: it.component_status for it in incident.components or []}
    if not requested or requested == current:
        return ()
    return (f"The components of incident {incident.id} were not changed: Cachet 3 does not support that.",)
