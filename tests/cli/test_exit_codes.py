"""Errors are one line on standard error, with a distinct exit code for scripts."""

from __future__ import annotations

import pytest

from cachet_sdk.testing import FakeCachet
from cachet_sdk.testing.http import Request, Response
from cachet_sdk.testing.server import FakeServer
from tests.cli.conftest import Cachet, Page, process
from tests.lossy import forward


def test_a_missing_resource_exits_with_3(page: Page, cachet: Cachet) -> None:
    result = cachet("component", "get", "77")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("cachet: 404")
    assert result.err.count("\n") == 1


def test_an_invalid_token_exits_with_4(page: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHET_API_TOKEN", "wrong-token")
    result = cachet("component", "set", "1", "major")
    assert result.code == 4
    assert "wrong-token" not in result.err


def test_a_token_without_the_ability_exits_with_4(
    page_v3: Page, cachet: Cachet, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_v3.fake.add_token("2|other", abilities=["metrics.manage"])
    monkeypatch.setenv("CACHET_API_TOKEN", "2|other")
    assert cachet("component", "set", "1", "major").code == 4


def test_a_value_rejected_by_the_server_exits_with_4_and_prints_the_reason(page: Page, cachet: Cachet) -> None:
    result = cachet("api", "POST", "/components", "-f", "description=x")
    assert result.code == 4
    assert "name field" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("component", "lst"),
        ("component", "list", "--colour"),
        ("component", "set", "1", "broken"),
        ("component", "update", "1"),
        ("component", "create", "X", "--status", "1", "--order", "first"),
        ("incident", "open", "X", "--message", "m", "--at", "yesterday"),
        ("incident", "open", "X"),
        ("incident", "open", "X", "--message", "m", "--component", "Search"),
        ("api", "POST", "/x", "-f", "nonsense"),
        ("component", "create", "x" * 300, "--status", "1"),
    ],
)
def test_a_usage_error_exits_with_2_and_sends_nothing(page: Page, cachet: Cachet, arguments: tuple[str, ...]) -> None:
    result = cachet(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("cachet: ")
    assert page.writes() == []


def test_an_option_of_the_other_version_exits_with_2(page: Page, cachet: Cachet) -> None:
    option = ("--silent",) if page.version == "3" else ("--order-column", "name")
    kind = "component" if page.version == "3" else "component-group"
    result = cachet(kind, "update", "1", *option)
    assert result.code == 2
    assert f"is not supported by Cachet {'3' if page.version == '3' else '2'}" in result.err


def test_a_read_without_a_connection_exits_with_1(cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHET_ENDPOINT", "http://127.0.0.1:9/api/v1")
    monkeypatch.setenv("CACHET_API_TOKEN", "t")
    monkeypatch.setenv("CACHET_REQUEST_TIMEOUT", "0.2")
    result = cachet("component", "get", "1")
    assert result.code == 1
    assert result.err.count("\n") == 1


def test_a_change_that_may_have_been_applied_exits_with_5(cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeCachet()

    def handle(request: Request) -> Response:
        return Response.json(502, {}) if request.method == "POST" else forward(fake, request)

    with FakeServer(handle, prefix="/api/v1") as server:
        monkeypatch.setenv("CACHET_ENDPOINT", server.endpoint)
        monkeypatch.setenv("CACHET_API_TOKEN", fake.token)
        result = cachet("component", "create", "X", "--status", "1")
    assert result.code == 5
    assert "the change may have been applied: check before you repeat it" in result.err


def test_a_traceback_is_shown_only_with_debug(page: Page, cachet: Cachet) -> None:
    assert "Traceback" not in cachet("component", "get", "77").err
    shown = cachet("component", "get", "77", "--debug")
    assert "Traceback" in shown.err
    assert page.fake.token not in shown.err
    assert shown.code == 3


def test_the_process_exits_with_the_same_code(page_v1: Page) -> None:
    done = process("component", "get", "77")
    assert (done.returncode, done.stdout) == (3, "")


@pytest.mark.parametrize(
    ("arguments", "suggestion"), [(("componet", "list"), "component"), (("component", "udpate", "1"), "update")]
)
def test_an_unknown_command_suggests_a_similar_one(cachet: Cachet, arguments: tuple[str, ...], suggestion: str) -> None:
    result = cachet(*arguments)
    assert result.code == 2
    assert f"Did you mean '{suggestion}'?" in result.err


def test_a_message_file_that_cannot_be_read_is_named(page: Page, cachet: Cachet) -> None:
    result = cachet("incident", "open", "A", "--message", "@missing.md")
    assert (result.code, page.writes()) == (2, [])
    assert result.err.startswith("cachet: --message: missing.md cannot be read: No such file or directory\n")
