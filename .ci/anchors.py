"""Find dead links in the built documentation: to missing pages, or to missing anchors.

Run ``python .ci/anchors.py docs/_build/html``, or "make docs". Sphinx itself does not check anchors in other pages.
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The anchors of a page, and the links on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "top"}
        self.links: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect anchors and links."""
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value or "")
            elif name in {"href", "src"} and value:
                self.links.add(value)


def dead_links(root: Path) -> list[str]:
    """Return the dead links in a folder, each with its page."""
    pages = {path: Page(path) for path in root.resolve().rglob("*.html")}
    dead: list[str] = []
    for path, page in sorted(pages.items()):
        for link in sorted(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(target)
            if not target.is_file() or (known and unquote(parts.fragment) not in known.anchors):
                dead.append(f"{path.relative_to(root.resolve())}: {link}")
    return dead


def main() -> int:
    """Print the dead links. Return the exit status."""
    root = Path(sys.argv[1])
    if not (root / "index.html").is_file():
        sys.exit(f"{root} contains no documentation: build it first")
    dead = dead_links(root)
    sys.stdout.write(("\n".join(dead) or "no dead links") + "\n")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
