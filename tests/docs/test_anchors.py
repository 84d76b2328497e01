"""The link checker in ``.ci/anchors.py`` reports dead links, and no others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.docs.environment import ROOT


def check(folder: Path, index: str) -> tuple[int, list[str]]:
    (folder / "sub").mkdir()
    (folder / "sub" / "page.html").write_text('<h2 id="über">Over</h2><a href="../index.html#top">up</a>', "utf-8")
    (folder / "index.html").write_text(index, "utf-8")
    command = [sys.executable, str(ROOT / ".ci" / "anchors.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout.splitlines()


def test_working_links_pass(tmp_path: Path) -> None:
    links = (
        "sub/page.html",
        "sub/page.html#%C3%BCber",
        "#",
        "#here",
        "https://elsewhere.example/#x",
        "mailto:a@b.example",
    )
    index = '<p id="here">' + "".join(f'<a href="{link}">it</a>' for link in links)
    assert check(tmp_path, index) == (0, ["no dead links"])


def test_a_dead_link_fails_and_is_reported(tmp_path: Path) -> None:
    links = ("sub/page.html#under", "sub/none.html", "#nowhere")
    status, lines = check(tmp_path, "".join(f'<a href="{link}">it</a>' for link in links))
    assert status == 1
    assert lines == [f"index.html: {link}" for link in sorted(links)]
