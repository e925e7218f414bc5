"""Intervals and medians agree with published and independent ones."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from warehouse.statistics import reached_by, wilson, wilson_of_rounded


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(18, 19, 75, 99), (38, 40, 84, 99), (95, 100, 89, 98), (237, 250, 91, 97), (71, 250, 23, 34)],
)
def test_the_published_worked_intervals_come_out(count: int, base: int, low: int, high: int) -> None:
    found = wilson(count, base)
    assert (100 * found[0], 100 * found[1]) == pytest.approx((low, high), abs=0.51)


@given(st.integers(1, 500), st.data())
def test_the_interval_is_the_one_of_an_independent_program(base: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, base))
    other = binomtest(count, base).proportion_ci(0.95, "wilson")
    assert wilson(count, base) == pytest.approx((other.low, other.high), abs=1e-9)


def test_nobody_and_everybody_reach_the_ends_exactly() -> None:
    assert wilson(0, 30)[0] == 0.0
    assert wilson(30, 30)[1] == 1.0


@pytest.mark.parametrize(("count", "base"), [(-1, 10), (11, 10), (0, 0)])
def test_an_impossible_share_is_an_error(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="base"):
        wilson(count, base)


def test_a_rounded_figure_widens_its_interval_by_what_rounding_may_hide() -> None:
    low, high = wilson_of_rounded(25, 2, 61)
    assert (round(100 * low), round(100 * high)) == (27, 57)


def test_the_value_that_half_or_nine_in_ten_reach() -> None:
    values = [(3, 4), (10, 5), (90, 1)]
    assert reached_by(values, Fraction(1, 2)) == 10
    assert reached_by(values, Fraction(9, 10)) == 10
    assert reached_by(values, Fraction(1)) == 90
    assert reached_by([], Fraction(1, 2)) is None


@given(st.lists(st.integers(-5, 60), min_size=1, max_size=40))
def test_half_are_at_or_under_the_median_and_no_smaller_value_does_that(values: list[int]) -> None:
    found = reached_by([(value, 1) for value in values], Fraction(1, 2))
    assert found in values
    assert sum(value <= found for value in values) * 2 >= len(values)
    assert sum(value < found for value in values) * 2 < len(values)
