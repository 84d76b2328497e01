"""Data about the server: its version and the overall status."""

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
    """For example ``3.x-dev``."""


class SystemStatusReport(Model):
    """The overall status, as one word and one sentence.

    A component whose status was never set counts as not operational: a single one causes ``partial_outage``.
    """

    status: Final[Annotated[SystemStatus | str, KNOWN_OR_TEXT]]
    """A value unknown to this SDK stays a plain str."""
    message: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The sentence at the top of the status page, in the server's language."""
