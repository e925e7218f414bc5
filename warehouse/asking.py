"""Reads the filters of a question: which period, split by what, and which one value of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from warehouse.catalogue import Metric
from warehouse.periods import Calendar
from warehouse.policy import EqualityRules
from warehouse.released import MetricInfo
from warehouse.showing import Ask, Row

COMPARATORS = ("England", "enquirers")


class BadFilter(Exception):
    """The question cannot be asked that way. The words name filters and declared choices, never what exists."""


def read_ask(metric: Metric, filters: Mapping[str, str], calendar: Calendar, equality: EqualityRules) -> Ask:
    """The question that these filters make of a metric. Raises BadFilter."""
    info = metric.info
    live = info.disclosure not in ("guarded", "declared")
    columns = (*info.dimensions, *info.always)
    is_declared = info.disclosure == "declared"
    known = ("period", *declared_choices(info, equality)) if is_declared else ("period", "by", *columns)
    unknown = sorted(set(filters) - set(known))
    if unknown:
        raise BadFilter(f"This figure has no filter {', '.join(unknown)}. It has {', '.join(known)}.")
    if is_declared:
        return _declared(metric, filters, calendar, equality)
    chosen = [name for name in info.dimensions if name in filters]
    by = filters.get("by") or (chosen[0] if chosen else None)
    if by and by not in info.dimensions:
        raise BadFilter(f"This figure is split by {' or '.join(info.dimensions) or 'nothing'}.")
    if len(chosen) > 1 or (chosen and chosen[0] != by):
        raise BadFilter("This figure is asked for by one dimension at a time.")
    offered = {one.label: one for one in calendar.choices(period_kinds(info), live=live)}
    named = filters.get("period")
    if named is not None and named not in offered:
        raise BadFilter(f"Choose a period of this figure, such as {', '.join(list(offered)[:3]) or 'none yet'}.")
    if named is not None:
        period = offered[named]
    elif by == "event" and "event" in info.periods:
        period = calendar.choices(["event"], live=live)[0]
    else:
        period = calendar.default(info.periods, live=live)
    picks = {name: filters[name] for name in (*chosen, *info.always) if name in filters}
    return Ask(metric, period, by, picks)


def period_kinds(info: MetricInfo) -> tuple[str, ...]:
    """The kinds of period that are chosen by name; one event is chosen by itself."""
    return tuple(kind for kind in info.periods if kind != "event")


def declared_choices(info: MetricInfo, equality: EqualityRules) -> dict[str, tuple[str, ...]]:
    """What may be chosen of a declared metric: everything that is declared, whoever is in it."""
    known = {
        "population": tuple(equality.populations),
        "characteristic": tuple(equality.characteristics),
        "comparator": COMPARATORS,
    }
    return {name: known[name] for name in info.dimensions if name in known}


def choices_of(rows: Sequence[Row], column: str) -> tuple[str, ...]:
    """The values of a column that survived protection, in the order of the rows."""
    alive = (row for row in rows if _survives(row))
    return tuple(dict.fromkeys(str(row[column]) for row in alive if isinstance(row.get(column), str)))


def _survives(row: Row) -> bool:
    cells = [cell for name, cell in row.items() if not isinstance(cell, str) and name != "of"]
    return not cells or any(cell.withheld is None for cell in cells)


def _declared(metric: Metric, filters: Mapping[str, str], calendar: Calendar, equality: EqualityRules) -> Ask:
    choices = declared_choices(metric.info, equality)
    for name, values in choices.items():
        if filters.get(name) not in values:
            raise BadFilter(f"Choose one {name}: {', '.join(values)}.")
    period = calendar.default(("snapshot",), live=False)
    if filters.get("period", period.label) != period.label:
        raise BadFilter(f"Equality figures are shown as at the last completed quarter, {period.label}.")
    return Ask(metric, period, None, {name: filters[name] for name in choices})
