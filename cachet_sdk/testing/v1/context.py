"""The arguments of a handler of the v1 API: the server's settings and the context of one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from cachet_sdk.testing.v1 import dates
from cachet_sdk.testing.v1.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

    from cachet_sdk.testing.v1.inputs import Inputs
    from cachet_sdk.testing.v1.php import Json
    from cachet_sdk.testing.v1.store import Store


Release: TypeAlias = Literal["2.3", "2.4", "2.4.0-dev-2018"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is set up; each field is described at ``FakeCachet``."""

    time_zone: str = "UTC"
    explicit_defaults_for_timestamp: bool = False
    always_authenticate: bool = False
    release: Release = "2.4"
    status_as_string: bool = False
    incident_date_format: str = dates.PROSE

    @property
    def is_2_3(self) -> bool:
        """Whether this is Cachet 2.3."""
        return self.release == "2.3"


@dataclass(slots=True)
class Call:
    """One request on its way through the model.

    Attributes:
        store: Every row.
        settings: The server's.
        inputs: Query and body.
        zone: The zone of dates in and out: the server's, or that of the header ``Time-Zone``.
        now: The time of the request, UTC, whole seconds.
        guest: Whether no valid token came along.
        origin: Scheme and host for links.
        url: The request's address without its query, for links to pages.
        counted: To be called after the rows of a list were counted, and before they are read.
        headers: Headers for the answer besides its content type.
    """

    store: Store
    settings: Settings
    inputs: Inputs
    zone: tzinfo
    now: datetime
    guest: bool
    origin: str
    url: str
    counted: Callable[[], None]
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def missing(self, since_2_4: frozenset[str]) -> frozenset[str]:
        """Of the fields that came with 2.4 those that this server does not have: all of them or none."""
        return since_2_4 if self.settings.is_2_3 else frozenset()

    def known(self, shown: dict[str, Json], since_2_4: frozenset[str]) -> dict[str, Json]:
        """A row without the fields that this server does not have."""
        missing = self.missing(since_2_4)
        return {name: value for name, value in shown.items() if name not in missing} if missing else shown

    def show(self, moment: datetime) -> str:
        """A date as this request sees it."""
        return dates.shown(moment, self.zone)

    def status(self, value: int) -> int | str:
        """The status of a component or an incident, as the server's database driver sends it."""
        return str(value) if self.settings.status_as_string else value

    def moment(self, text: Json, form: str = "Y-m-d H:i") -> datetime:
        """Read a date in this request's zone; one in another form is a 500, as nothing there catches it."""
        try:
            return dates.parsed(str(text), self.zone, form)
        except dates.BadDate:
            raise Refusal(500) from None


def created(answer: dict[str, Json], order: Sequence[str]) -> dict[str, Json]:
    """The answer to a create: other keys than a read has, in another order."""
    return {"data": {key: answer[key] for key in order if key in answer}}
