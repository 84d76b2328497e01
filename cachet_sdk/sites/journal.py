"""What an import has done so far, in a file beside the archive: a line after each row. It is the import's lock file.

Rows are made one after the other, so if the file ends after one, at most the next was made as well without being noted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final, cast

from cachet_sdk.errors import ConfigurationError
from cachet_sdk.sites.errors import ArchiveError

_VERSION: Final = 1


class Journal:
    """A file of JSON lines that is only ever appended to.

    Args:
        path: The file.
        archive: The id of the archive.
        endpoint: The target.

    Attributes:
        resumed: Whether there was one of this import already.
        finished: Whether that import had come to its end.
        baseline: The highest ids of the target before the import, by kind.
        ids: The ids on the target, by kind and id in the archive.
        updates: How many updates were posted, by kind and id of their parent in the archive.
        points: How many points of a metric were done, by its id in the archive.
        failed: Rows that the server refused.
        marks: Other things that were done.

    Raises:
        ArchiveError: when the file is about another archive or target.
        ConfigurationError: when it cannot be read or written.
    """

    def __init__(self, path: Path, archive: str, endpoint: str) -> None:
        self.path = path
        self.resumed: bool = False
        self.finished: bool = False
        self.baseline: dict[str, int] = {}
        self.ids: dict[str, dict[int, int]] = {}
        self.updates: dict[tuple[str, int], int] = {}
        self.points: dict[int, int] = {}
        self.failed: set[tuple[str, int]] = set()
        self.marks: set[str] = set()
        self._file: IO[bytes] = self._open(archive, endpoint)

    def begin(self, archive: str, endpoint: str, baseline: Mapping[str, int]) -> None:
        """Write what this is about."""
        self.baseline = dict(baseline)
        self._line({"cachet_import": _VERSION, "archive": archive, "endpoint": endpoint, "baseline": self.baseline})

    def made(self, kind: str, old: int, new: int) -> None:
        """Note a row."""
        self.ids.setdefault(kind, {})[old] = new
        self._line([kind, old, new])

    def updated(self, kind: str, old: int, count: int) -> None:
        """Note how many updates of an incident or a schedule are there."""
        self.updates[kind, old] = count
        self._line(["update", kind, old, count])

    def pointed(self, metric: int, count: int) -> None:
        """Note how many points of a metric are there."""
        self.points[metric] = count
        self._line(["point", metric, count])

    def refused(self, kind: str, old: int) -> None:
        """Note a row that the server refused."""
        self.failed.add((kind, old))
        self._line(["failed", kind, old])

    def mark(self, what: str) -> None:
        """Note something else that is done."""
        self.marks.add(what)
        self._line(["mark", what])

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _line(self, value: Any) -> None:
        try:
            self._file.write(json.dumps(value, separators=(",", ":")).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise ConfigurationError(f"{self.path}: cannot be written: {error.strerror or error}") from None

    def _open(self, archive: str, endpoint: str) -> IO[bytes]:
        try:
            end = self._read(archive, endpoint)
            file = open(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115, PTH123
            file.truncate(end)  # a line that a kill cut short
            file.seek(end)
        except OSError as error:
            raise ConfigurationError(f"{self.path}: cannot be used: {error.strerror or error}") from None
        return file

    def _read(self, archive: str, endpoint: str) -> int:
        end = 0
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return 0
        with file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                try:
                    self._take(json.loads(line), archive, endpoint)
                except (ValueError, TypeError, KeyError, IndexError):
                    raise ArchiveError(f"{self.path}: is no journal of an import") from None
                end += len(line)
        return end

    def _take(self, value: Any, archive: str, endpoint: str) -> None:
        match value:
            case {"cachet_import": int(), "archive": str(about), "endpoint": str(where), "baseline": dict()}:
                if (about, where) != (archive, endpoint):
                    raise ArchiveError(
                        f"{self.path}: is about another archive, or its import into {where}; pass another journal"
                    )
                self.resumed = True
                self.baseline = cast("dict[str, int]", value["baseline"])
            case ["update", str(kind), int(old), int(count)]:
                self.updates[kind, old] = count
            case ["point", int(metric), int(count)]:
                self.points[metric] = count
            case ["failed", str(kind), int(old)]:
                self.failed.add((kind, old))
            case ["mark", str(what)]:
                self.marks.add(what)
                self.finished = self.finished or what == "end"
            case [str(kind), int(old), int(new)]:
                self.ids.setdefault(kind, {})[old] = new
            case _:
                raise ValueError(value)
