"""The ledger of equality figures: one line for each table let out, and what must be known of it for the next one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

import duckdb

from warehouse.invented import Told
from warehouse.policy import NOT_STATED, Characteristic
from warehouse.rounding import Figures, Grid


@dataclass(frozen=True)
class Line:
    """One table that was let out. figures: by label. grid: of its day; None in a line that does not tell."""

    population: str
    characteristic: str
    snapshot: date
    build_no: int
    head_count: int
    figures: Figures
    grid: Grid | None
    by_name: bool

    @property
    def key(self) -> str:
        """What the people counted in this table are kept under. The build tells two tables of one quarter apart."""
        return f"{self.characteristic}|{self.population}|{self.snapshot}|{self.build_no}"


def read_ledger(connection: duckdb.DuckDBPyConnection) -> list[Line]:
    """Every table let out so far, the oldest first."""
    rows = connection.execute(
        "select scope, snapshot, build_no, cells from release_ledger where metric_id = 'equality_profile' "
        "order by released_at, build_no, scope"
    ).fetchall()
    lines: list[Line] = []
    for scope, snapshot, build_no, cells in rows:
        population, _, characteristic = scope.partition(" × ")
        told = json.loads(cells)
        grid = Grid(int(told["base"]), int(told["hide"])) if {"base", "hide"} <= told.keys() else None
        by_name = bool(told.get("by_name", True))
        figures, head_count = told["figures"], int(told["head_count"])
        lines.append(Line(population, characteristic, snapshot, build_no, head_count, figures, grid, by_name))
    return lines


def write_line(connection: duckdb.DuckDBPyConnection, line: Line, released_on: date, code_version: str) -> None:
    """Add one line. It holds released figures, the exact head-count and the settings, and nobody."""
    scope = f"{line.population} × {line.characteristic}"
    settings = {"base": line.grid.base, "hide": line.grid.hide} if line.grid else {}
    cells = {"head_count": line.head_count, "by_name": line.by_name, **settings, "figures": dict(line.figures)}
    connection.execute(
        "insert into release_ledger by name select ? as release_id, 'equality_profile' as metric_id, "
        "? as snapshot, ? as scope, 'internal' as profile, ? as cells, null::integer as level, "
        "? as withheld, true as attack_ok, ? as build_no, ? as code_version, ? as released_at, "
        "false as is_published",
        [
            sha256(f"{scope}|{line.snapshot}|{line.build_no}".encode()).hexdigest()[:26],
            line.snapshot,
            scope,
            json.dumps(cells, ensure_ascii=False),
            sum(figure is None for figure in line.figures.values()),
            line.build_no,
            code_version,
            datetime.combine(released_on, time()),
        ],
    )


def is_lost(connection: duckdb.DuckDBPyConnection, characteristic: str, lines: Sequence[Line]) -> bool:
    """Whether figures stand that the ledger does not know: then nothing more may be released beside them."""
    shown = connection.execute(
        "select distinct population from equality_released where characteristic = ? and figure is not null",
        [characteristic],
    ).fetchall()
    known = {line.population for line in lines if line.characteristic == characteristic}
    return any(population not in known for (population,) in shown)


def told_before(
    characteristic: Characteristic, lines: Sequence[Line], counted: Mapping[str, frozenset[str]]
) -> list[Told] | None:
    """What one characteristic's lines by name told of whom; None where a line cannot be understood any more.

    counted: tokens by key. A line whose people, settings or groups are not known is not understood.
    """
    ids = {group.label: group.id for group in characteristic.groups} | {NOT_STATED: NOT_STATED}
    told: list[Told] = []
    for line in lines:
        if line.characteristic != characteristic.id or not line.by_name:
            continue
        people = counted.get(line.key, frozenset())
        if line.grid is None or len(people) != line.head_count or not line.figures.keys() <= ids.keys():
            return None
        told.append(Told(people, {ids[label]: figure for label, figure in line.figures.items()}, line.grid))
    return told
