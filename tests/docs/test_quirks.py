"""The quirks that code and tests refer to are described in docs/quirks.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.environment import ROOT

HEADINGS = set(re.findall(r"^### (.+)$", (ROOT / "docs" / "quirks.md").read_text(encoding="utf-8"), re.MULTILINE))
REFERENCE = re.compile(r'"([^"]+)" in (?:the server quirks|docs/quirks\.md)')


def references(path: Path) -> list[str]:
    # A reference in a docstring or comment may continue on the next line.
    text = re.sub(r"\n\s*(?:#:? )?", " ", path.read_text(encoding="utf-8"))
    return REFERENCE.findall(text)


@pytest.mark.parametrize("folder", ["cachet_sdk", "tests"])
def test_every_quirk_that_is_named_has_a_heading(folder: str) -> None:
    named = {quirk for path in (ROOT / folder).rglob("*.py") if path != Path(__file__) for quirk in references(path)}
    assert named
    assert named <= HEADINGS
