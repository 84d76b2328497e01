"""Whole status pages: manage one as code, archive it, or migrate it to another Cachet."""

from __future__ import annotations

from cachet_sdk.sites.applying import ApplyReport, apply
from cachet_sdk.sites.document import Document, schema
from cachet_sdk.sites.errors import ArchiveError, DocumentError, PageChangedError
from cachet_sdk.sites.exporting import STRUCTURE, export_site
from cachet_sdk.sites.importing import import_site
from cachet_sdk.sites.loading import Format, dump, load, loads
from cachet_sdk.sites.migrating import migrate
from cachet_sdk.sites.planning import plan
from cachet_sdk.sites.plans import Change, FieldChange, Plan
from cachet_sdk.sites.pulling import pull
from cachet_sdk.sites.records import Kind
from cachet_sdk.sites.reports import Difference, ImportReport, Loss

__all__ = [
    "STRUCTURE",
    "ApplyReport",
    "ArchiveError",
    "Change",
    "Difference",
    "Document",
    "DocumentError",
    "FieldChange",
    "Format",
    "ImportReport",
    "Kind",
    "Loss",
    "PageChangedError",
    "Plan",
    "apply",
    "dump",
    "export_site",
    "import_site",
    "load",
    "loads",
    "migrate",
    "plan",
    "pull",
    "schema",
]
