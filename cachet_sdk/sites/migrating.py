"""From one page to another."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import tzinfo
from os import PathLike
from pathlib import Path

from cachet_sdk.errors import ArgumentError
from cachet_sdk.sites.archive import ArchiveReader
from cachet_sdk.sites.errors import ArchiveError
from cachet_sdk.sites.exporting import ExportProgress, check_kinds, export_site
from cachet_sdk.sites.importing import import_site
from cachet_sdk.sites.records import Kind
from cachet_sdk.sites.reports import ImportReport
from cachet_sdk.sites.servers import AnyClient, open_site

#: The archive in between, in the current folder, unless another is named.
DEFAULT_PATH = "cachet-migration.jsonl"


def migrate(
    source: AnyClient,
    target: AnyClient,
    *,
    path: str | PathLike[str] = DEFAULT_PATH,
    dry_run: bool = False,
    verify: bool = False,
    kinds: Collection[Kind] | None = None,
    source_timezone: str | tzinfo | None = None,
    target_timezone: str | None = None,
    progress: ExportProgress | None = None,
    wait: Callable[[float], object] = time.sleep,
) -> ImportReport:
    """Move a page to another server: from Cachet 2.3 to 2.4 and 3, from 2.4 to 3, or to another of the same release.

    The source is only read: it is exported to an archive, which is imported into the target. The archive stays, with
    its journal beside it: run this again with the same path after a kill, and it goes on where it was. Delete both to
    begin anew, from a source that has changed meanwhile.

    Args:
        source: A client of the page to move.
        target: A client of the page to move it to; best an empty one.
        path: The archive in between. It may hold e-mail addresses; only its owner can read it.
        dry_run: Whether to export, and to say only what would be made and lost; the target is not changed.
        verify: Whether to read everything again in the end and compare it field by field.
        kinds: Only these kinds. Defaults to all.
        source_timezone: The zone in which the source shows its times, for a client without a ``timezone``.
        target_timezone: The same for the target.
        progress: Called with a kind and how many of it were read, then how many of it are made.
        wait: How to wait for a rate limit, given seconds.

    Raises:
        ArgumentError: when both are the same page.
        ArchiveError: when there is an archive of another page at the path.
        ConfigurationError: when the zone of times is not known, or a file cannot be used.
        HTTPError: when a server refuses everything, such as for a bad token.
        TransportError: when no answer comes; run it again.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> old = FakeCachet().client(timezone="UTC")
        >>> new = FakeCachet(version="3").client(timezone="UTC", endpoint="https://new.test/api")
        >>> _ = old.components.create(name="Website", status=1)
        >>> with TemporaryDirectory() as folder:
        ...     report = sites.migrate(old, new, path=f"{folder}/page.jsonl", verify=True)
        >>> report.rows["component"], report.differences
        (1, [])
    """
    old, new = open_site(source, source_timezone, argument="source"), open_site(target, argument="target")
    if old.endpoint == new.endpoint:
        raise ArgumentError("target", f"is the source itself, {old.endpoint}")
    chosen = check_kinds(kinds)
    file = Path(path)
    if file.exists():
        header = ArchiveReader(file).header
        if header.endpoint != old.endpoint or header.kinds != list(chosen):
            raise ArchiveError(
                f"{file}: holds another page, {header.endpoint}, or other kinds of rows; pass another path"
            )
    else:
        export_site(source, file, kinds=chosen, source_timezone=source_timezone, progress=progress)
    return import_site(
        file,
        target,
        dry_run=dry_run,
        verify=verify,
        kinds=chosen,
        target_timezone=target_timezone,
        progress=progress,
        wait=wait,
    )
