"""What the releases of Cachet 2 do differently, told from the version that a server reports. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_VERSION = re.compile(r"v?(\d{1,6})\.(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Release:
    """A server's release.

    Attributes:
        number: Its major and minor number; None where the server does not report a version that can be read.
        in_development: Whether it is a build of a branch: many builds that differ share such a version.
    """

    number: tuple[int, int] | None
    in_development: bool

    @classmethod
    def parse(cls, version: object) -> Release:
        """Read what a server reports as its version; anything else than a version is an unknown release."""
        match = _VERSION.match(version.strip()) if isinstance(version, str) else None
        if match is None:
            return UNKNOWN
        return cls((int(match[1]), int(match[2])), "-" in match.string)

    @property
    def is_before_2_4(self) -> bool:
        """Whether it is known to be older than 2.4, and so lacks what 2.4 added."""
        return self.number is not None and self.number < (2, 4)

    @property
    def resets_more(self) -> bool:
        """Whether an update resets fields that 2.4 keeps when they are left out.

        Cachet 2.0 to 2.3 set a component's status to 0 and enable it, and releases before 2.3.18 reset a metric's
        ``calc_type``, ``places`` and ``default_view``, and a group's name. Where the release is unknown the answer is
        yes: to send a field with the value that it has is right everywhere.
        """
        return self.number is None or self.is_before_2_4

    @property
    def resets_enabled(self) -> bool:
        """Whether an update of a component changes ``enabled`` when that is left out.

        Cachet 2.0 to 2.3 enable the component. Builds of 2.4.0-dev from 2018 disable it, and later ones, which report
        the same version, keep it: so it is sent to every server that reports a version in development.
        """
        return self.resets_more or self.in_development


def dropped(values: Mapping[str, object], kept_as: Mapping[str, object]) -> list[str]:
    """Find the fields of a request that Cachet 2.3 would drop without an error, where that would make a difference.

    Args:
        values: The body of the request.
        kept_as: The fields that it drops, each with what it does instead.
    """
    return [name for name, value in values.items() if name in kept_as and (value or None) != (kept_as[name] or None)]


#: The release of a server that does not report one.
UNKNOWN = Release(None, in_development=False)
