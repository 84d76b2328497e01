"""Draws the terminal pictures of these pages by running the commands: ``python docs/cli/pictures.py``.

Each scene runs on its own embedded Cachet with a fixed clock, so that a picture changes only when the
command does.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from cachet_sdk.testing import FakeCachet

FOLDER = Path(__file__).parent
WIDTH = 88
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)

#: Pictures by name: the API version and the commands. "|| N" expects the exit code N.
SCENES: dict[str, tuple[str, list[str]]] = {
    "status": ("3", ["cachet status"]),
    "incident": (
        "3",
        [
            'cachet incident open "Payments fail" --message "Cards are refused." \\\n'
            "    --component Shop/Payments=major --columns id,name,status",
            'cachet incident update "Payments fail" --status identified \\\n'
            '    --message "A certificate has expired." --columns id,name,status',
            "cachet status",
            'cachet incident resolve "Payments fail" --message "It was renewed." \\\n'
            "    --columns id,name,status",
        ],
    ),
    "errors": (
        "1",
        [
            "cachet component set Website major || 2",
            "cachet component set Shop/Websit major || 3",
            "cachet component set Shop/Website major --dry-run",
            "cachet component delete Shop/Website || 2",
        ],
    ),
    "output": (
        "1",
        [
            "cachet component list",
            "cachet component list -o csv --columns group,name,status",
            "cachet component get Shop/Payments -o yaml --columns id,name,status",
        ],
    ),
    "maintenance": (
        "3",
        [
            'cachet maintenance run "Deploy 1.2" --component Shop/Website --for 20m \\\n'
            "    -- sh -c 'echo copying; echo restarting'",
            "cachet maintenance list --columns id,status,name",
        ],
    ),
    "keys": (
        "1",
        [
            'cachet incident open "Disk full" --key disk/db1 --message "On db1." \\\n    --columns id,status',
            'cachet incident open "Disk full" --key disk/db1 --message "On db1." \\\n    --columns id,status',
            "cachet incident resolve key:disk/db1 --columns id,status",
        ],
    ),
    "doctor": ("1", ["cachet doctor"]),
    "tutorial": ("1", ["cachet status"]),
}


def populate(fake: FakeCachet[Any, Any], scene: str) -> None:
    """Create the status page of a picture."""
    group = "group_id" if fake.version == "1" else "component_group_id"
    groups = {"Shop": ("Website", "Payments"), "Blog": ("Website",)}
    if scene == "tutorial":
        del groups["Blog"]
    with fake.client() as client:
        for number, (name, members) in enumerate(groups.items(), 1):
            client.component_groups.create(name=name, visible=True)
            for member in members:
                client.components.create(name=member, status=1, **{group: number})
        if scene == "tutorial":
            client.incidents.create(name="Payments fail", message="m", status=1, component_id=2, component_status=4)
        if scene == "status":
            client.components.update(2, status=3)
            client.incidents.create(name="Payments are slow", message="m", status=2, visible=True)
            client.schedules.create(
                name="Database upgrade",
                message="Read-only.",
                scheduled_at=datetime(2026, 12, 3, 22, 0),  # noqa: DTZ001  (the server's own zone)
            )


@contextmanager
def page(version: str, scene: str, *, live: bool) -> Iterator[dict[str, str]]:
    """Serve a page, and yield the environment variables for the command."""
    fake: FakeCachet[Any, Any] = FakeCachet(version=version, clock=None if live else lambda: NOON)
    populate(fake, scene)
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("CACHET_", "NO_COLOR"))}
    with fake.serve() as server, tempfile.TemporaryDirectory() as folder:
        yield {
            **outside,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "CACHET_ENDPOINT": server.endpoint,
            "CACHET_API_VERSION": version,
            "CACHET_API_TOKEN": fake.token,
            "CACHET_CONFIG": f"{folder}/config.toml",
            "FORCE_COLOR": "1",
            "COLUMNS": str(WIDTH),
        }


def draw(name: str) -> None:
    """Run the commands of a picture and draw it."""
    version, lines = SCENES[name]
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    is_doctor = name == "doctor"  # compares the server's clock with the real one, and comments on plain http
    with page(version, name, live=is_doctor) as environment:
        for line in lines:
            command, _, code = line.partition(" || ")
            done = subprocess.run(  # noqa: S603
                shlex.split(command.replace("\\\n", " ")),
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                text=True,
                check=False,
            )
            if done.returncode != int(code or 0):
                raise SystemExit(f"{command}: exit code {done.returncode}\n{done.stdout}")
            address = "http://127.0.0.1:8000" if name in ("doctor", "tutorial") else "https://status.example.com"
            shown = re.sub(r"http://127\.0\.0\.1:\d+", address, done.stdout)
            shown = re.sub(r"ends at [-0-9]+ [:0-9]+", "ends at 2026-12-01 12:00:07", shown)
            shown = re.sub(r"answers in \d+ ms", "answers in 12 ms", shown)
            console.print(Text.assemble(("$ ", "bold green"), (command, "bold")), highlight=False)
            console.print(Text.from_ansi(shown.rstrip("\n")), highlight=False, end="\n\n")
    # The template would load its fonts from another server.
    template = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="cachet", unique_id=f"cachet-{name}", code_format=template)
    (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
    sys.stdout.write(f"docs/cli/{name}.svg\n")


if __name__ == "__main__":
    for scene in sys.argv[1:] or SCENES:
        draw(scene)
