"""``cachet export``, ``import``, ``migrate`` and ``copy``: save a page to a file, or move it to another server."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import click

from cachet_sdk.cli.as_code import show
from cachet_sdk.cli.exit_codes import FAILED
from cachet_sdk.cli.options import Command, output_options, yes_option
from cachet_sdk.cli.output import make_console
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.site_clients import open_zoned

if TYPE_CHECKING:
    from cachet_sdk.sites import ImportReport, Kind

_archive = click.argument("archive", type=click.Path(dir_okay=False))
_source_zone = click.option(
    "--source-timezone", metavar="ZONE", help="APP_TIMEZONE of the source. Required for Cachet 3."
)
_target_zone = click.option(
    "--target-timezone", metavar="ZONE", help="APP_TIMEZONE of the target. Required by --verify for Cachet 3."
)
_dry_run = click.option("--dry-run", is_flag=True, help="Only report what would be created, and what would be lost.")
_verify = click.option("--verify", is_flag=True, help="Read everything back and compare it field by field.")
_from = click.option("--from", "source", required=True, metavar="CONTEXT", help="Context of the page to read.")
_to = click.option("--to", "target", required=True, metavar="CONTEXT", help="Context of the page to write.")


@click.command("export", cls=Command)
@_archive
@click.option("--redact", is_flag=True, help="Omit e-mail addresses and verification codes.")
@_source_zone
@output_options
@pass_session
def export(session: Session, *, archive: str, redact: bool, source_timezone: str | None) -> None:
    """Save everything that the API shows of a page to one file, compressed if its name ends in .gz.

    An interrupted export leaves a file that ends in .part. Running the command again resumes it.
    """
    from cachet_sdk import sites  # noqa: PLC0415  (not needed for help and completion)

    with open_zoned(session, source_timezone) as client, _show_progress() as progress:
        counts = sites.export_site(client, archive, redact=redact, progress=progress)
    show(session, dict(counts), ", ".join(f"{count} {kind}" for kind, count in counts.items()))


@click.command("import", cls=Command)
@_archive
@_dry_run
@_verify
@click.option("--journal", type=click.Path(dir_okay=False), help="Defaults to ARCHIVE.import.jsonl.")
@_target_zone
@yes_option
@output_options
@pass_session
def import_(
    session: Session, *, archive: str, dry_run: bool, verify: bool, journal: str | None, target_timezone: str | None
) -> int:
    """Restore an archive to a page.

    No subscriber is notified. Running the command again resumes an interrupted import.
    """
    from cachet_sdk import sites  # noqa: PLC0415

    with open_zoned(session, target_timezone) as client:
        if not dry_run:
            session.confirm(f"Restore {archive} to {client.endpoint}?")
        with _show_progress() as progress:
            report = sites.import_site(
                archive, client, dry_run=dry_run, verify=verify, journal=journal, progress=progress
            )
    return _end(session, report)


@click.command("migrate", cls=Command)
@_from
@_to
@click.option("--archive", type=click.Path(dir_okay=False), default="cachet-migration.jsonl", show_default=True)
@_dry_run
@_verify
@_source_zone
@_target_zone
@yes_option
@output_options
@pass_session
def migrate(
    session: Session,
    *,
    source: str,
    target: str,
    archive: str,
    dry_run: bool,
    verify: bool,
    source_timezone: str | None,
    target_timezone: str | None,
) -> int:
    """Copy a page with its history to another server, from Cachet 2.3 or 2.4 to 2.4 or 3, or from 3 to 3.

    Run it with --dry-run first: it reports what the target cannot store. Running the command again resumes an
    interrupted migration.
    """
    zones = (source_timezone, target_timezone)
    return _move(session, (source, target), zones, archive, dry_run=dry_run, verify=verify, kinds=None)


@click.command("copy", cls=Command)
@_from
@_to
@click.option("--archive", type=click.Path(dir_okay=False), default="cachet-copy.jsonl", show_default=True)
@_dry_run
@_verify
@yes_option
@output_options
@pass_session
def copy(session: Session, *, source: str, target: str, archive: str, dry_run: bool, verify: bool) -> int:
    """Copy groups, components, metrics and templates to another server, without its history and subscribers."""
    from cachet_sdk import sites  # noqa: PLC0415

    return _move(
        session, (source, target), (None, None), archive, dry_run=dry_run, verify=verify, kinds=sites.STRUCTURE
    )


def _move(
    session: Session,
    contexts: tuple[str, str],
    zones: tuple[str | None, str | None],
    archive: str,
    *,
    dry_run: bool,
    verify: bool,
    kinds: Collection[Kind] | None,
) -> int:
    from cachet_sdk import sites  # noqa: PLC0415

    with open_zoned(session, zones[0], contexts[0]) as old, open_zoned(session, zones[1], contexts[1]) as new:
        if not dry_run:
            session.confirm(f"Copy {old.endpoint} to {new.endpoint}?")
        with _show_progress() as progress:
            report = sites.migrate(
                old, new, path=archive, dry_run=dry_run, verify=verify, kinds=kinds, progress=progress
            )
    return _end(session, report)


def _end(session: Session, report: ImportReport) -> int:
    show(session, report.to_dict(), str(report))
    return 0 if report.ok else FAILED


def _show_progress() -> AbstractContextManager[Callable[[str, int], None]]:
    """Show the progress on standard error, if that is a terminal."""
    console = make_console(stderr=True)
    if not console.is_terminal:
        return nullcontext(lambda kind, rows: None)
    status = console.status("…")

    def advance(kind: str, rows: int) -> None:
        status.update(f"{kind}: {rows:,}")

    status.start()
    return _Stopping(status.stop, advance)


class _Stopping(AbstractContextManager[Callable[[str, int], None]]):
    def __init__(self, stop: Callable[[], None], advance: Callable[[str, int], None]) -> None:
        self._stop = stop
        self._advance = advance

    def __enter__(self) -> Callable[[str, int], None]:
        return self._advance

    def __exit__(self, *error: object) -> None:
        self._stop()
