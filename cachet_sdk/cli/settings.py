"""Settings and their origins, in order of precedence: flag, environment, context, default."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from cachet_sdk.cli.config import KEYS, Config, Table
from cachet_sdk.cli.exit_codes import USAGE, CommandError

#: The environment variable of each setting.
VARIABLES: dict[str, str] = {
    "endpoint": "CACHET_ENDPOINT",
    "version": "CACHET_API_VERSION",
    "timezone": "CACHET_TIMEZONE",
    "request_timeout": "CACHET_REQUEST_TIMEOUT",
    "output": "CACHET_OUTPUT",
    "token_file": "CACHET_API_TOKEN_FILE",
}
_FLAGS = {"version": "--api-version", "token_file": "--token-file", "request_timeout": "--request-timeout"}
_DEFAULTS = {"request_timeout": "30", "output": "table"}
#: Settings without a default for all contexts, because they belong to one server.
_ONLY_IN_CONTEXTS = ("endpoint", "version", "token_command", "token_file")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value with its origin.

    Attributes:
        value: The value as text, or possibly a list of arguments for ``token_command``.
        origin: Description of the origin.
        layer: ``flag``, ``environment``, ``context`` or ``default``.
    """

    value: str | list[str]
    origin: str
    layer: str

    @property
    def text(self) -> str:
        """The value as text."""
        return self.value if isinstance(self.value, str) else " ".join(self.value)


class Settings:
    """The settings of one run, looked up by key.

    A context selected by ``--context`` takes precedence over environment variables, like any flag. A context selected
    by the environment or the configuration file does not.

    Args:
        flags: Options of the command line by key.
        environment: The environment variables.
    """

    def __init__(self, flags: Mapping[str, str], environment: Mapping[str, str] | None = None) -> None:
        self._flags = flags
        self._environment = os.environ if environment is None else environment
        self.config: Config = Config.load()
        chosen = self._choose_context()
        self.context: str | None = chosen[0]
        self.context_origin: str = chosen[1]

    @property
    def context_is_flag(self) -> bool:
        """Whether the context was selected by a flag."""
        return "context" in self._flags

    def _choose_context(self) -> tuple[str | None, str]:
        for name, origin in (
            (self._flags.get("context"), "flag --context"),
            (self._environment.get("CACHET_CONTEXT"), "environment CACHET_CONTEXT"),
            (self.config.current, str(self.config.path)),
        ):
            if name:
                if name not in self.config.contexts:
                    known = ", ".join(sorted(self.config.contexts))
                    hint = f"choose from: {known}" if known else "create one with: cachet login"
                    raise CommandError(f"context {name!r} ({origin}) does not exist; {hint}", USAGE)
                return name, origin
        return None, ""

    @property
    def context_table(self) -> Table:
        """The settings of the current context; empty if there is none."""
        return self.config.contexts[self.context] if self.context is not None else {}

    def get(self, key: str) -> Setting | None:
        """Return a setting with its origin, or None if it is not set."""
        return next(self._found(key), None)

    def text(self, key: str) -> str | None:
        """Return a setting as text, or None if it is not set."""
        setting = self.get(key)
        return None if setting is None else setting.text

    def _found(self, key: str) -> Iterator[Setting]:
        if key in self._flags:
            yield Setting(self._flags[key], f"flag {_FLAGS.get(key, f'--{key}')}", "flag")
        if self.context_is_flag:
            yield from self._of_context(key)
        variable = VARIABLES.get(key)
        if variable and self._environment.get(variable):
            yield Setting(self._environment[variable], f"environment {variable}", "environment")
        yield from self._of_context(key)
        if key in self.config.defaults and key not in _ONLY_IN_CONTEXTS:
            yield Setting(_value(self.config.defaults[key]), f"defaults in {self.config.path}", "default")
        if key in _DEFAULTS:
            yield Setting(_DEFAULTS[key], "default", "default")

    def _of_context(self, key: str) -> Iterator[Setting]:
        # Other settings, such as the API version, only apply to the context's own server.
        is_general = key in ("endpoint", "output", "timezone", "request_timeout")
        if key in self.context_table and (is_general or self.is_own_endpoint()):
            yield Setting(_value(self.context_table[key]), f"context {self.context} in {self.config.path}", "context")

    def is_own_endpoint(self) -> bool:
        """Return whether the endpoint is the context's own. The context's token must not be sent to any other."""
        endpoint = self.text("endpoint")
        own = self.context_table.get("endpoint")
        return isinstance(own, str) and endpoint is not None and endpoint.rstrip("/") == own.rstrip("/")


def check_key(key: str) -> str:
    """Return a key if it names a setting.

    Raises:
        CommandError: If it does not.
    """
    if key not in KEYS:
        raise CommandError(f"unknown setting {key!r}; choose from: {', '.join(KEYS)}", USAGE)
    return key


def _value(value: object) -> str | list[str]:
    return [str(part) for part in cast("list[object]", value)] if isinstance(value, list) else str(value)
