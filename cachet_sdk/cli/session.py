"""The state of one run of the command: flags, settings, client and output, each created on first use."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import click

from cachet_sdk import __version__
from cachet_sdk.cli.exit_codes import USAGE, CommandError
from cachet_sdk.cli.settings import Settings

if TYPE_CHECKING:
    from typing_extensions import TypeIs

    from cachet_sdk import v1, v3
    from cachet_sdk.cli.output import Output

    AnyClient: TypeAlias = v1.Client | v3.Client


def is_v3(client: AnyClient) -> TypeIs[v3.Client]:
    """Whether a client is for Cachet 3. Checks for a manager, because importing the classes takes time."""
    return hasattr(client, "schedule_updates")


class Session:
    """The context object that click passes to all commands."""

    def __init__(self) -> None:
        self.flags: dict[str, str] = {}
        self._client: AnyClient | None = None

    @property
    def debug(self) -> bool:
        """Whether to show tracebacks of errors."""
        return "debug" in self.flags

    @property
    def dry_run(self) -> bool:
        """Whether to print the first write instead of sending it."""
        return "dry_run" in self.flags

    @cached_property
    def settings(self) -> Settings:
        """The settings, each with its origin."""
        return Settings(self.flags)

    @cached_property
    def out(self) -> Output:
        """Prints data to standard output."""
        from cachet_sdk.cli.output import Output  # noqa: PLC0415  (brings rich)

        columns = self.flags.get("columns")
        return Output(
            form=self.settings.text("output") or "table",
            columns=tuple(name.strip() for name in columns.split(",") if name.strip()) if columns else (),
            header="no_header" not in self.flags,
        )

    @property
    def client(self) -> AnyClient:
        """The client for the configured server."""
        if self._client is None:
            self._client = self.open_client()
        return self._client

    @property
    def version(self) -> str:
        """The API version: ``"1"`` or ``"3"``."""
        return "3" if is_v3(self.client) else "1"

    def open_client(self, **options: Any) -> AnyClient:
        """Return a new client for the configured server.

        Raises:
            CommandError: If no endpoint or no token is configured, or a setting is invalid.
        """
        from cachet_sdk import Client  # noqa: PLC0415  (brings httpx and pydantic)
        from cachet_sdk.cli.tokens import find_token  # noqa: PLC0415

        endpoint, version = self.endpoint(), self.api_version()
        token, _ = find_token(self.settings)
        if self.dry_run:
            from cachet_sdk.cli.dry_run import stop_at_writes  # noqa: PLC0415

            options["event_hooks"] = {"request": [stop_at_writes]}
        return Client(
            endpoint,
            token,
            version,
            timezone=self.settings.text("timezone"),
            timeout=self._timeout(),
            user_agent=f"cachet-cli/{__version__}",
            **options,
        )

    def endpoint(self) -> str:
        """Return the URL of the API.

        Raises:
            CommandError: If none is configured.
        """
        endpoint = self.settings.text("endpoint")
        if endpoint is None:
            raise CommandError(
                "no status page is configured: pass --endpoint, set CACHET_ENDPOINT, or run: cachet login", USAGE
            )
        return endpoint

    def api_version(self) -> str | None:
        """Return the configured API version. If none is and the URL does not imply it, detect it on the server."""
        version = self.settings.text("version")
        if version is not None or "/v1" in self.endpoint():
            return version
        from cachet_sdk import detect_version  # noqa: PLC0415

        return detect_version(self.endpoint(), timeout=self._timeout())

    def _timeout(self) -> float:
        text = self.settings.text("request_timeout") or "30"
        try:
            return float(text)
        except ValueError:
            raise CommandError(f"request_timeout: expected seconds, got {text!r}", USAGE) from None

    def say(self, message: str) -> None:
        """Print a message to standard error."""
        click.echo(message, err=True)

    def confirm(self, question: str) -> None:
        """Ask for confirmation, unless ``--yes`` or ``--dry-run`` was passed.

        Raises:
            CommandError: If there is no terminal, or the answer is no.
            click.Abort: If the question is interrupted.
        """
        if "yes" in self.flags or self.dry_run:
            return
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise CommandError(f"{question} Cannot ask without a terminal; pass --yes to confirm.", USAGE)
        if not click.confirm(question, err=True):
            raise CommandError("cancelled; nothing was changed", 1)

    def close(self) -> None:
        """Close the client, if one was created."""
        if self._client is not None:
            self._client.close()


ReturnT = TypeVar("ReturnT")
ParametersT = ParamSpec("ParametersT")


def pass_session(function: Callable[Concatenate[Session, ParametersT], ReturnT]) -> Callable[ParametersT, ReturnT]:
    """Pass the session as a command's first argument."""
    return click.make_pass_decorator(Session)(function)
