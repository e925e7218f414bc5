"""Writes what a run did into the build: the run, its files, the held records and every rule's result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import duckdb
import polars as pl

from etl.people import People
from etl.run import RunFacts
from etl.work import Work
from expectations.check import Verdict

KEEP_ORIGINALS = timedelta(days=90)
KEEP_ORIGINALS_WITH_EQUALITY = timedelta(days=30)


def record_run(connection: duckdb.DuckDBPyConnection, run: RunFacts, ended_at: datetime, works: Iterable[Work]) -> None:
    """One row of load_run, and one of source_file for each file that this run had to look into."""
    works = list(works)
    clean = all(work.report.outcome in {"loaded", "already_loaded", "empty"} for work in works)
    connection.execute(
        "insert into build.load_run values (?, ?, ?, ?, ?, ?)",
        [
            run.run_id,
            run.started_at,
            ended_at,
            "ok" if clean else "ok_with_warnings",
            run.code_version,
            run.build_no,
        ],
    )
    for work in works:
        connection.execute(_INSERT_FILE, _file_row(work, run))


_INSERT_FILE = f"insert into build.source_file values ({', '.join('?' * 17)})"


def _file_row(work: Work, run: RunFacts) -> list[object]:
    rows = work.report.rows
    kept = KEEP_ORIGINALS_WITH_EQUALITY if work.moved else KEEP_ORIGINALS
    return [
        run.run_id,
        work.sha256,
        work.report.file[-200:],
        work.report.format,
        work.subject,
        work.report.outcome,
        work.error_codes,
        rows.read,
        rows.loaded,
        rows.quarantined,
        rows.ignored,
        rows.duplicate,
        sum(work.report.tables.values()),
        ", ".join(work.dropped)[:1000] or None,
        ", ".join(work.moved)[:1000] or None,
        work.as_of or run.started_at,
        run.today + kept,
    ]


def record_checks(connection: duckdb.DuckDBPyConnection, run: RunFacts, verdict: Verdict) -> None:
    """Every rule's result on every file, and the place (never the values) of every held record.

    A record that was held before and passes now is marked corrected.
    """
    results = pl.DataFrame(
        [
            (
                run.run_id,
                each.source_sha,
                each.table,
                each.rule,
                each.plain,
                each.severity,
                each.checked,
                each.failed,
                each.owner,
            )
            for each in verdict.results
        ],
        schema=["run_id", "sha256", "table", "rule", "plain", "severity", "checked", "failed", "owner"],
        orient="row",
    )
    if results.is_empty():
        return
    connection.register("result_frame", results)
    connection.execute("insert into build.expectation_result by name select *, false as errored from result_frame")
    connection.unregister("result_frame")
    connection.execute(
        """
        update build.quarantine_row as q set state = 'corrected', closed_on = ?
        where q.state = 'open' and q.sha256 in (select unnest(?))
          and not exists (
              select 1 from held.record h
              where h.source_sha = q.sha256 and h.source_part is not distinct from q.part
                and h.source_line = q.line and h.rule = q.rule
          )
        """,
        [run.today, sorted({each.source_sha for each in verdict.results})],
    )
    connection.execute(
        """
        insert into build.quarantine_row
        select ?, h.source_sha, h.source_part, h.source_line, h.rule, any_value(h.column_name), 'open', null
        from held.record h
        where h.severity = 'stop' and h.source_sha not in (select source_sha from held.refused) and not exists (
            select 1 from build.quarantine_row q
            where q.sha256 = h.source_sha and q.part is not distinct from h.source_part
              and q.line = h.source_line and q.rule = h.rule
        )
        group by all
        """,
        [run.run_id],
    )


def record_mends(connection: duckdb.DuckDBPyConnection, run: RunFacts, works: Iterable[Work]) -> None:
    """Close the held records whose mended rows came back and were not held again."""
    for work in works:
        held = set(
            connection.execute(
                "select coalesce(source_part, ''), source_line from held.record where source_sha = ?", [work.sha256]
            ).fetchall()
        )
        for mend in work.mends:
            if (mend.part, mend.line) not in held:
                connection.execute(
                    "update build.quarantine_row set state = 'corrected', closed_on = ? "
                    "where state = 'open' and starts_with(sha256, ?) and line = ?",
                    [run.today, mend.from_sha, mend.from_line],
                )


def record_people(connection: duckdb.DuckDBPyConnection, people: People) -> None:
    """contact_flag: yes or no for each purpose, without an address."""
    connection.register("flag_frame", people.contact_flags())
    connection.execute("delete from build.contact_flag")
    connection.execute("insert into build.contact_flag by name select * from flag_frame")
    connection.unregister("flag_frame")
