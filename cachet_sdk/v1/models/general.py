"""What the server says of itself: its version, and how everything is doing."""

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
    """The version, such as ``2.4.1``."""
    on_latest: Final[Annotated[bool, DefaultIfNull(False), Field(default=False)]]
    """Whether the server believes that this is the newest one; needs its beacon."""
    latest: Final[Annotated[dict[str, JsonValue], BeforeValidator(_null_is_empty), Field(default_factory=dict)]]
    """The newest one that the server knows of: ``tag_name``, ``prelease`` (spelt so by the server) and ``draft``. Empty
    where the server does not look."""


class Status(Model):
    """How everything is doing, in one word and one sentence."""

    status: Final[str]
    """``success``, ``info`` or ``danger``."""
    message: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The sentence on top of the status page, in the server's language."""
