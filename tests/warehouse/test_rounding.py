"""One equality table at a time: no figure pins a count. The attacker enumerates every list of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.rounding import Figures, Grid, Listed, fewest_values, may_be_more, nearest, round_table

GRID = Grid(base=5, hide=7)
TWO_WAY = [Listed("disabled"), Listed("not stated")]
LADDER = [
    Listed("other than white", is_split=True),
    Listed("asian", "other than white"),
    Listed("black", "other than white"),
    Listed("not stated"),
]


def _released(counts: Mapping[str, int], groups: Sequence[Listed], people: int) -> Figures:
    figures = round_table(counts, groups, people, GRID)
    assert figures is not None
    return figures


def _fewest_by_enumeration(figures: Figures, people: int) -> int:
    """Fewest values of any count of LADDER over every list of answers that `people` people could have given."""
    more = may_be_more(figures, LADDER, people, GRID)

    def could_be(name: str, count: int) -> bool:
        figure = figures[name]
        if figure is None:
            return count <= 7
        return count >= figure - 2 if name in more else abs(count - figure) <= 2

    seen: dict[str, set[int]] = {group.id: set() for group in LADDER}
    singles = ("asian", "black", "not stated")
    ranges = [[count for count in range(people + 1) if could_be(name, count)] for name in singles]
    for asian, black, not_stated in product(*ranges):
        both = asian + black
        if could_be("other than white", both) and both + not_stated <= people:
            for name, count in zip(("other than white", *singles), (both, asian, black, not_stated), strict=True):
                seen[name].add(count)
    return min(len(values) for values in seen.values())


def test_a_figure_is_the_nearest_multiple_of_five() -> None:
    assert _released({"disabled": 23, "not stated": 12}, TWO_WAY, 61) == {"disabled": 25, "not stated": 10}


@pytest.mark.parametrize("count", [0, 1, 7])
def test_seven_or_fewer_is_too_few_and_so_is_nobody(count: int) -> None:
    assert _released({"disabled": count, "not stated": 20}, TWO_WAY, 61)["disabled"] is None


def test_eight_is_shown_as_about_ten() -> None:
    assert _released({"disabled": 8, "not stated": 0}, TWO_WAY, 61) == {"disabled": 10, "not stated": None}


def test_enough_people_are_always_left_for_the_answer_that_is_not_counted() -> None:
    figures = _released({"disabled": 60, "not stated": 0}, TWO_WAY, 60)
    assert figures["disabled"] == 50
    assert may_be_more(figures, TWO_WAY, 60, GRID) == {"disabled"}


def test_a_figure_with_room_above_it_is_not_said_to_be_or_more() -> None:
    assert may_be_more({"disabled": 25, "not stated": None}, TWO_WAY, 61, GRID) == frozenset()


def test_groups_and_their_parts_can_always_be_the_answers_of_one_list() -> None:
    figures = _released({"other than white": 22, "asian": 9, "black": 13, "not stated": 3}, LADDER, 60)
    assert figures["other than white"] == (figures["asian"] or 0) + (figures["black"] or 0)


def test_rounding_each_group_for_itself_is_undone_by_our_attacker() -> None:
    counts = {"other than white": 22, "asian": 9, "black": 13, "not stated": 3}
    naive = {name: None if count <= 7 else nearest(count, 5) for name, count in counts.items()}
    assert _fewest_by_enumeration(naive, 60) < 5
    assert _fewest_by_enumeration(_released(counts, LADDER, 60), 60) >= 5


@settings(max_examples=60, deadline=None)
@given(st.integers(25, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_no_table_leaves_a_count_fewer_than_five_values(people: int, asian: int, black: int, silent: int) -> None:
    asian, black = min(asian, people), min(black, people - min(asian, people))
    silent = min(silent, people - asian - black)
    counts = {"other than white": asian + black, "asian": asian, "black": black, "not stated": silent}
    figures = _released(counts, LADDER, people)
    fewest = _fewest_by_enumeration(figures, people)
    assert fewest >= 5
    assert fewest_values(figures, LADDER, people, GRID) == fewest


@settings(max_examples=60, deadline=None)
@given(st.integers(25, 90), st.integers(0, 90), st.integers(0, 90))
def test_a_list_that_the_figures_could_come_from_gives_the_same_figures(people: int, group: int, silent: int) -> None:
    group = min(group, people)
    counts = {"disabled": group, "not stated": min(silent, people - group)}
    figures = _released(counts, TWO_WAY, people)
    invented = {name: 5 if figure is None else figure for name, figure in figures.items()}
    for change in (-2, -1, 0, 1, 2):
        twin = {**invented, "disabled": invented["disabled"] + change}
        if sum(twin.values()) <= people - 6:
            assert _released(twin, TWO_WAY, people) == figures


def test_a_stricter_house_rule_uses_multiples_of_ten() -> None:
    figures = round_table({"disabled": 23, "not stated": 14}, TWO_WAY, 90, Grid(base=10, hide=14))
    assert figures == {"disabled": 20, "not stated": None}
