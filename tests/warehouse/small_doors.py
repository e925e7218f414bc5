"""A door on a small published build, with small metrics of its own, for the tests of what leaves by it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from warehouse.build import make_models
from warehouse.release import Door, DoorSettings
from warehouse.released import Cell, Released, Viewer
from warehouse.store import Store
from warehouse.tables import create_sql, tables

LEADER = Viewer("lee@example.org", frozenset({"leadership"}))
TRUSTEE = Viewer("tess@example.org", frozenset({"trustee"}))
CASEWORKER = Viewer("cas@example.org", frozenset({"staff_case"}))
STEWARD = Viewer("stu@example.org", frozenset({"steward"}))


def _metric(kind: str, sql: str, **fields: object) -> str:
    header: dict[str, object] = {
        "title": sql,
        "plain": "p",
        "formula": "f",
        "unit": "people",
        "owner": "programme_lead",
        "questions": ["L1"],
        "audience": ["leadership", "steward"],
        "disclosure": "open",
        "kind": kind,
        "periods": ["quarter", "year"],
        "tables": ["event"],
    } | fields
    lines = [f"-- {name} = {json.dumps(value)}" for name, value in header.items()]
    return "\n".join(["-- ---", *lines, "-- ---", sql, "-- expect", "-- | n |"])


_IN_PERIOD = "from reply where on_day between $period_from and $period_to"
METRICS = {
    "positive": _metric(
        "ratio",
        f"select event, event as event_title, sum(good) as n, sum(everyone) as of {_IN_PERIOD} group by event",
        disclosure="guarded",
        base=10,
        dimensions=["event"],
        labels=["event_title"],
        measures=["n", "of"],
        periods=["event", "quarter", "year", "to date"],
    ),
    "replies": _metric(
        "ratio",
        f"select event, sum(good) as n, sum(everyone) as of {_IN_PERIOD} group by event",
        dimensions=["event"],
        measures=["n", "of"],
        periods=["quarter", "year"],
    ),
    "people": _metric(
        "distribution",
        "select role, region, step, count(*) as n from person where on_day <= $period_to group by role, region, step",
        disclosure="guarded",
        base=10,
        cells=True,
        always=["role"],
        dimensions=["region", "step"],
        measures=["n"],
        periods=["quarter"],
    ),
    "clients": _metric(
        "distribution",
        "select setting, count(distinct org) as n from client where on_day between "
        "greatest($period_from, $counting_starts) and $period_to group by setting",
        disclosure="guarded",
        base=10,
        cells=True,
        dimensions=["setting"],
        measures=["n"],
        periods=["quarter", "year"],
    ),
    "waits": _metric(
        "values",
        "select clock, days as value, still as is_open, count(*) as n, "
        "(select count(distinct who) from wait where on_day between $period_from and $period_to) as payees "
        "from wait where on_day between $period_from and $period_to group by clock, days, still",
        disclosure="guarded",
        base=8,
        always=["clock"],
        measures=["n"],
        totals=["payees"],
        periods=["to date", "quarter"],
    ),
    "paid": _metric(
        "money",
        "with due as (select * from paid where on_day between $period_from and $period_to) "
        "select kind, sum(pounds) as pounds, count(distinct who) as payees, "
        "(select count(distinct who) from due where kind = 'travel') as payees_for_travel from due group by kind",
        disclosure="guarded",
        base=8,
        cells=True,
        dimensions=["kind"],
        measures=["pounds", "payees"],
        totals=["payees_for_travel"],
        periods=["to date", "quarter"],
    ),
    "files": _metric("list", "select name, size from file order by size desc", dimensions=["name"], periods=["today"]),
    "to_answer": _metric(
        "worklist",
        "select reference, person_key, wants, cast(null as text) as due from enquiry order by reference",
        disclosure="worklist",
        audience=["staff_case"],
        dimensions=["wants"],
        periods=["today"],
    ),
}


_TABLES = (
    "create table reply (event text, on_day date, good integer, everyone integer)",
    "create table person (role text, region text, step text, on_day date)",
    "create table client (setting text, org text, on_day date)",
    "create table wait (clock text, days integer, still boolean, who text, on_day date default '2026-05-01')",
    "create table paid (kind text, pounds decimal(12,2), who text, on_day date default '2026-05-01')",
    "create table file (name text, size integer)",
    "create table enquiry (reference text, person_key text, wants text)",
)


def make_empty(path: Path) -> Path:
    """A build of 15 July 2026 with every table and model, and nothing in them but the days it covers."""
    with duckdb.connect(str(path)) as connection:
        for table in tables().values():
            connection.execute(create_sql(table).replace(" not null", ""))
        make_models(connection)
        connection.execute("insert into load_run (run_id, started_at) values ('R1', timestamp '2026-07-15')")
        connection.execute(
            "insert into activity (activity_key, on_day) values ('A', '2025-04-02'), ('B', '2026-06-30')"
        )
        for statement in _TABLES:
            connection.execute(statement)
    return path


def publish(folder: Path, empty: Path, statements: Sequence[str]) -> None:
    """Publish a copy of `empty` after these statements."""
    store = Store(folder)
    with store.lock():
        path = store.begin()
        shutil.copyfile(empty, path)
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.execute("checkpoint")
        store.publish(path)


def open_door(
    folder: Path,
    empty: Path,
    *statements: str,
    policy_file: Path | None = None,
    counting_starts: date | None = None,
) -> Door:
    """A door on a build that holds what the statements put in. It knows the name of one person, P-1."""
    publish(folder / "store", empty, statements)
    names = {"P-1": "Alex Sample"}
    return Door(
        folder / "store",
        folder / "logs" / "access.jsonl",
        DoorSettings(b"secret", counting_starts, policy_file),
        lambda keys: {key: names[key] for key in keys if key in names},
    )


def people(role: str, region: str, many: int, step: str = "active") -> str:
    """People of one role in one region."""
    return f"insert into person select '{role}', '{region}', '{step}', date '2026-05-01' from range({many})"


def paid(kind: str, people: int, day: str = "2026-05-01") -> str:
    """10.10 pounds paid to each of so many people."""
    return f"insert into paid select '{kind}', 10.10, 'P-' || i, date '{day}' from range({people}) t(i)"


def clients(setting: str, many: int, day: str) -> str:
    """Client organisations of one setting, met on one day."""
    return f"insert into client select '{setting}', '{setting}{day}' || i, date '{day}' from range({many}) t(i)"


def cells(released: Released, column: str, measure: str = "n") -> dict[str, Cell]:
    """The cells of one measure, by the text of one column."""
    return {str(row[column]): cell for row in released.rows if isinstance(cell := row[measure], Cell)}
