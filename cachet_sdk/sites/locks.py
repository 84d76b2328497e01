"""The lock file: the ids of a document's entries on the server.

Cachet stores ``meta`` only for components (2.4 and 3) and groups (3), so only these rows can carry the key of their
entry. The ids of all others are in ``cachet.lock.json`` next to the document. Commit it with the document.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cachet_sdk.errors import ConfigurationError
from cachet_sdk.sites.records import Kind

LOCK_NAME: Final = "cachet.lock.json"


class LockedRow(BaseModel):
    """A row's id, and whether the document created the row or adopted it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: int
    made: bool = True


class PendingRow(BaseModel):
    """A row that is about to be created. After an interruption it may exist, with an id above ``after``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    after: int


class PageLock(BaseModel):
    """The rows of one page, by kind and key."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    rows: dict[str, dict[str, LockedRow]] = Field(default_factory=dict[str, dict[str, LockedRow]])
    pending: dict[str, dict[str, PendingRow]] = Field(default_factory=dict[str, dict[str, PendingRow]])

    def find(self, kind: Kind, key: str) -> LockedRow | None:
        """Return the row of an entry."""
        return self.rows.get(kind, {}).get(key)

    def set_row(self, kind: Kind, key: str, row_id: int, *, made: bool) -> None:
        """Set the row of an entry, which is then no longer pending."""
        self.rows.setdefault(kind, {})[key] = LockedRow(id=row_id, made=made)
        self.pending.get(kind, {}).pop(key, None)

    def remove_row(self, kind: Kind, row_id: int) -> None:
        """Remove a row."""
        rows = self.rows.get(kind, {})
        for key in [key for key, row in rows.items() if row.id == row_id]:
            del rows[key]

    def set_pending(self, kind: Kind, key: str, name: str, after: int) -> None:
        """Record that the row of an entry is about to be created."""
        self.pending.setdefault(kind, {})[key] = PendingRow(name=name, after=after)


class _Content(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    owner: str
    pages: dict[str, PageLock] = Field(default_factory=dict[str, PageLock])


class LockFile:
    """A lock file, read into memory and written atomically.

    Args:
        path: The file; None to never read or write one.
        owner: The owner of the document.

    Raises:
        ConfigurationError: when the file cannot be read, or belongs to another owner.
    """

    def __init__(self, path: Path | None, owner: str) -> None:
        self.path = path
        self._mutex = threading.Lock()
        self._content = _read(path, owner) if path is not None else _Content(owner=owner)

    def page(self, endpoint: str) -> PageLock:
        """Return the rows of the page at an endpoint."""
        return self._content.pages.setdefault(endpoint, PageLock())

    @contextmanager
    def update(self) -> Generator[None]:
        """Let one thread at a time change the content, and write the file afterwards."""
        with self._mutex:
            yield
            self.save()

    def save(self) -> None:
        """Write the file.

        Raises:
            ConfigurationError: when the file cannot be written.
        """
        if self.path is None:
            return
        values = self._content.model_dump(mode="json")
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_text(json.dumps(values, indent=2, sort_keys=True) + "\n", encoding="utf-8")
            temporary.replace(self.path)
        except OSError as error:
            raise ConfigurationError(f"{self.path}: cannot be written: {error.strerror or error}") from None


def _read(path: Path, owner: str) -> _Content:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _Content(owner=owner)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from None
    try:
        content = _Content.model_validate_json(text)
    except ValidationError:
        raise ConfigurationError(f"{path}: not a lock file that this version of cachet_sdk can read") from None
    if content.owner != owner:
        raise ConfigurationError(
            f"{path}: belongs to owner {content.owner!r}, but the document to {owner!r}; each owner needs a separate "
            "lock file"
        )
    return content
