"""Comparison of a page with the archive that was imported into it, field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any, Final

from cachet_sdk.sites.archive import ArchiveReader
from cachet_sdk.sites.journal import Journal
from cachet_sdk.sites.records import AnyRecord, Incident, Kind, Point, Schedule, Subscriber
from cachet_sdk.sites.reports import Difference
from cachet_sdk.sites.servers import Site, rows_of
from cachet_sdk.sites.servers.base import SOURCE_KEY
from cachet_sdk.sites.translating import Translator, id_map_key

#: Fields that are new on the target or that it does not show, and those that _compare_relations compares.
_NOT_COMPARED: Final = frozenset({"id", "kind", "created_at", "verify_code", "components", "updates", "engine", "slug"})
#: Kind, field and release of values that the server computes, or shows wrongly for rows a few seconds old.
_UNRELIABLE: Final = frozenset({("schedule", "status", "3"), ("subscriber", "verified", "2.3")})
_MAX_DIFFERENCES: Final = 1_000


def differences(archive: ArchiveReader, site: Site, journal: Journal, kinds: Collection[Kind]) -> list[Difference]:
    """Read the target again, and return where it differs from the translated archive; at most 1,000 differences."""
    return list(islice(_compare(archive, site, journal, kinds), _MAX_DIFFERENCES))


def _compare(archive: ArchiveReader, site: Site, journal: Journal, kinds: Collection[Kind]) -> Iterator[Difference]:
    translator = Translator(archive.header.release, site.release, now=archive.header.started_at)
    translator.ids = journal.ids
    rows: dict[str, dict[int, Any]] = {}
    points: dict[tuple[Any, float], int] = {}
    metric = 0
    for record in archive.records():
        if record.kind not in kinds:
            continue
        source_id = record.id
        translated = translator.translate(record)
        if translated is None:
            continue
        if isinstance(translated, Point):
            if translated.metric_id != metric:
                metric, points = translated.metric_id, _count_points(site, translated.metric_id)
            key = (translated.created_at, round(translated.value, 3))
            if not points.get(key):
                yield Difference("point", source_id, "row", [key[0].isoformat(), key[1]], None)
            else:
                points[key] -= 1
            continue
        of_kind = rows.setdefault(translated.kind, {})
        if not of_kind:
            rows.clear()  # keep only one kind in memory
            rows[translated.kind] = of_kind
            of_kind.update((row.id, row) for row in rows_of(site, translated.kind))
        new_id = journal.ids.get(id_map_key(record, translated), {}).get(source_id)
        actual = of_kind.get(new_id) if new_id is not None else None
        if actual is None:
            yield Difference(translated.kind, source_id, "row", "present", None)
        else:
            yield from _compare_fields(source_id, translated, actual, site)


def _count_points(site: Site, metric_id: int) -> dict[tuple[Any, float], int]:
    found: dict[tuple[Any, float], int] = {}
    for point in site.points(metric_id):
        key = (point.created_at, round(point.value, 3))
        found[key] = found.get(key, 0) + 1
    return found


def _compare_fields(source_id: int, expected: AnyRecord, actual: Any, site: Site) -> Iterator[Difference]:
    for name in type(expected).model_fields:
        if name in _NOT_COMPARED or (expected.kind, name, site.release) in _UNRELIABLE:
            continue
        wanted, found = getattr(expected, name), getattr(actual, name)
        if name == "meta":
            found = {key: value for key, value in found.items() if key != SOURCE_KEY}
        if name == "tags":
            wanted, found = sorted(wanted), sorted(found)
        if isinstance(wanted, str) and isinstance(found, str):
            wanted, found = wanted.strip(), found.strip()
        if wanted != found:
            yield Difference(expected.kind, source_id, name, wanted, found)
    yield from _compare_relations(source_id, expected, actual, is_3=site.release == "3")


def _compare_relations(source_id: int, expected: AnyRecord, actual: Any, *, is_3: bool) -> Iterator[Difference]:
    if isinstance(expected, Incident | Schedule):
        wanted = [(it.id, it.status if is_3 else None) for it in expected.components]
        found = [(it.id, it.status if is_3 else None) for it in actual.components]
        if sorted(wanted, key=str) != sorted(found, key=str):
            yield Difference(expected.kind, source_id, "components", wanted, found)
        expected_updates = [(it.message.strip(), it.status) for it in expected.updates]
        actual_updates = [(it.message.strip(), it.status) for it in actual.updates]
        if expected_updates != actual_updates:
            yield Difference(expected.kind, source_id, "updates", expected_updates, actual_updates)
    elif isinstance(expected, Subscriber) and expected.components != actual.components:
        yield Difference(expected.kind, source_id, "components", expected.components, actual.components)
