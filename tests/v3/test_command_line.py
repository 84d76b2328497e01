"""The embedded Cachet 3 as a process: ``python -m cachet_sdk.testing --version 3``."""

from __future__ import annotations

import re
import subprocess
import sys

import cachet_sdk


def test_a_cachet_3_is_served_from_the_command_line() -> None:
    command = [sys.executable, "-m", "cachet_sdk.testing", "--version", "3", "--port", "0", "--token", "1|secret"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            endpoint = re.search(r"http://\S+", process.stdout.readline())
            assert endpoint is not None
            assert cachet_sdk.detect_version(endpoint[0]) == "3"
            with cachet_sdk.Client(endpoint[0], "1|secret", "3") as client:
                created = client.components.create(name="API", status=1, meta={"team": "core"})
                assert [it.meta for it in client.components.list(include=("meta",))] == [{"team": "core"}]
                created.delete()
                assert client.components.count() == 0
                assert client.rate_limit is not None
        finally:
            process.terminate()
