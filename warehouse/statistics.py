"""Intervals and ordered values, worked out from figures that are already protected."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

Z_95 = 1.959963984540054


def wilson(count: float, base: int) -> tuple[float, float]:
    """The 95% interval of a share, as two shares from 0 to 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), pages 209-212. ValueError when count is not between 0 and base,
    or base is not above 0.
    """
    if base <= 0 or not 0 <= count <= base:
        raise ValueError("an interval needs a base above 0 and a count from 0 to the base")
    share, square = count / base, Z_95**2
    centre = share + square / (2 * base)
    spread = Z_95 * math.sqrt(share * (1 - share) / base + square / (4 * base**2))
    whole = 1 + square / base
    low = 0.0 if count == 0 else (centre - spread) / whole
    high = 1.0 if count == base else (centre + spread) / whole
    return low, high


def wilson_of_rounded(figure: int, room: int, base: int) -> tuple[float, float]:
    """The 95% interval of a rounded figure: the low end from figure - room, the high end from figure + room.

    Both ends are kept between nobody and the whole base. Shares from 0 to 1.
    """
    return wilson(max(figure - room, 0), base)[0], wilson(min(figure + room, base), base)[1]


def reached_by(values: Sequence[tuple[int, int]], share: Fraction) -> int | None:
    """The smallest value that at least `share` of all are at or under; None without values.

    values: (value, how many) in any order. With share 1/2 it is the lower median, with 9/10 the ninth decile:
    type 1 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996).
    """
    total = sum(many for _, many in values)
    so_far = 0
    for value, many in sorted(values):
        so_far += many
        if many and so_far >= share * total:
            return value
    return None
