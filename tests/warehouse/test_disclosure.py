"""No held-back cell can be worked out. The attacker here enumerates; it shares no code with the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.disclosure import NARROWEST, hold_back, hold_back_sums, may_show_total
from warehouse.released import Reason

Key = tuple[str, ...]
Mask = Mapping[Key, Reason]


def _row(*counts: int) -> dict[Key, int]:
    return {(f"group {at}",): count for at, count in enumerate(counts)}


def _tables(
    cells: Mapping[Key, int], held: Mask, threshold: int, totals: Sequence[Sequence[Key]]
) -> Iterator[dict[Key, int]]:
    """Every whole-number table that a reader who knows the rule could believe in."""
    hidden = list(held)
    most = sum(cells.values())
    told = any(reason == "protects_another" for reason in held.values())
    ranges = []
    for cell in hidden:
        if not told and any(cells[one] >= threshold or cells[one] == 0 for one in hidden):
            ranges.append(range(most + 1))  # the split as a whole is held back: nothing tells its cells apart
        elif held[cell] == "small":
            ranges.append(range(1, threshold))
        else:
            ranges.append(range(threshold, most + 1))
    for values in product(*ranges):
        guess = {**cells, **dict(zip(hidden, values, strict=True))}
        if all(sum(guess[cell] for cell in total) == sum(cells[cell] for cell in total) for total in totals):
            yield guess


def _fewest_values(cells: Mapping[Key, int], held: Mask, threshold: int, totals: Sequence[Sequence[Key]]) -> int:
    seen: dict[Key, set[int]] = {cell: set() for cell in held}
    for guess in _tables(cells, held, threshold, totals):
        for cell in held:
            seen[cell].add(guess[cell])
    return min((len(values) for values in seen.values()), default=99)


def _naive(cells: Mapping[Key, int], threshold: int) -> Mask:
    return {cell: "small" for cell, count in cells.items() if 0 < count < threshold}


def test_a_cell_from_one_to_one_less_than_the_threshold_is_held_back() -> None:
    held = hold_back(_row(0, 1, 4, 5, 30), 5, [list(_row(0, 1, 4, 5, 30))])
    assert held[("group 1",)] == held[("group 2",)] == "small"


def test_a_zero_is_shown() -> None:
    cells = _row(0, 3, 20, 40)
    assert ("group 0",) not in hold_back(cells, 8, [list(cells)])


def test_nothing_is_held_back_where_nothing_is_small() -> None:
    cells = _row(0, 8, 20)
    assert hold_back(cells, 8, [list(cells)]) == {}


def test_a_lone_small_cell_gets_company_so_that_the_total_does_not_give_it_away() -> None:
    cells = _row(3, 9, 40)
    assert hold_back(cells, 8, [list(cells)]) == {("group 0",): "small", ("group 1",): "protects_another"}


def test_hiding_small_cells_alone_is_undone_by_our_attacker() -> None:
    cells = _row(3, 9, 40)
    assert _fewest_values(cells, _naive(cells, 8), 8, [list(cells)]) == 1
    assert _fewest_values(cells, hold_back(cells, 8, [list(cells)]), 8, [list(cells)]) > NARROWEST


@pytest.mark.parametrize("counts", [(1, 1, 40), (7, 7, 40), (1, 1, 1, 30), (7, 7, 7, 8)])
def test_small_cells_that_their_own_sum_would_pin_get_company(counts: tuple[int, ...]) -> None:
    cells = _row(*counts)
    assert _fewest_values(cells, _naive(cells, 8), 8, [list(cells)]) == 1
    assert _fewest_values(cells, hold_back(cells, 8, [list(cells)]), 8, [list(cells)]) > NARROWEST


def test_where_company_cannot_help_the_whole_split_is_held_back() -> None:
    cells = _row(9, 1, 0)
    assert hold_back(cells, 8, [list(cells)]) == dict.fromkeys(cells, "small")


def test_a_cell_that_would_give_away_another_period_is_held_back_too() -> None:
    cells = _row(9, 20, 30)
    held = hold_back(cells, 8, [list(cells)], also=[("group 0",)])
    assert held[("group 0",)] == "protects_another"
    assert _fewest_values(cells, held, 8, [list(cells)]) > NARROWEST


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=5), st.sampled_from([5, 8]))
def test_no_one_way_table_gives_a_held_back_cell_away(counts: list[int], threshold: int) -> None:
    cells = _row(*counts)
    held = hold_back(cells, threshold, [list(cells)])
    if len(held) < len(cells):
        assert _fewest_values(cells, held, threshold, [list(cells)]) > NARROWEST


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_no_two_way_table_with_both_margins_gives_a_held_back_cell_away(counts: list[int]) -> None:
    keys: list[Key] = [(side, top) for side in ("partner", "client") for top in ("a", "b", "c")]
    cells = dict(zip(keys, counts, strict=True))
    totals = [[key for key in keys if part in key] for part in ("partner", "client", "a", "b", "c")] + [keys]
    held = hold_back(cells, 5, totals)
    if len(held) < len(cells):
        assert _fewest_values(cells, held, 5, totals) > NARROWEST


@pytest.mark.parametrize("total", [14, 18, 24, 30])
def test_running_the_rule_on_every_table_of_a_total_leaves_every_held_back_cell_open(total: int) -> None:
    seen: dict[tuple[tuple[Key, int | str], ...], set[tuple[int, ...]]] = {}
    for counts in product(range(1, total), repeat=3):
        cells = _row(*counts)
        held = hold_back(cells, 8, [list(cells)])
        if sum(counts) == total and 0 < len(held) < len(cells):
            seen.setdefault(tuple((cell, held.get(cell, many)) for cell, many in cells.items()), set()).add(counts)
    for told, tables in seen.items():
        for at, (_, said) in enumerate(told):
            if isinstance(said, str):
                assert len({counts[at] for counts in tables}) >= NARROWEST


def test_hiding_small_cells_of_a_two_way_table_is_undone_by_our_attacker() -> None:
    cells: dict[Key, int] = {("p", "a"): 2, ("p", "b"): 12, ("c", "a"): 12, ("c", "b"): 12}
    totals = [[key for key in cells if part in key] for part in ("p", "c", "a", "b")]
    assert _fewest_values(cells, _naive(cells, 5), 5, totals) == 1
    assert _fewest_values(cells, hold_back(cells, 5, totals), 5, totals) > NARROWEST


@pytest.mark.parametrize(
    ("base", "parts", "shown"),
    [(9, [], False), (10, [], True), (30, [20], True), (30, [21], False), (30, [30], True), (30, [12, 12], False)],
)
def test_a_total_is_not_shown_where_taking_away_its_parts_leaves_a_few(
    base: int, parts: list[int], shown: bool
) -> None:
    assert may_show_total(base, parts, 10) is shown


def test_a_sum_of_money_paid_to_few_hides_behind_one_paid_to_enough() -> None:
    people: dict[Key, int] = {("travel",): 3, ("training_day",): 9, ("session_fee",): 20}
    assert hold_back_sums(people, 8, [list(people)]) == {("travel",): "small", ("training_day",): "protects_another"}
    assert hold_back_sums({("session_fee",): 20}, 8, [[("session_fee",)]]) == {}


def test_a_sum_of_money_hides_behind_one_of_its_own_subtotal_too() -> None:
    people: dict[Key, int] = {("travel",): 3, ("carer_cover",): 12, ("training_day",): 9}
    held = hold_back_sums(people, 8, [list(people), [("travel",), ("carer_cover",)]])
    assert held[("carer_cover",)] == "protects_another"


def test_a_subtotal_of_nothing_but_small_sums_is_shown_as_one() -> None:
    people: dict[Key, int] = {("travel",): 5, ("carer_cover",): 6}
    assert hold_back_sums(people, 8, [list(people)]) == dict.fromkeys(people, "small")
