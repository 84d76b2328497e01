"""Draws the figures of the documentation: ``python3 docs/pictures/draw.py``. Their colors come from the theme."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from cachet_sdk.testing import FakeCachet  # noqa: E402
from tests.faults.matrix import OPERATIONS, ROWS, Row  # noqa: E402  (the tests are beside the documentation)

STYLE = """<style>
.pic text { font: 14px system-ui, sans-serif; fill: var(--color-foreground-primary, currentColor); }
.pic .small { font-size: 12px; fill: var(--color-foreground-secondary, currentColor); }
.pic .code { font-family: ui-monospace, monospace; font-size: 13px; }
.pic .box { fill: var(--color-background-secondary, none); stroke: var(--color-foreground-border, currentColor); }
.pic .own { stroke: var(--color-brand-primary, currentColor); stroke-width: 2; }
.pic .line { fill: none; stroke: var(--color-foreground-secondary, currentColor); stroke-width: 1.5; }
.pic .head { fill: var(--color-foreground-secondary, currentColor); stroke: none; }
.pic .good { fill: #2da44e; } .pic .again { fill: #d4a72c; } .pic .stop { fill: #8c959f; } .pic .maybe { fill: #cf222e; }
</style>"""


def picture(title: str, width: int, height: int, parts: list[str]) -> str:
    """Return a figure as SVG, with a description for screen readers. On a phone, a wide one scrolls in its frame."""
    shapes = "\n".join(parts)
    svg = (
        f'<svg class="pic" role="img" aria-label="{escape(title)}" viewBox="0 0 {width} {height}" '
        f'style="max-width:{width}px;width:100%;height:auto;display:block;margin:0 auto" '
        f'xmlns="http://www.w3.org/2000/svg">\n{STYLE}\n{shapes}\n</svg>\n'
    )
    return svg if width <= 420 else f'<div class="scrolling-figure">\n{svg}</div>\n'


def box(x: int, y: int, width: int, lines: list[str], kind: str = "", height: int = 0) -> str:
    """Draw a box with a title and smaller lines below it."""
    height = height or 22 + 18 * len(lines)
    shapes = [f'<rect class="box {kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"/>']
    for number, line in enumerate(lines):
        style = ' class="code"' if line.startswith("`") else "" if number == 0 else ' class="small"'
        shapes.append(
            f'<text{style} x="{x + width // 2}" y="{y + 25 + 18 * number}" text-anchor="middle">{escape(line.strip("`"))}</text>'
        )
    return "\n".join(shapes)


def arrow(x1: int, y1: int, x2: int, y2: int, label: str = "", *, dx: int = 8, anchor: str = "start") -> str:
    """Draw an arrow along one axis, with a label beside its middle."""
    if x1 == x2:
        tip = 6 if y2 > y1 else -6
        head = f"M{x2 - 4} {y2 - tip}L{x2 + 4} {y2 - tip}L{x2} {y2}Z"
    else:
        tip = 6 if x2 > x1 else -6
        head = f"M{x2 - tip} {y2 - 4}L{x2 - tip} {y2 + 4}L{x2} {y2}Z"
    shapes = [f'<path class="line" d="M{x1} {y1}L{x2} {y2}"/>', f'<path class="head" d="{head}"/>']
    if label:
        x, y = (x1 + x2) // 2, (y1 + y2) // 2 - (9 if y1 == y2 else 0)
        shapes.append(f'<text class="small" x="{x + dx}" y="{y + 4}" text-anchor="{anchor}">{escape(label)}</text>')
    return "\n".join(shapes)


def call() -> str:
    """Draw what happens between a method and the server, and what can be plugged in."""
    return picture(
        "A call: the manager checks the arguments, the transport sends through httpx and retries, the manager validates",
        420,
        416,
        [
            box(1, 1, 418, ['`client.components.create(name="Web", status=1)`'], height=40),
            arrow(120, 41, 120, 81),
            arrow(300, 81, 300, 41, "a Component"),
            box(1, 81, 418, ["Manager", "checks the arguments, validates the response"], "own"),
            arrow(120, 139, 120, 179, "JSON"),
            arrow(300, 179, 300, 139, "JSON, or an error"),
            box(1, 179, 418, ["Transport", "deadline, retries, matching of responses"], "own"),
            arrow(120, 237, 120, 277, "httpx.Request"),
            arrow(300, 277, 300, 237, "status, bytes"),
            box(1, 277, 418, ["httpx", "connections, TLS; mocks, tracing, auth and proxies plug in here"]),
            arrow(120, 335, 120, 375),
            arrow(300, 375, 300, 335),
            box(1, 375, 418, ["Cachet"], height=40),
        ],
    )


def retry() -> str:
    """Draw which failed requests are retried."""
    return picture(
        "Retry decision: reads, PUT and DELETE are retried; a POST only if it cannot have been applied",
        420,
        412,
        [
            box(1, 1, 278, ["An attempt fails"], height=40),
            arrow(140, 41, 140, 71),
            box(1, 71, 278, ["Can it be temporary?", "no connection, broken connection,", "timeout, 429, 502, 503, 504"]),
            arrow(279, 109, 319, 109, "no", dx=-2, anchor="middle"),
            box(319, 89, 100, ["Raise"], height=40),
            arrow(140, 147, 140, 177, "yes"),
            box(1, 177, 278, ["Is it a POST?", "each POST creates something new"]),
            arrow(279, 206, 319, 206, "no", dx=-2, anchor="middle"),
            box(319, 177, 100, ["Retry", "after a wait"], "own"),
            arrow(140, 235, 140, 265, "yes"),
            box(1, 265, 278, ["Can it have been applied?", "no: no connection, 429,", "503 with Retry-After"]),
            '<path class="line" d="M279 303L369 303"/>',
            arrow(369, 303, 369, 235),
            '<text class="small" x="297" y="298" text-anchor="middle">no</text>',
            arrow(140, 341, 140, 371, "yes"),
            box(1, 371, 278, ["Raise, with maybe_applied=True"], height=40),
        ],
    )


def kind_of(row: Row, operation: str) -> str:
    """Return the style of a cell by its outcome."""
    if row.expected_error(operation) is None:
        return "good"
    if row.maybe and operation not in {"GET", "LIST"}:
        return "maybe"
    return "again" if row.expected_attempts(operation) > 1 else "stop"


def faults() -> str:
    """Draw the outcome of every fault, as the tests expect it."""
    top, left, step = 70, 330, 20
    parts = [
        f'<text class="small" x="{left + 75 * number + 37}" y="{top - 12}" text-anchor="middle">{operation}</text>'
        for number, operation in enumerate(OPERATIONS)
    ]
    legend = (
        ("good", "succeeds"),
        ("again", "retried, then an error"),
        ("stop", "an error without a retry"),
        ("maybe", "an error; may be applied"),
    )
    for number, (kind, words) in enumerate(legend):
        x = 10 + 175 * number
        parts.append(
            f'<circle class="{kind}" cx="{x + 6}" cy="16" r="6"/><text class="small" x="{x + 18}" y="20">{words}</text>'
        )
    for line, row in enumerate(ROWS):
        y = top + step * line
        parts.append(
            f'<text class="small" x="{left - 10}" y="{y + 4}" text-anchor="end">{escape(row.fault.name)}</text>'
        )
        parts += [
            f'<circle class="{kind_of(row, operation)}" cx="{left + 75 * number + 37}" cy="{y}" r="6"/>'
            for number, operation in enumerate(OPERATIONS)
        ]
    return picture("The fault matrix: the outcome of each fault for each operation", 720, top + step * len(ROWS), parts)


def component() -> str:
    """Return the table that a notebook shows for a component, with the style of the other tables."""
    fake = FakeCachet(clock=lambda: datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    with fake.client() as client:
        website = client.components.create(name="Website", status=1, tags="web")
    table = website._repr_html_().replace("<table>", '<table class="docutils">')  # pyright: ignore[reportPrivateUsage]
    return f'<div class="table-wrapper">{table}</div>\n'


FIGURES = {"call.svg": call, "retry.svg": retry, "faults.svg": faults, "component.html": component}


if __name__ == "__main__":
    for name, draw in FIGURES.items():
        (HERE / name).write_text(draw(), encoding="utf-8")
