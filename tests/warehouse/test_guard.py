"""Periods and splits of a guarded figure, taken together, never give away what a few people said.

The attacker here knows every base, adds and subtracts every figure that is shown, and shares no code with the guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.catalogue import Metric
from warehouse.guard import Guard
from warehouse.periods import Calendar, Period
from warehouse.released import MetricInfo

BASE = 10
KINDS = [("quarter", "year", "to date"), ("year", "to date"), ("quarter", "to date"), ("quarter",)]
CALENDAR = Calendar(date(2026, 7, 15), date(2025, 2, 1), date(2026, 6, 30))
QUARTERS = (date(2025, 3, 1), date(2025, 5, 1), date(2025, 8, 1), date(2026, 5, 1))
Reply = tuple[date, str, int]


def _metric(periods: tuple[str, ...]) -> Metric:
    nothing: tuple[str, ...] = ()
    info = MetricInfo(
        id="positive",
        title="Positive",
        plain="",
        formula="",
        unit="responses",
        owner="evaluation_lead",
        questions=nothing,
        audience=("leadership",),
        disclosure="guarded",
        kind="ratio",
        base=BASE,
        cells=False,
        periods=periods,
        dimensions=("event",),
        always=nothing,
        measures=("n", "of"),
        totals=nothing,
        tables=nothing,
    )
    return Metric(info, nothing, "")


def _guard(replies: Sequence[Reply], periods: tuple[str, ...]) -> Guard:
    def fetch(period: Period) -> list[dict[str, object]]:
        return [
            {"event": event, "n": 0, "of": many} for day, event, many in replies if period.first <= day <= period.last
        ]

    return Guard(_metric(periods), fetch, CALENDAR, 8, BASE)


def _shown(replies: Sequence[Reply], periods: tuple[str, ...]) -> list[list[int]]:
    """One line for every figure that is shown: which replies it adds up."""
    guard = _guard(replies, periods)
    lines = []
    for period in CALENDAR.choices(periods, live=False):
        inside = [period.first <= day <= period.last for day, _, _ in replies]
        if guard.reason(period) is None:
            lines.append([int(one) for one in inside])
        for event in sorted({event for _, event, _ in replies}):
            if guard.reason(period, ("event", event)) is None:
                lines.append(
                    [int(one and theirs == event) for one, (_, theirs, _) in zip(inside, replies, strict=True)]
                )
    return lines


def _small_groups_given_away(lines: list[list[int]], replies: Sequence[Reply]) -> list[tuple[int, ...]]:
    """Every set of replies of fewer than BASE people whose sum follows from the shown figures."""
    if not lines:
        return []
    known = np.array(lines, dtype=float)
    rank = np.linalg.matrix_rank(known)
    found = []
    for size in range(1, len(replies) + 1):
        for chosen in combinations(range(len(replies)), size):
            if 0 < sum(replies[at][2] for at in chosen) < BASE:
                line = np.array([[float(at in chosen) for at in range(len(replies))]])
                if np.linalg.matrix_rank(np.vstack([known, line])) == rank:
                    found.append(chosen)
    return found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(QUARTERS), st.sampled_from(["spring", "summer", "autumn"]), st.integers(1, 25)),
        min_size=1,
        max_size=7,
        unique_by=lambda one: one[:2],
    ),
    st.sampled_from(KINDS),
)
def test_no_sum_of_fewer_than_ten_people_follows_from_all_that_is_shown(
    replies: list[Reply], periods: tuple[str, ...]
) -> None:
    assert _small_groups_given_away(_shown(replies, periods), replies) == []


@pytest.mark.parametrize(
    "replies",
    [
        [(QUARTERS[1], "spring", 20), (QUARTERS[2], "spring", 4)],
        [(QUARTERS[1], "spring", 20), (QUARTERS[1], "summer", 4)],
    ],
)
def test_showing_everything_of_ten_or_more_is_undone_by_our_attacker(replies: list[Reply]) -> None:
    naive = []
    for period in CALENDAR.choices(KINDS[0], live=False):
        inside = [period.first <= day <= period.last for day, _, _ in replies]
        for event in ("spring", "summer", ""):
            line = [int(one and event in ("", theirs)) for one, (_, theirs, _) in zip(inside, replies, strict=True)]
            if sum(one * many for one, (_, _, many) in zip(line, replies, strict=True)) >= BASE:
                naive.append(line)
    assert _small_groups_given_away(naive, replies)
    assert _small_groups_given_away(_shown(replies, KINDS[0]), replies) == []
