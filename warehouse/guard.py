"""Decides what of a guarded metric may be shown, checking periods and splits against each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from warehouse.catalogue import Metric
from warehouse.counting import Key, grouped, number, said, total_of
from warehouse.disclosure import hold_back, hold_back_sums, may_show_total
from warehouse.periods import Calendar, Period
from warehouse.released import Reason

Slice = tuple[str, str] | None  # one value of one dimension, or everything

OPEN_SPLITS = frozenset({"role"})  # a split that is itself no secret: partners and clients
PAYEES_FOR = "payees_for_"  # totals that count the people behind one value of a split: as protected as its rows


class Guard:
    """One guarded metric in one build, for readers to whom cells of `threshold` people or more may be shown.

    smallest: the fewest people whose answers, waits or money may be shown at all.
    """

    def __init__(
        self,
        metric: Metric,
        fetch: Callable[[Period], Sequence[Mapping[str, Any]]],
        calendar: Calendar,
        threshold: int,
        smallest: int,
    ) -> None:
        self._metric = metric
        self._fetch = fetch
        self._calendar = calendar
        self._threshold = threshold
        self._smallest = smallest
        self._known: dict[tuple[Period, Slice], Reason | None] = {}

    def reason(self, period: Period, part: Slice = None) -> Reason | None:
        """Why the answers of this part of this period are held back; None when they may be shown."""
        asked = (period, part)
        if asked not in self._known:
            self._known[asked] = self._decide(period, part)
        return self._known[asked]

    def is_uneven(self, period: Period) -> bool:
        """Whether some of the shorter periods in this one are shown and some are not, so that a split tells those."""
        parts = [part for part in self._parts(period) if self._fetch(part)]
        hidden = [self.reason(part) is not None for part in parts]
        return any(hidden) and not all(hidden)

    def cells(self, period: Period, by: str | None) -> dict[Key, Reason]:
        """The held-back cells of a metric that protects its cells, by its always-columns and `by`."""
        info = self._metric.info
        columns = (*info.always, by) if by else info.always
        counts = self._cell_counts(period, columns)
        open_columns = [at for at, column in enumerate(columns) if column in OPEN_SPLITS]
        if len(open_columns) == len(columns):
            return {}
        blocks: dict[Key, list[Key]] = {}
        for cell in counts:
            blocks.setdefault(tuple(cell[at] for at in open_columns), []).append(cell)
        small = [block for block in blocks.values() if sum(counts[cell] for cell in block) < self._smallest]
        held: dict[Key, Reason] = {cell: "base_too_small" for block in small for cell in block}
        rest = {cell: count for cell, count in counts.items() if cell not in held}
        also = self._held_in_parts(period, by, columns)
        return held | hold_back(rest, self._threshold, [block for block in blocks.values() if block not in small], also)

    def sums(self, period: Period, by: str) -> dict[Key, Reason]:
        """The held-back sums of a money metric by its always-columns and `by`."""
        columns = (*self._metric.info.always, by)
        rows = self._fetch(period)
        people = {cell: self.payees(rows, columns, cell) for cell in grouped(rows, self._metric, columns)}
        held = hold_back_sums(people, self._smallest, [list(people), *self._subtotals(rows, columns, by)])
        for part in self._parts(period):
            hidden = self.sums(part, by)
            for cell in self._cell_counts(part, columns):
                if cell in people and cell in hidden:
                    held.setdefault(cell, "protects_another")
        return held

    def payees(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], cell: Key) -> int:
        """The different people behind one sum: counted for it, or at least the most of any of its parts."""
        counted = f"{PAYEES_FOR}{cell[-1].replace(' ', '_')}"
        if rows and counted in rows[0]:
            return int(number(rows[0][counted]))
        mine = [row for row in rows if tuple(said(row[column]) for column in columns) == cell]
        return max((int(number(row["payees"])) for row in mine), default=0)

    def _decide(self, period: Period, part: Slice) -> Reason | None:
        """What is shown must nest: splits inside the shortest periods, those inside longer ones.

        Then all that can be worked out is a figure less the shown ones inside it, and that is checked here. A split
        of a longer period is shown only where it tells nothing new: where each of its shorter periods shows it.
        """
        base, inside = self._base(period, part), self._parts(period)
        if base < self._smallest:
            return "base_too_small"
        if self._metric.info.kind == "values":
            return None
        if part is not None:
            hidden = [one for one in inside if self._base(one, part) and self.reason(one, part) is not None]
            return "protects_another" if hidden else None
        for by in self._metric.info.dimensions or (None,):
            shown = [self._covered(one, by) for one in inside] or [self._shown_split(period, by)]
            if not may_show_total(base, shown, self._smallest):
                return "protects_another"
        return None

    def _covered(self, period: Period, by: str | None) -> int:
        """How many of a period's people are in figures that are shown, its total among them."""
        if self.reason(period) is None:
            return self._base(period, None)
        inside = self._parts(period)
        return sum(self._covered(one, by) for one in inside) if inside else self._shown_split(period, by)

    def _shown_split(self, period: Period, by: str | None) -> int:
        if by is None:
            return 0
        values = {key[0] for key in grouped(self._fetch(period), self._metric, (by,))}
        return sum(self._base(period, (by, one)) for one in values if self.reason(period, (by, one)) is None)

    def _parts(self, period: Period) -> tuple[Period, ...]:
        return self._calendar.parts(period, self._metric.info.periods)

    def _base(self, period: Period, part: Slice) -> int:
        rows = self._fetch(period)
        if part is None and self._metric.info.kind == "values" and "payees" in self._metric.info.totals:
            return int(number(rows[0]["payees"])) if rows else 0
        counts = (
            total_of(rows, self._metric)
            if part is None
            else grouped(rows, self._metric, (part[0],)).get((part[1],), total_of((), self._metric))
        ).counts
        return int(counts["of"] if self._metric.info.kind == "ratio" else counts["n"])

    def _cell_counts(self, period: Period, columns: Sequence[str]) -> dict[Key, int]:
        measure = "pounds" if self._metric.info.kind == "money" else "n"
        groups = grouped(self._fetch(period), self._metric, columns)
        return {cell: int(group.counts[measure]) for cell, group in groups.items() if group.counts[measure]}

    def _held_in_parts(self, period: Period, by: str | None, columns: Sequence[str]) -> Collection[Key]:
        """Cells that a shorter period inside holds back: a longer one must not give away what it adds up to."""
        found: set[Key] = set()
        for part in self._parts(period):
            hidden = self.cells(part, by)
            found.update(cell for cell in self._cell_counts(part, columns) if cell in hidden)
        return found

    def _subtotals(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], by: str) -> list[list[Key]]:
        """The cells that add up to a row of another dimension."""
        found: dict[tuple[str, str], set[Key]] = {}
        for row in rows:
            for other in self._metric.info.dimensions:
                if other != by:
                    cell = tuple(said(row[column]) for column in columns)
                    found.setdefault((other, said(row[other])), set()).add(cell)
        return [sorted(cells) for cells in found.values()]
