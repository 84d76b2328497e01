"""Field types for what servers with MySQL or MariaDB would cut or change without an error. Pure.

They are refused whatever the server's database is: nothing tells which one it is, most are of these two, and what is
cut comes to light only with the next read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, cast

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from cachet_sdk.core.models.fields import LONGEST_NAME, RequiredTextInput, TextInput, TimeInput

#: The most bytes of a description.
LONGEST_DESCRIPTION = 65_535
#: What a date can be. A day is left at either end, since a naive time is in a zone that nobody tells.
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2038, 1, 18, tzinfo=UTC)
#: The last second that a point can have been measured at.
LAST_SECOND = (1 << 31) - 1
#: What PHP trims.
_SPACE = " \t\n\r\0\x0b"


def _in_range(value: datetime) -> datetime:
    moment = value.replace(tzinfo=UTC) if value.utcoffset() is None else value
    if not _FIRST <= moment < _LAST:
        raise PydanticCustomError("date", "expected a time between 1970 and 2038: databases store others as no date")
    return value


def _short_enough(value: str) -> str:
    if len(value.encode("utf-8", "surrogatepass")) > LONGEST_DESCRIPTION:
        raise PydanticCustomError("bytes", "must have at most 65535 bytes in UTF-8: servers cut longer ones silently")
    return value


def _suffix(value: str) -> str:
    if len(value) > LONGEST_NAME:
        raise PydanticCustomError("suffix", "must have at most 191 characters: servers cut longer ones silently")
    return value


#: A moment that a server's database can hold.
StoredTimeInput = Annotated[TimeInput, AfterValidator(_in_range)]
#: A description that a server's database keeps whole.
DescriptionInput = Annotated[TextInput, AfterValidator(_short_enough)]
#: The unit of a metric.
SuffixInput = Annotated[RequiredTextInput, AfterValidator(_suffix)]


def changed_in_meta(value: object) -> str | None:
    """Find what a server would change within a value of ``meta``; None when it keeps all of it.

    An empty object is kept as an empty list, which is left to the documentation.
    """
    if value is None:
        return "the server does not keep null; leave it out"
    if isinstance(value, str):
        return "the server trims spaces at its ends" if value != value.strip(_SPACE) else None
    if isinstance(value, Mapping):
        inner = list(cast("Mapping[object, object]", value).values())
    elif isinstance(value, Sequence):
        inner = list(cast("Sequence[object]", value))
    else:
        return None
    return next(filter(None, map(changed_in_meta, inner)), None)
