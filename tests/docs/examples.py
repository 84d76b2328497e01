"""Runs the examples that people read: a whole page, or a whole docstring, is one test on an embedded Cachet of its own.

Sybil finds them. They are run here, since the blocks of a page build on each other, and asyncio examples await at the
top level. Blocks that hold ``>>>`` are compared with the output that they show; others are run; a function in them
whose name begins with ``test_`` is called as pytest would call it, with the fixtures that it asks for.
"""

from __future__ import annotations

import ast
import asyncio
import doctest
import inspect
import io
import traceback
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path
from types import CodeType
from typing import cast

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.parsers.myst import CodeBlockParser

from cachet_sdk.testing import FakeCachet
from tests.docs.stage import ROOT, stage

_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def sybil_of_pages() -> Sybil:
    """Find the Python blocks of README.md and docs/."""
    return Sybil([_page], path=str(ROOT), patterns=["README.md", "docs/*.md", "docs/*/*.md"])


def sybil_of_docstrings() -> Sybil:
    """Find the docstrings in the package that show a session."""
    return Sybil([_docstring], path=str(ROOT / "cachet_sdk"), patterns=["*.py"])


def blocks_of(document: Document) -> list[tuple[int, str]]:
    """Give the Python blocks of a page, each with the number of its first line."""
    regions = CodeBlockParser("python", evaluator=lambda _: None)(document)
    found = sorted((region.start, region.parsed) for region in regions)
    return [(document.text.count("\n", 0, start) + parsed.line_offset + 2, str(parsed)) for start, parsed in found]


def _page(document: Document) -> Iterable[Region]:
    blocks = blocks_of(document)
    if blocks:
        yield Region(0, len(document.text), blocks, _evaluate)


def _docstring(document: Document) -> Iterable[Region]:
    if ">>> " in document.text:
        yield Region(0, len(document.text), [(1, document.text)], _evaluate)


def _evaluate(example: Example) -> None:
    path = Path(example.path)
    is_docstring = path.suffix == ".py"
    text = "\n".join(block for _, block in example.parsed)
    with asyncio.Runner() as runner, stage(text, path, runner) as names:
        scene = _Scene(runner, {**example.namespace, **names, "__name__": "__example__"}, path)
        for line, block in example.parsed:
            if is_docstring or block.lstrip().startswith(">>>"):
                scene.compare(block, example.line - 1 + line if is_docstring else line)
            else:
                scene.run(block, line)


class _Scene:
    """Runs code in one namespace, and what it awaits in one event loop."""

    def __init__(self, runner: asyncio.Runner, namespace: dict[str, object], path: Path) -> None:
        self._runner = runner
        self._namespace = namespace
        self._path = path

    def run(self, source: str, line: int) -> None:
        """Run a block, and the tests that it defines."""
        self._execute(self._compile(source, line, "exec"))
        self._run_tests()

    def compare(self, session: str, line: int) -> None:
        """Run a session, and compare what it shows."""
        checker = doctest.OutputChecker()
        for example in doctest.DocTestParser().get_examples(session, str(self._path)):
            where = line + example.lineno
            expected = example.want if example.exc_msg is None else example.exc_msg
            shown = self._output(example.source, where, raises=example.exc_msg is not None)
            assert checker.check_output(expected, shown, _FLAGS), (
                f"{self._path}:{where}: {example.source}"
                + checker.output_difference(doctest.Example(example.source, expected), shown, _FLAGS)
            )
        self._run_tests()

    def _output(self, source: str, line: int, *, raises: bool) -> str:
        output = io.StringIO()
        with redirect_stdout(output):
            try:
                self._execute(self._compile(source, line, "single"))
            except Exception as error:
                if not raises:
                    raise
                return traceback.format_exception_only(error)[-1]
        return output.getvalue()

    def _compile(self, source: str, line: int, mode: str) -> CodeType:
        # Line breaks in front make tracebacks show the line of the page.
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        padded = "\n" * (line - 1) + source
        return cast("CodeType", compile(padded, str(self._path), mode, flags=flags, dont_inherit=True))

    def _execute(self, code: CodeType) -> None:
        result = eval(code, self._namespace)
        if inspect.iscoroutine(result):
            self._runner.run(result)

    def _run_tests(self) -> None:
        for name, test in list(self._namespace.items()):
            if name.startswith("test_") and inspect.isfunction(test):
                del self._namespace[name]
                with pytest.MonkeyPatch.context() as monkeypatch:
                    fixtures = {
                        "fake_cachet": FakeCachet(),
                        "fake_cachet_v3": FakeCachet(version="3"),
                        "monkeypatch": monkeypatch,
                    }
                    result = test(*(fixtures[parameter] for parameter in inspect.signature(test).parameters))
                    if inspect.iscoroutine(result):
                        self._runner.run(result)
