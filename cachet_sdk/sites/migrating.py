"""Migration of a page to another server."""

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
    """Copy a page to another server: from Cachet 2.3 to 2.4 or 3, from 2.4 to 3, or to one of the same release.

    The source is exported to an archive, which is then imported into the target. The source is not changed. The
    archive and its journal are kept: run this again with the same path to resume an interrupted migration. Delete both
    to start over if the source has changed.

    Args:
        source: A client of the page to read.
        target: A client of the page to write, preferably an empty one.
        path: The archive. It may contain e-mail addresses, so only its owner can read it.
        dry_run: Whether to export, but only report what would be created and lost, without changing the target.
        verify: Whether to read the target again at the end and compare it field by field.
        kinds: Copy only these kinds. Defaults to all.
        source_timezone: The time zone of the source, for a client without a ``timezone``.
        target_timezone: The time zone of the target, for a client without a ``timezone``.
        progress: Called with a kind and the number of its rows exported so far, then imported so far.
        wait: Waits for a number of seconds when the rate limit is exceeded.

    Raises:
        ArgumentError: when source and target are the same page.
        ArchiveError: when the path holds an archive of another page.
        ConfigurationError: when a server's time zone is unknown, or a file cannot be read or written.
        HTTPError: when a server refuses access, for example for a bad token.
        TransportError: when a server does not respond. Run the migration again.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from cachet_sdk import sites
        >>> from cachet_sdk.testing import FakeCachet
        >>> old = FakeCachet().client(timezone="UTC")
        >>> new = FakeCachet(version="3").client(
        ...     timezone="UTC", endpoint="https://new.test/api"
        ... )
        >>> _ = old.components.create(name="Website", status=1)
        >>> with TemporaryDirectory() as folder:
        ...     report = sites.migrate(
        ...         old, new, path=f"{folder}/page.jsonl", verify=True
        ...     )
        >>> report.rows["component"], report.differences
        (1, [])
    """
    old, new = open_site(source, source_timezone, argument="source"), open_site(target, argument="target")
    if old.endpoint == new.endpoint:
        raise ArgumentError("target", f"is the same page as the source, {old.endpoint}")
    chosen = check_kinds(kinds)
    file = Path(path)
    if file.exists():
        header = ArchiveReader(file).header
        if header.endpoint != old.endpoint or header.kinds != list(chosen):
            raise ArchiveError(
                f"{file}: is an archive of another page, {header.endpoint}, or of other kinds; pass another path"
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
