"""The only way into the store: decides which staged rows may be loaded.

Afterwards `held.record` lists every row that broke a STOP rule and every row or file that broke a REFUSE rule,
and the view `passed.<table>` gives what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from graphlib import TopologicalSorter
from typing import Any

import duckdb

from expectations.catalogue import FILE_RULE, FILE_RULE_PLAIN, Suite, suites
from expectations.judge import CheckBroken, Judge, getting_ready
from expectations.rule import Filled, Rule, Severity
from expectations.view import PLACE

__all__ = ["CheckBroken", "RuleResult", "Verdict", "check", "getting_ready"]

_FEW_RECORDS = 5
_ONE_IN = 5
_PLACE = ", ".join(PLACE)


@dataclass(frozen=True)
class RuleResult:
    """One rule checked on one file's rows of one table.

    checked, failed: rows (for C-R6: records). first_line: the first failing row's line. No values.
    """

    source_sha: str
    table: str
    rule: str
    severity: Severity
    plain: str
    owner: str
    checked: int
    failed: int
    column: str | None
    first_line: int | None


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    results: every rule on every file, passed ones too. held: file -> records held back by STOP rules.
    refused: file -> the REFUSE rules it broke.
    """

    results: list[RuleResult]
    held: dict[str, int]
    refused: dict[str, list[RuleResult]]


def check(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], today: date) -> Verdict:
    """Check `staged.<table>` for each table; see the module's first lines for what is made.

    connection: holds schemas `staged` and `known`; it is used, and left open and idle. `staged.file_line`
    (source_sha, source_line) may name lines that are no data records, such as headings. CheckBroken when a rule
    cannot be decided; KeyError when a table has no suite.
    """
    run = _Run(connection, [suites()[table] for table in tables], today)
    return run.verdict()


class _Run:
    def __init__(self, connection: duckdb.DuckDBPyConnection, chosen: Sequence[Suite], today: date) -> None:
        self._connection = connection
        self._suites = {suite.table: suite for suite in _in_order(chosen)}
        self._results: dict[tuple[str, str, str], RuleResult] = {}
        looked_into = {table for suite in chosen for table in _lookups(suite)}
        self._lost: dict[str, int] = {table: 0 for table in self._suites if table in looked_into}
        self._seen: dict[str, dict[str, int]] = {}
        self._prepare()
        self._judge = Judge(connection, today)

    def verdict(self) -> Verdict:
        # Holding rows back can only ever hold back more, so this ends.
        due = {table: suite.rules for table, suite in self._suites.items()}
        while due:
            for table, rules in due.items():
                self._seen[table] = dict(self._lost)
                self._check_table(table, rules)
            due = self._due_again()
        self._make_passed()
        return self._verdict()

    def _prepare(self) -> None:
        for schema in ("held", "found", "passed"):
            self._connection.execute(f"create schema if not exists {schema}")
        self._connection.execute(
            "create or replace table held.record (source_sha text, source_part text, source_line integer, "
            "table_name text, rule text, severity text, column_name text)"
        )
        self._connection.execute("create table if not exists staged.file_line (source_sha text, source_line bigint)")
        self._withdraw()
        known = self._rows(
            "select table_name, bool_or(column_name = 'source_line') from information_schema.columns "
            "where table_schema = 'known' group by all"
        )
        for table, has_place in known:
            kept = _not_withdrawn("k") if has_place else "true"
            self._connection.execute(
                f"create or replace view found.{table} as select * from known.{table} k where {kept}"
            )

    def _check_table(self, table: str, rules: Sequence[Rule]) -> None:
        checked = dict(self._rows(f"select source_sha, count(*) from staged.{table} group by all"))
        if not checked:
            return
        suite = self._suites[table]
        for rule in rules:
            for sha, count in checked.items():
                blank = RuleResult(
                    sha, table, rule.id, rule.severity, rule.plain, suite.owner, count, 0, rule.column, None
                )
                self._results.setdefault((sha, table, rule.id), blank)
        holding = False
        for rule, failing in self._judge.broken(table, rules):
            holding |= self._record(table, rule, failing)
        if holding:
            self._withdraw()
            self._count_lost()

    def _record(self, table: str, rule: Rule, failing: str) -> bool:
        """Note where a rule is broken; True when that holds back anything new."""
        rows = f"({failing}) q where {self._unless_unread(table, rule)}"
        if rule.lookups:
            # A row that is out already finds its own record's other rows gone: that is no second fault.
            rows += f" and {_not_withdrawn('q')}"
        if rule.severity != "warn":
            place = ", ".join(f"q.{column}" for column in PLACE)
            column = "q.unread" if rule.column == "unread" else f"'{rule.column}'" if rule.column else "null"
            self._connection.execute(
                f"""
                create or replace temp table failing as
                select {place}, {column}::text as column_name from {rows} and not exists (
                    select 1 from held.record h
                    where {_same("h", "q")} and h.table_name = '{table}' and h.rule = '{rule.id}'
                )
                """
            )
            self._connection.execute(
                f"insert into held.record select distinct {_PLACE}, "
                f"'{table}', '{rule.id}', '{rule.severity}', column_name from failing"
            )
            rows = "failing"
        counts = self._rows(f"select source_sha, count(*), min(source_line) from {rows} group by all")
        for sha, count, line in counts:
            known = self._results[sha, table, rule.id]
            first = min(line, known.first_line or line)
            self._results[sha, table, rule.id] = replace(known, failed=known.failed + count, first_line=first)
        return bool(counts) and rule.severity != "warn"

    def _unless_unread(self, table: str, rule: Rule) -> str:
        """A value that could not be read is not missing as well: one fault, one message."""
        if not isinstance(rule.expectation, Filled):
            return "true"
        return (
            f"not exists (select 1 from staged.{table} u where {_same('u', 'q')} "
            f"and list_contains(string_split(u.unread, ','), '{rule.column}'))"
        )

    def _withdraw(self) -> None:
        """Take every row of a held record, in every table, and every row of a refused file out of the run."""
        self._replace("held.withdrawn", f"select distinct {_PLACE} from held.record where severity = 'stop'")
        self._refuse_spoilt_files()
        self._replace("held.refused", "select distinct source_sha from held.record where severity = 'refuse'")

    def _count_lost(self) -> None:
        for table in self._lost:
            [(self._lost[table],)] = self._rows(
                f"select count(*) from staged.{table} s where not ({_not_withdrawn('s')})"
            )

    def _refuse_spoilt_files(self) -> None:
        """C-R6. Records are counted exactly only where a quick estimate says that it could matter."""
        if not self._suites:
            return
        rows = " union all ".join(f"select {_PLACE} from staged.{table}" for table in self._suites)
        records_only = "anti join staged.file_line using (source_sha, source_line)"
        spoilt = self._rows(
            f"""
            with out as (select source_sha, count(*) as n from held.withdrawn {records_only} group by all),
            rows as (select * from ({rows}) {records_only} where source_sha in (select source_sha from out)),
            doubtful as (
                select source_sha from rows join out using (source_sha) group by source_sha, n
                having n * {2 * _ONE_IN} > approx_count_distinct(hash(source_part, source_line))
            ),
            records as (
                select source_sha, count(distinct hash(source_part, source_line)) as n from rows
                where source_sha in (select source_sha from doubtful) group by all
            )
            select source_sha, r.n, out.n from records r join out using (source_sha)
            where r.n >= {_FEW_RECORDS} and out.n * {_ONE_IN} > r.n
            """
        )
        for sha, records, held in spoilt:
            self._results[sha, "", FILE_RULE] = RuleResult(
                sha, "", FILE_RULE, "refuse", FILE_RULE_PLAIN, "data_steward", records, held, None, None
            )
            self._connection.execute(
                "insert into held.record select $sha, null, null, '', $rule, 'refuse', null "
                "where not exists (select 1 from held.record where source_sha = $sha and rule = $rule)",
                {"sha": sha, "rule": FILE_RULE},
            )

    def _due_again(self) -> dict[str, tuple[Rule, ...]]:
        """The rules whose answer may have changed, because a table they look into lost rows since."""
        due = {}
        for table, suite in self._suites.items():
            changed = {other for other, lost in self._lost.items() if lost > self._seen[table][other]}
            rules = tuple(rule for rule in suite.rules if rule.severity != "warn" and rule.lookups & changed)
            if rules:
                due[table] = rules
        return due

    def _make_passed(self) -> None:
        [(held, refused)] = self._rows(
            "select (select count(*) from held.withdrawn), (select count(*) from held.refused)"
        )
        kept = [*([_not_held("s")] if held else []), *([_not_refused("s")] if refused else [])]
        where = f" where {' and '.join(kept)}" if kept else ""
        for table in self._suites:
            self._connection.execute(
                f"create or replace view passed.{table} as select s.* exclude (unread) from staged.{table} s{where}"
            )

    def _verdict(self) -> Verdict:
        results = list(self._results.values())
        refused: dict[str, list[RuleResult]] = {}
        for result in results:
            if result.severity == "refuse" and result.failed:
                refused.setdefault(result.source_sha, []).append(result)
        held = dict(self._rows("select source_sha, count(*) from held.withdrawn group by all"))
        return Verdict(results, held, refused)

    def _replace(self, table: str, sql: str) -> None:
        self._connection.execute(f"create or replace table {table} as {sql}")

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()


def _in_order(chosen: Sequence[Suite]) -> list[Suite]:
    """Tables that are looked into come before those that look."""
    by_table = {suite.table: suite for suite in chosen}
    graph = {suite.table: _lookups(suite) - {suite.table} for suite in chosen}
    return [by_table[table] for table in TopologicalSorter(graph).static_order() if table in by_table]


def _lookups(suite: Suite) -> set[str]:
    return {table for rule in suite.rules if rule.severity != "warn" for table in rule.lookups}


def _same(one: str, other: str) -> str:
    return (
        f"{one}.source_sha = {other}.source_sha and {one}.source_line = {other}.source_line "
        f"and {one}.source_part is not distinct from {other}.source_part"
    )


def _not_withdrawn(row: str) -> str:
    return f"{_not_held(row)} and {_not_refused(row)}"


def _not_held(row: str) -> str:
    return f"not exists (select 1 from held.withdrawn w where {_same('w', row)})"


def _not_refused(row: str) -> str:
    return f"{row}.source_sha not in (select source_sha from held.refused)"
