"""The API of Cachet 2.3 and 2.4.

Its clients are loaded when they are first asked for, its enumerations need nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachet_sdk.core.lazy import client_of

if TYPE_CHECKING:
    from cachet_sdk.v1.aio.client import AsyncClient
    from cachet_sdk.v1.client import Client

__all__ = ["AsyncClient", "Client"]


if not TYPE_CHECKING:
    # Type checkers know the names from above; to them, this would make every misspelt name exist.
    def __getattr__(name: str) -> object:
        return client_of(__name__, name)
