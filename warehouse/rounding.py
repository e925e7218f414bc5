"""Rounds one equality table so that no count in it can be pinned. Pure functions: counts in, figures out.

The method is rule R4 of the release method, for one table at a time: a figure is a multiple of the base or "too few"
(None), as near as possible to the counts, and so chosen that there is an invented list of people which gives
exactly these figures and in which any two people's answers may be changed without moving one of them.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Figures = Mapping[str, int | None]

_MOST_TRIED = 100_000


@dataclass(frozen=True)
class Listed:
    """One group in a table. part_of: the listed group it belongs to. Groups that belong to none never overlap.

    is_split: every one of its parts is in the table, so that they add up to it.
    """

    id: str
    part_of: str = ""
    is_split: bool = False


@dataclass(frozen=True)
class Grid:
    """The base that figures are multiples of, and the largest count that is too few to show."""

    base: int
    hide: int

    @property
    def room(self) -> int:
        """How far a shown figure may lie from the count it stands for."""
        return (self.base - 1) // 2


def round_table(counts: Mapping[str, int], groups: Sequence[Listed], head_count: int, grid: Grid) -> Figures | None:
    """The nearest figures that an invented list explains; None when none is found.

    counts: the true count of every listed group. At least hide + 1 of head_count are kept for those in no group.
    """
    aims = [counts[group.id] if counts[group.id] > grid.hide else grid.base for group in groups]
    options: list[list[tuple[int, int | None]]] = [
        sorted(
            [(abs(grid.base - aim), None)]
            + [(abs(figure - aim), figure) for figure in range(2 * grid.base, head_count + 1, grid.base)],
            key=lambda option: (option[0], option[1] or 0),
        )
        for aim in aims
    ]
    queue: list[tuple[int, tuple[int, ...], int]] = [(sum(one[0][0] for one in options), (0,) * len(groups), 0)]
    for _ in range(_MOST_TRIED):
        if not queue:
            return None
        distance, places, last = heapq.heappop(queue)
        figures = {group.id: options[at][places[at]][1] for at, group in enumerate(groups)}
        if _has_list(figures, groups, head_count, grid):
            return figures
        for at in range(last, len(groups)):
            if places[at] + 1 < len(options[at]):
                further = options[at][places[at] + 1][0] - options[at][places[at]][0]
                after = (*places[:at], places[at] + 1, *places[at + 1 :])
                heapq.heappush(queue, (distance + further, after, at))
    return None


def may_be_more(figures: Figures, groups: Sequence[Listed], head_count: int, grid: Grid) -> frozenset[str]:
    """The groups whose figure may stand for more, because the next multiple would have left too few others.

    Worked out from released numbers alone, so that the words "or more" tell nothing new.
    """
    tops = [group.id for group in groups if not group.part_of]
    taken = sum(grid.base if figures[top] is None else figures[top] or 0 for top in tops)
    if taken + grid.base <= head_count - grid.hide - 1:
        return frozenset()
    return frozenset(top for top in tops if figures[top] is not None)


def fewest_values(figures: Figures, groups: Sequence[Listed], head_count: int, grid: Grid) -> int:
    """How many values the narrowest count could have, for a reader who knows the figures and the rounding.

    The harshest reading: a figure is off by `room` at most, unless it may stand for more; "too few" is 0 to hide.
    """
    more = may_be_more(figures, groups, head_count, grid)
    own = {group.id: _read(figures[group.id], group.id in more, head_count, grid) for group in groups}
    tops = [group for group in groups if not group.part_of]
    parts = {top.id: [group.id for group in groups if group.part_of == top.id] for top in tops}
    low = {top.id: max(own[top.id][0], sum(own[part][0] for part in parts[top.id])) for top in tops}
    high = {
        top.id: min(own[top.id][1], sum(own[part][1] for part in parts[top.id]) if top.is_split else head_count)
        for top in tops
    }
    spare = head_count - sum(low.values())
    fewest = head_count + 1
    for top in tops:
        most = min(high[top.id], low[top.id] + spare)
        fewest = min(fewest, most - low[top.id] + 1)
        for part in parts[top.id]:
            others = [own[other] for other in parts[top.id] if other != part]
            part_most = min(own[part][1], most - sum(one[0] for one in others))
            part_least = max(own[part][0], low[top.id] - sum(one[1] for one in others) if top.is_split else 0)
            fewest = min(fewest, part_most - part_least + 1)
    return fewest


def nearest(count: int, base: int) -> int:
    """The nearest multiple of the base."""
    return (count + base // 2) // base * base


def _has_list(figures: Figures, groups: Sequence[Listed], head_count: int, grid: Grid) -> bool:
    """Whether people can be given invented answers that hit every figure, with 2 to 5 (base 5) in each "too few"."""
    taken = 0
    for top in groups:
        if top.part_of:
            continue
        parts = [_invented(figures[group.id], grid) for group in groups if group.part_of == top.id]
        least, most = _invented(figures[top.id], grid)
        least = max(least, sum(part[0] for part in parts))
        if top.is_split:
            most = min(most, sum(part[1] for part in parts))
        if least > most:
            return False
        taken += least
    return taken <= head_count - grid.hide - 1


def _invented(figure: int | None, grid: Grid) -> tuple[int, int]:
    return (figure, figure) if figure is not None else (grid.room, grid.hide - grid.room)


def _read(figure: int | None, may_stand_for_more: bool, head_count: int, grid: Grid) -> tuple[int, int]:
    if figure is None:
        return 0, grid.hide
    return figure - grid.room, head_count if may_stand_for_more else figure + grid.room
