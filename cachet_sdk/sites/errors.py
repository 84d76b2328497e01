"""The errors that only functions for whole pages raise."""

from __future__ import annotations

from cachet_sdk.errors import CachetError, ConfigurationError

__all__ = ["ArchiveError", "DocumentError", "PageChangedError"]


class DocumentError(ConfigurationError):
    """A document is invalid. Nothing was sent.

    Attributes:
        source: The name of the file, or ``<document>``.
        line: The line of the error, from 1; None if unknown (an invalid value in TOML).
        column: The column, from 1; None if unknown.
    """

    def __init__(self, problem: str, *, source: str, line: int | None = None, column: int | None = None) -> None:
        place = f"{source}:{line}:{column}" if line is not None else source
        super().__init__(f"{place}: {problem}")
        self.source = source
        self.line = line
        self.column = column


class ArchiveError(CachetError):
    """An archive or its journal cannot be used: it is damaged, incomplete, of a newer version, or of another page."""


class PageChangedError(CachetError):
    """The page has changed since the plan was made. Nothing was sent. Make a new plan.

    Attributes:
        changed: The rows that changed, such as ``component 7``.
    """

    def __init__(self, changed: tuple[str, ...]) -> None:
        shown = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
        super().__init__(f"the page has changed since the plan was made ({shown}); nothing was sent: make a new plan")
        self.changed = changed
