"""A receiver that prints deliveries, and a sender of samples."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cachet_sdk import webhooks
from cachet_sdk.cli.webhook_samples import SAMPLES, sample_body
from tests.cli.conftest import Cachet


@pytest.mark.parametrize("event", sorted(SAMPLES))
def test_every_sample_is_a_known_event(event: str) -> None:
    body = sample_body(event, {})
    parsed = webhooks.unwrap(body, {"Signature": webhooks.sign(body, "s")}, "s")
    assert parsed.event == event
    assert not isinstance(parsed, webhooks.UnknownEvent)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    secret = tmp_path / "secret"
    secret.write_text("s3cr3t\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "cachet_sdk", "webhooks", "listen", "--port=0", "--count=2", f"--secret-file={secret}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stderr is not None
        url = command.stderr.readline().split()[2]
        yield command, url, secret
        command.kill()


def test_a_triggered_event_is_received(
    cachet: Cachet, listener: tuple[subprocess.Popen[str], str, Path], tmp_path: Path
) -> None:
    command, url, secret = listener
    sent = cachet(
        "webhooks",
        "trigger",
        "component_status_changed",
        "--to",
        url,
        "--secret-file",
        str(secret),
        "-f",
        "new_status=3",
    )
    assert (sent.code, sent.err) == (0, f"{url} responded to component_status_changed with 204.\n")
    other = tmp_path / "other"
    other.write_text("another", encoding="utf-8")
    refused = cachet("webhooks", "trigger", "incident_created", "--to", url, "--secret-file", str(other))
    assert refused.code == 1
    assert "with 401" in refused.err
    out, err = command.communicate(timeout=30)
    assert command.returncode == 0
    assert [json.loads(line)["body"]["new_status"] for line in out.splitlines()] == [3]
    assert "refused a delivery" in err
    assert "s3cr3t" not in out + err


def test_trigger_reports_an_unreachable_receiver(cachet: Cachet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHET_WEBHOOK_SECRET", "s")
    result = cachet("webhooks", "trigger", "metric_created", "--to", "http://127.0.0.1:9/")
    assert result.code == 1
    assert result.err.startswith("cachet: http://127.0.0.1:9/ cannot be reached")
    monkeypatch.delenv("CACHET_WEBHOOK_SECRET")
    assert cachet("webhooks", "trigger", "metric_created").code == 2
