"""The embedded Cachet 3: an in-memory model of its API.

Written from the notes and recordings in tests/wire/v3 only; it shares no code with the SDK's models, so that a mistake
in them cannot hide here.
"""

from cachet_sdk.testing.v3.app import CachetV3

__all__ = ["CachetV3"]
