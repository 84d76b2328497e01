"""Field types that refuse what MySQL or MariaDB would truncate or change without an error. Pure.

The check does not depend on the server's database: the API does not reveal which one it is, most servers use one of
these two, and truncated text is only noticed with the next read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, cast

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from cachet_sdk.core.models.fields import LONGEST_NAME, RequiredTextInput, TextInput, TimeInput

#: Maximum length of a description, in bytes.
LONGEST_DESCRIPTION = 65_535
#: Range of dates, with a margin of one day at either end, because the zone of a naive time is unknown.
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2038, 1, 18, tzinfo=UTC)
#: Latest timestamp of a point.
LATEST_TIMESTAMP = (1 << 31) - 1
#: Characters that PHP trims.
_PHP_WHITESPACE = " \t\n\r\0\x0b"


def _check_range(value: datetime) -> datetime:
    moment = value.replace(tzinfo=UTC) if value.utcoffset() is None else value
    if not _FIRST <= moment < _LAST:
        raise PydanticCustomError("date", "expected a time between 1970 and 2038: databases store other dates as zero")
    return value


def _check_description(value: str) -> str:
    if len(value.encode("utf-8", "surrogatepass")) > LONGEST_DESCRIPTION:
        raise PydanticCustomError("bytes", "must have at most 65535 bytes in UTF-8: servers truncate the rest")
    return value


def _check_suffix(value: str) -> str:
    if len(value) > LONGEST_NAME:
        raise PydanticCustomError("suffix", "must have at most 191 characters: servers truncate the rest")
    return value


#: A time that a server's database can store.
StoredTimeInput = Annotated[TimeInput, AfterValidator(_check_range)]
#: A description that a server's database does not truncate.
DescriptionInput = Annotated[TextInput, AfterValidator(_check_description)]
#: The unit of a metric.
SuffixInput = Annotated[RequiredTextInput, AfterValidator(_check_suffix)]


def changed_in_meta(value: object) -> str | None:
    """Return why a server would change a value of ``meta``, or None if it keeps it.

    An empty object, which becomes an empty list, is not reported.
    """
    if value is None:
        return "the server does not store null; omit it"
    if isinstance(value, str):
        return "the server trims leading and trailing whitespace" if value != value.strip(_PHP_WHITESPACE) else None
    if isinstance(value, Mapping):
        inner = list(cast("Mapping[object, object]", value).values())
    elif isinstance(value, Sequence):
        inner = list(cast("Sequence[object]", value))
    else:
        return None
    return next(filter(None, map(changed_in_meta, inner)), None)
