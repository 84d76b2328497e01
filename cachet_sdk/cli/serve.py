"""``cachet serve``: the embedded Cachet on a port."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click

from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.options import Command
from cachet_sdk.cli.session import Session, pass_session


@click.command("serve", cls=Command)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 picks a free one."
)
@click.option(
    "--cachet",
    "release",
    type=click.Choice(["2.3", "2.4", "3"]),
    default="2.4",
    show_default=True,
    help="Release to imitate.",
)
@pass_session
def serve(session: Session, port: int, release: str) -> None:
    """Run an embedded Cachet in memory until interrupted.

    It listens on 127.0.0.1 only. It prints the environment variables that make the other commands use it.
    """
    from cachet_sdk.testing import FakeCachet  # noqa: PLC0415

    fake = FakeCachet(version="3") if release == "3" else FakeCachet(release="2.3" if release == "2.3" else "2.4")
    try:
        serving = fake.serve(port)
    except OSError as error:
        raise CommandError(
            f"cannot listen on port {port}: {error.strerror}; --port 0 picks a free one", USAGE
        ) from error
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    with serving as server:
        click.echo(f"export CACHET_ENDPOINT={server.endpoint}")
        click.echo(f"export CACHET_API_VERSION={fake.version}")
        click.echo(f"export CACHET_API_TOKEN={fake.token}")
        session.say(f"An embedded Cachet {release} is running (press Ctrl-C to stop)")
        stop.wait()
