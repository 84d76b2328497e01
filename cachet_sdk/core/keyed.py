"""Incidents that are found again by a key of the caller's: keys, the mark that holds one, and results. Pure."""

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
#: The name under which an incident's ``meta`` holds the state that it gave its component.
META_STATUS = "cachet_sdk_component_status"
#: What an incident is closed with when the caller has nothing to say.
RESOLVED_MESSAGE = "This incident has been resolved."

#: A database column and the server's JSON have room for this much when every byte takes two characters.
_LONGEST_KEY = 90
# What no database, JSON or filter changes. All other keys are stored in hexadecimal: a server loses "0", takes a comma
# for a list, and some tables keep no emoji.
_PLAIN_KEY = re.compile(r"(?=.*[A-Za-z])(?!hex:)[A-Za-z0-9._:/@+=-]+", re.ASCII)
# A link reference definition, which Markdown shows nothing of. It has no character that the server's cleaning of texts
# changes: it turns the "<!--" of a comment into text that everybody sees.
_MARK = re.compile(r"\n*^\[cachet-key\]: #([0-9a-f]+)\.([0-9a-f]{12})\.(\d*)[ \t]*$", re.ASCII | re.MULTILINE)
# Texts that the cleaning of Cachet 2 leaves alone and three-byte tables hold.
_PLAIN_TEXT = re.compile(r"[^<>&%()\\\x00-\x08\x0b-\x1f\x7f\U00010000-\U0010ffff]*")
_CLEANED_WORDS = re.compile(
    r"script\s*:|data\s*:|document\.|\.parentnode|\.innerhtml|moz-binding|redirect\s+30", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EnsuredIncident(Generic[IncidentT_co]):
    """What ``incidents.ensure`` did.

    Attributes:
        incident: The incident as the server has it.
        action: ``created``, ``updated``, or ``unchanged`` when it was already as asked for.
        notes: Sentences about what was asked for and could not be done.
    """

    incident: IncidentT_co
    action: Literal["created", "updated", "unchanged"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedIncident(Generic[IncidentT_co]):
    """What ``incidents.resolve`` did.

    Attributes:
        incident: The incident as the server has it; None when none with that key was open.
        action: ``resolved``, ``unchanged`` when none was open, or ``stickied`` when it was left open because it is
            pinned to the top of the page.
        restored: The ids of the components that were set back to operational. Always empty with Cachet 3, where the
            server itself stops counting an incident that is over.
        notes: Sentences about what was left alone, and why.
    """

    incident: IncidentT_co | None
    action: Literal["resolved", "unchanged", "stickied"]
    restored: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What the invisible line of a message says.

    Attributes:
        key: The stored form of the incident's key.
        fingerprint: The fingerprint of the message that it stands under, as it was sent.
        component_status: The state that the incident gave its component; None for none.
    """

    key: str
    fingerprint: str
    component_status: int | None


def stored_key(key: str) -> str:
    """Return the form of a key that every server keeps and finds.

    Raises:
        ArgumentError: for a key that is blank or too long.
    """
    if not is_text(key) or key != key.strip():
        raise ArgumentError("key", f"expected text without blanks around it, got {short_repr(key)}")
    size = len(key.encode())
    if size > _LONGEST_KEY:
        raise ArgumentError("key", f"takes {size} bytes, and {_LONGEST_KEY} is the most; pass a hash of it instead")
    return key if _PLAIN_KEY.fullmatch(key) else f"hex:{key.encode().hex()}"


def fingerprint(message: str) -> str:
    """Return what tells one text from another, whatever the server makes of it."""
    return hashlib.sha256(message.strip().encode()).hexdigest()[:12]


def with_mark(message: str, key: str, component_status: int | None) -> str:
    """Put the invisible line under a message.

    Args:
        message: The text, in Markdown.
        key: The stored form of the incident's key.
        component_status: The state that the incident gives its component; None for none.
    """
    status = "" if component_status is None else int(component_status)
    return f"{message.rstrip()}\n\n[cachet-key]: #{key.encode().hex()}.{fingerprint(message)}.{status}"


def read_mark(message: str) -> Mark | None:
    """Return what the invisible line of a message says; None for a message without one."""
    marks = list(_MARK.finditer(message.replace("\r\n", "\n")))
    if not marks:
        return None
    found = marks[-1]  # others may have been quoted
    try:
        key = bytes.fromhex(found[1]).decode()
    except ValueError:
        return None
    return Mark(key, found[2], int(found[3]) if found[3] else None)


def keeps_as_sent(message: str) -> bool:
    """Whether Cachet 2 is known to store a text as it is sent."""
    return _PLAIN_TEXT.fullmatch(message) is not None and _CLEANED_WORDS.search(message) is None


def says(stored: str, message: str) -> bool:
    """Whether a stored text is what the server made of a message."""
    mark = read_mark(stored)
    if mark is not None:
        return mark.fingerprint == fingerprint(message)
    return stored.replace("\r\n", "\n").strip() == message.replace("\r\n", "\n").strip()
