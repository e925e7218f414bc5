"""The fixed periods that figures are asked for: calendar quarters, programme years from 1 April, and to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Period:
    """One period, its first and last day included. The label is what a filter names it by."""

    label: str
    first: date
    last: date


@dataclass(frozen=True)
class Calendar:
    """What a build covers. `today` is the day it was made; the other two are the first and last day of its facts."""

    today: date
    data_from: date | None
    data_to: date | None
    counting_starts: date = EARLIEST

    def choices(self, kinds: Sequence[str], *, live: bool) -> tuple[Period, ...]:
        """Every period of these kinds that may be asked for, the newest of each kind first.

        live: the period that is still running may be asked for too. Where it may not, `to date` ends with the
        last completed quarter, and nothing from before `counting_starts` is offered.
        """
        found: list[Period] = []
        for kind in kinds:
            if kind in ("quarter", "year"):
                found += [one for one in self._run_of(kind, live) if live or one.last >= self.counting_starts]
            elif kind == "snapshot":
                found.append(self._last_completed("quarter"))
            elif kind in ("to date", "event"):
                end = self.today if live else self._last_completed("quarter").last
                found.append(Period(kind, EARLIEST if live else self.counting_starts, end))
            else:
                found.append(Period(kind, EARLIEST, self.today))
        return tuple(found)

    def default(self, kinds: Sequence[str], *, live: bool) -> Period:
        """The latest completed quarter or year with facts in it; else the running one, to date, or the latest."""
        for kind in ("quarter", "year"):
            if kind in kinds and (covered := self._covered(kind, live)):
                return next((one for one in covered if one.last < self.today), covered[0])
        for kind in ("to date", *kinds):
            if kind in kinds and (found := self.choices([kind], live=live and kind not in ("quarter", "year"))):
                return found[0]
        return Period("today", EARLIEST, self.today)

    def _covered(self, kind: str, live: bool) -> list[Period]:
        if self.data_from is None or self.data_to is None:
            return []
        chosen = self.choices([kind], live=live)
        return [one for one in chosen if one.first <= self.data_to and one.last >= self.data_from]

    def parts(self, period: Period, kinds: Sequence[str]) -> tuple[Period, ...]:
        """The completed periods of these kinds inside `period` and the stretches between them: all its days, once.

        Empty where there is no shorter period inside.
        """
        inside = {
            kind: [
                one
                for one in self.choices([kind], live=False)
                if one != period and one.first >= period.first and one.last <= period.last
            ]
            for kind in ("year", "quarter")
            if kind in kinds
        }
        years = inside.get("year", [])
        loose = [
            one for one in inside.get("quarter", []) if not any(year.first <= one.first <= year.last for year in years)
        ]
        return _filled(sorted((*years, *loose), key=lambda one: one.first), period)

    def _run_of(self, kind: str, live: bool) -> list[Period]:
        newest = self._last_completed(kind)
        oldest = min(self.data_from or newest.first, newest.first)
        found = [_of(kind, self.today)] if live else []
        at = newest
        while at.last >= oldest:
            found.append(at)
            at = _of(kind, at.first - timedelta(days=1))
        return found

    def _last_completed(self, kind: str) -> Period:
        return _of(kind, _of(kind, self.today).first - timedelta(days=1))


def last_quarter_end(today: date) -> date:
    """The last day of the latest quarter that is over."""
    return _quarter(today).first - timedelta(days=1)


def _of(kind: str, day: date) -> Period:
    return _quarter(day) if kind == "quarter" else _year(day)


def _quarter(day: date) -> Period:
    number = (day.month + 2) // 3
    first = date(day.year, number * 3 - 2, 1)
    after = date(day.year + number // 4, number % 4 * 3 + 1, 1)
    return Period(f"{day.year} Q{number}", first, after - timedelta(days=1))


def _year(day: date) -> Period:
    start = day.year if day.month >= 4 else day.year - 1
    return Period(f"{start}-{(start + 1) % 100:02d}", date(start, 4, 1), date(start + 1, 3, 31))


def _filled(pieces: Sequence[Period], period: Period) -> tuple[Period, ...]:
    if not pieces:
        return ()
    found: list[Period] = []
    start = period.first
    for piece in pieces:
        if piece.first > start:
            found.append(_stretch(start, piece.first - timedelta(days=1)))
        found.append(piece)
        start = piece.last + timedelta(days=1)
    if start <= period.last:
        found.append(_stretch(start, period.last))
    return tuple(found)


def _stretch(first: date, last: date) -> Period:
    return Period(f"{first} to {last}", first, last)
