"""``cachet subscriber``: list, get, create, update, delete, and unsubscribe (Cachet 2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.fields import META_FILTER, META_ON_3, Field
from cachet_sdk.cli.options import Group, dry_run_option, yes_option
from cachet_sdk.cli.resource import Resource, add_commands, record_of, resource_group
from cachet_sdk.cli.session import Session, is_v3, pass_session

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


def _with_verified(client: AnyClient, found: Iterable[Any]) -> Iterable[dict[str, object]]:
    return (record_of(one, is_verified=one.is_verified) for one in found)


SUBSCRIBER = Resource(
    manager="subscribers",
    kind="subscriber",
    columns=("id", "email", "is_global", "is_verified", "created_at"),
    records=_with_verified,
    fields=(
        Field("email", "E-mail address."),
        Field(
            "components",
            "Component to subscribe to. Can be repeated. Defaults to all.",
            "refs:component",
            flag="--component",
        ),
        Field(
            "verify",
            "Whether to mark the address as verified without sending a confirmation mail.",
            "bool",
            name_on_3="verified",
        ),
        Field("is_global", "Whether to subscribe to all components.", "bool", only="3", flag="--global"),
        META_ON_3,
    ),
    create=("email", "components", "verify", "is_global", "meta"),
    update=("email", "components", "is_global", "meta"),
    filters=(
        Field("email", "Filter by a part of the address.", only="3"),
        Field("is_global", "Filter by subscription to all components.", "bool", only="3", flag="--global"),
        META_FILTER,
        Field("sort", "Field to sort by, such as email.", only="3"),
    ),
)

subscriber: Group = resource_group("subscriber", "List, add and remove subscribers.")
add_commands(subscriber, SUBSCRIBER)


@subscriber.command("unsubscribe")
@click.argument("subscription", type=click.IntRange(min=1))
@yes_option
@dry_run_option
@pass_session
def unsubscribe(session: Session, subscription: int) -> None:
    """Delete a subscription to one component by its id (Cachet 2).

    The ids are listed in the field "subscriptions" of: cachet subscriber list -o json
    """
    client = session.client
    if is_v3(client):
        raise CommandError("Cachet 3 has no ids of subscriptions; use: cachet subscriber update --component", USAGE)
    session.confirm(f"Delete subscription {subscription}?")
    client.subscriptions.delete(subscription)
    session.say(f"Deleted subscription {subscription}.")
