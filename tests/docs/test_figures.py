"""The figures in the documentation are up to date with the script that draws them, and with the fault matrix."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
FIGURES = runpy.run_path(str(FOLDER / "draw.py"))["FIGURES"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == FIGURES[name](), "run: python docs/pictures/draw.py"


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_shown_on_a_page(name: str) -> None:
    pages = FOLDER.parent.rglob("*.md")
    assert any(f"pictures/{name}" in page.read_text(encoding="utf-8") for page in pages)
