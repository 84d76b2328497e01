"""What the server says of itself: its version, and how everything is doing."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from cachet_sdk.core.models.base import Model
from cachet_sdk.core.models.fields import DefaultIfNull
from cachet_sdk.v3.enums import SystemStatus
from cachet_sdk.v3.models.fields import KNOWN_OR_TEXT


class Version(Model):
    """The version of the server."""

    value: Final[Annotated[str, Field(alias="version")]]
    """The version, such as ``3.x-dev``."""


class SystemStatusReport(Model):
    """How everything is doing, in one word and one sentence.

    A component whose status nobody has set counts as not operational: one is enough for ``partial_outage``.
    """

    status: Final[Annotated[SystemStatus | str, KNOWN_OR_TEXT]]
    """How it is. A word that this package does not know stays a plain str."""
    message: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The sentence on top of the status page, in the server's language."""
