"""``cachet validate``, ``plan``, ``apply``, ``pull`` and ``schema``: pages as code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from cachet_sdk.cli.exit_codes import CHANGES, FAILED
from cachet_sdk.cli.options import Command, output_options, yes_option
from cachet_sdk.cli.progress import progress_bar
from cachet_sdk.cli.session import Session, pass_session

if TYPE_CHECKING:
    from cachet_sdk.sites import Plan

_document = click.argument("file", type=click.Path(dir_okay=False))
_lock = click.option(
    "--lock", type=click.Path(dir_okay=False), help="Lock file. Defaults to cachet.lock.json beside FILE."
)
_prune = click.option("--prune", is_flag=True, help="Delete what was created from FILE and is no longer in it.")
_max_delete = click.option(
    "--max-delete",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    help="Fail if more than this would be deleted.",
)


@click.command("validate", cls=Command)
@_document
@pass_session
def validate(session: Session, file: str) -> None:
    """Check a document without contacting a server."""
    from cachet_sdk import sites  # noqa: PLC0415  (not needed for help and completion)

    document = sites.load(file)
    count = sum(1 for _ in document.all_components())
    session.say(f"{file} is valid: {len(document.groups)} groups, {count} components")


@click.command("schema", cls=Command)
def schema() -> None:
    """Print the JSON schema of page documents, for editors."""
    from cachet_sdk import sites  # noqa: PLC0415

    click.echo(json.dumps(sites.schema(), indent=2))


@click.command("plan", cls=Command)
@_document
@_lock
@_prune
@_max_delete
@click.option("--exit-code", is_flag=True, help="Exit with 10 if there are changes.")
@output_options
@pass_session
def plan(session: Session, *, file: str, lock: str | None, prune: bool, max_delete: int, exit_code: bool) -> int:
    """Show the changes that make the page match a document. Nothing is changed."""
    from cachet_sdk import sites  # noqa: PLC0415

    found = sites.plan(sites.load(file), session.client, lock=lock, prune=prune, max_delete=max_delete)
    show(session, found.to_dict(), str(found))
    return CHANGES if exit_code and found else 0


@click.command("apply", cls=Command)
@_document
@_lock
@_prune
@_max_delete
@click.option(
    "--concurrency", type=click.IntRange(1), default=8, show_default=True, help="Maximum number of parallel requests."
)
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
@yes_option
@pass_session
def apply(
    session: Session,
    *,
    file: str,
    lock: str | None,
    prune: bool,
    max_delete: int,
    concurrency: int,
    dry_run: bool,
) -> int:
    """Change the page to match a document, after showing the plan and asking for confirmation.

    After a failure, running the command again makes the remaining changes. Nothing is created twice.
    """
    from cachet_sdk import sites  # noqa: PLC0415

    found = sites.plan(sites.load(file), session.client, lock=lock, prune=prune, max_delete=max_delete)
    click.echo(str(found))
    if dry_run or not found:
        return 0
    session.confirm(f"Apply these changes to {session.endpoint()}?")
    return _apply(found, concurrency)


def _apply(found: Plan, concurrency: int) -> int:
    from cachet_sdk import sites  # noqa: PLC0415

    with progress_bar("Applying", len(found.changes)) as advance:
        report = sites.apply(found, concurrency=concurrency, progress=lambda _, done, total: advance(done, total))
    click.echo(str(report))
    return 0 if report.ok else FAILED


@click.command("pull", cls=Command)
@_document
@click.option("--owner", required=True, help="Name that identifies the document, such as a team.")
@_lock
@pass_session
def pull(session: Session, *, file: str, owner: str, lock: str | None) -> None:
    """Write a new document from an existing page. The page is not changed."""
    from cachet_sdk import sites  # noqa: PLC0415

    document = sites.pull(session.client, file, owner=owner, lock=lock)
    count = sum(1 for _ in document.all_components())
    session.say(f"Wrote {file}: {len(document.groups)} groups, {count} components")


def show(session: Session, values: dict[str, Any], text: str) -> None:
    """Print a report as text, or as values if another output format than table was chosen."""
    if (session.settings.text("output") or "table") == "table":
        click.echo(text)
    else:
        session.out.document(values)
