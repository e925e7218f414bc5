"""Runs a metric's counts on one build and adds them up. Nothing here is protected yet, so nothing here is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse.catalogue import Metric
from warehouse.engine.duckdb import Reader
from warehouse.periods import Calendar, Period
from warehouse.store import Build

Key = tuple[str, ...]
Number = int | float

NOT_RECORDED = "not_recorded"

# Where the days of what happened stand: they say from when to when a build has facts.
_FACT_DAYS = (
    ("event", "starts_at"),
    ("expression_of_interest", "received_at"),
    ("application", "opened_on"),
    ("pathway_stage", "entered_on"),
    ("coaching_session", "on_day"),
    ("activity", "on_day"),
    ("feedback_answer", "submitted_on"),
    ("payment", "work_on"),
    ("income", "received_on"),
)
_EARLIEST_FACT = date(2019, 1, 1)


@dataclass
class Group:
    """The counts of one group, added up. labels: text carried through beside a dimension."""

    counts: dict[str, Number] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    rows: int = 0


class Counter:
    """Counts of one build. Every select runs once per metric and period, and is kept for as long as the build."""

    def __init__(self, reader: Reader, build: Build, services: Mapping[str, int], counting_starts: date) -> None:
        self._reader = reader
        self._services = services
        self._kept: dict[tuple[str, Period], tuple[Mapping[str, Any], ...]] = {}
        made = reader.query("select max(coalesce(ended_at, started_at)) from load_run").rows[0][0]
        self.as_of = made or build.published_at
        today = self.as_of.date()
        first, last = self._days_of_facts(today)
        self.calendar = Calendar(today, first, last, counting_starts)

    def rows(self, metric: Metric, period: Period) -> tuple[Mapping[str, Any], ...]:
        """The metric's counts at their finest grain, in the order its select gives."""
        asked = (metric.info.id, period)
        if asked not in self._kept:
            known = {
                "period_from": period.first,
                "period_to": period.last,
                "today": self.calendar.today,
                "counting_starts": self.calendar.counting_starts,
                **self._services,
            }
            used = {name: known[name] for name in metric.parameters}
            self._kept[asked] = tuple(self._reader.query(metric.sql, used).as_dicts())
        return self._kept[asked]

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """A select of the product's own about the build itself."""
        return self._reader.query(sql, parameters).as_dicts()

    def _days_of_facts(self, today: date) -> tuple[date | None, date | None]:
        days = " union all ".join(
            f"select cast({column} as date) as day from {table} where not is_void" for table, column in _FACT_DAYS
        )
        bounds = self._reader.query(
            f"select min(day), max(day) from ({days}) where day between $first and $today",
            {"first": _EARLIEST_FACT, "today": today},
        )
        return bounds.rows[0][0], bounds.rows[0][1]


def grouped(rows: Iterable[Mapping[str, Any]], metric: Metric, by: Sequence[str]) -> dict[Key, Group]:
    """The measures added up to these columns, in the select's own order, or else by the columns' values."""
    found: dict[Key, Group] = {}
    for row in rows:
        group = found.setdefault(tuple(said(row[column]) for column in by), Group())
        group.rows += 1
        for measure in metric.info.measures:
            group.counts[measure] = number(group.counts.get(measure, 0) + number(row[measure]))
        for label in metric.labels:
            group.labels.setdefault(label, said(row[label], ""))
    return found if metric.is_ordered else dict(sorted(found.items()))


def total_of(rows: Iterable[Mapping[str, Any]], metric: Metric) -> Group:
    """The measures added up over everything."""
    return grouped(rows, metric, ()).get((), Group(dict.fromkeys(metric.info.measures, 0)))


def number(value: object) -> Number:
    """A measure as a plain number: an empty one counts nothing, money is pounds and pence."""
    if isinstance(value, Decimal | float):
        return round(float(value), 2)
    return int(value) if isinstance(value, int) else 0


def said(value: object, nothing: str = NOT_RECORDED) -> str:
    """A dimension's value as text."""
    return nothing if value is None else str(value)
