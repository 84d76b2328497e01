"""``python -m cachet_sdk.demo``: a tour of the SDK on a status page."""

from cachet_sdk.demo.program import main
from cachet_sdk.demo.stage import Story

__all__ = ["Story", "main"]
