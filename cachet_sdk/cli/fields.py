"""Fields of resources as options: their declaration, and the conversion of their text to a manager's arguments."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from cachet_sdk.cli.references import resolve
from cachet_sdk.cli.values import day, enum_of, member, moment, pairs, words_of

if TYPE_CHECKING:
    from cachet_sdk.cli.session import Session

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Field:
    """An argument of a manager's method as an option of the command.

    Attributes:
        name: Name of the argument.
        help: Short help.
        kind: ``text``, ``int``, ``float``, ``bool``, ``time``, ``day``, ``meta``, ``list``, ``file``, the name of an
            enumeration, or ``ref:`` followed by a kind of resource (``refs:`` if the option can be repeated).
        only: The API version that has it, if only one has.
        flag: Name of the option, if it differs from the argument's.
        required: Whether ``create`` requires it.
        name_on_3: Name of the argument on Cachet 3, if it differs.
    """

    name: str
    help: str
    kind: str = "text"
    only: str | None = None
    flag: str | None = None
    required: bool = False
    name_on_3: str | None = None

    def argument(self, version: str) -> str:
        """Return the name of the argument for an API version."""
        return self.name_on_3 or self.name if version == "3" else self.name

    @property
    def option(self) -> str:
        """The option with its dashes."""
        return self.flag or f"--{self.name.replace('_', '-')}"


# Fields that several kinds of resource have.
MESSAGE = Field("message", "Text in Markdown. @FILE reads it from a file, - from standard input.", "file")
NOTIFY = Field("notify", "Whether subscribers are notified.", "bool", name_on_3="notifications")
PUBLISHED_AT = Field("published_at", "When it becomes visible. Defaults to now.", "time", only="3")
META = Field("meta", "Custom key-value pair. Can be repeated.", "meta")
META_ON_3 = replace(META, only="3")
META_FILTER = Field("meta", "Filter by key-value pair. Can be repeated.", "meta", only="3")


def option_for(field: Field, *, required: bool = False) -> Callable[[FunctionT], FunctionT]:
    """Return the click option of a field."""
    text = f"{field.help} Cachet {'2' if field.only == '1' else '3'} only." if field.only else field.help
    attributes: dict[str, Any] = {"help": text, "required": required}
    declarations = [field.option, field.name]
    if field.kind == "bool":
        bare = field.option.removeprefix("--")
        declarations = [f"--{bare}/--no-{bare}", field.name]
        attributes["default"] = None
    elif field.kind in ("meta", "list") or field.kind.startswith("refs:"):
        attributes["multiple"] = True
        attributes["metavar"] = "KEY=VALUE" if field.kind == "meta" else "NAME"
    elif field.kind in ("int", "float"):
        attributes["type"] = int if field.kind == "int" else float
    elif field.kind == "time":
        attributes["metavar"] = "TIME"
    elif field.kind.startswith("ref:"):
        attributes["metavar"] = field.kind.removeprefix("ref:").upper()
    elif field.kind[0].isupper():
        attributes["metavar"] = "WORD"
        attributes["shell_complete"] = complete_words(field.kind)
    return click.option(*declarations, **attributes)


def options_for(fields: Sequence[Field], *, creating: bool = False) -> Callable[[FunctionT], FunctionT]:
    """Return a decorator that adds the click options of several fields, in order."""

    def decorate(function: FunctionT) -> FunctionT:
        for field in reversed(fields):
            function = option_for(field, required=creating and field.required)(function)
        return function

    return decorate


def arguments_for(session: Session, fields: Sequence[Field], values: dict[str, Any]) -> dict[str, Any]:
    """Convert the options that were passed to the arguments of a manager's method.

    Raises:
        click.UsageError: For an option that this API version does not have, or an invalid value.
    """
    return {
        field.argument(session.version): _converted(session, field, values[field.name])
        for field in fields
        if values.get(field.name) is not None and values[field.name] != ()
    }


def zone_of(session: Session) -> tzinfo | None:
    """Return the configured time zone, in which naive times are read; None for the server's own.

    Raises:
        click.UsageError: If the system does not know the zone.
    """
    name = session.settings.text("timezone")
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise click.UsageError(f"--timezone: unknown time zone {name!r}; use a name such as Europe/Oslo") from None


def _converted(session: Session, field: Field, value: Any) -> Any:  # noqa: PLR0911  (one per kind)
    if field.only is not None and session.version != field.only:
        raise click.UsageError(f"{field.option} is not supported by Cachet {'3' if field.only == '1' else '2'}")
    match field.kind:
        case "time":
            return moment(value, zone_of(session), field.option)
        case "day":
            return day(value, field.option)
        case "meta":
            return pairs(value, field.option)
        case "list":
            return list(value)
        case "file":
            return _read(value, field.option)
        case _:
            pass
    if field.kind.startswith("ref:"):
        return 0 if value == "none" else resolve(session, field.kind.removeprefix("ref:"), value)
    if field.kind.startswith("refs:"):
        return [resolve(session, field.kind.removeprefix("refs:"), one) for one in value]
    if field.kind[0].isupper():
        return member(enum_of(session.version, field.kind), value, field.option)
    return value


def _read(value: str, option: str) -> str:
    if value == "-":
        return sys.stdin.read()
    if not value.startswith("@"):
        return value
    try:
        return Path(value[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise click.UsageError(f"{option}: {value[1:]} cannot be read: {reason}") from None


def complete_words(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return a completion for an enumeration. It offers the words of both API versions, since it asks no server."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        return [word for word in words_of(kind) if word.startswith(incomplete.lower())]

    return complete
