"""Models what MariaDB stores of a row, which may be less than the response to the write shows."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cachet_sdk.testing.v1 import dates

if TYPE_CHECKING:
    from cachet_sdk.testing.v1.store import Store

#: The width of name columns in characters; longer strings are truncated without an error.
NAME_WIDTH = 191
_TEXT_BYTES = 65_535
_NAMES = frozenset({"name", "suffix"})
#: The range of a TIMESTAMP column.
_FIRST, _LAST = datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC)
_FOUR_BYTES = re.compile(r"[\U00010000-\U0010ffff]")


def fix_up(store: Store, *, three_byte_characters: bool) -> None:
    """Change the rows that this request wrote to what the database stores of them.

    Args:
        store: All tables.
        three_byte_characters: Whether columns hold only characters of up to three bytes, so that emoji are lost.
    """
    for table in store.tables:
        for row in table.pop_written():
            for column in fields(row):
                value = getattr(row, column.name)
                stored = _stored_value(column.name, value, three_byte_characters=three_byte_characters)
                if stored is not value:
                    setattr(row, column.name, stored)


def _stored_value(column: str, value: object, *, three_byte_characters: bool) -> object:
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
