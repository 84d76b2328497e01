"""Data about the server: its version and the overall status."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, JsonValue

from cachet_sdk.core.models.base import Model
from cachet_sdk.core.models.fields import DefaultIfNull


def _null_is_empty(value: object) -> object:
    return {} if value is None else value


class Version(Model):
    """The version of the server."""

    value: Final[str]
    """For example ``2.4.1``."""
    on_latest: Final[Annotated[bool, DefaultIfNull(False), Field(default=False)]]
    """Whether this is the latest release, as far as the server knows. Requires the server's beacon."""
    latest: Final[Annotated[dict[str, JsonValue], BeforeValidator(_null_is_empty), Field(default_factory=dict)]]
    """The latest release known to the server: ``tag_name``, ``prelease`` (the server's spelling) and ``draft``. Empty
    if the server does not look for releases."""


class Status(Model):
    """The overall status, as one word and one sentence."""

    status: Final[str]
    """``success``, ``info`` or ``danger``."""
    message: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The sentence at the top of the status page, in the server's language."""
