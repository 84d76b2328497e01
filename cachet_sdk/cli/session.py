"""One run of the command: its flags, its settings, its client and its output, each made when it is first needed."""

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
    """Whether a client is one of Cachet 3: told by a manager, since the classes take time to import."""
    return hasattr(client, "schedule_updates")


class Session:
    """What the commands share; click's context object."""

    def __init__(self) -> None:
        self.flags: dict[str, str] = {}
        self._client: AnyClient | None = None

    @property
    def debug(self) -> bool:
        """Whether errors are shown with their tracebacks."""
        return "debug" in self.flags

    @property
    def dry_run(self) -> bool:
        """Whether the first change is printed instead of sent."""
        return "dry_run" in self.flags

    @cached_property
    def settings(self) -> Settings:
        """The settings with their origins."""
        return Settings(self.flags)

    @cached_property
    def out(self) -> Output:
        """Where data goes."""
        from cachet_sdk.cli.output import Output  # noqa: PLC0415  (brings rich)

        columns = self.flags.get("columns")
        return Output(
            form=self.settings.text("output") or "table",
            columns=tuple(name.strip() for name in columns.split(",") if name.strip()) if columns else (),
            header="no_header" not in self.flags,
        )

    @property
    def client(self) -> AnyClient:
        """The client of the page; the settings say which."""
        if self._client is None:
            self._client = self.open_client()
        return self._client

    @property
    def version(self) -> str:
        """The version of the page's API: ``"1"`` or ``"3"``."""
        return "3" if is_v3(self.client) else "1"

    def open_client(self, **options: Any) -> AnyClient:
        """Make a client of the page. Reading and checking the settings, the token included, happens here.

        Raises:
            CommandError: when the settings do not say which page, or there is no token.
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
        """Return the address of the API.

        Raises:
            CommandError: when nothing says which.
        """
        endpoint = self.settings.text("endpoint")
        if endpoint is None:
            raise CommandError(
                "no status page was chosen: pass --endpoint, set CACHET_ENDPOINT, or save one with: cachet login", USAGE
            )
        return endpoint

    def api_version(self) -> str | None:
        """Return the version of the API: what the settings say, else asked from the server unless the URL tells."""
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
        """Tell the user something that is not data: on standard error."""
        click.echo(message, err=True)

    def confirm(self, question: str) -> None:
        """Ask before something is destroyed, unless ``--yes`` or ``--dry-run`` was passed.

        Raises:
            CommandError: when there is no terminal to ask on.
            click.Abort: when the answer is no.
        """
        if "yes" in self.flags or self.dry_run:
            return
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise CommandError(f"{question} There is no terminal to ask on; pass --yes to confirm.", USAGE)
        if not click.confirm(question, err=True):
            raise CommandError("nothing was done", 1)

    def close(self) -> None:
        """Close the client, if one was made."""
        if self._client is not None:
            self._client.close()


ReturnT = TypeVar("ReturnT")
ParametersT = ParamSpec("ParametersT")


def pass_session(function: Callable[Concatenate[Session, ParametersT], ReturnT]) -> Callable[ParametersT, ReturnT]:
    """Pass the session as a command's first argument."""
    return click.make_pass_decorator(Session)(function)
