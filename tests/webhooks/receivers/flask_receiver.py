"""Receive Cachet's webhooks with Flask."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, abort, request

from cachet_sdk import webhooks

logging.basicConfig(level=logging.INFO)  # otherwise only warnings are shown
log = logging.getLogger("status")
secret = os.environ["CACHET_WEBHOOK_SECRET"]
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000_000
worker = ThreadPoolExecutor(max_workers=1)  # one worker, to keep the order


@app.post("/hooks/cachet")
def receive() -> tuple[str, int]:
    try:
        event = webhooks.unwrap(request.get_data(), request.headers, secret)
    except webhooks.WebhookVerificationError:
        abort(401)
    except webhooks.WebhookPayloadError:
        abort(400)
    worker.submit(work, event)
    return "", 204


def work(event: webhooks.Event) -> None:
    try:
        handle(event)
    except Exception:  # otherwise the exception would be lost in the Future
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
