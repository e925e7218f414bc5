"""Chooses a new table's figures so that one invented list of answers explains it beside every table released before.

Pure functions: who was counted where, earlier figures and the new table's counts in; figures out. The method is
controlled rounding (Cox 1987) over a whole ledger: people who are in the same tables are interchangeable, so the list
is one small whole-number program. Any two answers in the list may be changed without moving a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from warehouse.rounding import Figures, Grid

SECONDS = 10.0
OPTIMAL = 0

Answer = frozenset[str]  # the listed groups that one answer counts in; the reference answer counts in none


@dataclass(frozen=True)
class Told:
    """One released table: the tokens of the people counted in it, its figure by group, and the grid of its day."""

    people: frozenset[str]
    figures: Figures
    grid: Grid


@dataclass(frozen=True)
class Invented:
    """The new table's figures, and the list behind them: never to be kept or shown.

    places: which tables some people are in, the earlier ones first and the new one last. people[at place][at answer]:
    how many of them the list gives that answer.
    """

    figures: Figures
    places: tuple[tuple[bool, ...], ...]
    answers: tuple[Answer, ...]
    people: tuple[tuple[int, ...], ...]

    def count(self, table: int, group: str) -> int:
        """People of one table whom the list puts in one group."""
        return sum(
            many
            for place, row in zip(self.places, self.people, strict=True)
            for answer, many in zip(self.answers, row, strict=True)
            if place[table] and group in answer
        )

    def left(self, table: int) -> int:
        """People of one table to whom the list gives the reference answer."""
        return sum(row[self.answers.index(frozenset())] for at, row in enumerate(self.people) if self.places[at][table])


def invent(
    answers: Iterable[Answer],
    earlier: Sequence[Told],
    people: frozenset[str],
    counts: Mapping[str, int],
    grid: Grid,
) -> Invented | None:
    """The nearest figures that an invented list explains with all earlier ones; None when none is proven.

    answers: of every finest answer, all groups it counts in, in declared order. people: the tokens of those in the new
    table. counts: their true count in every listed group, in declared order. None also when the solver stops early.
    """
    program = _Program(answers, earlier, people, counts, grid)
    found = program.solve()
    return found if found is not None and _recounts(found, earlier, people, tuple(counts), grid) else None


class _Program:
    """The whole-number program: people by place and answer, then four numbers for each group of the new table."""

    def __init__(
        self,
        answers: Iterable[Answer],
        earlier: Sequence[Told],
        people: frozenset[str],
        counts: Mapping[str, int],
        grid: Grid,
    ) -> None:
        sizes = _sizes([*(table.people for table in earlier), people])
        listed = frozenset(counts).union(*(table.figures for table in earlier))
        self._places = tuple(sorted(sizes))
        self._sizes = [sizes[place] for place in self._places]
        self._answers = tuple(dict.fromkeys([*(answer & listed for answer in answers), frozenset[str]()]))
        self._counts, self._grid, self._people = counts, grid, len(people)
        self._first = len(self._places) * len(self._answers)
        self._rows: list[NDArray[np.float64]] = []
        self._limits: list[tuple[float, float]] = []
        self._everyone_has_one_answer()
        for at, table in enumerate(earlier):
            self._leave_enough(at, table.grid)
            for group, figure in table.figures.items():
                least, most = (figure, figure) if figure is not None else _few(table.grid)
                self._limit(self._count(at, group), least, most)
        self._leave_enough(len(earlier), grid)
        for number, group in enumerate(counts):
            self._choose(self._count(len(earlier), group), number, counts[group])

    def solve(self) -> Invented | None:
        groups = len(self._counts)
        # Above the aim costs a trifle more than below, by declared order, so that equal distances have one winner.
        above = [1 + 2.0 ** (number - groups - 4) for number in range(groups)]
        cost = np.concatenate([np.zeros(self._first), *([0.0, 0.0, more, 1.0] for more in above)])
        whole = np.concatenate([np.ones(self._first), *([1, 1, 0, 0] for _ in above)])
        most = np.concatenate(
            [
                np.repeat(np.array(self._sizes, dtype=float), len(self._answers)),
                *([np.inf, 1, np.inf, np.inf],) * groups,
            ]
        )
        low, high = zip(*self._limits, strict=True)
        result = milp(
            cost,
            integrality=whole,
            bounds=Bounds(np.zeros(len(cost)), most),
            constraints=LinearConstraint(np.vstack(self._rows), low, high),
            options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
        )
        if result.status != OPTIMAL or result.x is None:
            return None
        numbers = [int(number) for number in np.rint(result.x)]
        width = len(self._answers)
        figures: dict[str, int | None] = {}
        for number, group in enumerate(self._counts):
            multiple, is_few = numbers[self._first + 4 * number : self._first + 4 * number + 2]
            figures[group] = None if is_few else multiple * self._grid.base
        people = tuple(tuple(numbers[at * width : (at + 1) * width]) for at in range(len(self._places)))
        return Invented(figures, self._places, self._answers, people)

    def _row(self) -> NDArray[np.float64]:
        return np.zeros(self._first + 4 * len(self._counts))

    def _limit(self, row: NDArray[np.float64], least: float, most: float) -> None:
        self._rows.append(row)
        self._limits.append((least, most))

    def _count(self, table: int, group: str) -> NDArray[np.float64]:
        return self._sum(table, [group in answer for answer in self._answers])

    def _sum(self, table: int, is_counted: Sequence[bool]) -> NDArray[np.float64]:
        row = self._row()
        row[: self._first] = np.outer([place[table] for place in self._places], is_counted).ravel()
        return row

    def _everyone_has_one_answer(self) -> None:
        for at, size in enumerate(self._sizes):
            row = self._row()
            row[at * len(self._answers) : (at + 1) * len(self._answers)] = 1
            self._limit(row, size, size)

    def _leave_enough(self, table: int, grid: Grid) -> None:
        self._limit(self._sum(table, [not answer for answer in self._answers]), grid.hide + 1, np.inf)

    def _choose(self, count: NDArray[np.float64], number: int, true_count: int) -> None:
        """Either "too few", with a few people in the list, or a multiple with exactly that many."""
        base, (least_few, most_few) = self._grid.base, _few(self._grid)
        multiple, is_few, above, below = range(self._first + 4 * number, self._first + 4 * number + 4)
        least, most = _least_multiple(self._grid), self._people // base + 1
        for bound, (low, high) in ((least_few, (0.0, np.inf)), (most_few, (-np.inf, 0.0))):
            row = count.copy()
            row[multiple], row[is_few] = -base, -bound
            self._limit(row, low, high)
        row = self._row()
        row[multiple], row[is_few] = 1, least
        self._limit(row, least, np.inf)
        row = self._row()
        row[multiple], row[is_few] = 1, most
        self._limit(row, -np.inf, most)
        row = self._row()
        row[multiple], row[is_few], row[above], row[below] = base, base, -1, 1
        aim = true_count if true_count > self._grid.hide else base
        self._limit(row, aim, aim)


def _sizes(tables: Sequence[frozenset[str]]) -> Counter[tuple[bool, ...]]:
    return Counter(tuple(one in table for table in tables) for one in frozenset[str]().union(*tables))


def _few(grid: Grid) -> tuple[int, int]:
    """How many the list puts where "too few" is shown: after any two changes still from nobody to `hide`."""
    return grid.room, grid.hide - grid.room


def _least_multiple(grid: Grid) -> int:
    """The smallest multiple that may be shown: less `room` it is still more than `hide`."""
    return (grid.hide + grid.room) // grid.base + 1


def _recounts(
    found: Invented, earlier: Sequence[Told], people: frozenset[str], groups: Sequence[str], grid: Grid
) -> bool:
    """Whether the list, counted again without the solver, gives everyone one answer and explains every table."""
    sizes = _sizes([*(table.people for table in earlier), people])
    if {place: sum(row) for place, row in zip(found.places, found.people, strict=True)} != sizes:
        return False
    if any(many < 0 for row in found.people for many in row) or tuple(found.figures) != tuple(groups):
        return False
    least = _least_multiple(grid) * grid.base
    if any(figure is not None and (figure < least or figure % grid.base) for figure in found.figures.values()):
        return False
    for at, table in enumerate([*earlier, Told(people, found.figures, grid)]):
        if found.left(at) <= table.grid.hide:
            return False
        for group, figure in table.figures.items():
            low, high = (figure, figure) if figure is not None else _few(table.grid)
            if not low <= found.count(at, group) <= high:
                return False
    return True
