"""An embedded Cachet for tests: in process through httpx, or on a loopback socket; nothing here uses the SDK's models.

``FakeCachet`` is the entry point. It is loaded on first use, so that the pytest plugin starts quickly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cachet_sdk.testing.fake import FakeCachet

__all__ = ["FakeCachet"]


if not TYPE_CHECKING:
    # Type checkers know the name from above; this function would hide misspelled names from them.
    def __getattr__(name: str) -> object:
        if name == "FakeCachet":
            from cachet_sdk.testing.fake import FakeCachet  # noqa: PLC0415 - see the module's docstring

            return FakeCachet
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
