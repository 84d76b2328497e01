"""Resolve references such as ``7``, ``Shop/Website``, ``key:disk-full`` or an e-mail address to ids."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from cachet_sdk.cli.exit_codes import NOT_FOUND, USAGE, CommandError
from cachet_sdk.cli.session import is_v3

if TYPE_CHECKING:
    from cachet_sdk import v1, v3
    from cachet_sdk.cli.session import AnyClient, Session

    AnyComponent: TypeAlias = v1.Component | v3.Component


class Candidate(NamedTuple):
    """A resource that a reference can mean."""

    id: int
    name: str
    group: str = ""

    @property
    def label(self) -> str:
        """The name, with the group if there is one."""
        return f"{self.group}/{self.name}" if self.group else self.name


#: Page size for reading whole lists: the maximum of Cachet 3.
_PAGE = 100


def resolve(session: Session, kind: str, text: str) -> int:
    """Return the id that a reference means.

    Args:
        session: The session.
        kind: ``component``, ``group``, ``incident``, ``metric``, ``maintenance``, ``template`` or ``subscriber``.
        text: An id, a name, ``Group/Name`` for a component, or ``key:…`` for an incident. ``name:7`` is the name "7".

    Raises:
        CommandError: If no resource has this name, or several have.
    """
    if text.isascii() and text.isdecimal():
        return int(text)
    if kind == "incident" and text.startswith("key:"):
        return _incident_by_key(session.client, text.removeprefix("key:"))
    return choose(kind, text.removeprefix("name:"), candidates(session.client, kind, text.removeprefix("name:")))


def resolve_group_name(session: Session, text: str) -> str:
    """Return the name of the group that a reference means.

    Raises:
        CommandError: If no group has this name, or several have.
    """
    return session.client.component_groups.get(resolve(session, "group", text)).name


def choose(kind: str, text: str, known: Iterable[Candidate]) -> int:
    """Return the id of the only candidate with a name. Exact matches take precedence over case-insensitive ones.

    Raises:
        CommandError: If there are several, listing them, or none, suggesting similar names.
    """
    known = list(known)
    for fold in (str, str.casefold):
        found = [each for each in known if fold(text) in (fold(each.label), fold(each.name))]
        if len(found) == 1:
            return found[0].id
        if found:
            listing = ", ".join(f"{each.label} (id {each.id})" for each in found[:10])
            more = f" and {len(found) - 10} more" if len(found) > 10 else ""
            raise CommandError(f"{kind} {text!r} is ambiguous; it may be {listing}{more}", USAGE)
    similar = difflib.get_close_matches(text, [each.label for each in known] + [each.name for each in known], n=3)
    hint = f"; did you mean {' or '.join(repr(name) for name in dict.fromkeys(similar))}?" if similar else ""
    raise CommandError(f"{kind} {text!r} does not exist{hint}", NOT_FOUND)


def candidates(client: AnyClient, kind: str, text: str) -> Iterator[Candidate]:
    """Return all resources of a kind. Of incidents, return only those with the name, as far as the server filters."""
    if kind == "component":
        return (Candidate(one.id, one.name, group) for one, group in components(client))
    if kind == "incident":
        # There may be many old incidents, so let the server filter by name. It would split a name at commas.
        found = client.incidents.list(per_page=_PAGE, name=None if "," in text else text)
        return (Candidate(one.id, one.name) for one in found)
    if kind == "subscriber":
        return (Candidate(one.id, one.email) for one in client.subscribers.list(per_page=_PAGE))
    named: dict[str, Iterable[Any]] = {
        "group": client.component_groups.list(per_page=_PAGE),
        "metric": client.metrics.list(per_page=_PAGE),
        "maintenance": client.schedules.list(per_page=_PAGE),
        "template": client.incident_templates.list(per_page=_PAGE),
    }
    return (Candidate(one.id, one.name) for one in named[kind])


def components(client: AnyClient, **filters: Any) -> Iterator[tuple[AnyComponent, str]]:
    """Yield all components, including disabled ones, each with the name of its group or an empty string."""
    if is_v3(client):
        filters.setdefault("enabled", None)
        for component in client.components.list(per_page=_PAGE, include=("group",), **filters):
            yield component, component.group.name if component.group is not None else ""
        return
    names = {group.id: group.name for group in client.component_groups.list(per_page=_PAGE)}
    for one in client.components.list(per_page=_PAGE, **filters):
        yield one, names.get(one.group_id, "")


def _incident_by_key(client: AnyClient, key: str) -> int:
    found = client.incidents.find(key)
    if found is None:
        raise CommandError(f"no open incident has the key {key!r}", NOT_FOUND)
    return found.id
