"""Periods are fixed: calendar quarters, programme years from 1 April, to date, and the running one only when open."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.periods import Calendar, Period, last_quarter_end


def _calendar(today: date, first: date | None = date(2025, 2, 1), last: date | None = date(2026, 6, 1)) -> Calendar:
    return Calendar(today, first, last)


def _labels(periods: tuple[Period, ...]) -> list[str]:
    return [one.label for one in periods]


def test_quarters_run_from_the_first_fact_to_the_last_that_is_over() -> None:
    found = _labels(_calendar(date(2026, 7, 15)).choices(["quarter"], live=False))
    assert found == ["2026 Q2", "2026 Q1", "2025 Q4", "2025 Q3", "2025 Q2", "2025 Q1"]


def test_an_open_figure_may_be_asked_for_while_its_period_runs() -> None:
    found = _calendar(date(2026, 7, 15)).choices(["year", "to date"], live=True)
    assert _labels(found) == ["2026-27", "2025-26", "2024-25", "to date"]
    assert found[-1].last == date(2026, 7, 15)


def test_a_guarded_figure_to_date_ends_with_the_last_quarter_that_is_over() -> None:
    (found,) = _calendar(date(2026, 7, 15)).choices(["to date"], live=False)
    assert found.last == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("kinds", "last", "label"),
    [
        (["quarter", "year"], date(2026, 6, 1), "2026 Q2"),
        (["quarter"], date(2025, 12, 31), "2025 Q4"),
        (["year", "to date"], date(2026, 6, 1), "2025-26"),
        (["quarter"], date(2026, 7, 10), "2026 Q2"),
        (["today"], None, "today"),
        (["quarter"], None, "2026 Q2"),
    ],
)
def test_the_default_is_the_latest_period_that_is_over_and_has_facts(
    kinds: list[str], last: date | None, label: str
) -> None:
    calendar = _calendar(date(2026, 7, 15), date(2025, 2, 1) if last else None, last)
    assert calendar.default(kinds, live=True).label == label


def test_where_no_year_with_facts_is_over_the_running_one_is_the_default_of_an_open_figure() -> None:
    calendar = _calendar(date(2026, 7, 15), date(2026, 5, 1), date(2026, 6, 1))
    assert calendar.default(["year"], live=True).label == "2026-27"


def test_a_year_is_made_of_its_quarters_and_to_date_of_years_and_loose_quarters() -> None:
    calendar = _calendar(date(2026, 7, 15))
    year = calendar.choices(["year"], live=False)[0]
    assert sorted(_labels(calendar.parts(year, ["quarter", "year"]))) == ["2025 Q2", "2025 Q3", "2025 Q4", "2026 Q1"]
    (to_date,) = calendar.choices(["to date"], live=False)
    pieces = calendar.parts(to_date, ["quarter", "year", "to date"])
    assert _labels(pieces) == ["1900-01-01 to 2024-03-31", "2024-25", "2025-26", "2026 Q2"]
    assert _labels(calendar.parts(to_date, ["year"]))[-1] == "2026-04-01 to 2026-06-30"
    assert calendar.parts(year, ["year"]) == ()


@given(st.dates(date(2020, 1, 1), date(2034, 12, 31)))
def test_the_last_quarter_end_is_always_before_today_and_within_a_quarter_of_it(today: date) -> None:
    end = last_quarter_end(today)
    assert 0 < (today - end).days <= 92
    assert (end + timedelta(days=1)).day == 1
    assert (end + timedelta(days=1)).month in (1, 4, 7, 10)


@given(st.dates(date(2020, 1, 1), date(2034, 12, 31)), st.booleans())
def test_periods_of_one_kind_follow_each_other_without_gap_or_overlap(today: date, live: bool) -> None:
    calendar = Calendar(today, today - timedelta(days=900), today)
    for kind in ("quarter", "year"):
        found = calendar.choices([kind], live=live)
        for later, earlier in pairwise(found):
            assert earlier.last + timedelta(days=1) == later.first
