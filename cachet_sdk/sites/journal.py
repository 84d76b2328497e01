"""The journal of an import: what it has done so far, in a file next to the archive.

Rows are created one at a time, and each is recorded afterwards. So after an interrupted import, at most one operation
was carried out without being recorded: the one after the last line.
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
    """An append-only file of JSON lines.

    Args:
        path: The file.
        archive: The id of the archive.
        endpoint: The endpoint of the target.

    Attributes:
        resumed: Whether the file existed already.
        finished: Whether the import that it records was completed.
        baseline: The highest id of each kind on the target before the import.
        ids: The ids on the target, by kind and id in the archive.
        updates: The number of updates created, by kind and archive id of their parent.
        points: The number of points processed, by the metric's id in the archive.
        failed: The kind and archive id of each row that the server refused.
        marks: The names of other completed steps.

    Raises:
        ArchiveError: when the file is not a journal, or belongs to another archive or target.
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
        """Write the first line."""
        self.baseline = dict(baseline)
        self._append({"cachet_import": _VERSION, "archive": archive, "endpoint": endpoint, "baseline": self.baseline})

    def record_row(self, kind: str, old: int, new: int) -> None:
        """Record the new id of a row."""
        self.ids.setdefault(kind, {})[old] = new
        self._append([kind, old, new])

    def record_updates(self, kind: str, old: int, count: int) -> None:
        """Record how many updates of an incident or a schedule were created."""
        self.updates[kind, old] = count
        self._append(["update", kind, old, count])

    def record_points(self, metric: int, count: int) -> None:
        """Record how many points of a metric were processed."""
        self.points[metric] = count
        self._append(["point", metric, count])

    def record_failure(self, kind: str, old: int) -> None:
        """Record a row that the server refused."""
        self.failed.add((kind, old))
        self._append(["failed", kind, old])

    def mark(self, step: str) -> None:
        """Record that another step is complete."""
        self.marks.add(step)
        self._append(["mark", step])

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _append(self, value: Any) -> None:
        try:
            self._file.write(json.dumps(value, separators=(",", ":")).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise ConfigurationError(f"{self.path}: cannot be written: {error.strerror or error}") from None

    def _open(self, archive: str, endpoint: str) -> IO[bytes]:
        try:
            end = self._read(archive, endpoint)
            file = open(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115, PTH123
            file.truncate(end)  # drop a line that was cut short
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
                    self._replay(json.loads(line), archive, endpoint)
                except (ValueError, TypeError, KeyError, IndexError):
                    raise ArchiveError(f"{self.path}: not the journal of an import") from None
                end += len(line)
        return end

    def _replay(self, value: Any, archive: str, endpoint: str) -> None:
        match value:
            case {"cachet_import": int(), "archive": str(its_archive), "endpoint": str(target), "baseline": dict()}:
                if (its_archive, target) != (archive, endpoint):
                    raise ArchiveError(
                        f"{self.path}: belongs to another archive, or to an import into {target}; pass another journal"
                    )
                self.resumed = True
                self.baseline = cast("dict[str, int]", value["baseline"])
            case ["update", str(kind), int(old), int(count)]:
                self.updates[kind, old] = count
            case ["point", int(metric), int(count)]:
                self.points[metric] = count
            case ["failed", str(kind), int(old)]:
                self.failed.add((kind, old))
            case ["mark", str(step)]:
                self.marks.add(step)
                self.finished = self.finished or step == "end"
            case [str(kind), int(old), int(new)]:
                self.ids.setdefault(kind, {})[old] = new
            case _:
                raise ValueError(value)
