"""Component data, and the payloads that create and update one."""

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


def _refuse_changed_values(meta: dict[str, JsonValue]) -> dict[str, JsonValue]:
    problem = changed_in_meta(meta)
    if problem:
        raise PydanticCustomError(
            "meta", "contains a value that the server would change: {problem}", {"problem": problem}
        )
    return meta


#: Key-value pairs that the server stores unchanged.
KeptMetaInput = Annotated[MetaInput, AfterValidator(_refuse_changed_values)]


class ComponentFields(TypedDict, total=False):
    """The arguments of ``create``, as an item of ``create_many``."""

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
    """The arguments of ``update``, as an item of ``update_many``."""

    silent: bool


class _ComponentPayload(Payload):
    description: DescriptionInput | None = None
    link: TextInput | None = None
    order: OrderInput | None = None
    group_id: OptionalIdInput | None = None
    enabled: FlagInput | None = None
    meta: KeptMetaInput | None = None
    tags: TagsInput | None = None


class NewComponent(_ComponentPayload):
    """The request body of ``POST /components``."""

    name: NameInput
    status: Annotated[ComponentStatus, one_of(ComponentStatus)]


class ComponentChange(_ComponentPayload):
    """The request body of ``PUT /components/{id}``."""

    name: NameInput | None = None
    status: Annotated[ComponentStatus, one_of(ComponentStatus)] | None = None
    silent: FlagInput | None = None

    def values(self) -> dict[str, object]:
        """Return the fields that were set.

        Raises:
            UnsupportedError: For empty tags, which the server ignores.
        """
        if self.tags is not None and not self.tags:
            raise UnsupportedError(
                "tags: Cachet's API cannot remove a component's last tag; keep one, or remove it on the dashboard"
            )
        return super().values()


class ComponentData(ResourceData):
    """A part of your service, with a status: an API, a website, a region."""

    _UPDATE: ClassVar[type[Payload]] = ComponentChange
    # The server returns only one of several tags with the same slug, so sending the returned tags removes the others.
    _ONLY_CHANGED: ClassVar[tuple[str, ...]] = ("tags",)

    id: Final[int]
    """Assigned by the server."""
    name: Annotated[str, DefaultIfNull("")] = ""
    """At most 191 characters."""
    description: Annotated[str, DefaultIfNull("")] = ""
    """Text shown with the component. Empty if there is none."""
    link: Annotated[str, DefaultIfNull("")] = ""
    """URL that the component links to. Empty if there is none."""
    status: Annotated[ComponentStatus | int, known_or_int, DefaultIfNull(ComponentStatus.UNKNOWN)] = (
        ComponentStatus.UNKNOWN
    )
    """A value unknown to this SDK stays a plain int."""
    status_name: Final[Annotated[str, DefaultIfNull(""), Field(default="")]]
    """Name of the status, in the server's language."""
    order: Annotated[int, DefaultIfNull(0)] = 0
    """Position within its group, in ascending order."""
    group_id: Annotated[int, DefaultIfNull(0)] = 0
    """Id of its group. 0 if it has none."""
    enabled: Annotated[bool, DefaultIfNull(False)] = True
    """Whether it is shown and counts towards the overall status."""
    meta: Annotated[JsonValue, SkipValidation, deep_copied] = None
    """Custom key-value pairs. The server returns an empty object as None or []."""
    tags: Annotated[set[str], SENT_BY_SERVER] = Field(default_factory=Tags)
    """Names of its tags. See also ``add_tag``, ``del_tag`` and ``has_tag``."""
    created_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was created. Naive and in the server's time zone, or aware if the client has a ``timezone``."""
    updated_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was last changed, in the time zone of ``created_at``."""
    deleted_at: Final[Annotated[datetime | None, NoneOnError()]]
    """When it was deleted, in the time zone of ``created_at``."""

    _ZONED: ClassVar[tuple[str, ...]] = ("created_at", "updated_at", "deleted_at")

    @property
    def tag_names(self) -> list[str]:
        """Names of the tags, sorted."""
        return sorted(self.tags)

    @property
    def tag_slugs(self) -> list[str]:
        """Slugs of the tags, sorted: ASCII, with hyphens. The ``tags`` filter of ``list`` accepts them."""
        tags = self._tags()
        return sorted(tags.slug(name) for name in tags)

    def add_tag(self, name: str) -> None:
        """Add a tag. It is sent by ``update`` or ``save``.

        All tags of a component are sent together. If several have the same slug ("C++" and "C#" are both ``c``), the
        server returns only one of them; the others are lost when tags are sent.

        Args:
            name: Must not contain a comma, or be "0", which servers ignore.

        Raises:
            ArgumentError: If the name is not valid.
        """
        self.add_tags([name])

    def add_tags(self, names: str | Iterable[str]) -> None:
        """Add several tags. They are sent by ``update`` or ``save``.

        Args:
            names: Tag names, as an iterable or as one comma-separated string.

        Raises:
            ArgumentError: If a name is not valid.
        """
        self.tags = self.tags | self._checked("tags", names)

    def set_tags(self, names: str | Iterable[str]) -> None:
        """Replace all tags. They are sent by ``update`` or ``save``.

        Args:
            names: Tag names, as an iterable or as one comma-separated string.

        Raises:
            ArgumentError: If a name is not valid.
        """
        self.tags = self._checked("tags", names)

    def del_tag(self, name: str | None = None, slug: str | None = None) -> None:
        """Remove a tag. The change is sent by ``update`` or ``save``.

        Args:
            name: Name of the tag, ignoring case.
            slug: Slug of the tag, instead of the name.

        Raises:
            KeyError: If there is no such tag.
        """
        wanted = _one_of(name, slug)
        found = self._tags().find(wanted)
        if found is None:
            raise KeyError(wanted)
        self.tags.discard(found)

    def has_tag(self, name: str | None = None, slug: str | None = None) -> bool:
        """Return whether the component has a tag.

        Args:
            name: Name of the tag, ignoring case.
            slug: Slug of the tag, instead of the name.
        """
        return _one_of(name, slug) in self.tags

    def _tags(self) -> Tags:
        return self.tags if isinstance(self.tags, Tags) else Tags(self.tags)


def _one_of(name: str | None, slug: str | None) -> str:
    wanted = name if name is not None else slug
    if wanted is None or (name is not None and slug is not None):
        raise TypeError("pass either name= or slug=")
    return wanted


#: Number of attempts when concurrent requests create the same tag, and the first wait between them in seconds.
TAG_ATTEMPTS = 3
TAG_PAUSE = 0.05


def has_reasons(error: BadRequestError) -> bool:
    """Return whether the server stated a reason. It states none if its database refused the request."""
    try:
        document: object = from_json(error.response.content) if error.response is not None else None
    except ValueError:
        return True
    errors = document.get("errors") if is_object(document) else None
    return not is_array(errors) or any(not is_object(one) or "meta" in one for one in errors)
