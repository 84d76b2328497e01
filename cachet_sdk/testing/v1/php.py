"""PHP's semantics, where clients can see them: truth, casts, arrays, query strings, slugs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote_plus, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Mapping

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_NUMBER = re.compile(r"\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)")
_SUBSCRIPT = re.compile(r"\[([^\]]*)\]")
#: The characters that ``trim()`` removes.
BLANKS = " \t\n\r\0\x0b"


def truth(value: Json) -> bool:
    """Return ``(bool) $value``: the string "false" is true, "0" is not."""
    return value not in (None, False, 0, "", "0", [], {})


def number_at_start(text: str) -> float:
    """Return the number at the start of a string, or 0, as PHP's casts and MariaDB's comparisons do."""
    found = _NUMBER.match(text)
    return float(found[1]) if found else 0.0


def integer(value: Json) -> int:
    """Return ``(int) $value``."""
    if isinstance(value, str):
        value = number_at_start(value)
    if isinstance(value, int | float):
        # PHP decodes an integer of more than 64 bits as a float, and casts such a float to 0.
        return int(value) if abs(value) < 1 << 63 else 0
    return int(truth(value))


def is_integer(value: Json) -> bool:
    """Apply Laravel's ``int`` rule: ``filter_var($value, FILTER_VALIDATE_INT)``, which accepts true, but not false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value.is_integer()
    if isinstance(value, str):
        return re.fullmatch(r"\s*[-+]?(0|[1-9]\d*)\s*", value) is not None
    return isinstance(value, int)


def is_numeric(value: Json) -> bool:
    """Return ``is_numeric($value)``."""
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: float) -> int | float:
    """Return a number as ``json_encode`` writes it: 5, not 5.0."""
    return int(value) if float(value).is_integer() else value


def array(value: Json) -> Json:
    """Convert a value as ``json_decode($text, true)`` does: objects and lists are one type, and ``{}`` is ``[]``."""
    if isinstance(value, dict):
        items = {key: array(item) for key, item in value.items()}
        if all(key == str(index) for index, key in enumerate(items)):
            return list(items.values())
        return items
    if isinstance(value, list):
        return [array(item) for item in value]
    return value


def parse_query(text: str) -> dict[str, Json]:
    """Parse as PHP's ``parse_str``: the last of repeated names wins, and ``a[]=1&b[k]=2`` creates arrays."""
    values: dict[str, Json] = {}
    for part in text.split("&"):
        key, _, value = part.partition("=")
        if not key:
            continue
        name, bracket, rest = unquote_plus(key).partition("[")
        name = name.replace(".", "_").replace(" ", "_")
        target = values
        for subscript in _SUBSCRIPT.findall(bracket + rest):
            inner = target.get(name)
            if not isinstance(inner, dict):
                inner = target[name] = {}
            target, name = inner, subscript or str(len(inner))
        target[name] = unquote_plus(value)
    return {name: array(value) for name, value in values.items()}


def build_query(values: Mapping[str, Json]) -> str:
    """Encode as PHP's ``http_build_query``."""
    parts: list[str] = []

    def add(name: str, value: Json) -> None:
        if isinstance(value, dict | list):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                add(f"{name}[{key}]", item)
        else:
            parts.append(f"{quote_plus(name)}={quote_plus(str(value))}")

    for name, value in values.items():
        add(name, value)
    return "&".join(parts)


#: Letters for which Laravel's conversion to ASCII does more than remove a diacritic.
_TRANSLITERATED = str.maketrans(
    {
        **dict(zip("ÆæŒœÞþ", ("AE", "ae", "OE", "oe", "TH", "th"), strict=True)),
        **dict(zip("ØøŁłĐđÐðĦħŦŧ", "OoLlDdDdHhTt", strict=True)),
        "ß": "ss",
        "ẞ": "SS",
    }
)


def without_accents(text: str) -> str:
    """Remove diacritics: "été" becomes "ete"."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Return Laravel's ``Str::slug``: "Web Site" becomes "web-site", "a/b" becomes "ab"."""
    plain = without_accents(text.translate(_TRANSLITERATED)).encode("ascii", "ignore").decode()
    plain = plain.replace("_", "-").replace("@", "-at-").lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^-\w\s]+", "", plain)).strip("-")
