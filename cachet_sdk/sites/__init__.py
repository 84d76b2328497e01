"""A whole status page at once: as code, as an archive, from one Cachet to another."""

from __future__ import annotations

from cachet_sdk.sites.applying import ApplyReport, apply
from cachet_sdk.sites.document import Document, schema
from cachet_sdk.sites.errors import ArchiveError, DocumentError, PageChangedError
from cachet_sdk.sites.loading import dump, load, loads
from cachet_sdk.sites.planning import plan
from cachet_sdk.sites.plans import Change, FieldChange, Plan
from cachet_sdk.sites.pulling import pull

__all__ = [
    "ApplyReport", "ArchiveError", "Change", "Document", "DocumentError", "FieldChange", "PageChangedError", "Plan",
    "apply", "dump", "load", "loads", "plan", "pull", "schema",
]
