"""The lock file: which rows of a page belong to which entries, where the server has no place to note it.

Cachet keeps ``meta`` for components (2.4 and 3) and groups (3) only. For everything else the id on the server stands
in ``cachet.lock.json`` beside the document. Keep it with the document, as other lock files.
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


class Locked(BaseModel):
    """One row: its id, and whether it was made by the document or only adopted."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: int
    made: bool = True


class Pending(BaseModel):
    """A row that is being made: if this is found later, the row may exist, with an id above ``after``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    after: int


class PageLock(BaseModel):
    """The rows of one page, by kind and key."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    rows: dict[str, dict[str, Locked]] = Field(default_factory=dict[str, dict[str, Locked]])
    pending: dict[str, dict[str, Pending]] = Field(default_factory=dict[str, dict[str, Pending]])

    def find(self, kind: Kind, key: str) -> Locked | None:
        """Return the row of an entry."""
        return self.rows.get(kind, {}).get(key)

    def keep(self, kind: Kind, key: str, row_id: int, *, made: bool) -> None:
        """Note the row of an entry; it is not pending any more."""
        self.rows.setdefault(kind, {})[key] = Locked(id=row_id, made=made)
        self.settle(kind, key)

    def forget(self, kind: Kind, row_id: int) -> None:
        """Drop a row."""
        rows = self.rows.get(kind, {})
        for key in [key for key, row in rows.items() if row.id == row_id]:
            del rows[key]

    def begin(self, kind: Kind, key: str, name: str, after: int) -> None:
        """Note that a row is about to be made."""
        self.pending.setdefault(kind, {})[key] = Pending(name=name, after=after)

    def settle(self, kind: Kind, key: str) -> None:
        """Note that a row is not being made any more."""
        self.pending.get(kind, {}).pop(key, None)


class _File(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    owner: str
    pages: dict[str, PageLock] = Field(default_factory=dict[str, PageLock])


class Lock:
    """A lock file in memory; it is written when something is noted, whole or not at all.

    Args:
        path: The file; None for a lock that is never written.
        owner: The document's owner, whose file it must be.

    Raises:
        ConfigurationError: when it cannot be read, or is another owner's.
    """

    def __init__(self, path: Path | None, owner: str) -> None:
        self.path = path
        self._mutex = threading.Lock()
        self._content = _read(path, owner) if path is not None else _File(owner=owner)

    def page(self, endpoint: str) -> PageLock:
        """Return the part about one page."""
        return self._content.pages.setdefault(endpoint, PageLock())

    @contextmanager
    def noting(self) -> Generator[None]:
        """Change the lock, one thread at a time, and write it."""
        with self._mutex:
            yield
            self.save()

    def save(self) -> None:
        """Write the file.

        Raises:
            ConfigurationError: when it cannot be written.
        """
        if self.path is None:
            return
        values = self._content.model_dump(mode="json")
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        try:
            beside.write_text(json.dumps(values, indent=2, sort_keys=True) + "\n", encoding="utf-8")
            beside.replace(self.path)
        except OSError as error:
            raise ConfigurationError(f"{self.path}: cannot be written: {error.strerror or error}") from None


def _read(path: Path, owner: str) -> _File:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _File(owner=owner)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from None
    try:
        content = _File.model_validate_json(text)
    except ValidationError:
        raise ConfigurationError(f"{path}: is no lock file of this version of cachet_sdk") from None
    if content.owner != owner:
        raise ConfigurationError(
            f"{path}: belongs to the owner {content.owner!r}, the document to {owner!r}; each needs a lock of its own"
        )
    return content
