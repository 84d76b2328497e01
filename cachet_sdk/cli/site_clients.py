"""Clients with a time zone, for commands that process whole pages and need unambiguous times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.cli.session import Session

if TYPE_CHECKING:
    from cachet_sdk.cli.session import AnyClient


def open_zoned(session: Session, zone: str | None, context: str | None = None) -> AnyClient:
    """Return a client whose times are aware, if possible.

    Cachet 2 converts times to any zone. Cachet 3 sends them in its own zone, which the caller must know.

    Args:
        session: The session, whose flags apply.
        zone: Time zone of the server, if known.
        context: Context to use instead of the session's.
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
