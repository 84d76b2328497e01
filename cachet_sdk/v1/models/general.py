"""What the server says of itself: its version, and how everything is doing."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, JsonValue

from cachet_sdk.core.fields import Flag, Text
from cachet_sdk.core.model import Model


def _null_is_empty(value: object) -> object:
    return {} if value is None else value


class Version(Model):
    """The version of the server."""

    #: The version, such as ``2.4.1``.
    value: Final[str]
    #: Whether the server believes that this is the newest one; needs its beacon.
    on_latest: Final[Annotated[Flag, Field(default=False)]]
    #: The newest one that the server knows of: ``tag_name``, ``prelease`` (spelt so by the server) and ``draft``.
    #: Empty where the server does not look.
    latest: Final[Annotated[dict[str, JsonValue], BeforeValidator(_null_is_empty), Field(default_factory=dict)]]


class Status(Model):
    """How everything is doing, in one word and one sentence."""

    #: ``success``, ``info`` or ``danger``.
    status: Final[str]
    #: The sentence on top of the status page, in the server's language.
    message: Final[Annotated[Text, Field(default="")]]
