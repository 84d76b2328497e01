"""``cachet webhooks``: receive and print deliveries, or send a sample delivery."""

from __future__ import annotations

import os
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import click

from cachet_sdk.cli.exit_codes import FAILED, USAGE, CommandError
from cachet_sdk.cli.options import Group, output_options
from cachet_sdk.cli.session import Session, pass_session
from cachet_sdk.cli.tokens import read_secret
from cachet_sdk.cli.webhook_samples import SAMPLES, sample_body

if TYPE_CHECKING:
    from collections.abc import Callable

#: The maximum size of a delivery, in bytes. Cachet sends single database rows.
_LONGEST = 1024 * 1024

webhooks: Group = Group("webhooks", help="Receive webhooks of Cachet 3, or send samples to a receiver.")

_SECRET = click.option(
    "--secret-file", metavar="FILE", help="Read the secret from a file. Defaults to CACHET_WEBHOOK_SECRET."
)


@webhooks.command("listen")
@_SECRET
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=9000, show_default=True, help="Port; 0 picks a free one."
)
@click.option("--count", type=click.IntRange(min=1), help="Stop after this many deliveries.")
@output_options
@pass_session
def listen(session: Session, secret_file: str | None, host: str, port: int, count: int | None) -> None:
    """Receive deliveries, verify their signatures, and print each as one line of JSON.

    If no secret is passed, one is generated and printed. Enter it for the webhook in Cachet's dashboard.
    """
    secret = _secret(secret_file)
    if secret is None:
        secret = secrets.token_urlsafe(24)
        session.say(f"Secret for Cachet's dashboard: {secret}")
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
        raise CommandError(f"cannot listen on {host}:{port}: {error.strerror}", USAGE) from error
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    session.say(f"Listening on http://{host}:{server.server_address[1]}/ (press Ctrl-C to stop)")
    try:
        while not done.wait(0.2):
            pass
    finally:
        server.shutdown()
        server.server_close()


@webhooks.command("trigger")
@click.argument("event", type=click.Choice(sorted(SAMPLES)), metavar="EVENT")
@click.option(
    "--to", "url", default="http://127.0.0.1:9000/", show_default=True, metavar="URL", help="URL of the receiver."
)
@_SECRET
@click.option(
    "-f", "--field", "fields", multiple=True, metavar="KEY=VALUE", help="Field of the body to change. Can be repeated."
)
@pass_session
def trigger(session: Session, event: str, url: str, secret_file: str | None, fields: tuple[str, ...]) -> None:
    """Send a sample delivery to a receiver, signed as by Cachet.

    EVENT is component_status_changed, incident_created or another event of Cachet 3. The exit code is 0 if the receiver
    responds with 2xx.
    """
    import httpx  # noqa: PLC0415

    from cachet_sdk import webhooks as sdk  # noqa: PLC0415
    from cachet_sdk.cli.values import pairs  # noqa: PLC0415

    secret = _secret(secret_file)
    if secret is None:
        raise CommandError("no secret to sign with: pass --secret-file or set CACHET_WEBHOOK_SECRET", USAGE)
    body = sample_body(event, pairs(fields, "--field"))
    headers = {
        "Content-Type": "application/json",
        "Signature": sdk.sign(body, secret),
        "User-Agent": "Cachet/3.0 Webhook",
    }
    try:
        response = httpx.post(url, content=body, headers=headers, timeout=10)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CommandError(f"{url} cannot be reached: {error}") from None
    session.say(f"{url} responded to {event} with {response.status_code}.")
    if not response.is_success:
        raise CommandError(f"the receiver refused the delivery: {response.text[:200] or response.status_code}", FAILED)


def _secret(file: str | None) -> str | None:
    if file is None:
        return os.environ.get("CACHET_WEBHOOK_SECRET") or None
    return read_secret("--secret-file", file)


def _receive(session: Session, body: bytes, headers: dict[str, str], secret: str) -> int:
    """Print one delivery, and return the status code of the response."""
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
            """Receive one delivery."""
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > _LONGEST:
                self.send_error(413 if length.isdecimal() else 411)
                return
            self.send_response(received(self.rfile.read(int(length)), dict(self.headers.items())))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (as the base class names it)
            """Log nothing: deliveries are printed."""

    return Handler
