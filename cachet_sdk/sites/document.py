"""The data model of documents: a page as code. Pure.

Fields that a document leaves out are neither compared nor changed. A component's ``status`` is only set when the
component is created: afterwards it belongs to monitoring.
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

from cachet_sdk.sites.states import ComponentState

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=191, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=20_000, strip_whitespace=True)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=191, strip_whitespace=True, pattern=r"^[^,]+$")]
Link = Annotated[
    str, StringConstraints(max_length=2_000, strip_whitespace=True, pattern=r"^(?:https?://[^\s/][^\s]*)?$")
]
MetaText = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)]


def _check_meta_value(value: object) -> object:
    if not isinstance(value, str | bool | int | float) or (isinstance(value, str) and not value.strip()):
        raise ValueError("expected a non-empty string, a number, true or false")
    return value


#: The values that every server stores in ``meta`` unchanged.
MetaValue = Annotated[MetaText | bool | int | float, BeforeValidator(_check_meta_value)]
_RESERVED_META_KEYS: Final = re.compile(r"tags|cachet_sdk_.*")


def _check_meta_key(key: str) -> str:
    if _RESERVED_META_KEYS.fullmatch(key):
        raise ValueError("this key is reserved for cachet_sdk")
    return key


MetaKey = Annotated[Key, AfterValidator(_check_meta_key)]
Meta: TypeAlias = dict[MetaKey, MetaValue]
Minutes: TypeAlias = Literal[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]


class Entry(BaseModel):
    """The fields of every entry.

    Attributes:
        key: The identity of the entry. The name may change, the key must not.
        name: The name on the page.
        was: Former keys of the entry, or names of existing rows to adopt.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    key: Key
    name: Name
    was: list[Name] = Field(default_factory=list[str])


class ComponentEntry(Entry):
    """A component.

    Attributes:
        status: The status of a new component. Never compared or changed afterwards.
        tags: All tags. Cachet 3 has no tags, so they are stored in ``meta`` there.
        meta: Custom key-value pairs. Other pairs of the component are left alone.
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
        visible: Whether visitors see the group. A new group is visible by default.
        collapsed: ``never``, ``always``, or ``operational``: while all of its components are operational.
        components: Its components, in the order in which the page shows them.
    """

    visible: bool | SkipJsonSchema[None] = None
    collapsed: Literal["never", "always", "operational"] | SkipJsonSchema[None] = None
    meta: Meta | SkipJsonSchema[None] = None
    components: list[ComponentEntry] = Field(default_factory=list[ComponentEntry])


class MetricEntry(Entry):
    """A metric. Its points are not part of the document."""

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
        owner: Who maintains this document. Only rows that this owner created are ever deleted.
        groups: The groups with their components, in the order of the page.
        components: The components without a group.
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
        """The file that it was read from; None for a document built in code."""
        return self._path

    @model_validator(mode="before")
    @classmethod
    def _refuse_subscribers(cls, value: object) -> object:
        if isinstance(value, dict) and "subscribers" in value:
            raise ValueError("subscribers cannot be part of a document: their addresses are personal data")
        return value  # pyright: ignore[reportUnknownVariableType]

    def all_components(self) -> Iterator[tuple[ComponentEntry, GroupEntry | None]]:
        """Return the components in the order of the page, each with its group or None."""
        for group in self.groups:
            for component in group.components:
                yield component, group
        for component in self.components:
            yield component, None

    def at(self, path: Path) -> Self:
        """Set the file that this document was read from, and return the document."""
        self._path = path
        return self


def schema() -> dict[str, Any]:
    """Return the JSON schema of documents, for editors and other validators.

    Example:
        >>> from cachet_sdk import sites
        >>> sites.schema()["required"]
        ['version', 'owner']
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Document.model_json_schema()}
