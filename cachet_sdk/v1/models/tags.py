"""The tags of a component: a set of names with their slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, cast

from pydantic_core import PydanticCustomError, core_schema

from cachet_sdk.errors import short_repr

_ALTERNATIVES = "see tag_names, tag_slugs and has_tag(slug=...) of the component"


class Tags(set[str]):
    """A set of tag names. ``in`` accepts a name or a slug, and ignores case.

    Example:
        >>> tags = Tags(["Web Server"])
        >>> "web server" in tags, "web-server" in tags
        (True, True)
    """

    __slots__ = ("_by_slug",)
    """Names by slug, if the server sent them. Its slugs transliterate more scripts than ``slug_of``."""

    _by_slug: dict[str, str]

    def __contains__(self, tag: object) -> bool:
        return isinstance(tag, str) and self.find(tag) is not None

    if not TYPE_CHECKING:
        # cachet-client 4 had a dictionary of names by slug here.
        def __getitem__(self, slug: object) -> NoReturn:
            raise TypeError(f"tags are a set of names, without {short_repr(slug)} to look up; {_ALTERNATIVES}")

        def __getattr__(self, name: str) -> NoReturn:
            hint = f"; {_ALTERNATIVES}" if name in {"items", "keys", "values", "get"} else ""
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (sorted(self), getattr(self, "_by_slug", None))

    def find(self, tag: str) -> str | None:
        """Return the name of a tag by its name or slug, ignoring case, or None if there is no such tag."""
        wanted = tag.casefold()
        return next((name for name in self if wanted in {name.casefold(), self.slug(name)}), None)

    def slug(self, name: str) -> str:
        """Return the slug that Cachet derives from a name."""
        by_slug: dict[str, str] = getattr(self, "_by_slug", None) or {}
        return next((slug for slug, known in by_slug.items() if known == name), None) or slug_of(name)

    @classmethod
    def read(cls, value: object) -> Tags:
        """Parse a server's tags: an object of names by slug, or an empty list. Called for each row of a list."""
        if type(value) is dict:
            by_slug = cast("dict[str, Any]", value)
            if by_slug.get("") == "":  # the dashboard of Cachet 2.3 stores an empty tag for a component without tags
                by_slug = {slug: name for slug, name in by_slug.items() if name != ""}
            for name in by_slug.values():
                if type(name) is not str:
                    raise PydanticCustomError("tags", "expected names that are strings")
            tags = cls(by_slug.values())
            tags.discard("")  # that dashboard also stores empty names
            tags._by_slug = by_slug
            return tags
        if value is None or value in ([], ""):
            return cls()
        names = cast("Collection[Any]", value) if isinstance(value, list | tuple | set) else None
        if names is None or not all(type(name) is str for name in names):
            raise PydanticCustomError("tags", "expected an object of tag names by slug, or a list")
        return cls(name for name in names if name)

    @classmethod
    def accept(cls, value: object) -> Tags:
        """Parse a caller's tags: a comma-separated string, or an iterable of strings."""
        if isinstance(value, str):
            return cls(_writable(name) for name in map(str.strip, value.split(",")) if name)
        if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
            raise PydanticCustomError("tags", "expected a comma-separated string or an iterable of strings")
        names: list[str] = []
        for name in cast("Iterable[object]", value):
            if not isinstance(name, str) or not name.strip():
                raise PydanticCustomError("tags", "expected names that are strings and not empty")
            if "," in name:
                raise PydanticCustomError("tags", "must not contain a comma inside a name: the server splits at commas")
            names.append(_writable(name.strip()))
        return cls(names)

    def set_slugs(self, by_slug: dict[str, str]) -> None:
        """Store the slugs that the server sent."""
        self._by_slug = by_slug

    def to_wire(self) -> str:
        """Return the tags as comma-separated text, the only form that servers accept ("Tags go in as text")."""
        return ",".join(sorted(self))


def _writable(name: str) -> str:
    if name == "0":
        raise PydanticCustomError("tags", "must not be '0', which servers ignore")
    if not name.isascii() and any("\ud800" <= character <= "\udfff" for character in name):
        raise PydanticCustomError("tags", "expected names without lone surrogates, which JSON cannot represent")
    return name


def _restore(names: list[str], by_slug: dict[str, str] | None) -> Tags:
    tags = Tags(names)
    if by_slug is not None:
        tags.set_slugs(by_slug)
    return tags


#: Letters that Laravel transliterates and Unicode does not decompose. Other scripts are not included, because the
#: releases of Laravel transliterate them differently.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Œ": "OE", "œ": "oe", "Ł": "L", "ł": "l",
        "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "TH", "þ": "th", "\u0131": "i", "Ħ": "H", "ħ": "h", "Ŧ": "T",
        "ŧ": "t",
    }
)  # fmt: skip


def slug_of(name: str) -> str:
    """Return the slug that Cachet derives from a name: ASCII, lower case, words joined by hyphens."""
    letters = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    ascii_name = letters.encode("ascii", "ignore").decode().lower().replace("_", "-").replace("@", "-at-")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^a-z0-9\s-]", "", ascii_name)).strip("-")


class _TagsSchema:
    """The pydantic schema of tags."""

    def __init__(self, *, sent_by_server: bool) -> None:
        self._read = Tags.read if sent_by_server else Tags.accept
        self._write: Any = sorted if sent_by_server else Tags.to_wire

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read, serialization=core_schema.plain_serializer_function_ser_schema(self._write)
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}, "uniqueItems": True}


#: For ``Annotated[set[str], SENT_BY_SERVER]``: tags as the server sends them. They are ``Tags`` at run time, but typed
#: as a set, so that any set can be assigned.
SENT_BY_SERVER = _TagsSchema(sent_by_server=True)
#: Tags as a caller passes them.
TagsInput = Annotated[Tags, _TagsSchema(sent_by_server=False)]
