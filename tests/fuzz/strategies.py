"""What a hostile server may send or a careless caller may pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from tests.fuzz.rows import ROWS

HUGE = [10**18, 2**63, -(2**63), 2**64, 10**400, -(10**4000)]
ODD_TEXTS = [
    "",
    " ",
    "\x00",
    "\ud800",
    "é" * 300,
    "\u202e",
    "0",
    "1e999",
    "NaN",
    "true",
    "2026-11-24 10:00:00",
    "a,b",
    ",",
]
ODD_FLOATS = [float("nan"), float("inf"), float("-inf"), -0.0, 1e308, 5e-324]

#: Integers of every size.
integers = st.one_of(st.integers(-10, 10), st.integers(), st.sampled_from(HUGE))
#: Any text, lone surrogates included.
texts = st.one_of(
    st.text(max_size=30), st.sampled_from(ODD_TEXTS), st.text(st.characters(categories=["Cs"]), max_size=3)
)
floats = st.one_of(st.floats(), st.sampled_from(ODD_FLOATS))
zones = st.one_of(
    st.none(), st.just(UTC), st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
#: Times, the first and the last of the calendar included.
dates = st.one_of(
    st.datetimes(timezones=zones),
    st.builds(
        lambda time, zone: time.replace(tzinfo=zone),
        st.sampled_from([datetime.min, datetime.max, datetime(1970, 1, 1)]),
        zones,
    ),
)
#: Stands for an integer of 5,001 digits, which Python and Hypothesis refuse to convert to decimal.
HUGE_INTEGER = "<a huge integer>"
scalars = st.one_of(st.none(), st.booleans(), integers, floats, texts, st.just(HUGE_INTEGER))
#: Any JSON value.
json_values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)


class Odd:
    """An object whose methods all raise."""

    def __repr__(self) -> str:
        raise LookupError("no repr")

    def __str__(self) -> str:
        raise LookupError("no str")

    def __iter__(self) -> None:
        raise LookupError("no items")


def _nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


#: Anything that a caller may pass.
arguments = st.one_of(
    json_values,
    integers,
    texts,
    floats,
    dates,
    st.binary(max_size=8),
    st.sampled_from([object(), {1, 2}, (), b"", range(3), complex(1, 2), datetime, {1: 2}, {(): {}}]),
    st.builds(Odd),
    st.builds(lambda: 10**5000),
    st.sampled_from([50, 5_000]).map(_nested),
    st.lists(arguments_in := st.one_of(texts, integers, st.none()), max_size=3),
    st.dictionaries(st.one_of(texts, st.integers()), arguments_in, max_size=3),
)


@st.composite
def rows(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """Take a resource as a real server sends it, and replace some of its fields by arbitrary values."""
    row: dict[str, object] = dict(ROWS[kind])
    for name in draw(st.lists(st.sampled_from(sorted(row)), max_size=4, unique=True)):
        row[name] = draw(json_values)
    for name in draw(st.lists(st.sampled_from(sorted(row)), max_size=1)):
        del row[name]
    row.update(draw(st.dictionaries(st.text(max_size=6), json_values, max_size=2)))
    return row
