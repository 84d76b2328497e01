"""Fixtures: an embedded Cachet on loopback, and ways to run the command against it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

import pytest

from cachet_sdk.cli.app import run
from cachet_sdk.testing import FakeCachet


class Result(NamedTuple):
    """The result of a run of the command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cachet(Protocol):
    """Runs the command and returns the result."""

    def __call__(self, *arguments: str, stdin: str = ...) -> Result: ...


class Page(NamedTuple):
    """An embedded Cachet to which the environment variables point."""

    fake: FakeCachet[Any, Any]
    endpoint: str
    version: str
    stop: Callable[[], None]

    def writes(self) -> list[tuple[str, str, Any]]:
        """Return method, path and JSON of every request except reads."""
        return [
            (one.method, one.path, json.loads(one.body) if one.body else None)
            for one in self.fake.requests
            if one.method != "GET"
        ]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [*os.environ]:
        if name.startswith("CACHET_") or name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CACHET_CONFIG", str(tmp_path / "config" / "config.toml"))
    # No keyring of the machine's, whatever is installed.
    monkeypatch.setitem(sys.modules, "keyring", cast("Any", None))


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[FakeCachet[Any, Any]], Page]]:
    servers: list[Any] = []

    def start(fake: FakeCachet[Any, Any]) -> Page:
        server = fake.serve()
        servers.append(server)
        monkeypatch.setenv("CACHET_ENDPOINT", server.endpoint)
        monkeypatch.setenv("CACHET_API_VERSION", fake.version)
        monkeypatch.setenv("CACHET_API_TOKEN", fake.token)
        return Page(fake, server.endpoint, fake.version, server.close)

    yield start
    for server in servers:
        server.close()


def populate(fake: FakeCachet[Any, Any]) -> None:
    """Create Shop/Website (1), Shop/Payments (2), Blog/Website (3), and Search (4) without a group."""
    key = "group_id" if fake.version == "1" else "component_group_id"
    with fake.client() as client:
        for name in ("Shop", "Blog"):
            client.component_groups.create(name=name, visible=True)
        for name, group in (("Website", 1), ("Payments", 1), ("Website", 2), ("Search", None)):
            client.components.create(name=name, status=1, **({} if group is None else {key: group}))
    fake.requests.clear()


@pytest.fixture(params=["1", "3"])
def page(request: pytest.FixtureRequest, serve: Callable[[FakeCachet[Any, Any]], Page]) -> Page:
    fake: FakeCachet[Any, Any] = FakeCachet(version=cast("str", request.param))
    populate(fake)
    return serve(fake)


@pytest.fixture
def page_v1(serve: Callable[[FakeCachet[Any, Any]], Page]) -> Page:
    fake: FakeCachet[Any, Any] = FakeCachet()
    populate(fake)
    return serve(fake)


@pytest.fixture
def page_v3(serve: Callable[[FakeCachet[Any, Any]], Page]) -> Page:
    fake: FakeCachet[Any, Any] = FakeCachet(version="3")
    populate(fake)
    return serve(fake)


@pytest.fixture
def cachet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cachet:
    def invoke(*arguments: str, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run(arguments)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return invoke


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a separate process."""
    return subprocess.run(
        [sys.executable, "-m", "cachet_sdk", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )
