"""Generate the sync version of every file in an ``aio/`` folder (``make sync``), or list stale ones (``--check``).

``unasync`` removes ``async`` and ``await`` from the tokens of the code. This script also converts this project's names,
docstrings (whose examples are code, too) and import paths, and adds a first line that names the source.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tokenize_rt
import unasync

ROOT = Path(__file__).resolve().parent.parent

# Names whose sync form cannot be derived. All others follow a rule: AsyncX becomes X, and async_x becomes x.
WORDS = {
    "aclose": "close",
    "aiter": "iter",
    "anext": "next",
    "aread": "read",
    "async_client": "client",
    "asend": "send",
    "asynchronous": "synchronous",
    "Asynchronous": "Synchronous",
    "athrow": "throw",
    "AsyncByteStream": "SyncByteStream",
    "handle_async_request": "handle_request",
}
#: A word in a text, with the article before it and any quotes between them: the article must match the new word.
WORD = re.compile(r"(?:\b(?P<article>[Aa])n?(?P<between>\s+`*))?(?P<word>[A-Za-z_][A-Za-z_0-9]*)")
KEYWORD = re.compile(r"\b(?:async|await) (?=[A-Za-z_(\[])")


class SyncRule(unasync.Rule):  # type: ignore[misc]  # unasync ships no types
    """Token replacement that also reaches into strings and docstrings."""

    def _unasync_name(self, name: str) -> str:
        if name.isidentifier():
            return self.word(name)
        return WORD.sub(self.phrase, KEYWORD.sub("", name))

    def phrase(self, match: re.Match[str]) -> str:
        """Return the sync form of a word in a text, with the right article before it."""
        word = self.word(match["word"])
        if match["article"] is None or word == match["word"]:
            return match[0].removesuffix(match["word"]) + word
        return f"{match['article']}{'n' if word[:1].lower() in 'aeiou' else ''}{match['between']}{word}"

    def word(self, word: str) -> str:
        """Return the sync form of an identifier."""
        if word in self.token_replacements:
            return str(self.token_replacements[word])
        if word.startswith("Async") and word[5:6].isupper():
            return word[5:]
        return word.removeprefix("async_")


def generate(source: Path) -> str:
    """Return the sync version of a file."""
    rule = SyncRule("/aio/", "/", additional_replacements=WORDS)
    tokens = rule._unasync_tokens(tokenize_rt.src_to_tokens(source.read_text(encoding="utf-8")))  # noqa: SLF001
    code = re.sub(r"\bAwaitable\[([^\[\]]*(?:\[[^\[\]]*\])?)\]", r"\1", tokenize_rt.tokens_to_src(tokens))
    code = re.sub(r"\.aio\b(?=[. ])", "", code)
    return f'# Made by "make sync" from aio/{source.name}: edit that file instead of this one.\n{code}'


def main() -> int:
    """Write the generated files, or check them. Return the exit status."""
    check = "--check" in sys.argv[1:]
    sources = [
        path
        for folder in ("cachet_sdk", "tests")
        for path in sorted((ROOT / folder).rglob("aio/*.py"))
        if path.name != "__init__.py"
    ]
    ruff = shutil.which("ruff", path=f"{Path(sys.executable).parent}:{ROOT}/.venv/bin") or "ruff"
    stale: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        drafts = {}
        for source in sources:
            target = source.parent.parent / source.name
            draft = Path(folder) / target.relative_to(ROOT)
            draft.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(generate(source), encoding="utf-8")
            drafts[target] = draft
        # Without "async", lines are shorter, imports have another order, and some comprehensions only copy: ruff
        # cleans this up.
        settings = ["--config", str(ROOT / "pyproject.toml"), "--quiet"]
        fixes = ["--select", "I,F401,C416", "--fix", "--unsafe-fixes"]
        subprocess.run([ruff, "check", *fixes, *settings, folder], check=True)  # noqa: S603
        subprocess.run([ruff, "format", *settings, folder], check=True)  # noqa: S603
        for target, draft in drafts.items():
            text = draft.read_text(encoding="utf-8")
            if not target.exists() or target.read_text(encoding="utf-8") != text:
                stale.append(target.relative_to(ROOT))
                if not check:
                    target.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{path}: {'stale: run make sync' if check else 'written'}")  # noqa: T201
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
