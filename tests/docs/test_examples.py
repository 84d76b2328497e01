"""All examples are run, and a wrong example fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.environment import ROOT
from tests.docs.examples import sybil_of_pages

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs").glob("[!_]*/*.md"))]


def run_page(folder: Path, text: str) -> int:
    """Run a page, and return the number of its tests."""
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    examples = list(sybil_of_pages().parse(page).examples())
    for example in examples:
        example.evaluate()
    return len(examples)


def fence(code: str) -> str:
    return f"Words.\n\n```python\n{code}\n```\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_has_an_expected_language(page: Path) -> None:
    languages = set(re.findall(r"^ *```([^\n`]+)$", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert {language for language in languages if not language.startswith("{")} <= {"python", "console", "text", "yaml"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_skips_an_example(page: Path) -> None:
    assert "skip:" not in page.read_text(encoding="utf-8")
    assert "+SKIP" not in page.read_text(encoding="utf-8")


# docs/cli/reference.md is generated from the help texts of the command when the documentation is built.
@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name != "reference.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_no_line_of_code_scrolls_sideways(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```(?:python|console|text)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    blocks += [(page.parent / path).read_text("utf-8") for path in re.findall(r"{literalinclude} (\S+)", text)]
    assert [line for block in blocks for line in block.splitlines() if len(line) > 88] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_work(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_a_page_is_one_test_whose_blocks_build_on_each_other(tmp_path: Path) -> None:
    assert run_page(tmp_path, fence("a = 1") + fence(">>> a + 1\n2")) == 1


def test_a_page_without_python_has_no_test(tmp_path: Path) -> None:
    assert run_page(tmp_path, "```console\n$ exit 1\n```\n") == 0


def test_output_that_differs_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"page\.md:4: 1 \+ 1"):
        run_page(tmp_path, fence(">>> 1 + 1\n3"))


def test_an_exception_that_is_not_shown_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        run_page(tmp_path, fence(">>> 1 / 0"))


def test_an_exception_that_differs_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run_page(tmp_path, fence(">>> 1 / 0\nTraceback (most recent call last):\n    ...\nKeyError: 0"))


def test_an_exception_that_is_not_raised_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="KeyError"):
        run_page(tmp_path, fence(">>> x = 1\nTraceback (most recent call last):\n    ...\nKeyError: 0"))


def test_await_works_at_the_top_level(tmp_path: Path) -> None:
    run_page(tmp_path, fence(">>> import asyncio\n>>> await asyncio.sleep(0, 'done')\n'done'"))


@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_a_test_on_a_page_is_called(keyword: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        run_page(tmp_path, fence(f"{keyword} test_it(fake_cachet):\n    assert fake_cachet.requests"))


def test_a_client_on_a_page_uses_the_embedded_cachet(tmp_path: Path) -> None:
    run_page(
        tmp_path,
        fence("from cachet_sdk import Client\nwith Client() as own:\n    own.components.create(name='A', status=1)")
        + fence(">>> [component.name for component in client.components.list()]\n['A']"),
    )


def test_every_makefile_target_has_a_help_text() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    documented = set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE))
    expected = "setup demo test lint types sync docs bench faults fuzz soak sites clean help"
    assert documented == set(expected.split())
