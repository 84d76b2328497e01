"""Incidents identified by a key that the caller chooses: keys, the hidden line that stores one, and results. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from cachet_sdk.core.arguments import is_text
from cachet_sdk.errors import ArgumentError, short_repr

IncidentT_co = TypeVar("IncidentT_co", covariant=True)

#: Where an incident's ``meta`` stores its key.
META_KEY = "cachet_sdk_key"
#: Where an incident's ``meta`` stores the status that it set on its component.
META_STATUS = "cachet_sdk_component_status"
#: The default message that resolves an incident.
RESOLVED_MESSAGE = "This incident has been resolved."

#: In bytes. With two characters per byte, it fits in the database column and the server's JSON.
_LONGEST_KEY = 90
# Keys that no database, JSON or filter changes. All others are stored in hexadecimal: servers lose "0" and take a comma
# for a list, and some tables cannot store emoji.
_PLAIN_KEY = re.compile(r"(?=.*[A-Za-z])(?!hex:)[A-Za-z0-9._:/@+=-]+", re.ASCII)
# A link reference definition, which Markdown does not render. It contains no character that the server's sanitizer
# changes. A comment would become visible: the sanitizer escapes "<!--".
_MARK = re.compile(r"\n*^\[cachet-key\]: #([0-9a-f]+)\.([0-9a-f]{12})\.(\d*)[ \t]*$", re.ASCII | re.MULTILINE)
# Text that Cachet 2's sanitizer does not change and that three-byte tables can store.
_PLAIN_TEXT = re.compile(r"[^<>&%()\\\x00-\x08\x0b-\x1f\x7f\U00010000-\U0010ffff]*")
_SANITIZED_WORDS = re.compile(
    r"script\s*:|data\s*:|document\.|\.parentnode|\.innerhtml|moz-binding|redirect\s+30", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EnsuredIncident(Generic[IncidentT_co]):
    """The result of ``incidents.ensure``.

    Attributes:
        incident: The incident as it is on the server.
        action: ``created``, ``updated``, or ``unchanged`` if it already was as requested.
        notes: Sentences about what was requested but could not be done.
    """

    incident: IncidentT_co
    action: Literal["created", "updated", "unchanged"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedIncident(Generic[IncidentT_co]):
    """The result of ``incidents.resolve``.

    Attributes:
        incident: The incident as it is on the server. None if no incident with the key was open.
        action: ``resolved``, ``unchanged`` if none was open, or ``stickied`` if it was left open because it is
            pinned to the top of the page.
        restored: The ids of the components that were set to operational. Always empty with Cachet 3, where resolved
            incidents no longer affect the status of a component.
        notes: Sentences about what was left unchanged, and why.
    """

    incident: IncidentT_co | None
    action: Literal["resolved", "unchanged", "stickied"]
    restored: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """The content of the hidden line of a message.

    Attributes:
        key: The stored form of the incident's key.
        fingerprint: The fingerprint of the message as it was sent.
        component_status: The status that the incident set on its component. None if it set none.
    """

    key: str
    fingerprint: str
    component_status: int | None


def stored_key(key: str) -> str:
    """Return the form of a key that every server can store and find.

    Raises:
        ArgumentError: If the key is blank or too long.
    """
    if not is_text(key) or key != key.strip():
        raise ArgumentError("key", f"expected text without whitespace around it, got {short_repr(key)}")
    size = len(key.encode())
    if size > _LONGEST_KEY:
        raise ArgumentError("key", f"has {size} bytes, but at most {_LONGEST_KEY} are allowed; pass a hash of it")
    return key if _PLAIN_KEY.fullmatch(key) else f"hex:{key.encode().hex()}"


def fingerprint(message: str) -> str:
    """Return the fingerprint of a text as sent. It identifies the text even if the server changes it."""
    return hashlib.sha256(message.strip().encode()).hexdigest()[:12]


def with_mark(message: str, key: str, component_status: int | None) -> str:
    """Return a message with the hidden line.

    Args:
        message: The text, in Markdown.
        key: The stored form of the incident's key.
        component_status: The status that the incident sets on its component. None if it sets none.
    """
    status = "" if component_status is None else int(component_status)
    return f"{message.rstrip()}\n\n[cachet-key]: #{key.encode().hex()}.{fingerprint(message)}.{status}"


def read_mark(message: str) -> Mark | None:
    """Return the content of the hidden line of a message, or None if it has none."""
    marks = list(_MARK.finditer(message.replace("\r\n", "\n")))
    if not marks:
        return None
    found = marks[-1]  # earlier ones may be quotations
    try:
        key = bytes.fromhex(found[1]).decode()
    except ValueError:
        return None
    return Mark(key, found[2], int(found[3]) if found[3] else None)


def keeps_as_sent(message: str) -> bool:
    """Return whether Cachet 2 certainly stores a text unchanged."""
    return _PLAIN_TEXT.fullmatch(message) is not None and _SANITIZED_WORDS.search(message) is None


def is_same_message(stored: str, message: str) -> bool:
    """Return whether a text that the server stores was sent as this message."""
    mark = read_mark(stored)
    if mark is not None:
        return mark.fingerprint == fingerprint(message)
    return stored.replace("\r\n", "\n").strip() == message.replace("\r\n", "\n").strip()
