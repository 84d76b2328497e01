"""/subscribers and /subscriptions; they always need a token."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates, php
from cachet_sdk.testing.v1.context import Call, created_response
from cachet_sdk.testing.v1.errors import HttpError
from cachet_sdk.testing.v1.lists import Listing, collation_key
from cachet_sdk.testing.v1.rules import validate
from cachet_sdk.testing.v1.store import Subscriber, Subscription

if TYPE_CHECKING:
    from datetime import datetime

    from cachet_sdk.testing.v1.php import Json

_CODE_LENGTH = 42
_SINCE_2_4 = frozenset({"phone_number", "slack_webhook_url"})
_LETTERS = string.ascii_letters + string.digits


def present(call: Call, row: Subscriber) -> dict[str, Json]:
    """Return a subscriber as lists show it; an unverified one appears to be verified now."""
    shown: dict[str, Json] = {
        "id": row.id,
        "email": row.email,
        "verify_code": row.verify_code,
        "phone_number": None,
        "slack_webhook_url": None,
        "verified_at": dates.format_php(row.verified_at or call.now, call.zone, call.settings.incident_date_format),
        "global": True,
        "created_at": call.format_date(row.created_at),
        "updated_at": call.format_date(row.updated_at),
        "subscriptions": [_present_subscription(subscription) for subscription in row.subscriptions.values()],
    }
    return call.supported(shown, _SINCE_2_4)


def _present_subscription(row: Subscription) -> dict[str, Json]:
    """Return a subscription; its times are never converted to another zone."""
    return {
        "id": row.id,
        "subscriber_id": row.subscriber_id,
        "component_id": row.component_id,
        "created_at": dates.format_date(row.created_at),
        "updated_at": dates.format_date(row.updated_at),
    }


LISTING = Listing(present=present)


def index(call: Call) -> Json:
    """GET."""
    return LISTING.paginate(call, lambda: LISTING.rows(call, call.store.subscribers))


def create(call: Call) -> Json:
    """POST: an existing address returns the existing subscriber, unchanged."""
    given = call.inputs.given("email", "components")
    wanted = given.get("components", [])
    if not isinstance(wanted, list | dict):
        raise HttpError(500)
    validate(given, {"email": "required|email"})
    email = str(given["email"])
    known = call.store.subscribers_by_email.get(collation_key(email))
    if known is not None:
        return {"data": present(call, known)}
    verified = php.truth(call.inputs.get("verify", False))
    row = Subscriber(
        id=call.store.subscribers.next_id(),
        created_at=call.now,
        updated_at=call.now,
        email=email,
        verify_code="".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH)),
        verified_at=_verified_at(call) if verified else None,
    )
    call.store.subscribers.add(row)
    call.store.subscribers_by_email[collation_key(email)] = row
    ids = {php.integer(item) for item in (wanted.values() if isinstance(wanted, dict) else wanted)}
    # Ids that do not exist are dropped; no ids at all means every component.
    for component_id in sorted(ids & call.store.components.rows.keys()) if ids else call.store.components.rows:
        _subscribe(call, row, component_id)
    ends = ("verified_at", "subscriptions") if verified else ("subscriptions", "verified_at")
    return created_response(present(call, row), ("email", "verify_code", "updated_at", "created_at", "id", *ends))


def delete(call: Call, row: Subscriber) -> Json:
    """DELETE: deletes its subscriptions, too."""
    for subscription in row.subscriptions.values():
        call.store.subscriptions.remove(subscription)
    call.store.subscribers.remove(row)
    del call.store.subscribers_by_email[collation_key(row.email)]
    return None


def delete_subscription(call: Call, row: Subscription) -> Json:
    """DELETE /subscriptions/{id}."""
    del call.store.subscribers.rows[row.subscriber_id].subscriptions[row.id]
    call.store.subscriptions.remove(row)
    return None


def _verified_at(call: Call) -> datetime:
    """Return the time of verification; 2.4 stores only its date, in UTC."""
    return call.now if call.settings.is_2_3 else call.now.replace(hour=0, minute=0, second=0)


def _subscribe(call: Call, subscriber: Subscriber, component_id: int) -> None:
    row = Subscription(
        id=call.store.subscriptions.next_id(),
        created_at=call.now,
        updated_at=call.now,
        subscriber_id=subscriber.id,
        component_id=component_id,
    )
    subscriber.subscriptions[row.id] = call.store.subscriptions.add(row)
