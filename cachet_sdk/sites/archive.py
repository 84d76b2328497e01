"""Archives: one file of JSON lines that holds a page. Written in sections, read from the front, checked all through.

The first line says what it is: ``{"cachet_archive": 1, "id": …, "endpoint": …, "release": …, "started_at": …,
"redacted": …}``. Each row is a line with its ``kind``; see :mod:`cachet_sdk.sites.records`. A section, which is a kind
or the points of one metric, ends with ``{"section": …, "rows": …, "sha256": …}`` over its lines, and the file with
``{"end": true, "rows": {…}, "sha256": …}`` over all before it. A file whose name ends in ``.gz`` is compressed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, ClassVar, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from cachet_sdk.errors import ConfigurationError
from cachet_sdk.sites.errors import ArchiveError
from cachet_sdk.sites.records import MODELS, AnyRecord, UtcTime
from cachet_sdk.sites.servers.base import Release

VERSION: Final = 1
#: Longer than a row is: texts are of 65,535 bytes at most, and an incident may have many updates.
_LONGEST_LINE: Final = 64 * 1024 * 1024
_CHUNK: Final = 1 << 20


class Header(BaseModel):
    """What an archive is."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    cachet_archive: Literal[1] = 1
    id: str
    endpoint: str
    release: Release
    started_at: UtcTime
    redacted: bool = False
    kinds: list[str] = []


class ArchiveWriter:
    """Writes an archive beside its final name, so that an interrupted one can be gone on with.

    Args:
        path: Where the archive is to be when it is finished.
        header: What it is.
        resume: Whether to go on with what an interrupted writer of the same page left.

    Raises:
        ConfigurationError: when the file cannot be written.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self.sections: dict[str, int] = {}
        self.header: Header = header
        self._digest = hashlib.sha256()
        self._rows = 0
        self._section: str | None = None
        try:
            end = self._found(header)
            self._file: IO[bytes] = open(os.open(self._part, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115, PTH123
            self._file.truncate(end)
            self._file.seek(end)
        except OSError as error:
            raise ConfigurationError(f"{self._part}: cannot be written: {error.strerror or error}") from None
        if end == 0:
            self._line(header.model_dump(mode="json"))

    def begin(self, section: str) -> None:
        """Begin a section."""
        self._section, self._rows, self._digest = section, 0, hashlib.sha256()

    def write(self, line: bytes) -> None:
        """Write a row, as JSON without its line break."""
        self._file.write(line + b"\n")
        self._digest.update(line + b"\n")
        self._rows += 1

    def end(self) -> None:
        """End the section; it need not be read again if this is interrupted later."""
        section = cast("str", self._section)
        self._line({"section": section, "rows": self._rows, "sha256": self._digest.hexdigest()})
        self._file.flush()
        self.sections[section] = self._rows

    def finish(self) -> dict[str, int]:
        """Finish the archive under its name, and return the number of rows of each kind."""
        counts: Counter[str] = Counter()
        for section, rows in self.sections.items():
            counts[section.partition("/")[0]] += rows
        self._file.flush()
        digest = hashlib.sha256()
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            digest.update(chunk)
        self._line({"end": True, "rows": dict(counts), "sha256": digest.hexdigest()})
        self._file.flush()
        os.fsync(self._file.fileno())
        if self._path.suffix == ".gz":
            packed = self._path.with_name(f"{self._path.name}.tmp")
            self._file.seek(0)
            with (
                open(os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,  # noqa: PTH123
                gzip.GzipFile("", "wb", 6, raw, mtime=0) as out,
            ):
                while chunk := self._file.read(_CHUNK):
                    out.write(chunk)
            self._file.close()
            packed.replace(self._path)
            self._part.unlink()
        else:
            self._file.close()
            self._part.replace(self._path)
        return dict(counts)

    def close(self) -> None:
        """Close the file; what is complete of it stays for the next writer."""
        with suppress(OSError):
            self._file.close()

    def _line(self, value: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def _found(self, header: Header) -> int:
        """Return where the complete sections of an interrupted writer end; 0 to begin anew."""
        end = 0
        try:
            with self._part.open("rb") as file:
                first = file.readline()
                found = Header.model_validate_json(first)
                same = {"endpoint", "release", "redacted", "kinds"}
                if found.model_dump(include=same) != header.model_dump(include=same):
                    return 0
                self.header = found
                end = len(first)
                digest, rows = hashlib.sha256(), 0
                for line in file:
                    if line.startswith(b'{"section":') and line.endswith(b"\n"):
                        said = json.loads(line)
                        if said["sha256"] != digest.hexdigest() or said["rows"] != rows:
                            break
                        self.sections[str(said["section"])] = rows
                        digest, rows, end = hashlib.sha256(), 0, file.tell() if file.seekable() else end
                    elif line.startswith(b'{"end":'):
                        break
                    else:
                        digest.update(line)
                        rows += 1
        except (FileNotFoundError, ValidationError, ValueError, KeyError):
            pass
        return end


class ArchiveReader:
    """Reads an archive, however often.

    Args:
        path: The archive.

    Raises:
        ArchiveError: when it is none, or is damaged anywhere: it is read once to see.
        ConfigurationError: when it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.rows: dict[str, int] = {}
        lines = self._lines()
        _, first = next(lines, (0, b""))
        try:
            value = json.loads(first)
        except ValueError:
            value = None
        if not isinstance(value, dict) or "cachet_archive" not in value:
            raise ArchiveError(f"{path}: is no archive of a Cachet page")
        if value["cachet_archive"] != VERSION:
            raise ArchiveError(f"{path}: is of version {value['cachet_archive']}; this cachet_sdk reads {VERSION}")
        try:
            self.header: Header = Header.model_validate(value)
        except ValidationError:
            raise ArchiveError(f"{path}:1: the first line is damaged") from None
        self._check(first, lines)

    def records(self) -> Iterator[AnyRecord]:
        """Return the rows, in the order in which they have to be made."""
        for number, line in self._lines():
            if number == 1 or line.startswith((b'{"section":', b'{"end":')):
                continue
            yield _record(line, self._path, number)

    def _check(self, first: bytes, lines: Iterator[tuple[int, bytes]]) -> None:
        whole, section = hashlib.sha256(first), hashlib.sha256()
        rows, ended = 0, False
        for number, line in lines:
            if ended:
                raise ArchiveError(f"{self._path}:{number}: more lines after the end")
            if line.startswith((b'{"section":', b'{"end":')):
                said = _object(line, self._path, number)
                digest = whole if "end" in said else section
                if said.get("sha256") != digest.hexdigest():
                    raise ArchiveError(f"{self._path}:{number}: the checksum is wrong: the archive is damaged")
                if "end" in said:
                    ended = True
                    self.rows = dict(said.get("rows") or {})
                elif said.get("rows") != rows:
                    raise ArchiveError(f"{self._path}:{number}: rows are missing: the archive is damaged")
                section, rows = hashlib.sha256(), 0
            else:
                section.update(line)
                rows += 1
            whole.update(line)
        if not ended:
            raise ArchiveError(f"{self._path}: is not complete; export again")

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        try:
            with cast(
                "IO[bytes]", gzip.open(self._path) if self._path.suffix == ".gz" else self._path.open("rb")
            ) as file:
                number = 0
                while line := file.readline(_LONGEST_LINE):
                    number += 1
                    yield number, line
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise ArchiveError(f"{self._path}: the compressed data is damaged or incomplete") from None
        except OSError as error:
            raise ConfigurationError(f"{self._path}: cannot be read: {error.strerror or error}") from None


def _object(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        raise ArchiveError(f"{path}:{number}: is no JSON: the archive is damaged") from None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _record(line: bytes, path: Path, number: int) -> AnyRecord:
    values = _object(line, path, number)
    model = MODELS.get(str(values.get("kind")))
    if model is None:
        raise ArchiveError(f"{path}:{number}: a row of an unknown kind")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise ArchiveError(f"{path}:{number}: {field}: {first['msg']}") from None
