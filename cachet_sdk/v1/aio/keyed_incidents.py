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
    META_STATUS,
    RESOLVED_MESSAGE,
    EnsuredIncident,
    ResolvedIncident,
    is_same_message,
    keeps_as_sent,
    read_mark,
    stored_key,
    with_mark,
)
from cachet_sdk.errors import ArgumentError, NotFoundError
from cachet_sdk.v1.aio.components import AsyncComponentManager
from cachet_sdk.v1.aio.incident_updates import AsyncIncidentUpdatesManager
from cachet_sdk.v1.aio.incidents import AsyncIncident, AsyncIncidentManager
from cachet_sdk.v1.aio.release import AsyncReleaseProbe
from cachet_sdk.v1.enums import ComponentStatus, IncidentStatus
from cachet_sdk.v1.models.incidents import NewIncident

AsyncEnsured: TypeAlias = EnsuredIncident[AsyncIncident]

_OPEN = (
    IncidentStatus.SCHEDULED,
    IncidentStatus.INVESTIGATING,
    IncidentStatus.IDENTIFIED,
    IncidentStatus.WATCHING,
)
#: The database truncates longer messages silently (in bytes).
_LONGEST_MESSAGE = 65_535


class AsyncKeyedIncidentManager(AsyncIncidentManager):
    """Manage incidents, also by a key of your own. Available as ``client.incidents``."""

    def __init__(
        self,
        transport: AsyncTransport,
        components: AsyncComponentManager,
        updates: AsyncIncidentUpdatesManager,
        release: AsyncReleaseProbe,
    ) -> None:
        super().__init__(transport, components, updates, release)
        self._updates = updates

    async def find(self, key: str) -> AsyncIncident | None:
        """Return the open incident that ``ensure`` opened with a key.

        If several have the key, the one with the lowest id is returned. All open incidents are read, which takes four
        requests, one per status of an open incident.

        Args:
            key: The key.

        Returns:
            The incident, or None if no incident with that key is open.

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
        component_id: int | None = None,
        component_status: ComponentStatus | int | None = None,
        visible: bool | None = None,
        notify: bool = True,
        stickied: bool | None = None,
        occurred_at: datetime | None = None,
        meta: Mapping[str, JsonValue] | None = None,
    ) -> EnsuredIncident[AsyncIncident]:
        """Ensure that an incident is open and up to date. Calling it again with the same arguments changes nothing.

        If no incident with this key is open, open one. Otherwise add an update if the message, the status or the
        component's status differs from the last call, and change the name, ``visible`` and ``stickied`` if they
        differ. Cachet 2.3 has no updates: there the new message replaces the old one.

        On Cachet 2.4 the key is stored in the incident's ``meta``. Cachet 2.3 has none, so there the key is stored in
        the last line of the message, which Markdown does not display: ``[cachet-key]: #…``. Cachet 2 removes what looks
        like HTML from the messages of updates, and on 2.3 from changed messages. An update that may be affected also
        ends with such a line, by which the next call recognizes that nothing changed.

        If a response is lost, the incidents are read again before anything is sent a second time. Processes that call
        this with the same key at the same time may each open an incident. Then each checks again, keeps the incident
        with the lowest id and deletes its own. One incident remains open, but subscribers may have been notified of
        the others.

        Args:
            key: Text of at most 90 bytes that identifies the problem, such as an alert's fingerprint, or a host and a
                check.
            name: Title, at most 191 characters.
            message: Text in Markdown.
            status: 1 to 3. See :class:`~cachet_sdk.v1.enums.IncidentStatus`. Defaults to investigating.
            component_id: Id of the affected component. Requires ``component_status``.
            component_status: Status to set on the component when the incident is opened, and whenever a call passes a
                different one. See :class:`~cachet_sdk.v1.enums.ComponentStatus`. A status set by hand between calls is
                kept.
            visible: Whether visitors who are not logged in see it. Defaults to True for a new incident, and to no
                change for an open one.
            notify: Whether subscribers are notified of a new incident.
            stickied: Whether it stays at the top of the page. Requires Cachet 2.4. Defaults to no change.
            occurred_at: When it happened. For a new incident only.
            meta: Custom key-value pairs. For a new incident only. Requires Cachet 2.4.

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
        if status not in _OPEN[1:]:
            raise ArgumentError("status", "expected 1, 2 or 3, the status of an open incident; resolve() closes it")
        _check_size(with_mark(message, stored, component_status))
        wanted = NewIncident.build(
            name=name,
            message=message,
            status=status,
            visible=visible,
            component_id=component_id,
            component_status=component_status,
            notify=notify,
            occurred_at=occurred_at,
            stickied=stickied,
            meta={META_KEY: stored, **(meta or {})},
        )
        if meta is not None and META_KEY in meta:
            raise ArgumentError("meta", f"cannot contain {META_KEY!r}: the incident's key is stored there")
        found = await self._first_open_with(stored)
        if found is not None:
            return await self._bring_up_to_date(found, stored, wanted)
        created = await self._open_once(stored, wanted, occurred_at=occurred_at, meta=meta)
        with mark_maybe_applied():
            lowest = await self._first_open_with(stored) or created
            if lowest.id >= created.id:
                return EnsuredIncident(created, "created")
            await self._discard(created)
            return await self._bring_up_to_date(lowest, stored, wanted)

    async def resolve(
        self, key: str, *, message: str | None = None, include_stickied: bool = False
    ) -> ResolvedIncident[AsyncIncident]:
        """Resolve the incident that ``ensure`` opened with a key, if it is open. Calling it again changes nothing.

        Its component is set to operational, unless another open incident affects it or its status was changed in the
        meantime. This is done first: if the call then fails, the incident is still open, and the next call continues.
        If several open incidents have the key, all of them are resolved.

        Args:
            key: The key.
            message: Text of the last update. Defaults to a short sentence. On Cachet 2.3, which has no updates, it
                replaces the incident's message, which is kept by default.
            include_stickied: Whether to resolve stickied incidents, too. By default they are left open, because someone
                pinned them to the page, and ``action`` is ``stickied``.

        Example:
            >>> _ = await client.incidents.ensure(
            ...     "disk/web-1", name="Disk full", message="Cleaning up"
            ... )
            >>> resolved = await client.incidents.resolve(
            ...     "disk/web-1", message="There is room again"
            ... )
            >>> resolved.action, resolved.incident.human_status
            ('resolved', 'Fixed')
            >>> (await client.incidents.resolve("disk/web-1")).action
            'unchanged'
        """
        stored = stored_key(key)
        if message is not None:
            if not message.strip():
                raise ArgumentError("message", "must not be empty; omit it for the default text")
            _check_size(with_mark(message, stored, None))
        found = await self._open_with(stored)
        pinned = [] if include_stickied else [it for it in found if it.stickied]
        closing = [it for it in found if it not in pinned]
        notes = [f"Incident {it.id} is stickied, so it was left open." for it in pinned]
        restored: list[int] = []
        closed: list[AsyncIncident] = []
        for incident in closing:
            if await self._restore(incident, {it.id for it in closing}, notes):
                restored.append(incident.component_id)
            closed.append(await self._close(incident, stored, message))
        if closed:
            return ResolvedIncident(closed[0], "resolved", tuple(restored), tuple(notes))
        if pinned:
            return ResolvedIncident(pinned[0], "stickied", (), tuple(notes))
        return ResolvedIncident(None, "unchanged")

    async def _open_with(self, stored: str) -> list[AsyncIncident]:
        """Return the open incidents with a key, sorted by id."""
        found: dict[int, AsyncIncident] = {}
        for status in _OPEN:
            async for incident in self.list(per_page=100, status=status):
                if _key_of(incident) == stored:
                    found[incident.id] = incident
        return [found[number] for number in sorted(found)]

    async def _first_open_with(self, stored: str) -> AsyncIncident | None:
        return next(iter(await self._open_with(stored)), None)

    async def _open_once(
        self, stored: str, wanted: NewIncident, *, occurred_at: datetime | None, meta: Mapping[str, JsonValue] | None
    ) -> AsyncIncident:
        """Open the incident. If the response is lost, check whether it exists before sending it again."""
        message = wanted.message
        stored_meta: dict[str, JsonValue] | None = None
        if (await self._release.get()).is_before_2_4:
            message = with_mark(message, stored, wanted.component_status)
        else:
            stored_meta = {**(meta or {}), META_KEY: stored}
            if wanted.component_status is not None:
                stored_meta[META_STATUS] = int(wanted.component_status)
        return await async_send_unless_found(
            lambda: self.create(
                name=wanted.name,
                message=message,
                status=wanted.status,
                visible=wanted.visible is not False,
                component_id=wanted.component_id,
                component_status=wanted.component_status,
                notify=wanted.notify is not False,
                stickied=wanted.stickied,
                occurred_at=occurred_at,
                meta=stored_meta,
            ),
            lambda: self._first_open_with(stored),
        )

    async def _discard(self, created: AsyncIncident) -> None:
        """Delete the incident that this call opened, because another process was first."""
        try:
            await self.delete(created.id)
        except NotFoundError:
            return

    async def _bring_up_to_date(self, incident: AsyncIncident, stored: str, wanted: NewIncident) -> AsyncEnsured:
        text = await self._newest_text(incident)
        own_status = _status_set_by(incident, text)
        has_new_component = wanted.component_id is not None and (
            wanted.component_id != incident.component_id or wanted.component_status != own_status
        )
        new_status = wanted.component_status if has_new_component else own_status
        needs_update = (
            not is_same_message(text, wanted.message) or wanted.status != incident.status or has_new_component
        )
        if has_new_component and incident.component_id not in {0, wanted.component_id}:
            await self._restore(incident, {incident.id}, [])
        is_old = (await self._release.get()).is_before_2_4 if needs_update else False
        is_changed = await self._change_fields(
            incident,
            wanted,
            is_moved=has_new_component,
            new_message=with_mark(wanted.message, stored, new_status) if is_old else None,
        )
        if needs_update and not is_old:
            with mark_maybe_applied():
                needs_mark = not keeps_as_sent(wanted.message) or new_status != _status_set_by(incident, "")
                message = with_mark(wanted.message, stored, new_status) if needs_mark else wanted.message
                await self._post_update(incident.id, wanted.status, message)
        if not is_changed and not needs_update:
            return EnsuredIncident(incident, "unchanged")
        with mark_maybe_applied():
            return EnsuredIncident(await self.get(incident.id), "updated")

    async def _change_fields(
        self, incident: AsyncIncident, wanted: NewIncident, *, is_moved: bool, new_message: str | None
    ) -> bool:
        """Change the fields that an incident update cannot change. Return whether any field differed."""
        name = wanted.name if wanted.name[:191] != incident.name.strip() and wanted.name != incident.name else None
        visible = wanted.visible if wanted.visible != incident.visible else None
        stickied = wanted.stickied if wanted.stickied != incident.stickied else None
        if name is None and visible is None and stickied is None and not is_moved and new_message is None:
            return False
        await self.update(
            incident.id,
            name=name,
            message=new_message,
            status=wanted.status if new_message is not None else None,
            visible=incident.visible if visible is None else visible,
            stickied=incident.stickied if stickied is None else stickied,
            component_id=wanted.component_id if is_moved else None,
            component_status=wanted.component_status if is_moved else None,
        )
        return True

    async def _newest_text(self, incident: AsyncIncident) -> str:
        if incident.latest_update_id is None:
            return incident.message
        try:
            return (await self._updates.get(incident.id, incident.latest_update_id)).message
        except NotFoundError:  # deleted in the meantime
            return incident.message

    async def _post_update(self, incident_id: int, status: int, message: str) -> None:
        """Post an update. If the response is lost, check whether it exists before sending it again."""

        async def send() -> bool:
            await self._updates.create(incident_id=incident_id, status=status, message=message)
            return True

        async def find() -> bool | None:
            current = await self.get(incident_id)
            if current.status == status and is_same_message(await self._newest_text(current), _without_mark(message)):
                return True
            return None

        await async_send_unless_found(send, find)

    async def _close(self, incident: AsyncIncident, stored: str, message: str | None) -> AsyncIncident:
        with mark_maybe_applied():
            if (await self._release.get()).is_before_2_4:
                return await self.update(
                    incident.id,
                    message=None if message is None else with_mark(message, stored, _status_set_by(incident, "")),
                    status=IncidentStatus.FIXED,
                    visible=incident.visible,
                    stickied=incident.stickied,
                )
            await self._post_update(incident.id, IncidentStatus.FIXED, message or RESOLVED_MESSAGE)
            return await self.get(incident.id)

    async def _restore(self, incident: AsyncIncident, own: set[int], notes: list[str]) -> bool:
        """Set the component of an incident to operational, if it still has the status that the incident set."""
        number = incident.component_id
        own_status = _status_set_by(incident, await self._newest_text(incident)) if number else None
        if own_status is None or own_status == ComponentStatus.OPERATIONAL:
            return False
        try:
            current = (await self._components.get(number)).status
        except NotFoundError:
            return False
        if current != own_status:
            if current != ComponentStatus.OPERATIONAL:
                notes.append(f"Component {number} was not changed: its status was changed in the meantime.")
            return False
        async for other in self.list(per_page=100, component_id=number):
            if other.status != IncidentStatus.FIXED and other.id not in own:
                notes.append(f"Component {number} was not changed: incident {other.id} also affects it and is open.")
                return False
        await self._components.update(number, status=ComponentStatus.OPERATIONAL)
        return True


def _key_of(incident: AsyncIncident) -> str | None:
    stored = incident.meta.get(META_KEY) if isinstance(incident.meta, dict) else None
    if isinstance(stored, str):
        return stored
    mark = read_mark(incident.message)
    return None if mark is None else mark.key


def _status_set_by(incident: AsyncIncident, newest_text: str) -> int | None:
    """Return the status that an incident set on its component, from the newest hidden line or else from ``meta``."""
    for text in (newest_text, incident.message):
        mark = read_mark(text)
        if mark is not None:
            return mark.component_status
    stored = incident.meta.get(META_STATUS) if isinstance(incident.meta, dict) else None
    return stored if isinstance(stored, int) else None


def _without_mark(message: str) -> str:
    return message.rpartition("\n\n[cachet-key]: #")[0] or message


def _check_size(text: str) -> None:
    if len(text.encode("utf-8", "replace")) > _LONGEST_MESSAGE:
        raise ArgumentError("message", f"exceeds {_LONGEST_MESSAGE} bytes together with the incident's key")
