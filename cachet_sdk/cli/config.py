"""The configuration file, with contexts (named status pages) and defaults. Read with tomllib, edited with tomlkit."""

from __future__ import annotations

import os
import stat
import tempfile
import tomllib
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from cachet_sdk.cli.exit_codes import USAGE, CommandError

#: The settings that contexts and the defaults may contain.
KEYS = ("endpoint", "version", "timezone", "request_timeout", "output", "token_file", "token_command")

Table = Mapping[str, object]


class Config:
    """The content of the configuration file.

    Attributes:
        path: Path of the file, which may not exist.
        current: Name of the current context; None if none is selected.
        contexts: Settings of each context by name.
        defaults: Settings for every context.
    """

    def __init__(self, path: Path, document: Table) -> None:
        self.path = path
        current = document.get("current_context")
        self.current: str | None = str(current) if current is not None else None
        self.contexts: dict[str, Table] = {
            name: _table(path, f"contexts.{name}", value)
            for name, value in _table(path, "contexts", document.get("contexts", {})).items()
        }
        self.defaults: Table = _table(path, "defaults", document.get("defaults", {}))

    @classmethod
    def load(cls) -> Config:
        """Read the file. A missing file is treated as empty.

        Raises:
            CommandError: If it cannot be read.
        """
        path = config_path()
        return cls(path, read_toml(path))


def config_path() -> Path:
    """Return the path of the configuration file: ``CACHET_CONFIG``, or the default of the platform."""
    chosen = os.environ.get("CACHET_CONFIG")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_config_path  # noqa: PLC0415  (not needed for help and completion)

    return user_config_path("cachet", appauthor=False) / "config.toml"


def credentials_path() -> Path:
    """Return the path of the file in which ``--insecure-storage`` stores tokens."""
    return config_path().with_name("credentials.toml")


def read_toml(path: Path) -> Table:
    """Read a TOML file. A missing file is treated as empty.

    Raises:
        CommandError: If it cannot be read or is not valid TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} is not valid TOML: {error}", USAGE) from error
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}", USAGE) from error


def set_value(path: Path, keys: tuple[str, ...], value: object) -> None:
    """Set one value in a TOML file. Everything else is kept, including comments."""
    import tomlkit  # noqa: PLC0415  (only needed for writing)

    document = _parse(path)
    table: MutableMapping[str, object] = document
    for key in keys[:-1]:
        if key not in table:
            table[key] = tomlkit.table(is_super_table=keys[0] == "contexts" and key == "contexts")
        table = cast("MutableMapping[str, object]", table[key])
    table[keys[-1]] = value
    _write(path, tomlkit.dumps(document))


def remove_value(path: Path, keys: tuple[str, ...]) -> bool:
    """Remove one value from a TOML file. Return whether it existed."""
    import tomlkit  # noqa: PLC0415

    document = _parse(path)
    table: MutableMapping[str, object] = document
    for key in keys[:-1]:
        if key not in table:
            return False
        table = cast("MutableMapping[str, object]", table[key])
    if keys[-1] not in table:
        return False
    del table[keys[-1]]
    _write(path, tomlkit.dumps(document))
    return True


def _parse(path: Path) -> MutableMapping[str, object]:
    import tomlkit  # noqa: PLC0415
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} is not valid TOML: {error}", USAGE) from error


def _write(path: Path, text: str) -> None:
    """Replace a file atomically. Only its owner may read it."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).chmod(stat.S_IRUSR | stat.S_IWUSR)
        Path(draft).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise


def _table(path: Path, name: str, value: object) -> Table:
    if not isinstance(value, dict):
        raise CommandError(f"{path}: [{name}] must be a table", USAGE)
    return cast("Table", value)
