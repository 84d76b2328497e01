"""Receive Cachet's webhooks with FastAPI."""

import logging
import os

from fastapi import BackgroundTasks, FastAPI, HTTPException, Request

from cachet_sdk import webhooks

logging.basicConfig(level=logging.INFO)  # otherwise only warnings are shown
log = logging.getLogger("status")
secret = os.environ["CACHET_WEBHOOK_SECRET"]
app = FastAPI()


@app.post("/hooks/cachet", status_code=204)
async def receive(request: Request, background: BackgroundTasks) -> None:
    body = await request.body()  # the raw bytes, which the signature covers
    try:
        event = webhooks.unwrap(body, request.headers, secret)
    except webhooks.WebhookVerificationError:
        raise HTTPException(401) from None
    except webhooks.WebhookPayloadError:
        raise HTTPException(400) from None
    background.add_task(work, event)  # runs after the response is sent


def work(event: webhooks.Event) -> None:
    try:
        handle(event)
    except Exception:  # the server's log would not name the event
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
