"""The embedded Cachet 3: its API, held in memory, without a database or a network.

Written from the notes and recordings in wire/v3 and from nothing else; it takes nothing from the SDK's own models,
so that a mistake in them cannot hide here.
"""

from cachet_sdk.testing.v3.app import CachetV3

__all__ = ["CachetV3"]
