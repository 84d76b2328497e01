"""Models what MariaDB stores of a row: less than the application assumes and the response to the write states."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.store import Store

#: The widest string that a column of names keeps; the rest is cut without an error.
NAME_WIDTH = 191
_TEXT_BYTES = 65_535
_NAMES = frozenset({"name", "suffix"})
#: What a TIMESTAMP column can hold.
_FIRST, _LAST = datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC)
_FOUR_BYTES = re.compile(r"[\U00010000-\U0010ffff]")


def settle(store: Store, *, three_byte_characters: bool) -> None:
    """Cut the rows that the present request wrote down to what the database keeps.

    Args:
        store: All tables.
        three_byte_characters: Whether characters of four bytes, emoji above all, are lost.
    """
    for table in store.tables:
        for row in table.take_written():
            for column in fields(row):
                value = getattr(row, column.name)
                kept = _kept(column.name, value, three_byte_characters=three_byte_characters)
                if kept is not value:
                    setattr(row, column.name, kept)


def _kept(column: str, value: object, *, three_byte_characters: bool) -> object:
    if isinstance(value, datetime):
        return value if value is dates.NO_DATE or _FIRST <= value <= _LAST else dates.NO_DATE
    if not isinstance(value, str):
        return value
    text = _FOUR_BYTES.sub("????", value) if three_byte_characters and not value.isascii() else value
    if column in _NAMES and len(text) > NAME_WIDTH:
        return text[:NAME_WIDTH]
    if column == "description" and len(text) > _TEXT_BYTES // 4:
        return text.encode()[:_TEXT_BYTES].decode(errors="ignore")
    return text
