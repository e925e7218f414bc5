"""What comes out of the door: the only values that pages, packs and the command may show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

State = Literal["shown", "too_few", "nothing_recorded", "held_back", "refused"]
Reason = Literal["small", "protects_another", "everyone_or_no_one", "base_too_small", "not_allowed", "too_few_to_show"]


@dataclass(frozen=True)
class Viewer:
    """Who is looking. `roles` come from the access file or the loopback switch, never from a page."""

    identity: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Cell:
    """One figure of a released row. A withheld one has value None and its reason."""

    value: float | int | str | None
    withheld: Reason | None = None


@dataclass(frozen=True)
class MetricInfo:
    """What the catalogue says of one metric; the same words serve *How we know* and `voices metrics`."""

    id: str
    title: str
    plain: str
    formula: str
    unit: str
    owner: str
    questions: tuple[str, ...]
    audience: tuple[str, ...]
    disclosure: Literal["open", "guarded", "declared", "worklist"]
    kind: Literal["distribution", "ratio", "values", "money", "list", "worklist"]
    base: int
    cells: bool
    periods: tuple[str, ...]
    dimensions: tuple[str, ...]
    always: tuple[str, ...]
    measures: tuple[str, ...]
    totals: tuple[str, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """One file that a figure was counted from (its digest shortened; never its rows)."""

    file_name: str
    format: str
    sha256: str
    rows: int
    loaded_at: datetime


@dataclass(frozen=True)
class Released:
    """One protected answer. Immutable; nothing in it can be turned back into what was held back.

    state: "shown" when the rows may be used; else why not, and `rows` is empty.
    rows: one mapping per group, of plain text dimensions and `Cell` measures, in the metric's order.
    totals: figures that stand beside the rows (a base, people asked, an interval), already protected.
    n: the base, where it may be shown. withheld: how many cells are held back, by reason.
    """

    metric: MetricInfo
    state: State
    rows: tuple[Mapping[str, str | Cell], ...] = ()
    totals: Mapping[str, Cell] = field(default_factory=dict)
    n: int | None = None
    withheld: Mapping[Reason, int] = field(default_factory=dict)
    reason: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_of: datetime | None = None
    build: str | None = None
    sources: tuple[Source, ...] = ()

    def value(self, total: str) -> float | int | str | None:
        """One of the totals, or None when it is held back or was never counted."""
        cell = self.totals.get(total)
        return cell.value if cell else None

    def as_json(self) -> dict[str, Any]:
        """The answer as `voices metric ID --json` prints it."""
        return {
            "metric": self.metric.id,
            "title": self.metric.title,
            "unit": self.metric.unit,
            "state": self.state,
            "reason": self.reason,
            "filters": dict(self.filters),
            "build": self.build,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "n": self.n,
            "totals": {name: _cell_json(cell) for name, cell in self.totals.items()},
            "rows": [
                {name: _cell_json(cell) if isinstance(cell, Cell) else cell for name, cell in row.items()}
                for row in self.rows
            ],
            "withheld": dict(self.withheld),
        }


@dataclass(frozen=True)
class WorklistRow:
    """One thing for a named member of staff to do. `name` is filled only on an opened, logged row."""

    reference: str
    facts: Mapping[str, str]
    name: str | None = None


@dataclass(frozen=True)
class Worklist:
    """Rows for permitted staff; never charted, never an equality column."""

    metric: MetricInfo
    state: State
    rows: tuple[WorklistRow, ...] = ()
    total: int = 0
    reason: str = ""
    as_of: datetime | None = None
    build: str | None = None


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {"value": cell.value, "withheld": cell.withheld}
