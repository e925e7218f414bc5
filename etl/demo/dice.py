"""Chance that repeats itself, and days that fall on working days."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """Reproducible chance: the same words give the same throws on every machine and Python release.

    Each part of the programme throws its own dice, so that changing one part leaves the others as they were.
    """

    def __init__(self, seed: int, part: str) -> None:
        super().__init__(f"voices demo {seed} {part}")

    def chance(self, share: float) -> bool:
        """True in `share` of the throws (0 to 1)."""
        return self.random() < share

    def pick(self, weights: Mapping[T, float]) -> T:
        """One of the keys, each as often as its weight says."""
        mark = self.random() * sum(weights.values())
        for thing, weight in weights.items():
            mark -= weight
            if mark < 0:
                return thing
        return list(weights)[-1]

    def days(self, low: int, high: int) -> timedelta:
        """A whole number of days from `low` to `high`, both included."""
        return timedelta(days=self.randint(low, high))


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def later_by_working_days(day: date, count: int, holidays: frozenset[date]) -> date:
    """The `count`-th working day after `day`."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day


def last_quarter_end(today: date) -> date:
    """The last day of the latest calendar quarter that is over on `today`."""
    first_of_quarter = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    return first_of_quarter - timedelta(days=1)


def month_ends(start: date, until: date) -> list[date]:
    """Every last day of a month from `start` to `until`, both included."""
    ends = []
    day = start.replace(day=1)
    while day <= until:
        following = (day + timedelta(days=32)).replace(day=1)
        if start <= following - timedelta(days=1) <= until:
            ends.append(following - timedelta(days=1))
        day = following
    return ends


def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """England's bank holidays by rule, with the four one-off days of 2022 and 2023.

    Rules: gov.uk/bank-holidays. Easter: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms).
    """
    once = (date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))
    found = {day for day in once if first_year <= day.year <= last_year}
    for year in range(first_year, last_year + 1):
        easter = _easter(year)
        found |= {working_day(date(year, 1, 1)), easter - timedelta(days=2), easter + timedelta(days=1)}
        found |= {_first_monday(date(year, 5, 1)), _last_monday(date(year, 8, 31))}
        if year != 2022:
            found.add(_last_monday(date(year, 5, 31)))
        christmas = date(year, 12, 25)
        found |= {
            christmas + timedelta(days={5: 2, 6: 2}.get(christmas.weekday(), 0)),
            christmas + timedelta(days={4: 3, 5: 3}.get(christmas.weekday(), 1)),
        }
    return frozenset(found)


def _first_monday(first: date) -> date:
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(last: date) -> date:
    return last - timedelta(days=last.weekday())


def _easter(year: int) -> date:
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)
