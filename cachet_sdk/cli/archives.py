"""``cachet export``, ``import``, ``migrate`` and ``copy``: a page in a file, and on another server."""

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
    "--source-timezone", metavar="ZONE", help="The zone that the server is set to; needed for Cachet 3."
)
_target_zone = click.option(
    "--target-timezone", metavar="ZONE", help="The zone that the target is set to; needed to verify on Cachet 3."
)
_dry_run = click.option("--dry-run", is_flag=True, help="Say only what would be made, and what is lost.")
_verify = click.option("--verify", is_flag=True, help="Read everything again, and compare it field by field.")
_from = click.option("--from", "source", required=True, metavar="CONTEXT", help="The saved page to read.")
_to = click.option("--to", "target", required=True, metavar="CONTEXT", help="The saved page to write.")


@click.command("export", cls=Command)
@_archive
@click.option("--redact", is_flag=True, help="Leave out e-mail addresses and verification codes.")
@_source_zone
@output_options
@pass_session
def export(session: Session, *, archive: str, redact: bool, source_timezone: str | None) -> None:
    """Write all that the API shows of a page into one file; compressed if it ends in .gz.

    A file that ends in .part is what an interrupted export left; the next one goes on with it.
    """
    from cachet_sdk import sites  # noqa: PLC0415  (help and completion do without)

    with open_zoned(session, source_timezone) as client, _telling() as tell:
        counts = sites.export_site(client, archive, redact=redact, progress=tell)
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
    """Make on a page what an archive holds. Nobody is told; a run that was killed goes on where it was."""
    from cachet_sdk import sites  # noqa: PLC0415

    with open_zoned(session, target_timezone) as client:
        if not dry_run:
            session.confirm(f"Make everything that {archive} holds on {client.endpoint}?")
        with _telling() as tell:
            report = sites.import_site(archive, client, dry_run=dry_run, verify=verify, journal=journal, progress=tell)
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
    """Move a page with its history to another server, from Cachet 2.3 or 2.4 to 2.4 or 3, or from 3 to 3.

    Run it with --dry-run first: it says what the target cannot keep. A run that was killed goes on where it was.
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
    """Copy groups, components, metrics and templates to another server, without history and subscribers."""
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
            session.confirm(f"Make everything that {old.endpoint} shows on {new.endpoint}?")
        with _telling() as tell:
            report = sites.migrate(old, new, path=archive, dry_run=dry_run, verify=verify, kinds=kinds, progress=tell)
    return _end(session, report)


def _end(session: Session, report: ImportReport) -> int:
    show(session, report.to_dict(), str(report))
    return 0 if report.ok else FAILED


def _telling() -> AbstractContextManager[Callable[[str, int], None]]:
    """Show how far it is, on standard error, where that is a terminal."""
    console = make_console(stderr=True)
    if not console.is_terminal:
        return nullcontext(lambda kind, rows: None)
    status = console.status("…")

    def tell(kind: str, rows: int) -> None:
        status.update(f"{kind}: {rows:,}")

    status.start()
    return _Stopping(status.stop, tell)


class _Stopping(AbstractContextManager[Callable[[str, int], None]]):
    def __init__(self, stop: Callable[[], None], tell: Callable[[str, int], None]) -> None:
        self._stop = stop
        self._tell = tell

    def __enter__(self) -> Callable[[str, int], None]:
        return self._tell

    def __exit__(self, *error: object) -> None:
        self._stop()
