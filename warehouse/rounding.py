"""What figures are: multiples of a base or "too few" (None), and what a reader may conclude from them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Figures = Mapping[str, int | None]


@dataclass(frozen=True)
class Listed:
    """One group in a table. part_of: the listed group it belongs to. Groups that belong to none never overlap."""

    id: str
    part_of: str = ""


@dataclass(frozen=True)
class Grid:
    """The base that figures are multiples of, and the largest count that is too few to show."""

    base: int
    hide: int

    @property
    def room(self) -> int:
        """How far a shown figure may lie from the count it stands for."""
        return (self.base - 1) // 2


def may_be_more(figures: Figures, groups: Sequence[Listed], head_count: int, grid: Grid) -> frozenset[str]:
    """The groups whose figure may stand for more, because the next multiple would have left too few others.

    Worked out from released numbers alone, so that the words "or more" tell nothing new.
    """
    tops = [group.id for group in groups if not group.part_of]
    taken = sum(grid.base if figures[top] is None else figures[top] or 0 for top in tops)
    if taken + grid.base <= head_count - grid.hide - 1:
        return frozenset()
    return frozenset(top for top in tops if figures[top] is not None)


def nearest(count: int, base: int) -> int:
    """The nearest multiple of the base."""
    return (count + base // 2) // base * base
