"""The package itself: the cost of importing it, and its names."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cachet_sdk


def test_importing_it_loads_neither_httpx_nor_pydantic() -> None:
    program = "import sys, cachet_sdk; print({'httpx', 'pydantic', 'click', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("name", cachet_sdk.__all__)
def test_every_public_name_exists_and_is_listed_by_dir(name: str) -> None:
    assert getattr(cachet_sdk, name) is getattr(cachet_sdk, name)
    assert name in dir(cachet_sdk)


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'cachet_sdk' has no attribute 'Clients'"):
        _ = cachet_sdk.Clients  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]
