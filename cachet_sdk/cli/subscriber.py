"""``cachet subscriber``: list, get, create, update, delete, and on Cachet 2 unsubscribe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.fields import Field
from cachet_sdk.cli.options import Group, dry_run_option, yes_option
from cachet_sdk.cli.resource import Resource, add_commands, resource_group
from cachet_sdk.cli.session import Session, is_v3, pass_session

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


def _with_verified(client: AnyClient, found: Iterable[Any]) -> Iterable[dict[str, object]]:
    from cachet_sdk.cli.output import record_of  # noqa: PLC0415

    return (record_of(one, is_verified=one.is_verified) for one in found)


SUBSCRIBER = Resource(
    manager="subscribers",
    kind="subscriber",
    columns=("id", "email", "is_global", "is_verified", "created_at"),
    records=_with_verified,
    fields=(
        Field("email", "The address."),
        Field(
            "components",
            "A component to be told of; may be repeated. Defaults to all.",
            "refs:component",
            flag="--component",
        ),
        Field(
            "verify", "Whether the address counts as verified, without a mail that asks.", "bool", name_on_3="verified"
        ),
        Field("is_global", "Whether all components are subscribed to.", "bool", only="3", flag="--global"),
        Field("meta", "A pair of your own; may be repeated.", "meta", only="3"),
    ),
    create=("email", "components", "verify", "is_global", "meta"),
    update=("email", "components", "is_global", "meta"),
    filters=(
        Field("email", "Only those with this in their address.", only="3"),
        Field("is_global", "Only those of all components, or only the others.", "bool", only="3", flag="--global"),
        Field("meta", "Only those with this pair; may be repeated.", "meta", only="3"),
        Field("sort", "What to sort by, such as email.", only="3"),
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
    """Remove one subscription of a subscriber to a component, by its id (Cachet 2).

    The ids are in the field "subscriptions" of: cachet subscriber list -o json
    """
    client = session.client
    if is_v3(client):
        raise CommandError(
            "Cachet 3 has no subscriptions of their own; use: cachet subscriber update --component", USAGE
        )
    session.confirm(f"Delete subscription {subscription}?")
    client.subscriptions.delete(subscription)
    session.say(f"Deleted subscription {subscription}.")
