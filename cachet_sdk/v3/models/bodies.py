"""``RequestBody``, the base of the payloads. They are flat: the server does not accept JSON:API documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from cachet_sdk.core.models.payload import Payload, encode_json
from cachet_sdk.core.models.times import is_aware
from cachet_sdk.errors import ArgumentError


class RequestBody(Payload):
    """Fields to send, under the server's names (``snake_case``: it does not validate others). None is omitted."""

    def values(self) -> dict[str, object]:
        """Return the fields that were set, with times as datetimes.

        Empty text is also omitted: arguments cannot be empty, so it was read, and the server would refuse it.
        """
        return {name: value for name, value in super().values().items() if value != ""}

    @classmethod
    def encode(cls, values: Mapping[str, object]) -> bytes:
        """Encode values as JSON: aware times with their offset, naive ones as they are."""
        return encode_json(
            {name: time_to_wire(value) if isinstance(value, datetime) else value for name, value in values.items()}
        )


def time_to_wire(value: datetime) -> str:
    """Format a time to the second: ``2026-01-02T03:04:05+02:00``, or ``2026-01-02 03:04:05`` if it is naive."""
    return value.isoformat(sep="T" if is_aware(value) else " ", timespec="seconds")


def check_times(values: Mapping[str, object], zone: tzinfo | None) -> None:
    """Refuse naive times if the client has a time zone.

    Raises:
        ArgumentError: Names the first one.
    """
    if zone is None:
        return
    for name, value in values.items():
        if isinstance(value, datetime) and not is_aware(value):
            raise ArgumentError(
                name, "is a naive time, but the client has a timezone; pass an aware one, such as datetime.now(UTC)"
            )


def check_not_empty(argument: str, value: object) -> None:
    """Refuse an empty collection, which the server would ignore.

    Raises:
        ArgumentError: Names the argument.
    """
    if value is not None and not value:
        raise ArgumentError(argument, "is empty, which the server ignores; omit it")
