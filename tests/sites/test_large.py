"""A page larger than those of the other tests; ``python -m tests.sites`` migrates one of realistic size."""

from __future__ import annotations

from tests.sites.large import run


def test_memory_does_not_grow_with_the_page() -> None:
    took = run(components=200, points=400)
    assert took.import_mib < 30
    assert took.export_mib < 30
