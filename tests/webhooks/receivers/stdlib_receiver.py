"""Receive Cachet's webhooks with the standard library only."""

import logging
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Thread

from cachet_sdk import webhooks

log = logging.getLogger("status")
secret = os.environ["CACHET_WEBHOOK_SECRET"]
events: SimpleQueue[webhooks.Event | None] = SimpleQueue()


class Receiver(BaseHTTPRequestHandler):
    timeout = 10  # seconds, for slow or silent clients

    def do_POST(self) -> None:
        self.send_response(self.receive())
        self.end_headers()

    def receive(self) -> int:
        length = self.headers.get("Content-Length", "")
        if self.path != "/hooks/cachet":
            return 404
        if not length.isdecimal():
            return 411
        if int(length) > 1_000_000:
            return 413
        try:
            event = webhooks.unwrap(self.rfile.read(int(length)), self.headers, secret)
        except webhooks.WebhookVerificationError:
            return 401
        except webhooks.WebhookPayloadError:
            return 400
        events.put(event)
        return 204


def work() -> None:
    while (event := events.get()) is not None:  # None ends the loop
        try:
            handle(event)
        except Exception:  # a failing event must not end the thread
            log.exception("failed to handle %s", event.event)


def handle(event: webhooks.Event) -> None:
    match event:
        case webhooks.ComponentStatusChanged(body=change):
            now, old = change.new_status, change.old_status
            log.info("component %d: status %d, was %d", change.component_id, now, old)
        case webhooks.UnknownEvent():
            log.warning("unknown event %s", event.event)
        case _:
            log.info("%s %d", event.event, event.body.id)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    Thread(target=work, daemon=True).start()
    print("waiting for deliveries at http://127.0.0.1:8080/hooks/cachet")
    ThreadingHTTPServer(("127.0.0.1", 8080), Receiver).serve_forever()
