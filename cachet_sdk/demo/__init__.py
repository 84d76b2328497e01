"""``python -m cachet_sdk.demo``: a day in the life of a status page, told while it happens."""

from cachet_sdk.demo.program import main
from cachet_sdk.demo.stage import Story

__all__ = ["Story", "main"]
