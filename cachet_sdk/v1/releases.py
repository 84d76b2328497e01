"""Differences between the releases of Cachet 2, derived from the version that a server reports. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_VERSION = re.compile(r"v?(\d{1,6})\.(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Release:
    """A server's release.

    Attributes:
        number: Major and minor version, or None if the server does not report a valid version.
        in_development: Whether it is a development build. Different builds may share such a version.
    """

    number: tuple[int, int] | None
    in_development: bool

    @classmethod
    def parse(cls, version: object) -> Release:
        """Return the release of a version that a server reports, or ``UNKNOWN`` if it is not a version."""
        match = _VERSION.match(version.strip()) if isinstance(version, str) else None
        if match is None:
            return UNKNOWN
        return cls((int(match[1]), int(match[2])), "-" in match.string)

    @property
    def is_before_2_4(self) -> bool:
        """Whether it is known to be older than 2.4."""
        return self.number is not None and self.number < (2, 4)

    @property
    def resets_more(self) -> bool:
        """Whether an update resets omitted fields that 2.4 keeps.

        Cachet 2.0 to 2.3 set a component's status to 0 and enable it, and releases before 2.3.18 reset a metric's
        ``calc_type``, ``places`` and ``default_view``, and a group's name. True for an unknown release, because
        sending a field with its current value is correct for every release.
        """
        return self.number is None or self.is_before_2_4

    @property
    def resets_enabled(self) -> bool:
        """Whether an update of a component resets ``enabled`` if it is omitted.

        Cachet 2.0 to 2.3 enable the component. Builds of 2.4.0-dev from 2018 disable it, and later builds that report
        the same version keep it, so ``enabled`` is sent to every development build.
        """
        return self.resets_more or self.in_development


def ignored_fields(values: Mapping[str, object], assumed: Mapping[str, object]) -> list[str]:
    """Return the fields of a request that Cachet 2.0 to 2.3 would ignore although their values matter.

    Args:
        values: The fields of the request body.
        assumed: Fields that these releases ignore, each with the value that they assume.
    """
    return [name for name, value in values.items() if name in assumed and (value or None) != (assumed[name] or None)]


#: The release of a server that does not report one.
UNKNOWN = Release(None, in_development=False)
