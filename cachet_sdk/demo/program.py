"""``python -m cachet_sdk.demo``: a day in the life of a status page, told while it happens.

Without settings it runs against an embedded Cachet on loopback. With ``CACHET_ENDPOINT`` and ``CACHET_API_TOKEN`` it
runs against that server: it asks first, tells no subscriber, and removes all that it made at the end, come what may.
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

QUESTION = """\
The demo makes groups, components, an incident, maintenance, a metric and a
subscriber there, which guests may see meanwhile; it tells no subscriber, and
removes all of it at the end. Go on? [y/N] """


NEXT = """\
-- What next ----------------------------------------------------------------
   Your own page    export CACHET_ENDPOINT=https://status.example.com{path}
                    export CACHET_API_TOKEN=your-token
                    python3 -m cachet_sdk.demo{option}
                    It asks before it writes, and removes what it made.
   Try it yourself  {page}, on an embedded Cachet that stays:
                    python3 -m cachet_sdk.testing --port 8000{option}
   Your tests       the pytest fixture {fixture}: docs/testing.md"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m cachet_sdk.demo", description="A day in the life of a status page, told while it happens."
    )
    parser.add_argument("--yes", action="store_true", help="write to the server of CACHET_ENDPOINT without asking")
    parser.add_argument("--version", choices=["1", "3"], default="1", help="the version of the API (default: 1)")
    options = parser.parse_args(arguments)
    try:
        if os.environ.get("CACHET_ENDPOINT"):
            return _on_a_server(options.version, asked_already=options.yes)
        return _on_loopback(options.version)
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except CachetError as error:
        print(f"error: {error}", file=sys.stderr)
        if error.maybe_applied:
            print("It may have been carried out all the same: please look for it on the status page.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def _on_loopback(version: str) -> int:
    with ExitStack() as stack:
        fake = FakeCachet(version="3") if version == "3" else FakeCachet()
        server = stack.enter_context(fake.serve())
        client = _client(version, server.endpoint, fake.token)
        stack.callback(client.close)
        print(f"An embedded Cachet {client.version().value} at {server.endpoint}")
        _story(client).tell()
    print()
    if version == "3":
        print(NEXT.format(path="/api", option=" --version 3", page="docs/v3/index.md", fixture="fake_cachet_v3"))
    else:
        print(NEXT.format(path="/api/v1", option="", page="docs/tutorial.md", fixture="fake_cachet"))
    return 0


def _on_a_server(version: str, *, asked_already: bool) -> int:
    with ExitStack() as stack:
        client = _client(version)
        stack.callback(client.close)
        print(f"The Cachet {client.version().value} of CACHET_ENDPOINT at {client.endpoint}")
        if not asked_already and not _agreed():
            print("\nNothing was written.")
            return 1
        story = _story(client)
        try:
            story.tell()
        finally:
            left = story.undo()
    return 1 if left else 0


def _client(version: str, endpoint: str | None = None, token: str | None = None) -> ClientV1 | ClientV3:
    return Client(endpoint, token, "3") if version == "3" else Client(endpoint, token)


def _story(client: ClientV1 | ClientV3) -> Story:
    return StoryV3(client) if isinstance(client, ClientV3) else StoryV1(client)


def _agreed() -> bool:
    try:
        return input(QUESTION).strip().lower() in {"y", "yes"}
    except EOFError:
        return False
