"""``cachet completion``: print click's completion script for a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from cachet_sdk.cli.exit_codes import CommandError
from cachet_sdk.cli.options import Command


@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    r"""Print the completion script for a shell.

    \b
    bash:  cachet completion bash > ~/.local/share/bash-completion/completions/cachet
    zsh:   cachet completion zsh > "${fpath[1]}/_cachet"
    fish:  cachet completion fish > ~/.config/fish/completions/cachet.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise CommandError(f"there is no completion for {shell}")
    script = kind(ctx.find_root().command, {}, "cachet", "_CACHET_COMPLETE")
    # Not kind.source(), which for bash first runs bash to check its version.
    click.echo(script.source_template % script.source_vars())
