"""What working with whole pages can raise beyond the errors of the SDK."""

from __future__ import annotations

from cachet_sdk.errors import CachetError, ConfigurationError

__all__ = ["ArchiveError", "DocumentError", "PageChangedError"]


class DocumentError(ConfigurationError):
    """A page document that cannot be used. Nothing was sent.

    Attributes:
        source: The name of the file, or ``<document>``.
        line: The line of the mistake, from 1; None where the format does not tell (a value in a TOML file).
        column: The column, from 1; None as ``line``.
    """

    def __init__(self, problem: str, *, source: str, line: int | None = None, column: int | None = None) -> None:
        place = f"{source}:{line}:{column}" if line is not None else source
        super().__init__(f"{place}: {problem}")
        self.source = source
        self.line = line
        self.column = column


class ArchiveError(CachetError):
    """An archive, or the journal beside it, that cannot be used: damaged, unfinished, of a newer version, another's."""


class PageChangedError(CachetError):
    """The page is not what it was when the plan was made; nothing was sent. Make a new plan.

    Attributes:
        changed: What differs, such as ``component 7``.
    """

    def __init__(self, changed: tuple[str, ...]) -> None:
        shown = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
        super().__init__(f"the page has changed since the plan was made ({shown}); nothing was sent: make a new plan")
        self.changed = changed
