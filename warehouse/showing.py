"""Turns counts and the decisions about them into cells: only here are shares, intervals and medians worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from warehouse.catalogue import Metric
from warehouse.counting import Counter, Group, Key, Number, grouped, number, said, total_of
from warehouse.guard import OPEN_SPLITS, PAYEES_FOR, Guard
from warehouse.periods import Period
from warehouse.policy import Policy
from warehouse.released import Cell, Reason, State
from warehouse.statistics import reached_by, wilson

Row = Mapping[str, str | Cell]

BAND_DAYS = 7


@dataclass(frozen=True)
class Shown:
    """What may leave the door of one question: rows, totals, the base, and the state they are in."""

    rows: tuple[Row, ...] = ()
    totals: Mapping[str, Cell] = field(default_factory=dict)
    n: int | None = None
    state: State = "shown"


@dataclass(frozen=True)
class Ask:
    """One question, its filters already read. picks: column -> the one value wanted, `by`'s or an always-column's."""

    metric: Metric
    period: Period
    by: str | None
    picks: Mapping[str, str]


class Showing:
    """Answers questions about one build to viewers of one threshold."""

    def __init__(self, counter: Counter, policy: Policy, threshold: int) -> None:
        self._counter = counter
        self._policy = policy
        self._threshold = threshold
        self._guards: dict[str, Guard] = {}

    def answer(self, ask: Ask) -> Shown:
        """The protected answer. Its picks have not been applied yet: a pick never sees past protection."""
        rows = self._counter.rows(ask.metric, ask.period)
        if not rows or (
            ask.metric.info.measures and not any(number(row[one]) for row in rows for one in ask.metric.info.measures)
        ):
            return Shown(state="nothing_recorded")
        makers: Mapping[str, Callable[[Ask, Sequence[Mapping[str, Any]]], Shown]] = {
            "distribution": self._distribution,
            "ratio": self._ratio,
            "values": self._values,
            "money": self._money,
        }
        return makers.get(ask.metric.info.kind, self._list)(ask, rows)

    def kinds_of(self, ask: Ask, column: str) -> tuple[str, ...]:
        """The values of an always-column of ordered values: which clock, not what it says."""
        return tuple(sorted({said(row[column]) for row in self._counter.rows(ask.metric, ask.period)}))

    def _distribution(self, ask: Ask, rows: Sequence[Mapping[str, Any]]) -> Shown:
        columns = _columns(ask)
        groups = grouped(rows, ask.metric, columns) if columns else {}
        total = total_of(rows, ask.metric)
        reasons = self._cell_reasons(ask, groups)
        whole: dict[Key, Number] = {}
        for key, group in groups.items():
            whole[_whole_of(key, ask)] = whole.get(_whole_of(key, ask), 0) + group.counts["n"]
        shown = []
        for key, group in groups.items():
            reason = reasons.get(key)
            cells = {measure: _cell(count, reason) for measure, count in group.counts.items()}
            cells["share"] = self._share(group.counts["n"], whole[_whole_of(key, ask)], reason)
            shown.append(_row(ask, columns, key, group, cells))
        totals = {"n": Cell(total.counts["n"]), **_extra_totals(ask, rows)}
        return _without_untold(_stated(Shown(tuple(shown), totals, int(total.counts["n"]))), ask)

    def _cell_reasons(self, ask: Ask, groups: Mapping[Key, Group]) -> Mapping[Key, Reason]:
        info = ask.metric.info
        if info.disclosure != "guarded":
            return {}
        guard = self._guard(ask.metric)
        if info.cells:
            return guard.cells(ask.period, ask.by)
        found = {key: guard.reason(ask.period, (ask.by, key[-1]) if ask.by else None) for key in groups}
        return {key: reason for key, reason in found.items() if reason}

    def _ratio(self, ask: Ask, rows: Sequence[Mapping[str, Any]]) -> Shown:
        columns = _columns(ask)
        guarded = ask.metric.info.disclosure == "guarded"
        guard = self._guard(ask.metric)
        shown = []
        for key, group in (grouped(rows, ask.metric, columns) if columns else {}).items():
            reason = guard.reason(ask.period, (ask.by, key[-1]) if ask.by else None) if guarded else None
            shown.append(_row(ask, columns, key, group, self._ratio_cells(group, reason)))
        if ask.metric.info.always:
            return _stated(Shown(tuple(shown), _extra_totals(ask, rows)))
        total = total_of(rows, ask.metric)
        reason = guard.reason(ask.period) if guarded else None
        totals = self._ratio_cells(total, reason) | _extra_totals(ask, rows)
        return _stated(Shown(tuple(shown), totals, int(total.counts["of"])))

    def _ratio_cells(self, group: Group, reason: Reason | None) -> dict[str, Cell]:
        counts = group.counts
        cells = {name: _cell(count, None if name == "of" else reason) for name, count in counts.items()}
        n, of = int(counts["n"]), int(counts["of"])
        why = reason or ("base_too_small" if of < self._policy.shown.percentages_from else None)
        low, high = wilson(n, of) if not why and n <= of else (None, None)
        cells["share"] = self._share(n, of, reason)
        cells["low"], cells["high"] = (Cell(None, why) if why else Cell(one) for one in (low, high))
        for name in counts:
            if name.startswith("n_") and (whole := counts.get("of_" + name[2:])):
                cells["share_" + name[2:]] = Cell(None, why) if why else Cell(counts[name] / whole)
        return cells

    def _values(self, ask: Ask, rows: Sequence[Mapping[str, Any]]) -> Shown:
        guarded = ask.metric.info.disclosure == "guarded"
        guard = self._guard(ask.metric)
        reason = guard.reason(ask.period) if guarded else None
        split = reason or ("protects_another" if guarded and guard.is_uneven(ask.period) else None)
        kept = [row for row in rows if all(said(row[column]) == value for column, value in ask.picks.items())]
        values = [(int(row["value"]), int(row["n"])) for row in kept]
        n = sum(many for _, many in values)
        waiting = [(int(row["value"]), int(row["n"])) for row in kept if row["is_open"]]
        figures: dict[str, Number | None] = {
            "median": reached_by(values, Fraction(1, 2)),
            "ninth_decile": reached_by(values, Fraction(9, 10)),
            "longest": max((value for value, _ in values), default=None),
            "longest_open": max((value for value, _ in waiting), default=None),
            "open": sum(many for _, many in waiting),
        }
        traced = {"longest", "longest_open", "open"}  # a longer period's, less its parts', would be the unshown part's
        totals = {
            name: Cell(None, why) if (why := split if name in traced else reason) else Cell(value)
            for name, value in figures.items()
        }
        totals = {"n": Cell(n), **totals, **_extra_totals(ask, rows)}
        bands: dict[int, list[int]] = {}
        for row in kept:
            band = bands.setdefault(max(int(row["value"]), 0) // BAND_DAYS, [0, 0])
            band[0] += int(row["n"])
            band[1] += int(row["n"]) if row["is_open"] else 0
        shown: tuple[Row, ...] = tuple(
            {
                **ask.picks,
                "from": str(band * BAND_DAYS),
                "to": str(band * BAND_DAYS + BAND_DAYS - 1),
                "n": Cell(many),
                "open": Cell(still),
            }
            for band, (many, still) in sorted(bands.items())
        )
        return Shown(() if split else shown, totals, n, "too_few" if reason else "shown")

    def _money(self, ask: Ask, rows: Sequence[Mapping[str, Any]]) -> Shown:
        columns = _columns(ask)
        guard = self._guard(ask.metric)
        guarded = ask.metric.info.disclosure == "guarded"
        reasons = guard.sums(ask.period, ask.by) if guarded and ask.by else {}
        shown = []
        for key, group in (grouped(rows, ask.metric, columns) if columns else {}).items():
            cells = {measure: _cell(count, reasons.get(key)) for measure, count in group.counts.items()}
            if "payees" in cells:
                cells["payees"] = _cell(guard.payees(rows, columns, key), reasons.get(key))
            shown.append(_row(ask, columns, key, group, cells))
        total = total_of(rows, ask.metric)
        totals = {name: Cell(count) for name, count in total.counts.items() if name != "payees"}
        extra = {name: cell for name, cell in _extra_totals(ask, rows).items() if not name.startswith(PAYEES_FOR)}
        return _stated(Shown(tuple(shown), totals | extra))

    def _list(self, ask: Ask, rows: Sequence[Mapping[str, Any]]) -> Shown:
        shown = tuple({name: _listed(value) for name, value in row.items()} for row in rows)
        return Shown(shown, {"n": Cell(len(rows)), **_extra_totals(ask, rows)}, len(rows))

    def _share(self, count: Number, base: Number, reason: Reason | None) -> Cell:
        if reason is None and base < self._policy.shown.percentages_from:
            reason = "base_too_small"
        return Cell(None, reason) if reason else Cell(count / base)

    def _guard(self, metric: Metric) -> Guard:
        info, shown = metric.info, self._policy.shown
        if info.id not in self._guards:
            by_kind = shown.averages_from if info.kind in ("values", "money") else self._threshold
            self._guards[info.id] = Guard(
                metric,
                lambda period: self._counter.rows(metric, period),
                self._counter.calendar,
                self._threshold,
                max(info.base, by_kind),
            )
        return self._guards[info.id]


def picked(shown: Shown, ask: Ask) -> Shown:
    """The rows that the picks name, with totals made of those rows alone."""
    if not ask.picks or ask.metric.info.kind == "values":
        return shown
    rows = tuple(row for row in shown.rows if all(row.get(name) == value for name, value in ask.picks.items()))
    totals: dict[str, Cell] = {}
    if len(rows) == 1:
        totals = {name: cell for name, cell in rows[0].items() if isinstance(cell, Cell)}
    elif ask.metric.info.kind in ("distribution", "money"):
        totals = {
            measure: _sum([cell for row in rows if isinstance(cell := row[measure], Cell)])
            for measure in ask.metric.info.measures
            if measure != "payees"
        }
    elif ask.metric.info.kind == "list":
        totals = {"n": Cell(len(rows))}
    base = totals.get("of" if ask.metric.info.kind == "ratio" else "n")
    n = int(base.value) if base and isinstance(base.value, int) else None
    return _stated(replace(shown, rows=rows, totals=totals, n=n))


def _sum(cells: Sequence[Cell]) -> Cell:
    withheld = next((cell.withheld for cell in cells if cell.withheld), None)
    return Cell(None, withheld) if withheld else Cell(sum(number(cell.value) for cell in cells))


def _stated(shown: Shown) -> Shown:
    """The state that follows from the cells: with nothing to show, its rows are left out."""
    cells = [cell for row in shown.rows for name, cell in row.items() if isinstance(cell, Cell) and name != "of"]
    cells = cells or [cell for name, cell in shown.totals.items() if name != "of"]
    reasons = {cell.withheld for cell in cells}
    if not cells or None in reasons:
        return shown
    few = reasons <= {"base_too_small"}
    return replace(shown, rows=(), state="too_few" if few else "held_back")


def _without_untold(shown: Shown, ask: Ask) -> Shown:
    """Without the rows of a part that is held back whole: beside its total, which rows there are would tell of them."""
    parts = [column for column in _columns(ask) if column in OPEN_SPLITS]
    told = {
        tuple(row[column] for column in parts)
        for row in shown.rows
        if isinstance(cell := row["n"], Cell) and not cell.withheld
    }
    return replace(shown, rows=tuple(row for row in shown.rows if tuple(row[column] for column in parts) in told))


def _columns(ask: Ask) -> tuple[str, ...]:
    return (*ask.metric.info.always, ask.by) if ask.by else ask.metric.info.always


def _extra_totals(ask: Ask, rows: Sequence[Mapping[str, Any]]) -> dict[str, Cell]:
    return {name: Cell(number(rows[0][name])) for name in ask.metric.info.totals}


def _whole_of(key: Key, ask: Ask) -> Key:
    """What a share is a share of: everything, or the group that the split is within."""
    if not ask.by:
        return ()
    return key[:-1] if ask.metric.info.cells else key[-1:]


def _row(ask: Ask, columns: Sequence[str], key: Key, group: Group, cells: Mapping[str, Cell]) -> Row:
    labels = {name: text for name, text in group.labels.items() if ask.by and name.startswith(f"{ask.by}_")}
    return {**dict(zip(columns, key, strict=True)), **labels, **cells}


def _cell(count: Number, reason: Reason | None) -> Cell:
    return Cell(None, reason) if reason else Cell(count)


def _listed(value: object) -> str | Cell:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Decimal):
        return Cell(int(value) if value == int(value) else float(value))
    return Cell(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
