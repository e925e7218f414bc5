"""Which cells of a guarded table are held back, so that none can be worked out from what is shown.

Pure functions: counts in, reasons out. Nothing here knows who looks, and nothing reads or writes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from warehouse.released import Reason

K = TypeVar("K", bound="tuple[str, ...]")
Bounds = dict[K, tuple[int, int]]
Sums = list[tuple[list[K], int]]

NARROWEST = 3  # a held-back cell keeps a range at least this wide: four possible values


def hold_back(
    cells: Mapping[K, int],
    threshold: int,
    totals: Sequence[Collection[K]],
    also: Collection[K] = (),
) -> dict[K, Reason]:
    """The cells that are not shown, each with its reason.

    cells: the true counts. threshold: a cell of 1 to threshold - 1 is held back ("small"); zero is shown.
    totals: the groups of cells whose sum is shown elsewhere: the whole table, its rows, its columns.
    also: cells of `threshold` or more to hold back because they would give away a cell of another table.

    Others are held back ("protects_another"), always the smallest first, until every held-back cell keeps at least
    NARROWEST + 1 possible values for a reader who knows this rule, every total, every shown cell, the threshold and
    which cells are small. Where that cannot be reached, all cells tied to it by totals are held back as "small",
    whatever they are.
    """
    held: dict[K, Reason] = {cell: "small" for cell, count in cells.items() if 0 < count < threshold}
    held |= {cell: "protects_another" for cell in also if cells.get(cell, 0) >= threshold}
    helpers: list[K] = []
    while narrow := _narrow(cells, held, threshold, totals, helpers):
        helper = _next_helper(cells, held, threshold, totals, narrow)
        if helper is None:
            return dict.fromkeys(_without_split(cells, totals, narrow).union(held), "small")
        helpers.append(helper)
        held[helper] = "protects_another"
    return held


def may_show_total(base: int, shown_parts: Collection[int], smallest: int) -> bool:
    """Whether answers of `base` people may be shown beside those of the parts that are shown.

    False when the base is under `smallest`, or when taking the shown parts away would leave fewer than
    `smallest` people, but some.
    """
    rest = base - sum(shown_parts)
    return base >= smallest and not 0 < rest < smallest


def hold_back_sums(people: Mapping[K, int], smallest: int, totals: Sequence[Collection[K]]) -> dict[K, Reason]:
    """The sums of money that are not shown beside the totals they belong to; `people` is how many each was paid to.

    One person may stand behind several sums, so the sums held back of each total must hold one that covers
    `smallest` people. Where a total has none, all of it rests on small sums and is theirs together.
    """
    held: dict[K, Reason] = {cell: "small" for cell, many in people.items() if 0 < many < smallest}
    for total in totals:
        hidden = [cell for cell in total if cell in held]
        large = sorted((people[cell], cell) for cell in total if people.get(cell, 0) >= smallest)
        if hidden and large and not any(people[cell] >= smallest for cell in hidden):
            held[large[0][1]] = "protects_another"
    return held


def possible_values(
    cell: K,
    cells: Mapping[K, int],
    held: Mapping[K, Reason],
    threshold: int,
    totals: Sequence[Collection[K]],
    helpers: Collection[K],
) -> int:
    """How many values in a row a held-back cell could have, counted no further than NARROWEST + 1.

    helpers: the cells that were held back for being the smallest shown, so that none shown beside them is smaller.
    """
    bounds, sums = _what_is_known(cells, held, threshold, totals, helpers)
    low = high = cells[cell]
    while high - low < NARROWEST and _could_be(cell, low - 1, bounds, sums):
        low -= 1
    while high - low < NARROWEST and _could_be(cell, high + 1, bounds, sums):
        high += 1
    return high - low + 1


def _narrow(
    cells: Mapping[K, int],
    held: Mapping[K, Reason],
    threshold: int,
    totals: Sequence[Collection[K]],
    helpers: Collection[K],
) -> list[K]:
    return [cell for cell in held if possible_values(cell, cells, held, threshold, totals, helpers) <= NARROWEST]


def _next_helper(
    cells: Mapping[K, int],
    held: Mapping[K, Reason],
    threshold: int,
    totals: Sequence[Collection[K]],
    narrow: Sequence[K],
) -> K | None:
    """The smallest cell still shown beside a narrow one. Choosing the one that helps best would tell what it helps."""
    near = {cell for total in totals if any(one in total for one in narrow) for cell in total}
    shown = [(count, cell) for cell, count in cells.items() if cell in near and cell not in held and count >= threshold]
    return min(shown)[1] if shown else None


def _without_split(cells: Mapping[K, int], totals: Sequence[Collection[K]], narrow: Sequence[K]) -> set[K]:
    """Every cell that a chain of totals ties to a cell whose range is too narrow."""
    tied = set(narrow)
    while True:
        wider = tied.union(*(total for total in totals if tied.intersection(total))).intersection(cells)
        if wider == tied:
            return tied
        tied = wider


def _what_is_known(
    cells: Mapping[K, int],
    held: Mapping[K, Reason],
    threshold: int,
    totals: Sequence[Collection[K]],
    helpers: Collection[K],
) -> tuple[Bounds[K], Sums[K]]:
    most = sum(cells.values())
    bounds: Bounds[K] = {
        cell: (1, threshold - 1) if reason == "small" else (threshold, most) for cell, reason in held.items()
    }
    for helper in helpers:
        beside = {cell for total in totals if helper in total for cell in total}.difference(held)
        bounds[helper] = threshold, min((cells[cell] for cell in beside if cells[cell] >= threshold), default=most)
    sums: Sums[K] = []
    for total in totals:
        hidden = [cell for cell in total if cell in held]
        if hidden:
            sums.append((hidden, sum(cells[cell] for cell in hidden)))
    return bounds, sums


def _could_be(cell: K, value: int, bounds: Bounds[K], sums: Sums[K]) -> bool:
    low, high = bounds[cell]
    return low <= value <= high and _has_solution({**bounds, cell: (value, value)}, sums)


def _has_solution(bounds: Bounds[K], sums: Sums[K]) -> bool:
    """Whether whole numbers within the bounds give every sum: tighten, then split the widest range in two."""
    tight = _tightened(bounds, sums)
    if tight is None:
        return False
    width, widest = max(((high - low, cell) for cell, (low, high) in tight.items()), default=(0, None))
    if width == 0 or widest is None:
        return True
    low, high = tight[widest]
    middle = (low + high) // 2
    return _has_solution({**tight, widest: (low, middle)}, sums) or _has_solution(
        {**tight, widest: (middle + 1, high)}, sums
    )


def _tightened(bounds: Bounds[K], sums: Sums[K]) -> Bounds[K] | None:
    tight = dict(bounds)
    changed = True
    while changed:
        changed = False
        for members, total in sums:
            least = sum(tight[cell][0] for cell in members)
            most = sum(tight[cell][1] for cell in members)
            if not least <= total <= most:
                return None
            for cell in members:
                low, high = tight[cell]
                tighter = max(low, total - (most - high)), min(high, total - (least - low))
                if tighter != (low, high):
                    tight[cell] = tighter
                    least += tighter[0] - low
                    most += tighter[1] - high
                    changed = True
    return tight
