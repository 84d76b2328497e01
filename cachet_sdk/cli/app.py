"""The root command ``cachet``: its table of subcommands, and how a run of it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import click

from cachet_sdk import __version__
from cachet_sdk.cli.dry_run import Stopped
from cachet_sdk.cli.exit_codes import INTERRUPTED, report
from cachet_sdk.cli.lazy import LazyGroup, Row
from cachet_sdk.cli.options import Group, common_options
from cachet_sdk.cli.session import Session

_PAGE, _WHOLE, _SETUP, _MORE = "Resources", "Whole pages", "Configuration", "Tools"

#: Every subcommand, in the order of the help.
COMMANDS: dict[str, Row] = {
    "status": Row("cachet_sdk.cli.status:status", "Show the board: groups, components, incidents.", _PAGE),
    "component": Row("cachet_sdk.cli.component:component", "List and change components.", _PAGE),
    "component-group": Row("cachet_sdk.cli.component_group:component_group", "List and change groups.", _PAGE),
    "incident": Row("cachet_sdk.cli.incident:incident", "Open, update and resolve incidents.", _PAGE),
    "incident-update": Row("cachet_sdk.cli.incident_update:incident_update", "Read and edit incident updates.", _PAGE),
    "maintenance": Row(
        "cachet_sdk.cli.maintenance:maintenance", "Plan maintenance, or run a command during it.", _PAGE
    ),
    "maintenance-update": Row(
        "cachet_sdk.cli.maintenance_update:maintenance_update", "Post and edit maintenance updates (Cachet 3).", _PAGE
    ),
    "metric": Row("cachet_sdk.cli.metric:metric", "List metrics and push points.", _PAGE),
    "metric-point": Row("cachet_sdk.cli.metric_point:metric_point", "List and change points.", _PAGE),
    "subscriber": Row("cachet_sdk.cli.subscriber:subscriber", "List, add and remove subscribers.", _PAGE),
    "template": Row("cachet_sdk.cli.template:template", "List and change incident templates.", _PAGE),
    "api": Row("cachet_sdk.cli.api:api", "Send a raw request to the API.", _PAGE),
    "validate": Row("cachet_sdk.cli.as_code:validate", "Check a page document.", _WHOLE),
    "plan": Row("cachet_sdk.cli.as_code:plan", "Show what apply would change.", _WHOLE),
    "apply": Row("cachet_sdk.cli.as_code:apply", "Change the page to match a document.", _WHOLE),
    "pull": Row("cachet_sdk.cli.as_code:pull", "Write a document from an existing page.", _WHOLE),
    "schema": Row("cachet_sdk.cli.as_code:schema", "Print the JSON schema of page documents.", _WHOLE),
    "export": Row("cachet_sdk.cli.archives:export", "Save a page to an archive file.", _WHOLE),
    "import": Row("cachet_sdk.cli.archives:import_", "Restore an archive file to a page.", _WHOLE),
    "migrate": Row("cachet_sdk.cli.archives:migrate", "Move a page with its history to another server.", _WHOLE),
    "copy": Row("cachet_sdk.cli.archives:copy", "Copy a page's structure to another server.", _WHOLE),
    "login": Row("cachet_sdk.cli.login:login", "Save a status page and its token as a context.", _SETUP),
    "logout": Row("cachet_sdk.cli.login:logout", "Delete the saved token of a context.", _SETUP),
    "context": Row("cachet_sdk.cli.context:context", "List and switch between saved status pages.", _SETUP),
    "config": Row("cachet_sdk.cli.config_command:config", "Read and change settings.", _SETUP),
    "doctor": Row("cachet_sdk.cli.doctor:doctor", "Check the connection, the token, the clock.", _SETUP),
    "webhooks": Row("cachet_sdk.cli.webhooks:webhooks", "Receive webhooks, or send samples to a receiver.", _MORE),
    "serve": Row("cachet_sdk.cli.serve:serve", "Run an embedded Cachet for experiments.", _MORE),
    "completion": Row("cachet_sdk.cli.completion:completion", "Print a shell completion script.", _MORE),
}


class Root(LazyGroup, Group):
    """The root group."""

    rows: Mapping[str, Row] = COMMANDS


@click.group(
    cls=Root,
    name="cachet",
    params=list(common_options()),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", prog_name="cachet", message="%(prog)s %(version)s")
@click.pass_context
def cachet(ctx: click.Context) -> None:
    """Manage a Cachet status page (Cachet 2.3, 2.4 and 3).

    The address is taken from --endpoint, CACHET_ENDPOINT, or the context saved by "cachet login". The API token is
    taken from --token-file, CACHET_API_TOKEN, or the same context.
    """
    ctx.ensure_object(Session)


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code. The only exception it raises is ``SystemExit``, after completion."""
    session = Session()
    try:
        result: object = cachet.main(list(arguments), prog_name="cachet", standalone_mode=False, obj=session)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader, such as head, is done. Python must not complain when it flushes the rest of the buffer at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Stopped as stopped:
        code = stopped.show(session)
    except Exception as error:  # noqa: BLE001  (every error becomes one line and an exit code)
        code = report(error, debug=session.debug)
    else:
        code = result if isinstance(result, int) else 0
    finally:
        session.close()
    return code
