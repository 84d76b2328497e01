"""Incidents identified by a key that the caller chooses: keys, the mark that stores one, and results. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from cachet_sdk.core.arguments import is_text
from cachet_sdk.errors import ArgumentError, short_repr

IncidentT_co = TypeVar("IncidentT_co", covariant=True)

#: The name under which an incident's ``meta`` holds its key.
META_KEY = "cachet_sdk_key"
#: The name under which an incident's ``meta`` holds the status that it gave its component.
META_STATUS = "cachet_sdk_component_status"
#: The default message that closes an incident.
RESOLVED_MESSAGE = "This incident has been resolved."

#: Fits in the database column and the server's JSON when every byte takes two characters.
_LONGEST_KEY = 90
# Keys that no database, JSON or filter changes. All others are stored in hexadecimal: a server loses "0", reads a
# comma as a list, and some tables cannot store emoji.
_PLAIN_KEY = re.compile(r"(?=.*[A-Za-z])(?!hex:)[A-Za-z0-9._:/@+=-]+", re.ASCII)
# A link reference definition, which Markdown does not render. It has no character that the server's sanitizing
# changes; that turns the "<!--" of a comment into visible text.
_MARK = re.compile(r"\n*^\[cachet-key\]: #([0-9a-f]+)\.([0-9a-f]{12})\.(\d*)[ \t]*$", re.ASCII | re.MULTILINE)
# Texts that Cachet 2's sanitizing leaves alone and that three-byte tables can store.
_PLAIN_TEXT = re.compile(r"[^<>&%()\\\x00-\x08\x0b-\x1f\x7f\U00010000-\U0010ffff]*")
_CLEANED_WORDS = re.compile(
    r"script\s*:|data\s*:|document\.|\.parentnode|\.innerhtml|moz-binding|redirect\s+30", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EnsuredIncident(Generic[IncidentT_co]):
    """The result of ``incidents.ensure``.

    Attributes:
        incident: The incident as the server has it.
        action: ``created``, ``updated``, or ``unchanged`` if it was already as requested.
        notes: Sentences about anything requested that could not be done.
    """

    incident: IncidentT_co
    action: Literal["created", "updated", "unchanged"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedIncident(Generic[IncidentT_co]):
    """The result of ``incidents.resolve``.

    Attributes:
        incident: The incident as the server has it; None if none with that key was open.
        action: ``resolved``, ``unchanged`` if none was open, or ``stickied`` if it was left open because it is
            pinned to the top of the page.
        restored: The ids of the components that were set back to operational. Always empty with Cachet 3, where the
            server itself stops counting an incident that is over.
        notes: Sentences about anything left unchanged, and why.
    """

    incident: IncidentT_co | None
    action: Literal["resolved", "unchanged", "stickied"]
    restored: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """The content of the invisible line of a message.

    Attributes:
        key: The stored form of the incident's key.
        fingerprint: The fingerprint of the message that it stands under, as it was sent.
        component_status: The status that the incident gave its component; None for none.
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
        raise ArgumentError("key", f"expected text without blanks around it, got {short_repr(key)}")
    size = len(key.encode())
    if size > _LONGEST_KEY:
        raise ArgumentError("key", f"takes {size} bytes, and {_LONGEST_KEY} is the most; pass a hash of it instead")
    return key if _PLAIN_KEY.fullmatch(key) else f"hex:{key.encode().hex()}"


def fingerprint(message: str) -> str:
    """Return a fingerprint of a text as sent, whatever the server changes in it."""
    return hashlib.sha256(message.strip().encode()).hexdigest()[:12]


def with_mark(message: str, key: str, component_status: int | None) -> str:
    """Append the invisible line to a message.

    Args:
        message: The text, in Markdown.
        key: The stored form of the incident's key.
        component_status: The status that the incident gives its component; None for none.
    """
    status = "" if component_status is None else int(component_status)
    return f"{message.rstrip()}\n\n[cachet-key]: #{key.encode().hex()}.{fingerprint(message)}.{status}"


def read_mark(message: str) -> Mark | None:
    """Return the content of the invisible line of a message; None if it has none."""
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
    """Return whether Cachet 2 is known to store a text unchanged."""
    return _PLAIN_TEXT.fullmatch(message) is not None and _CLEANED_WORDS.search(message) is None


def is_same_message(stored: str, message: str) -> bool:
    """Return whether a stored text is the server's form of a message."""
    mark = read_mark(stored)
    if mark is not None:
        return mark.fingerprint == fingerprint(message)
    return stored.replace("\r\n", "\n").strip() == message.replace("\r\n", "\n").strip()
