"""What handlers receive: the server's settings and the context of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from cachet_sdk.testing.v1 import dates
from cachet_sdk.testing.v1.errors import HttpError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

    from cachet_sdk.testing.v1.inputs import Inputs
    from cachet_sdk.testing.v1.php import Json
    from cachet_sdk.testing.v1.store import Store


Release: TypeAlias = Literal["2.3", "2.4", "2.4.0-dev-2018"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The server's settings; ``FakeCachet`` documents each."""

    time_zone: str = "UTC"
    explicit_defaults_for_timestamp: bool = False
    always_authenticate: bool = False
    release: Release = "2.4"
    status_as_string: bool = False
    incident_date_format: str = dates.DEFAULT_INCIDENT_FORMAT

    @property
    def is_2_3(self) -> bool:
        """Whether this is Cachet 2.3."""
        return self.release == "2.3"


@dataclass(slots=True)
class Call:
    """A request and its context.

    Attributes:
        store: All rows.
        settings: The server's settings.
        inputs: The fields of query and body.
        zone: The time zone of dates in the request and the response: the server's, or that of the ``Time-Zone``
            header.
        now: The time of the request, in UTC, in whole seconds.
        guest: Whether the request has no valid token.
        origin: The scheme and host for links.
        url: The request's URL without its query, for links to pages.
        on_list: Call it after the rows of a list are counted and before they are read.
        headers: Headers of the response, besides its content type.
    """

    store: Store
    settings: Settings
    inputs: Inputs
    zone: tzinfo
    now: datetime
    guest: bool
    origin: str
    url: str
    on_list: Callable[[], None]
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def unsupported(self, since_2_4: frozenset[str]) -> frozenset[str]:
        """Return the fields that this server lacks: on 2.3 all that 2.4 added, otherwise none."""
        return since_2_4 if self.settings.is_2_3 else frozenset()

    def supported(self, shown: dict[str, Json], since_2_4: frozenset[str]) -> dict[str, Json]:
        """Return a row without the fields that this server lacks."""
        unsupported = self.unsupported(since_2_4)
        return {name: value for name, value in shown.items() if name not in unsupported} if unsupported else shown

    def format_date(self, moment: datetime) -> str:
        """Format a date in this request's time zone."""
        return dates.format_date(moment, self.zone)

    def status(self, value: int) -> int | str:
        """Return the status of a component or incident as the server's database driver returns it."""
        return str(value) if self.settings.status_as_string else value

    def parse_date(self, text: Json, php_format: str = "Y-m-d H:i") -> datetime:
        """Parse a date in this request's time zone; another format is a 500, as the server does not catch the error."""
        try:
            return dates.parse_date(str(text), self.zone, php_format)
        except dates.DateParseError:
            raise HttpError(500) from None


def created_response(row: dict[str, Json], order: Sequence[str]) -> dict[str, Json]:
    """Return the response to a create, whose keys and their order differ from those of a read."""
    return {"data": {key: row[key] for key in order if key in row}}
