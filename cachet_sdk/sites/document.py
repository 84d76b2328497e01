"""A page as code: what a document may say. Pure.

What a document does not say is not compared and not changed. A component's ``status`` is set when the component is
made and never again: monitoring and people change it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from cachet_sdk.sites.words import ComponentState

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=191, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=20_000, strip_whitespace=True)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=191, strip_whitespace=True, pattern=r"^[^,]+$")]
Link = Annotated[
    str, StringConstraints(max_length=2_000, strip_whitespace=True, pattern=r"^(?:https?://[^\s/][^\s]*)?$")
]
MetaText = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)]


def _is_meta(value: object) -> object:
    if not isinstance(value, str | bool | int | float) or (isinstance(value, str) and not value.strip()):
        raise ValueError("expected a text that is not empty, a number, or true or false")
    return value


#: What every server keeps of ``meta`` as it was sent.
MetaValue = Annotated[MetaText | bool | int | float, BeforeValidator(_is_meta)]
#: Keys that this package needs itself.
_RESERVED: Final = re.compile(r"tags|cachet_sdk_.*")


def _not_reserved(key: str) -> str:
    if _RESERVED.fullmatch(key):
        raise ValueError("this key is used by cachet_sdk itself")
    return key


MetaKey = Annotated[Key, AfterValidator(_not_reserved)]
Meta: TypeAlias = dict[MetaKey, MetaValue]
Minutes: TypeAlias = Literal[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]


class Entry(BaseModel):
    """What all entries have.

    Attributes:
        key: The entry's identity, which must not change; the name may.
        name: The name on the page.
        was: Former keys of this entry, and names of things on the page that it takes over.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    key: Key
    name: Name
    was: list[Name] = Field(default_factory=list[str])


class ComponentEntry(Entry):
    """A component.

    Attributes:
        status: Its state when it is made; never compared or changed afterwards.
        tags: All its tags. Cachet 3 has none, so they are kept in ``meta`` there.
        meta: Key and value pairs; other pairs of the component are left alone.
    """

    status: ComponentState = "operational"
    description: Text | SkipJsonSchema[None] = None
    link: Link | SkipJsonSchema[None] = None
    enabled: bool | SkipJsonSchema[None] = None
    tags: list[Tag] | SkipJsonSchema[None] = None
    meta: Meta | SkipJsonSchema[None] = None


class GroupEntry(Entry):
    """A component group.

    Attributes:
        visible: Whether guests see it; a group that is made without it is visible.
        collapsed: ``never``, ``always``, or ``operational``: unless one of its components has a problem.
        components: Its components, in the order in which the page shows them.
    """

    visible: bool | SkipJsonSchema[None] = None
    collapsed: Literal["never", "always", "operational"] | SkipJsonSchema[None] = None
    meta: Meta | SkipJsonSchema[None] = None
    components: list[ComponentEntry] = Field(default_factory=list[ComponentEntry])


class MetricEntry(Entry):
    """A metric; its points are pushed, not written here."""

    suffix: Name
    description: Text | SkipJsonSchema[None] = None
    default_value: float | SkipJsonSchema[None] = Field(default=None, ge=-1_000_000_000, le=1_000_000_000)
    calc_type: Literal["sum", "average"] | SkipJsonSchema[None] = None
    display_chart: bool | SkipJsonSchema[None] = None
    places: int | SkipJsonSchema[None] = Field(default=None, ge=0, le=4)
    default_view: Literal["last_hour", "last_12_hours", "today", "week", "month"] | SkipJsonSchema[None] = None
    threshold: Minutes | SkipJsonSchema[None] = None
    visible: Literal["authenticated", "public", "hidden"] | SkipJsonSchema[None] = None


class TemplateEntry(Entry):
    """An incident template."""

    template: Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)]
    engine: Literal["twig", "blade"] | SkipJsonSchema[None] = None


class Document(BaseModel):
    """A page as code; read one with :func:`cachet_sdk.sites.load`.

    Attributes:
        version: The version of this format.
        owner: Who keeps this document; only what it made is ever deleted.
        groups: The groups with their components, in the order of the page.
        components: The components that are in no group.
        metrics: The metrics.
        templates: The incident templates.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, title="A Cachet status page as code")

    version: Literal[1]
    owner: Key
    groups: list[GroupEntry] = Field(default_factory=list[GroupEntry])
    components: list[ComponentEntry] = Field(default_factory=list[ComponentEntry])
    metrics: list[MetricEntry] = Field(default_factory=list[MetricEntry])
    templates: list[TemplateEntry] = Field(default_factory=list[TemplateEntry])

    _path: Path | None = PrivateAttr(default=None)

    @property
    def path(self) -> Path | None:
        """The file that it was read from; None for one that was made in code."""
        return self._path

    @model_validator(mode="before")
    @classmethod
    def _refuse_subscribers(cls, value: object) -> object:
        if isinstance(value, dict) and "subscribers" in value:
            raise ValueError("subscribers are no part of a document: they are people, and their addresses are theirs")
        return value  # pyright: ignore[reportUnknownVariableType]

    def all_components(self) -> Iterator[tuple[ComponentEntry, GroupEntry | None]]:
        """Return the components in the order of the page, each with its group."""
        for group in self.groups:
            for component in group.components:
                yield component, group
        for component in self.components:
            yield component, None

    def at(self, path: Path) -> Self:
        """Remember the file that this document was read from."""
        self._path = path
        return self


def schema() -> dict[str, Any]:
    """Return the JSON schema of documents, for editors and for checks without Python.

    Example:
        >>> from cachet_sdk import sites
        >>> sites.schema()["required"]
        ['version', 'owner']
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Document.model_json_schema()}
