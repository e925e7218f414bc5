"""What may be concluded from released figures alone."""

from __future__ import annotations

import pytest

from warehouse.rounding import Grid, Listed, may_be_more, nearest

GRID = Grid(base=5, hide=7)
TWO_WAY = [Listed("disabled"), Listed("not stated")]


def test_a_figure_with_no_room_above_it_may_stand_for_more() -> None:
    assert may_be_more({"disabled": 50, "not stated": None}, TWO_WAY, 60, GRID) == {"disabled"}


def test_a_figure_with_room_above_it_is_not_said_to_be_or_more() -> None:
    assert may_be_more({"disabled": 25, "not stated": None}, TWO_WAY, 61, GRID) == frozenset()


@pytest.mark.parametrize(("count", "multiple"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10)])
def test_the_nearest_multiple_of_five(count: int, multiple: int) -> None:
    assert nearest(count, 5) == multiple
