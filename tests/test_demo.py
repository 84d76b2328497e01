"""The demo: its output, and its behavior on a real server."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from typing import Literal, Protocol

import pytest

from cachet_sdk import demo
from cachet_sdk.demo.v1 import StoryV1
from cachet_sdk.testing import FakeCachet
from cachet_sdk.testing.http import Request, Response
from cachet_sdk.testing.server import FakeServer
from tests.lossy import forward


class Serve(Protocol):
    """Serve a Cachet and set the environment to it; requests for which ``fails`` returns true are a 500."""

    def __call__(
        self, fails: Callable[[Request], bool] = ..., *, release: Literal["2.3", "2.4"] = ...
    ) -> FakeCachet: ...


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHET_ENDPOINT", raising=False)
    monkeypatch.delenv("CACHET_API_TOKEN", raising=False)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    servers: list[FakeServer] = []

    def start(
        fails: Callable[[Request], bool] = lambda _: False, *, release: Literal["2.3", "2.4"] = "2.4"
    ) -> FakeCachet:
        fake = FakeCachet(release=release)

        def handle(request: Request) -> Response:
            return Response.json(500, {}) if fails(request) else forward(fake, request)

        server = FakeServer(handle, prefix="/api/v1")
        servers.append(server)
        monkeypatch.setenv("CACHET_ENDPOINT", server.endpoint)
        monkeypatch.setenv("CACHET_API_TOKEN", fake.token)
        return fake

    yield start
    for server in servers:
        server.close()


def rows_left(fake: FakeCachet) -> int:
    with fake.client() as client:
        counts = [
            client.components.count(),
            client.component_groups.count(),
            client.incidents.count(),
            client.metrics.count(),
            client.subscribers.count(),
        ]
    return sum(counts)


def writes(fake: FakeCachet) -> list[str]:
    return [request.path for request in fake.requests if request.method != "GET"]


def test_the_demo_runs_without_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.main([]) == 0
    story = capsys.readouterr().out
    expected = [
        "An embedded Cachet 2.4",
        "group 1: Shop",
        "component 2: Payments, tagged api, public",
        "2   Payments    Shop          Operational",
        "opened: Payments fail (Investigating)",
        "2   Payments    Shop          Major Outage",
        "Open incident: Payments fail",
        "Identified: A certificate has expired.",
        "Fixed: It was renewed, and payments work again.",
        "scheduled: Database upgrade",
        "3 points pushed, newest first: 198.25, 480, 212.5 ms",
        "@example.com, subscribed to component 1",
        "loaded again: Website, equal",
        "changed and saved: description",
        "All systems are operational",
        "Maintenance: Database upgrade, ",
        "export CACHET_ENDPOINT=https://status.example.com/api/v1",
        "python3 -m cachet_sdk.testing --port 8000",
        "the pytest fixture fake_cachet",
    ]
    position = 0
    for line in expected:
        assert line in story[position:], line
        position = story.index(line, position)
    assert max(map(len, story.splitlines())) <= 80


def test_the_demo_runs_against_the_server_in_the_environment_and_cleans_up(
    serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = serve()
    with fake.client() as client:
        client.components.create(name="Existing", status=1)
    assert demo.main(["--yes"]) == 0
    story = capsys.readouterr().out
    assert "(from CACHET_ENDPOINT)" in story
    assert "Continue?" not in story
    assert "component Warehouse: removed" in story
    assert "/api/v1/incidents" in writes(fake)
    with fake.client() as client:
        assert [component.name for component in client.components.list()] == ["Existing"]
        assert client.schedules.count() == 0
    assert rows_left(fake) == 1


def test_the_demo_notifies_no_subscriber(serve: Serve) -> None:
    fake = serve()
    assert demo.main(["--yes"]) == 0
    notifying = [request for request in fake.requests if request.method == "POST" and b'"notify":true' in request.body]
    assert notifying == []


@pytest.mark.parametrize("answer", ["n\n", "\n", "what?\n", ""])
def test_the_demo_writes_nothing_without_confirmation(
    answer: str, serve: Serve, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = serve()
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    assert demo.main([]) == 1
    assert writes(fake) == []
    assert "Nothing was written." in capsys.readouterr().out


def test_the_demo_writes_when_the_answer_is_yes(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = serve()
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert demo.main([]) == 0
    assert writes(fake) != []
    assert rows_left(fake) == 0


def test_the_demo_cleans_up_after_a_failure(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    fake = serve(lambda request: request.method == "POST" and request.path.endswith("/metrics"))
    assert demo.main(["--yes"]) == 1
    output = capsys.readouterr()
    assert "component Website: removed" in output.out
    assert "error: 500" in output.err
    assert "It may have been carried out anyway" in output.err
    assert rows_left(fake) == 0


def test_cleanup_continues_if_something_cannot_be_removed(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    fake = serve(lambda request: request.method == "DELETE" and "/metrics/" in request.path)
    assert demo.main(["--yes"]) == 1
    assert "metric: NOT removed: 500" in capsys.readouterr().err
    assert rows_left(fake) == 1


def test_cleanup_ignores_what_is_already_deleted(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    fake = serve()
    with fake.client() as client:
        story = StoryV1(client)
        story.run()
        for component in client.components.list():
            component.delete()
        assert story.clean_up() == []
    assert "component Website: already deleted" in capsys.readouterr().out
    assert rows_left(fake) == 0


def test_the_demo_cleans_up_when_it_is_interrupted(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupting(io.StringIO):
        def write(self, text: str) -> int:
            if "scheduled:" in text:
                raise KeyboardInterrupt
            return super().write(text)

    fake = serve()
    monkeypatch.setattr(sys, "stdout", Interrupting())
    assert demo.main(["--yes"]) == 130
    assert len(writes(fake)) > 0
    assert rows_left(fake) == 0


def test_the_demo_runs_on_cachet_2_3(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    fake = serve(release="2.3")
    assert demo.main(["--yes"]) == 0
    story = capsys.readouterr().out
    assert "this server has no schedules" in story
    assert "Fixed: It was renewed, and payments work again." in story
    assert rows_left(fake) == 0


def test_an_endpoint_without_a_token_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CACHET_ENDPOINT", "https://status.example.com/api/v1")
    assert demo.main(["--yes"]) == 2
    assert "error: api_token: none given" in capsys.readouterr().err


def test_a_wrong_token_fails_before_anything_is_created(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = serve()
    monkeypatch.setenv("CACHET_API_TOKEN", "wrong")
    assert demo.main(["--yes"]) == 1
    output = capsys.readouterr()
    assert "error: 401" in output.err
    assert "may have been" not in output.err
    assert rows_left(fake) == 0


def test_the_demo_runs_on_cachet_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.main(["--version", "3"]) == 0
    output = capsys.readouterr().out
    assert "An embedded Cachet 3.x-dev at http://127.0.0.1:" in output
    assert "in major outage" in output
    assert "Open incident: Payments fail" in output
    assert "Maintenance: Database upgrade, " in output
    assert "resolved: Payments is Operational again" in output
    assert "loaded again: Website, equal" in output
    assert "python3 -m cachet_sdk.demo --version 3" in output


def test_the_demo_cleans_up_on_cachet_3(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeCachet(version="3")
    with fake.serve() as server, fake.client() as client:
        monkeypatch.setenv("CACHET_ENDPOINT", server.endpoint)
        monkeypatch.setenv("CACHET_API_TOKEN", fake.token)
        assert demo.main(["--yes", "--version", "3"]) == 0
        for manager in (client.components, client.component_groups, client.incidents, client.metrics, client.schedules):
            assert manager.count() == 0
        assert client.subscribers.count() == 0
