"""The typed Python SDK for Cachet, the open source status page."""

from cachet_sdk._version import __version__

__all__ = ["__version__"]
