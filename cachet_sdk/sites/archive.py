"""The archive of a page: a file of JSON lines, divided into sections with checksums.

The first line is the header: ``{"cachet_archive": 1, "id": …, "endpoint": …, "release": …, "started_at": …,
"redacted": …, "kinds": …}``. Each row is one line with its ``kind``; see :mod:`cachet_sdk.sites.records`. A section
holds the rows of one kind, or the points of one metric. It ends with ``{"section": …, "rows": …, "sha256": …}``, the
checksum of its lines. The file ends with ``{"end": true, "rows": {…}, "sha256": …}``, the checksum of all lines before.
A file whose name ends in ``.gz`` is compressed.
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
#: More than a row needs: a text has at most 65,535 bytes, but an incident may have many updates.
_MAX_LINE_BYTES: Final = 64 * 1024 * 1024
_CHUNK_BYTES: Final = 1 << 20


class Header(BaseModel):
    """The first line of an archive."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    cachet_archive: Literal[1] = 1
    id: str
    endpoint: str
    release: Release
    started_at: UtcTime
    redacted: bool = False
    kinds: list[str] = []


class ArchiveWriter:
    """Writes an archive to a ``.part`` file, and renames that file when it is complete.

    If there is a ``.part`` file with an equal header, its complete sections are kept.

    Args:
        path: The archive.
        header: Its first line.

    Attributes:
        sections: The number of rows of each complete section.
        header: The first line; that of the ``.part`` file if there was one.

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
            end = self._read_part(header)
            self._file: IO[bytes] = open(os.open(self._part, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115, PTH123
            self._file.truncate(end)
            self._file.seek(end)
        except OSError as error:
            raise ConfigurationError(f"{self._part}: cannot be written: {error.strerror or error}") from None
        if end == 0:
            self._write_line(header.model_dump(mode="json"))

    def begin(self, section: str) -> None:
        """Begin a section."""
        self._section, self._rows, self._digest = section, 0, hashlib.sha256()

    def write(self, line: bytes) -> None:
        """Write a row, given as JSON without a line break."""
        self._file.write(line + b"\n")
        self._digest.update(line + b"\n")
        self._rows += 1

    def end(self) -> None:
        """End the section. An export that is interrupted later does not read it again."""
        section = cast("str", self._section)
        self._write_line({"section": section, "rows": self._rows, "sha256": self._digest.hexdigest()})
        self._file.flush()
        self.sections[section] = self._rows

    def finish(self) -> dict[str, int]:
        """Complete and rename the archive. Return the number of rows of each kind."""
        counts: Counter[str] = Counter()
        for section, rows in self.sections.items():
            counts[section.partition("/")[0]] += rows
        self._file.flush()
        digest = hashlib.sha256()
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK_BYTES):
            digest.update(chunk)
        self._write_line({"end": True, "rows": dict(counts), "sha256": digest.hexdigest()})
        self._file.flush()
        os.fsync(self._file.fileno())
        if self._path.suffix == ".gz":
            packed = self._path.with_name(f"{self._path.name}.tmp")
            self._file.seek(0)
            with (
                open(os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,  # noqa: PTH123
                gzip.GzipFile("", "wb", 6, raw, mtime=0) as out,
            ):
                while chunk := self._file.read(_CHUNK_BYTES):
                    out.write(chunk)
            self._file.close()
            packed.replace(self._path)
            self._part.unlink()
        else:
            self._file.close()
            self._part.replace(self._path)
        return dict(counts)

    def close(self) -> None:
        """Close the file. The next writer keeps its complete sections."""
        with suppress(OSError):
            self._file.close()

    def _write_line(self, value: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def _read_part(self, header: Header) -> int:
        """Return the offset at which the complete sections of the ``.part`` file end; 0 to start over."""
        end = 0
        try:
            with self._part.open("rb") as file:
                first = file.readline()
                found = Header.model_validate_json(first)
                compared = {"endpoint", "release", "redacted", "kinds"}
                if found.model_dump(include=compared) != header.model_dump(include=compared):
                    return 0
                self.header = found
                end = len(first)
                digest, rows = hashlib.sha256(), 0
                for line in file:
                    if line.startswith(b'{"section":') and line.endswith(b"\n"):
                        footer = json.loads(line)
                        if footer["sha256"] != digest.hexdigest() or footer["rows"] != rows:
                            break
                        self.sections[str(footer["section"])] = rows
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
    """Reads an archive, after checking all of it once.

    Args:
        path: The archive.

    Attributes:
        header: The first line.
        rows: The number of rows of each kind.

    Raises:
        ArchiveError: when the file is not an archive, or is damaged anywhere.
        ConfigurationError: when it cannot be read.
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
            raise ArchiveError(f"{path}: not an archive of a Cachet page")
        if value["cachet_archive"] != VERSION:
            raise ArchiveError(
                f"{path}: has format version {value['cachet_archive']}; this version of cachet_sdk reads {VERSION}"
            )
        try:
            self.header: Header = Header.model_validate(value)
        except ValidationError:
            raise ArchiveError(f"{path}:1: the first line is damaged") from None
        self._check(first, lines)

    def records(self) -> Iterator[AnyRecord]:
        """Return the rows, in the order in which to create them. Can be called more than once."""
        for number, line in self._lines():
            if number == 1 or line.startswith((b'{"section":', b'{"end":')):
                continue
            yield _parse_record(line, self._path, number)

    def _check(self, first: bytes, lines: Iterator[tuple[int, bytes]]) -> None:
        whole, section = hashlib.sha256(first), hashlib.sha256()
        rows, ended = 0, False
        for number, line in lines:
            if ended:
                raise ArchiveError(f"{self._path}:{number}: unexpected line after the end of the archive")
            if line.startswith((b'{"section":', b'{"end":')):
                footer = _parse_object(line, self._path, number)
                digest = whole if "end" in footer else section
                if footer.get("sha256") != digest.hexdigest():
                    raise ArchiveError(f"{self._path}:{number}: the archive is damaged: wrong checksum")
                if "end" in footer:
                    ended = True
                    self.rows = dict(footer.get("rows") or {})
                elif footer.get("rows") != rows:
                    raise ArchiveError(f"{self._path}:{number}: the archive is damaged: wrong number of rows")
                section, rows = hashlib.sha256(), 0
            else:
                section.update(line)
                rows += 1
            whole.update(line)
        if not ended:
            raise ArchiveError(f"{self._path}: the archive is not complete; export it again")

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        try:
            with cast(
                "IO[bytes]", gzip.open(self._path) if self._path.suffix == ".gz" else self._path.open("rb")
            ) as file:
                number = 0
                while line := file.readline(_MAX_LINE_BYTES):
                    number += 1
                    yield number, line
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise ArchiveError(f"{self._path}: the compressed data is damaged or incomplete") from None
        except OSError as error:
            raise ConfigurationError(f"{self._path}: cannot be read: {error.strerror or error}") from None


def _parse_object(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        raise ArchiveError(f"{path}:{number}: the archive is damaged: invalid JSON") from None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _parse_record(line: bytes, path: Path, number: int) -> AnyRecord:
    values = _parse_object(line, path, number)
    model = MODELS.get(str(values.get("kind")))
    if model is None:
        raise ArchiveError(f"{path}:{number}: unknown kind of row")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise ArchiveError(f"{path}:{number}: {field}: {first['msg']}") from None
