"""``cachet api``: send a raw request with the configured endpoint and token."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cachet_sdk.cli.options import Command, dry_run_option
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.values import pairs

if TYPE_CHECKING:
    from pydantic import JsonValue


@click.command("api", cls=Command)
@click.argument("method", type=click.Choice(["GET", "POST", "PUT", "PATCH", "DELETE"], case_sensitive=False))
@click.argument("path")
@click.option("-f", "--field", "fields", multiple=True, metavar="KEY=VALUE", help="Field of the JSON body.")
@click.option("-q", "--query", multiple=True, metavar="KEY=VALUE", help="Query parameter. Can be repeated.")
@click.option("--input", "source", metavar="FILE", help="Read the JSON body from a file, or from standard input for -.")
@dry_run_option
@pass_session
def api(
    session: Session, method: str, path: str, fields: tuple[str, ...], query: tuple[str, ...], source: str | None
) -> None:
    r"""Send a request to a path under the endpoint, and print the response.

    The value of a field is sent as JSON if it is valid JSON, and as a string otherwise.

    \b
    Examples:
      cachet api GET /components -q per_page=5
      cachet api PUT /components/1 -f status=4
    """
    if fields and source:
        raise click.UsageError("pass --field or --input, not both")
    body: JsonValue = pairs(fields, "--field") if fields else _read(source) if source else None
    if any("=" not in entry for entry in query):
        raise click.UsageError("--query: expected key=value")
    parameters: dict[str, str | int | bool] = {
        key: value for key, _, value in (entry.partition("=") for entry in query)
    }
    response = session.client.request(method.upper(), f"/{path.lstrip('/')}", params=parameters, json=body)
    if response is not None:
        session.out.document(response)


def _read(source: str) -> JsonValue:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        body: JsonValue = json.loads(text)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"--input: {source} cannot be read as JSON: {error}") from None
    return body
