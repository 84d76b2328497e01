"""Runs the examples in the documentation. Each page, and each file's docstrings, is one test with its own Cachet.

Sybil finds the examples. They are run here, because the blocks of a page build on each other, and async examples use
``await`` at the top level. The output of blocks with ``>>>`` is compared; other blocks are only run. A function whose
name starts with ``test_`` is called as pytest would, with the fixtures that it requests.
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
from tests.docs.environment import ROOT, example_environment

_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def sybil_of_pages() -> Sybil:
    """Find the Python blocks of README.md and docs/."""
    return Sybil([_page], path=str(ROOT), patterns=["README.md", "docs/*.md", "docs/*/*.md"])


def sybil_of_docstrings() -> Sybil:
    """Find the docstrings in the package that contain examples."""
    return Sybil([_docstring], path=str(ROOT / "cachet_sdk"), patterns=["*.py"])


def blocks_of(document: Document) -> list[tuple[int, str]]:
    """Return the Python blocks of a page, each with the number of its first line."""
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
    with asyncio.Runner() as runner, example_environment(text, path, runner) as names:
        example_runner = _ExampleRunner(runner, {**example.namespace, **names, "__name__": "__example__"}, path)
        for line, block in example.parsed:
            if is_docstring or block.lstrip().startswith(">>>"):
                example_runner.compare(block, example.line - 1 + line if is_docstring else line)
            else:
                example_runner.run(block, line)


class _ExampleRunner:
    """Runs code in one namespace and one event loop."""

    def __init__(self, runner: asyncio.Runner, namespace: dict[str, object], path: Path) -> None:
        self._runner = runner
        self._namespace = namespace
        self._path = path

    def run(self, source: str, line: int) -> None:
        """Run a block, and the tests that it defines."""
        self._execute(self._compile(source, line, "exec"))
        self._run_tests()

    def compare(self, session: str, line: int) -> None:
        """Run a session, and compare its output."""
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
        # The leading line breaks make tracebacks show the line numbers of the page.
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
