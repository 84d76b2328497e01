"""``python -m cachet_sdk.demo``: a tour of the SDK on a status page.

Without settings it runs against an embedded Cachet on loopback. With ``CACHET_ENDPOINT`` and ``CACHET_API_TOKEN`` it
runs against that server: it asks first, notifies no subscriber, and in the end removes everything that it created, even
after an error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from cachet_sdk import CachetError, Client, ConfigurationError
from cachet_sdk.demo.stage import Story
from cachet_sdk.demo.v1 import StoryV1
from cachet_sdk.demo.v3 import StoryV3
from cachet_sdk.testing import FakeCachet
from cachet_sdk.v1.client import Client as ClientV1
from cachet_sdk.v3.client import Client as ClientV3

PROMPT = """\
The demo creates groups, components, an incident, maintenance, a metric and a
subscriber there, which visitors may see in the meantime. It notifies no
subscriber, and removes everything in the end. Continue? [y/N] """
NEXT_STEPS = """\
-- Next steps ---------------------------------------------------------------
   Your own page    export CACHET_ENDPOINT=https://status.example.com{path}
                    export CACHET_API_TOKEN=your-token
                    python3 -m cachet_sdk.demo{option}
                    It asks before it writes, and removes what it created.
   Try it yourself  {page}, on an embedded Cachet that keeps running:
                    python3 -m cachet_sdk.testing --port 8000{option}
   Your tests       the pytest fixture {fixture}: docs/testing.md"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m cachet_sdk.demo", description="A tour of the SDK on a status page."
    )
    parser.add_argument("--yes", action="store_true", help="write to the server at CACHET_ENDPOINT without asking")
    parser.add_argument("--version", choices=["1", "3"], default="1", help="the version of the API (default: 1)")
    options = parser.parse_args(arguments)
    try:
        if os.environ.get("CACHET_ENDPOINT"):
            return _run_on_server(options.version, confirmed=options.yes)
        return _run_on_loopback(options.version)
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except CachetError as error:
        print(f"error: {error}", file=sys.stderr)
        if error.maybe_applied:
            print("It may have been carried out anyway: please check the status page.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def _run_on_loopback(version: str) -> int:
    with ExitStack() as stack:
        fake = FakeCachet(version="3") if version == "3" else FakeCachet()
        server = stack.enter_context(fake.serve())
        client = _client(version, server.endpoint, fake.token)
        stack.callback(client.close)
        print(f"An embedded Cachet {client.version().value} at {server.endpoint}")
        _story(client).run()
    print()
    if version == "3":
        print(NEXT_STEPS.format(path="/api", option=" --version 3", page="docs/v3/index.md", fixture="fake_cachet_v3"))
    else:
        print(NEXT_STEPS.format(path="/api/v1", option="", page="docs/tutorial.md", fixture="fake_cachet"))
    return 0


def _run_on_server(version: str, *, confirmed: bool) -> int:
    with ExitStack() as stack:
        client = _client(version)
        stack.callback(client.close)
        print(f"Cachet {client.version().value} at {client.endpoint} (from CACHET_ENDPOINT)")
        if not confirmed and not _confirm():
            print("\nNothing was written.")
            return 1
        story = _story(client)
        try:
            story.run()
        finally:
            failed = story.clean_up()
    return 1 if failed else 0


def _client(version: str, endpoint: str | None = None, token: str | None = None) -> ClientV1 | ClientV3:
    return Client(endpoint, token, "3") if version == "3" else Client(endpoint, token)


def _story(client: ClientV1 | ClientV3) -> Story:
    return StoryV3(client) if isinstance(client, ClientV3) else StoryV1(client)


def _confirm() -> bool:
    try:
        return input(PROMPT).strip().lower() in {"y", "yes"}
    except EOFError:
        return False
