"""Precedence is flag, environment, context, default. A token is only sent to its own server."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cachet_sdk.testing import FakeCachet
from tests.cli.conftest import Cachet, Page


@pytest.fixture
def config(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "config" / "config.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


CONTEXTS = """
# Kept by hand.
current_context = "production"

[defaults]
output = "yaml"

[contexts.production]
endpoint = "https://status.example.com/api/v1"
timezone = "Europe/Oslo"

[contexts.staging]
endpoint = "https://staging.example.com/api"
version = "3"
"""


def origin(cachet: Cachet, key: str, *flags: str) -> str:
    result = cachet("config", "get", key, "--origin", *flags)
    return result.out.strip() if result.code == 0 else f"exit code {result.code}"


def test_each_layer_takes_precedence_over_the_next(
    cachet: Cachet, config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert origin(cachet, "output") == "table\tdefault"
    path = config(CONTEXTS)
    assert origin(cachet, "output") == f"yaml\tdefaults in {path}"
    path.write_text(CONTEXTS.replace("timezone =", 'output = "csv"\ntimezone ='), encoding="utf-8")
    assert origin(cachet, "output") == f"csv\tcontext production in {path}"
    monkeypatch.setenv("CACHET_OUTPUT", "json")
    assert origin(cachet, "output") == "json\tenvironment CACHET_OUTPUT"
    assert origin(cachet, "endpoint", "--endpoint", "https://x.test/api/v1") == "https://x.test/api/v1\tflag --endpoint"


def test_a_context_on_the_command_line_takes_precedence_over_the_environment(
    cachet: Cachet, config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    config(CONTEXTS)
    monkeypatch.setenv("CACHET_ENDPOINT", "https://env.example.com/api/v1")
    assert origin(cachet, "endpoint").startswith("https://env.example.com/api/v1\tenvironment")
    assert origin(cachet, "endpoint", "--context", "staging").startswith("https://staging.example.com/api\tcontext")
    monkeypatch.delenv("CACHET_ENDPOINT")
    monkeypatch.setenv("CACHET_CONTEXT", "staging")
    assert origin(cachet, "version").startswith("3\tcontext staging")


def test_an_unset_setting_exits_with_3(cachet: Cachet) -> None:
    assert cachet("config", "get", "endpoint").code == 3


def test_an_unknown_context_is_an_error_that_lists_the_known_ones(
    cachet: Cachet, config: Callable[[str], Path]
) -> None:
    config(CONTEXTS)
    result = cachet("component", "list", "--context", "prod")
    assert (result.code, result.out) == (2, "")
    assert "context 'prod' (flag --context) does not exist; choose from: production, staging" in result.err


def test_an_invalid_file_is_reported_in_one_line_with_its_path(cachet: Cachet, config: Callable[[str], Path]) -> None:
    path = config("current_context = \n")
    result = cachet("component", "list")
    assert result.code == 2
    assert result.err.startswith(f"cachet: {path} is not valid TOML: ")
    assert result.err.count("\n") == 1


def test_changing_a_setting_keeps_comments(cachet: Cachet, config: Callable[[str], Path]) -> None:
    path = config(CONTEXTS)
    assert cachet("config", "set", "timezone", "UTC").code == 0
    assert cachet("config", "set", "output", "json", "--context", "staging").code == 0
    assert cachet("config", "unset", "output", "--context", "staging").code == 0
    text = path.read_text(encoding="utf-8")
    assert "# Kept by hand." in text
    assert origin(cachet, "timezone").startswith("UTC\tcontext production")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_options_may_stand_before_and_after_the_subcommand(page: Page, cachet: Cachet) -> None:
    before = cachet("--timezone", "UTC", "component", "get", "1", "-o", "json") if page.version == "1" else None
    after = cachet("component", "get", "1", "-o", "json", "--timezone", "UTC")
    assert after.code == 0
    assert before is None or before.out == after.out


def test_a_missing_endpoint_and_a_missing_token_have_different_errors(
    cachet: Cachet, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = cachet("component", "list")
    assert result.code == 2
    assert "pass --endpoint, set CACHET_ENDPOINT, or run: cachet login" in result.err
    monkeypatch.setenv("CACHET_ENDPOINT", "http://127.0.0.1:9/api/v1")
    result = cachet("component", "list")
    assert result.code == 4
    assert "no API token is configured: set CACHET_API_TOKEN" in result.err


def test_login_stores_the_token_in_a_file_only_if_requested(
    page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    token = page.fake.token
    monkeypatch.delenv("CACHET_API_TOKEN")
    monkeypatch.delenv("CACHET_API_VERSION")
    refused = cachet("login", "--endpoint", page.endpoint, "--name", "local", stdin=f"{token}\n")
    assert refused.code == 1
    assert "--insecure-storage" in refused.err
    done = cachet("login", "--endpoint", page.endpoint, "--name", "local", "--insecure-storage", stdin=f"{token}\n")
    assert done.code == 0
    assert token not in done.out + done.err
    stored = tmp_path / "config" / "credentials.toml"
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert token in stored.read_text(encoding="utf-8")
    assert token not in (tmp_path / "config" / "config.toml").read_text(encoding="utf-8")
    monkeypatch.delenv("CACHET_ENDPOINT")
    assert cachet("component", "set", "Search", "major").code == 0
    assert cachet("context", "list", "-o", "json").json == [
        {"current": "*", "name": "local", "endpoint": page.endpoint, "version": page.version}
    ]
    assert cachet("logout").code == 0
    assert cachet("component", "set", "Search", "major").code == 4
    assert cachet("context", "delete", "local", "--yes").code == 0
    assert cachet("context", "list", "-o", "json").json == []


def test_login_rejects_a_token_that_the_server_rejects(page: Page, cachet: Cachet) -> None:
    result = cachet("login", "--endpoint", page.endpoint, "--insecure-storage", stdin="wrong\n")
    assert result.code == 4
    assert "wrong" not in result.err
    assert cachet("context", "list", "-o", "json").json == []


def test_a_stored_token_is_never_sent_to_another_server(
    page: Page, cachet: Cachet, serve: Callable[[FakeCachet[Any, Any]], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    cachet("login", "--endpoint", page.endpoint, "--name", "mine", "--insecure-storage", stdin=page.fake.token)
    other = serve(FakeCachet())
    monkeypatch.delenv("CACHET_API_TOKEN")
    assert cachet("component", "list").code == 4
    assert len(other.fake.requests) == 0


def test_the_token_is_stored_in_the_keyring_if_there_is_one(
    page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "packages" / "keyring"
    (package / "backends").mkdir(parents=True)
    (package / "backends" / "__init__.py").touch()
    (package / "backends" / "fail.py").write_text("class Keyring: ...\n", encoding="utf-8")
    (package / "__init__.py").write_text(
        "kept = {}\n"
        "def get_keyring(): return object()\n"
        "def get_password(service, name): return kept.get((service, name))\n"
        "def set_password(service, name, password): kept[service, name] = password\n"
        "def delete_password(service, name): del kept[service, name]\n",
        encoding="utf-8",
    )
    monkeypatch.delitem(sys.modules, "keyring")
    monkeypatch.syspath_prepend(package.parent)
    token = page.fake.token
    monkeypatch.delenv("CACHET_API_TOKEN")
    assert "the keyring" in cachet("login", "--endpoint", page.endpoint, "--name", "k", stdin=token).err
    assert not (tmp_path / "config" / "credentials.toml").exists()
    assert cachet("component", "set", "1", "major").code == 0
    assert cachet("logout").code == 0
    assert cachet("component", "list").code == 4
    for name in [name for name in sys.modules if name.partition(".")[0] == "keyring"]:
        monkeypatch.delitem(sys.modules, name)


def test_a_token_comes_from_a_file_standard_input_or_a_command(
    page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    token = page.fake.token
    monkeypatch.setenv("CACHET_API_TOKEN", "wrong")
    file = tmp_path / "token"
    file.write_text(f"{token}\n", encoding="utf-8")
    assert cachet("component", "set", "1", "major").code == 4
    assert cachet("component", "set", "1", "major", "--token-file", str(file)).code == 0
    assert cachet("component", "set", "1", "major", "--token-file", "-", stdin=token).code == 0
    assert cachet("component", "set", "1", "major", "--token-file", str(tmp_path / "none")).code == 2
    cachet("login", "--endpoint", page.endpoint, "--name", "c", "--insecure-storage", stdin=token)
    cachet("logout")
    monkeypatch.delenv("CACHET_API_TOKEN")
    cachet("config", "set", "token_command", f"echo {token}")
    assert cachet("component", "set", "1", "major").code == 0
    cachet("config", "set", "token_command", "false")
    assert "token_command: false printed no token (exit code 1)" in cachet("component", "list").err
