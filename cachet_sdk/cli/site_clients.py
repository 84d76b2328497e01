"""The clients of commands that deal with whole pages: they need to know which moments the server's times are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.cli.session import Session

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


def open_zoned(session: Session, zone: str | None, context: str | None = None) -> AnyClient:
    """Make a client that shows moments where that is possible.

    Cachet 2 converts times to any zone, Cachet 3 tells them in its own, which only its administrator knows.

    Args:
        session: The session, whose flags hold.
        zone: The server's zone, where it was passed.
        context: The saved page to use in place of the session's.
    """
    flags = dict(session.flags)
    if context is not None:
        flags["context"] = context
        for name in ("endpoint", "version", "token_file"):
            flags.pop(name, None)
    asked = _with(flags)
    if zone is None and asked.settings.text("timezone") is None and asked.api_version() != "3":
        zone = "UTC"
    return (_with({**flags, "timezone": zone}) if zone is not None else asked).open_client()


def _with(flags: dict[str, str]) -> Session:
    session = Session()
    session.flags.update(flags)
    return session
