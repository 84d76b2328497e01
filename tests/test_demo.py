"""The demo: its story, and how it behaves on somebody's own server."""

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


class Serve(Protocol):
    """Serve a Cachet that the environment names; requests that ``fails`` is true for are answered with a 500."""

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
            return Response.json(500, {}) if fails(request) else fake._handle(request)  # pyright: ignore[reportPrivateUsage]

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


def test_the_demo_tells_its_story_without_any_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.main([]) == 0
    story = capsys.readouterr().out
    told = [
        "An embedded Cachet 2.4",
        "group 1: Shop",
        "component 2: Payments, tagged api, public",
        "2   Payments    Shop          Operational",
        "opened: Payments fail (Investigating)",
        "2   Payments    Shop          Major Outage",
        "Identified: A certificate has expired.",
        "Fixed: It was renewed; all is well.",
        "scheduled: Database upgrade",
        "3 points pushed, newest first: 198.25, 480, 212.5 ms",
        "@example.com, told of component 1",
        "brought back: Website, the same",
        "changed and saved through its client: description",
        "export CACHET_ENDPOINT=https://status.example.com/api/v1",
        "python3 -m cachet_sdk.testing --port 8000",
        "the pytest fixture fake_cachet",
    ]
    places = [story.find(line) for line in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)
    assert max(map(len, story.splitlines())) <= 80


def test_the_demo_runs_against_the_server_of_the_environment_and_removes_what_it_made(
    serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = serve()
    with fake.client() as client:
        client.components.create(name="Somebody's", status=1)
    assert demo.main(["--yes"]) == 0
    story = capsys.readouterr().out
    assert "of CACHET_ENDPOINT at http://127.0.0.1:" in story
    assert "Go on?" not in story
    assert "component Warehouse: removed" in story
    assert "/api/v1/incidents" in writes(fake)
    with fake.client() as client:
        assert [component.name for component in client.components.list()] == ["Somebody's"]
        assert client.schedules.count() == 0
    assert rows_left(fake) == 1


def test_the_demo_tells_no_subscriber_of_a_server(serve: Serve) -> None:
    fake = serve()
    assert demo.main(["--yes"]) == 0
    told = [request for request in fake.requests if request.method == "POST" and b'"notify":true' in request.body]
    assert told == []


@pytest.mark.parametrize("answer", ["n\n", "\n", "what?\n", ""])
def test_the_demo_writes_nothing_unless_it_may(
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
    assert "It may have been carried out all the same" in output.err
    assert rows_left(fake) == 0


def test_the_demo_goes_on_cleaning_up_when_something_cannot_be_removed(
    serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = serve(lambda request: request.method == "DELETE" and "/metrics/" in request.path)
    assert demo.main(["--yes"]) == 1
    assert "metric: NOT removed: 500" in capsys.readouterr().err
    assert rows_left(fake) == 1


def test_the_demo_minds_nothing_that_is_gone_already(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    fake = serve()
    with fake.client() as client:
        story = StoryV1(client)
        story.tell()
        for component in client.components.list():
            component.delete()
        assert story.undo() == []
    assert "component Website: gone already" in capsys.readouterr().out
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


def test_the_demo_does_what_cachet_2_3_can(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    fake = serve(release="2.3")
    assert demo.main(["--yes"]) == 0
    story = capsys.readouterr().out
    assert "this server has no schedules" in story
    assert "Fixed: It was renewed; all is well." in story
    assert rows_left(fake) == 0


def test_an_endpoint_without_a_token_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CACHET_ENDPOINT", "https://status.example.com/api/v1")
    assert demo.main(["--yes"]) == 2
    assert "error: api_token: none given" in capsys.readouterr().err


def test_a_wrong_token_fails_before_anything_is_made(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = serve()
    monkeypatch.setenv("CACHET_API_TOKEN", "wrong")
    assert demo.main(["--yes"]) == 1
    output = capsys.readouterr()
    assert "error: 401" in output.err
    assert "may have been" not in output.err
    assert rows_left(fake) == 0


def test_the_story_is_told_on_cachet_3_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.main(["--version", "3"]) == 0
    told = capsys.readouterr().out
    assert "An embedded Cachet 3.x-dev at http://127.0.0.1:" in told
    assert "in major outage" in told
    assert "resolved: Payments is Operational again" in told
    assert "brought back: Website, the same" in told
    assert "python3 -m cachet_sdk.demo --version 3" in told


def test_a_cachet_3_of_ones_own_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeCachet(version="3")
    with fake.serve() as server, fake.client() as client:
        monkeypatch.setenv("CACHET_ENDPOINT", server.endpoint)
        monkeypatch.setenv("CACHET_API_TOKEN", fake.token)
        assert demo.main(["--yes", "--version", "3"]) == 0
        for manager in (client.components, client.component_groups, client.incidents, client.metrics, client.schedules):
            assert manager.count() == 0
        assert client.subscribers.count() == 0
