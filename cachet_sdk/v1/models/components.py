"""Components: what the server sends of one, and what it takes to make or change one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final, TypedDict

from pydantic import AfterValidator, Field, JsonValue, SkipValidation
from pydantic_core import PydanticCustomError, from_json

from cachet_sdk.core.json_types import is_array, is_object
from cachet_sdk.core.models.fields import (
    DefaultIfNull,
    FlagInput,
    MetaInput,
    NameInput,
    NoneOnError,
    OptionalIdInput,
    OrderInput,
    TextInput,
    deep_copied,
    known_or_int,
    one_of,
)
from cachet_sdk.core.models.payload import Payload
from cachet_sdk.core.models.resource_data import ResourceData
from cachet_sdk.errors import BadRequestError, UnsupportedError
from cachet_sdk.v1.enums import ComponentStatus
from cachet_sdk.v1.models.limits import DescriptionInput, changed_in_meta
from cachet_sdk.v1.models.tags import SENT_BY_SERVER, Tags, TagsInput


def _refuse_what_is_not_kept(meta: dict[str, JsonValue]) -> dict[str, JsonValue]:
    problem = changed_in_meta(meta)
    if problem:
        raise PydanticCustomError("meta", "must hold what the server keeps: {problem}", {"problem": problem})
    return meta


KeptMetaInput = Annotated[MetaInput, AfterValidator(_refuse_what_is_not_kept)]


class ComponentFields(TypedDict, total=False):
    """What a component is made of, for many at once: the arguments of ``create``."""

    name: str
    status: ComponentStatus | int
    description: str
    link: str
    order: int
    group_id: int
    enabled: bool
    meta: Mapping[str, JsonValue]
    tags: str | Iterable[str]


class ComponentChanges(ComponentFields, total=False):
    """What a component is changed by, for many at once: the arguments of ``update``."""

    silent: bool


class NewComponent(Payload):
    """The body of ``POST /components``."""

    name: NameInput
    status: Annotated[ComponentStatus, one_of(ComponentStatus)]
    description: DescriptionInput | None = None
    link: TextInput | None = None
    order: OrderInput | None = None
    group_id: OptionalIdInput | None = None
    enabled: FlagInput | None = None
    meta: KeptMetaInput | None = None
    tags: TagsInput | None = None


class ComponentChange(Payload):
    """The body of ``PUT /components/{id}``."""

    name: NameInput | None = None
    status: Annotated[ComponentStatus, one_of(ComponentStatus)] | None = None
    description: DescriptionInput | None = None
    link: TextInput | None = None
    order: OrderInput | None = None
    group_id: OptionalIdInput | None = None
    enabled: FlagInput | None = None
    meta: KeptMetaInput | None = None
    tags: TagsInput | None = None
    silent: FlagInput | None = None

    def values(self) -> dict[str, object]:
        """Return what was set.

        Raises:
            UnsupportedError: for no tags at all, which the server takes for no change.
        """
        if self.tags is not None and not self.tags:
            raise UnsupportedError(
                "tags: Cachet's API cannot remove a component's last tag; keep one, or remove it on the dashboard"
            )
        return super().values()


class ComponentData(ResourceData):
    """A part of what the status page is about: a service, a site, a region."""

    _UPDATE: ClassVar[type[Payload]] = ComponentChange
    # Of tags with the same slug the server shows one, and sending those that it shows takes the others away.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("tags",)

    id: Final[int]
    """The id."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """The name."""
    description: Annotated[str, DefaultIfNull("")] = ""
    """What it is; empty for none."""
    link: Annotated[str, DefaultIfNull("")] = ""
    """Where it is to be found; empty for none."""
    status: Annotated[ComponentStatus | int, known_or_int, DefaultIfNull(ComponentStatus.UNKNOWN)] = (
        ComponentStatus.UNKNOWN
    )
    """How it is doing. A number that this package does not know stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """The status in words, in the server's language."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Its place in its group."""
    group_id: Annotated[int, DefaultIfNull(0)] = 0
    """The id of its group; 0 for none."""
    enabled: Annotated[bool, DefaultIfNull(False)] = True
    """Whether it is shown to guests, and counts."""
    meta: Annotated[JsonValue, SkipValidation, deep_copied] = None
    """Key and value pairs of your own. The server shows an empty object as None or []."""
    tags: Annotated[set[str], SENT_BY_SERVER] = Field(default_factory=Tags)
    """The names of its tags; see also ``add_tag``, ``del_tag`` and ``has_tag``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was made; in the server's zone and naive, or in the client's ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed; as ``created_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted; as ``created_at``."""

    _ZONED: ClassVar[tuple[str, ...]] = ("created_at", "updated_at", "deleted_at")

    @property
    def tag_names(self) -> list[str]:
        """The names of the tags, sorted."""
        return sorted(self.tags)

    @property
    def tag_slugs(self) -> list[str]:
        """The slugs of the tags, sorted. The ``tags`` filter of a list takes them; they are ASCII, with hyphens."""
        tags = self._tags()
        return sorted(tags.slug(name) for name in tags)

    def add_tag(self, name: str) -> None:
        """Add a tag; ``update`` or ``save`` then sends it.

        The server takes all tags of a component at once. Of tags with the same slug ("C++" and "C#" are both ``c``) it
        shows one: the others cannot be seen here, and are lost when tags are sent.

        Args:
            name: Its name, without commas; not "0", which servers take for no tag.

        Raises:
            ArgumentError: for what is no name of a tag.
        """
        self.add_tags([name])

    def add_tags(self, names: str | Iterable[str]) -> None:
        """Add several tags; ``update`` or ``save`` then sends them.

        Args:
            names: Their names, in any iterable or as one comma-separated string.

        Raises:
            ArgumentError: for what are no names of tags.
        """
        self.tags = self.tags | self._checked("tags", names)

    def set_tags(self, names: str | Iterable[str]) -> None:
        """Put other tags in place of those that are there; ``update`` or ``save`` then sends them.

        Args:
            names: Their names, in any iterable or as one comma-separated string.

        Raises:
            ArgumentError: for what are no names of tags.
        """
        self.tags = self._checked("tags", names)

    def del_tag(self, name: str | None = None, slug: str | None = None) -> None:
        """Take a tag away; ``update`` or ``save`` then sends it.

        Args:
            name: Its name, in any case.
            slug: Its slug, instead of the name.

        Raises:
            KeyError: when there is no such tag.
        """
        wanted = _one_of(name, slug)
        found = self._tags().find(wanted)
        if found is None:
            raise KeyError(wanted)
        self.tags.discard(found)

    def has_tag(self, name: str | None = None, slug: str | None = None) -> bool:
        """Tell whether there is a tag.

        Args:
            name: Its name, in any case.
            slug: Its slug, instead of the name.
        """
        return _one_of(name, slug) in self.tags

    def _tags(self) -> Tags:
        return self.tags if isinstance(self.tags, Tags) else Tags(self.tags)


def _one_of(name: str | None, slug: str | None) -> str:
    wanted = name if name is not None else slug
    if wanted is None or (name is not None and slug is not None):
        raise TypeError("pass name= or slug=, one of them")
    return wanted


#: How often new tags that other requests make at the same time are tried, and seconds to wait in between.
TAG_ATTEMPTS = 3
TAG_PAUSE = 0.05


def has_reasons(error: BadRequestError) -> bool:
    """Tell whether the server said why it refused; it does not when its database did."""
    try:
        document: object = from_json(error.response.content) if error.response is not None else None
    except ValueError:
        return True
    errors = document.get("errors") if is_object(document) else None
    return not is_array(errors) or any(not is_object(one) or "meta" in one for one in errors)
