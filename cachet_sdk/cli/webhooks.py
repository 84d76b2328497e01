"""``cachet webhooks``: a receiver that prints what comes, and a sender of sample deliveries."""

from __future__ import annotations

import os
import secrets
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cachet_sdk.cli.exit_codes import FAILED, USAGE, CommandError
from cachet_sdk.cli.options import Group, output_options
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.webhook_samples import SAMPLES, sample_body

if TYPE_CHECKING:
    from collections.abc import Callable

#: The longest delivery that is read, in bytes: Cachet sends rows of its database.
_LONGEST = 1024 * 1024

webhooks: Group = Group("webhooks", help="Receive or send webhooks, to try a receiver. Cachet 3.")

_SECRET = click.option(
    "--secret-file", metavar="FILE", help="A file with the secret. Defaults to CACHET_WEBHOOK_SECRET."
)


@webhooks.command("listen")
@_SECRET
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=9000, show_default=True, help="0 picks a free one.")
@click.option("--count", type=click.IntRange(min=1), help="Stop after this many deliveries.")
@output_options
@pass_session
def listen(session: Session, secret_file: str | None, host: str, port: int, count: int | None) -> None:
    """Receive deliveries, check their signatures, and print each as one line of JSON.

    Without a secret one is made up and shown: set it on the webhook's page of Cachet's dashboard.
    """
    secret = _secret(secret_file)
    if secret is None:
        secret = secrets.token_urlsafe(24)
        session.say(f"The secret for Cachet's dashboard: {secret}")
    done = threading.Event()
    left = count

    def received(body: bytes, headers: dict[str, str]) -> int:
        nonlocal left
        status = _receive(session, body, headers, secret)
        if left is not None:
            left -= 1
            if left <= 0:
                done.set()
        return status

    try:
        server = _Receiver((host, port), _handler(received))
    except OSError as error:
        raise CommandError(f"{host}:{port} cannot be listened on: {error.strerror}", USAGE) from error
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    session.say(f"Listening on http://{host}:{server.server_address[1]}/ - Ctrl-C stops it.")
    try:
        while not done.wait(0.2):
            pass
    finally:
        server.shutdown()
        server.server_close()


@webhooks.command("trigger")
@click.argument("event", type=click.Choice(sorted(SAMPLES)), metavar="EVENT")
@click.option("--to", "url", default="http://127.0.0.1:9000/", show_default=True, metavar="URL", help="The receiver.")
@_SECRET
@click.option("-f", "--field", "fields", multiple=True, metavar="KEY=VALUE", help="A field of the body to change.")
@pass_session
def trigger(session: Session, event: str, url: str, secret_file: str | None, fields: tuple[str, ...]) -> None:
    """Send a sample delivery to a receiver, signed as Cachet would sign it.

    EVENT is component_status_changed, incident_created or another event of Cachet 3. The exit code is 0 when the
    receiver answers with 2xx.
    """
    import httpx  # noqa: PLC0415

    from cachet_sdk import webhooks as sdk  # noqa: PLC0415
    from cachet_sdk.cli.values import pairs  # noqa: PLC0415

    secret = _secret(secret_file)
    if secret is None:
        raise CommandError("pass --secret-file or set CACHET_WEBHOOK_SECRET: deliveries are signed with it", USAGE)
    body = sample_body(event, pairs(fields, "--field"))
    headers = {
        "Content-Type": "application/json",
        "Signature": sdk.sign(body, secret),
        "User-Agent": "Cachet/3.0 Webhook",
    }
    try:
        answer = httpx.post(url, content=body, headers=headers, timeout=10)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CommandError(f"{url} cannot be reached: {error}") from None
    session.say(f"{url} answered {answer.status_code} to {event}.")
    if not answer.is_success:
        raise CommandError(f"the receiver refused the delivery: {answer.text[:200] or answer.status_code}", FAILED)


def _secret(file: str | None) -> str | None:
    if file is None:
        return os.environ.get("CACHET_WEBHOOK_SECRET") or None
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"--secret-file: {file} cannot be read: {error}", USAGE) from None
    if not text.strip():
        raise CommandError(f"--secret-file: {file} is empty", USAGE)
    return text.strip()


def _receive(session: Session, body: bytes, headers: dict[str, str], secret: str) -> int:
    """Print one delivery, and return the status to answer with."""
    from cachet_sdk import WebhookPayloadError, WebhookVerificationError  # noqa: PLC0415
    from cachet_sdk import webhooks as sdk  # noqa: PLC0415

    try:
        event = sdk.unwrap(body, headers, secret)
    except WebhookVerificationError as error:
        session.say(f"cachet: refused a delivery: {error}")
        return 401
    except WebhookPayloadError as error:
        session.say(f"cachet: refused a delivery: {error}")
        return 400
    session.out.line(event.attrs)
    return 204


class _Receiver(ThreadingHTTPServer):
    daemon_threads = True


def _handler(received: Callable[[bytes, dict[str, str]], int]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            """Take one delivery."""
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > _LONGEST:
                self.send_error(413 if length.isdecimal() else 411)
                return
            self.send_response(received(self.rfile.read(int(length)), dict(self.headers.items())))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
            """Say nothing: what comes is printed."""

    return Handler
