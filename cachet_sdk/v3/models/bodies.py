"""``RequestBody``: what is sent to make or to change something. Flat fields: the server takes no JSON:API documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from cachet_sdk.core.models.payload import Payload, encode_json
from cachet_sdk.core.models.times import is_aware
from cachet_sdk.errors import ArgumentError


class RequestBody(Payload):
    """What is sent, under the server's names (``snake_case``: it does not check the others). None is left out."""

    def values(self) -> dict[str, object]:
        """Give what was set, with times still as times.

        Empty text is left out as well: no argument can be, so it was read, and the server would refuse it.
        """
        return {name: value for name, value in super().values().items() if value != ""}

    @classmethod
    def encode(cls, values: Mapping[str, object]) -> bytes:
        """Write values as JSON, an aware time with its offset, a naive one in the server's zone."""
        return encode_json(
            {name: time_to_wire(value) if isinstance(value, datetime) else value for name, value in values.items()}
        )


def time_to_wire(value: datetime) -> str:
    """Write a time, to the second: ``2026-01-02T03:04:05+02:00``, or ``2026-01-02 03:04:05`` where it is naive."""
    return value.isoformat(sep="T" if is_aware(value) else " ", timespec="seconds")


def check_times(values: Mapping[str, object], zone: tzinfo | None) -> None:
    """Refuse naive times where the client has a time zone.

    Raises:
        ArgumentError: naming the first one.
    """
    if zone is None:
        return
    for name, value in values.items():
        if isinstance(value, datetime) and not is_aware(value):
            raise ArgumentError(
                name, "is a naive time, but the client has a timezone; pass an aware one, such as datetime.now(UTC)"
            )


def check_not_empty(argument: str, value: object) -> None:
    """Refuse an empty collection where the server takes it for no change at all.

    Raises:
        ArgumentError: naming the argument.
    """
    if value is not None and not value:
        raise ArgumentError(argument, "is empty, which the server takes for no change; leave it out")
