"""One invented list explains every table: no count is pinned, and fed back as the truth it gives the same figures."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.invented import Answer, Invented, Told, invent
from warehouse.rounding import Figures, Grid, Listed, may_be_more, nearest

GRID = Grid(base=5, hide=7)
TWO_WAY = [frozenset({"disabled"}), frozenset({"not stated"})]
LADDER = [
    frozenset({"other than white", "asian"}),
    frozenset({"other than white", "black"}),
    frozenset({"not stated"}),
]
REFERENCE: Answer = frozenset()


def _tokens(many: int) -> frozenset[str]:
    return frozenset(f"token {number}" for number in range(many))


def _figures(counts: Mapping[str, int], answers: Sequence[Answer], people: int, grid: Grid = GRID) -> Figures:
    found = invent(answers, [], _tokens(people), counts, grid)
    assert found is not None
    return found.figures


def _fewest_by_enumeration(figures: Figures, people: int) -> int:
    """Fewest values of any count of LADDER over every list of answers that `people` people could have given."""
    more = may_be_more(figures, [Listed("other than white"), Listed("not stated")], people, GRID)

    def could_be(name: str, count: int) -> bool:
        figure = figures[name]
        if figure is None:
            return count <= 7
        return count >= figure - 2 if name in more else abs(count - figure) <= 2

    names = ("other than white", "asian", "black", "not stated")
    seen: dict[str, set[int]] = {name: set() for name in names}
    ranges = [[count for count in range(people + 1) if could_be(name, count)] for name in names[1:]]
    for asian, black, not_stated in product(*ranges):
        both = asian + black
        if could_be("other than white", both) and both + not_stated <= people:
            for name, count in zip(names, (both, asian, black, not_stated), strict=True):
                seen[name].add(count)
    return min(len(values) for values in seen.values())


def test_a_figure_is_the_nearest_multiple_of_five() -> None:
    assert _figures({"disabled": 23, "not stated": 12}, TWO_WAY, 61) == {"disabled": 25, "not stated": 10}


@pytest.mark.parametrize("count", [0, 1, 7])
def test_seven_or_fewer_is_too_few_and_so_is_nobody(count: int) -> None:
    assert _figures({"disabled": count, "not stated": 20}, TWO_WAY, 61)["disabled"] is None


def test_eight_is_shown_as_about_ten() -> None:
    assert _figures({"disabled": 8, "not stated": 0}, TWO_WAY, 61) == {"disabled": 10, "not stated": None}


def test_enough_people_are_always_left_for_the_answer_that_is_not_counted() -> None:
    assert _figures({"disabled": 60, "not stated": 0}, TWO_WAY, 60)["disabled"] == 50


def test_groups_and_their_parts_can_always_be_the_answers_of_one_list() -> None:
    figures = _figures({"other than white": 22, "asian": 9, "black": 13, "not stated": 3}, LADDER, 60)
    assert figures["other than white"] == (figures["asian"] or 0) + (figures["black"] or 0)


def test_rounding_each_group_for_itself_is_undone_by_our_attacker() -> None:
    counts = {"other than white": 22, "asian": 9, "black": 13, "not stated": 3}
    naive = {name: None if count <= 7 else nearest(count, 5) for name, count in counts.items()}
    assert _fewest_by_enumeration(naive, 60) < 5
    assert _fewest_by_enumeration(_figures(counts, LADDER, 60), 60) >= 5


@settings(max_examples=40, deadline=None)
@given(st.integers(25, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_no_table_leaves_a_count_fewer_than_five_values(people: int, asian: int, black: int, silent: int) -> None:
    asian, black = min(asian, people), min(black, people - min(asian, people))
    silent = min(silent, people - asian - black)
    counts = {"other than white": asian + black, "asian": asian, "black": black, "not stated": silent}
    assert _fewest_by_enumeration(_figures(counts, LADDER, people), people) >= 5


def test_a_stricter_house_rule_uses_multiples_of_ten() -> None:
    figures = _figures({"disabled": 23, "not stated": 14}, TWO_WAY, 90, Grid(base=10, hide=14))
    assert figures == {"disabled": 20, "not stated": None}


def test_a_house_rule_that_hides_more_never_shows_what_two_changed_answers_would_hide() -> None:
    figures = _figures({"disabled": 12, "not stated": 10}, TWO_WAY, 90, Grid(base=5, hide=10))
    assert figures == {"disabled": 15, "not stated": None}


def test_a_table_that_no_list_can_explain_beside_another_is_not_made() -> None:
    people = _tokens(40)
    everyone_but_eight = Told(people, {"disabled": 30, "not stated": None}, GRID)
    those_eight_and_more = frozenset(sorted(people)[:33])
    impossible = Told(those_eight_and_more, {"disabled": 10, "not stated": None}, GRID)
    assert invent(TWO_WAY, [everyone_but_eight, impossible], people, {"disabled": 30, "not stated": 0}, GRID) is None


Table = tuple[frozenset[str], tuple[str, ...]]
Truth = Mapping[str, Answer]


def _programme(seed: int) -> tuple[list[str], list[Table], Truth]:
    """Four nested populations at two quarter ends; finer groups are listed from 50 people."""
    chance = random.Random(seed)
    everyone = [f"token {number}" for number in range(chance.randint(70, 110))]
    tables: list[Table] = []
    for share in (0.6, 1.0):
        people = everyone[: round(len(everyone) * share)]
        while len(people) >= 25:
            parts = ("asian", "black") if len(people) >= 50 else ()
            tables.append((frozenset(people), ("other than white", *parts, "not stated")))
            people = sorted(chance.sample(people, round(len(people) * chance.choice((0.7, 0.85, 0.95)))))[:80]
            if len(tables) % 4 == 0:
                break
    truth = {one: chance.choices([*LADDER, REFERENCE], (16, 14, 10, 60))[0] for one in everyone}
    return everyone, tables, truth


def _replayed(tables: Sequence[Table], truth: Truth) -> tuple[list[Figures | None], Invented]:
    """Every table's figures, None for one held back, and the list behind the last one."""
    told: list[Told] = []
    outcome: list[Figures | None] = []
    newest: Invented | None = None
    for people, groups in tables:
        counts = {group: sum(group in truth[one] for one in people) for group in groups}
        found = invent(LADDER, told, people, counts, GRID)
        outcome.append(found.figures if found else None)
        if found:
            newest = found
            told.append(Told(people, found.figures, GRID))
    assert newest is not None
    return outcome, newest


def _as_truth(tables: Sequence[Table], outcome: Sequence[Figures | None], found: Invented) -> dict[str, Answer]:
    told = [people for (people, _), figures in zip(tables, outcome, strict=True) if figures is not None]
    waiting = {
        place: [answer for answer, many in zip(found.answers, row, strict=True) for _ in range(many)]
        for place, row in zip(found.places, found.people, strict=True)
    }
    return {one: waiting[tuple(one in some for some in told)].pop() for one in sorted(frozenset[str]().union(*told))}


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_invented_list_fed_back_as_the_truth_gives_the_same_figures_even_with_two_answers_changed(
    seed: int,
) -> None:
    everyone, tables, truth = _programme(seed)
    outcome, found = _replayed(tables, truth)
    twin = dict.fromkeys(everyone, REFERENCE) | _as_truth(tables, outcome, found)
    assert sum(figures is not None for figures in outcome) >= 4
    assert _replayed(tables, twin)[0] == outcome
    chance = random.Random(seed)
    for _ in range(4):
        changed = {one: chance.choice([*LADDER, REFERENCE]) for one in chance.sample(everyone, 2)}
        assert _replayed(tables, twin | changed)[0] == outcome
