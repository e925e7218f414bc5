"""What became of every record of every file: the counts that must balance, and the words about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from etl.report import Message, Outcome, RowCounts
from etl.work import Work
from expectations.check import RuleResult, Verdict
from warehouse.load import Loaded

_LINES_SHOWN = 8
_UNREADABLE = "C-S0"


class DoesNotBalance(AssertionError):
    """Our own fault: a record was lost or counted twice. Nothing is published."""


def settle_refused(works: Iterable[Work], connection: duckdb.DuckDBPyConnection, verdict: Verdict) -> None:
    """Refuse whole the files that broke a REFUSE rule."""
    for work in works:
        if broken := verdict.refused.get(work.sha256):
            work.settle(
                "refused",
                *(
                    Message(
                        "error",
                        rule.rule,
                        f"{rule.plain} This is not so for {rule.failed:,} of {rule.checked:,} rows, so nothing of the "
                        "file was loaded. Mend it where it was made and drop it again.",
                    )
                    for rule in broken
                ),
                *(
                    each
                    for each in _messages(connection, work, verdict, "Mend these first.")
                    if each.severity == "error"
                ),
            )
            work.report.rows.quarantined = work.report.rows.read - work.report.rows.ignored


def hold_unusable(works: Iterable[Work], connection: duckdb.DuckDBPyConnection, verdict: Verdict) -> None:
    """Hold back the records meant for the people or the equality store that cannot be used."""
    for work in works:
        lines = {unusable.line for unusable in work.unusable}
        if not lines:
            continue
        for unusable in work.unusable:
            connection.execute(
                "insert into held.record values (?, '', ?, ?, ?, 'stop', ?)",
                [work.sha256, unusable.line, unusable.store, _UNREADABLE, unusable.columns],
            )
        verdict.results.append(
            RuleResult(
                work.sha256,
                work.unusable[0].store,
                _UNREADABLE,
                "stop",
                "Every value that is needed is there and can be read.",
                "data_steward",
                work.report.rows.read,
                len(lines),
                work.unusable[0].columns,
                min(lines),
            )
        )


def settle_loaded(
    works: Iterable[Work],
    connection: duckdb.DuckDBPyConnection,
    verdict: Verdict,
    loaded: Loaded,
) -> None:
    """Give every file that reached the checks its outcome and its five counts.

    Raises DoesNotBalance when read is not loaded + quarantined + ignored + duplicate for any file.
    """
    held = _held_records(connection)
    for work in works:
        rows = work.report.rows
        rows.quarantined = held.get(work.sha256, 0)
        rows.duplicate = loaded.duplicates.get(work.sha256, 0)
        rows.loaded = rows.read - rows.quarantined - rows.ignored - rows.duplicate
        work.report.tables = {
            table: count for (sha256, table), count in sorted(loaded.written.items()) if sha256 == work.sha256
        }
        if min(rows.loaded, rows.quarantined, rows.ignored, rows.duplicate) < 0 or not rows.balance:
            raise DoesNotBalance(f"{work.report.file}: {rows}")
        work.report.messages += _messages(connection, work, verdict)
        work.report.outcome = _outcome(work)
        if _is_as_before(work):
            work.report.outcome, work.report.rows, work.report.tables = "already_loaded", RowCounts(), {}


def prove_rows(works: Iterable[Work], connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Count the records behind the rows that passed, file by file, and hold that against what is said.

    Raises DoesNotBalance when a file's passed rows come from more records than were read and not held back.
    """
    if not tables:
        return
    said = {
        work.sha256: work.report.rows.loaded + work.report.rows.duplicate
        for work in works
        if work.report.outcome != "already_loaded"
    }
    rows = " union all ".join(f"select source_sha, count(*) as n from passed.{name} group by all" for name in tables)
    counted = connection.execute(f"select source_sha, sum(n) from ({rows}) group by all").fetchall()
    # Fewer rows than records need no closer look: the records behind them are no more than the rows.
    unclear = [sha256 for sha256, number in counted if number > said.get(sha256, number)]
    each = " union all ".join(
        f"select source_sha, source_part, source_line from passed.{name} where source_sha in (select unnest($shas))"
        for name in tables
    )
    records = connection.execute(
        f"select source_sha, count(distinct (source_part, source_line)) from ({each}) "
        "anti join staged.file_line using (source_sha, source_line) group by all",
        {"shas": unclear},
    ).fetchall()
    too_many = {sha256 for sha256, number in records if number > said[sha256]}
    wrong = [work.report.file for work in works if work.sha256 in too_many]
    if wrong:
        raise DoesNotBalance(f"{len(wrong)} file(s) gave more records than were counted: {', '.join(wrong)}")


def _held_records(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """File digest -> data records held back by a STOP rule."""
    return dict(
        connection.execute(
            "select source_sha, count(distinct (source_part, source_line)) from held.record "
            "anti join staged.file_line using (source_sha, source_line) where severity = 'stop' group by all"
        ).fetchall()
    )


def _outcome(work: Work) -> Outcome:
    rows = work.report.rows
    if rows.quarantined:
        return "partly_loaded"
    return "empty" if rows.read == rows.ignored else "loaded"


def _is_as_before(work: Work) -> bool:
    """The file was met before and only its held records were tried again, to the same end."""
    return (
        work.before is not None
        and not work.report.tables
        and work.report.rows.quarantined == work.before.quarantined
        and work.report.outcome == work.before.outcome
    )


_HELD_NEXT = (
    "They are held back, the rest is loaded. Write them to a sheet with voices quarantine -o held.xlsx, mend them "
    "there and drop the sheet in the inbox."
)


def _messages(
    connection: duckdb.DuckDBPyConnection, work: Work, verdict: Verdict, what_next: str = _HELD_NEXT
) -> list[Message]:
    found = [each for each in verdict.results if each.source_sha == work.sha256 and each.failed]
    held = {each.rule: _held_lines(connection, work.sha256, each.rule) for each in found if each.severity == "stop"}
    return [
        Message(
            "error",
            each.rule,
            f"{each.plain} {len(lines):,} of {work.report.rows.read:,} records {_do_not(len(lines))}: {_words(lines)}. "
            f"{what_next}",
            lines[0],
            each.column,
        )
        for each in found
        if each.severity == "stop" and (lines := held[each.rule])
    ] + [
        Message(
            "warning",
            each.rule,
            f"{each.plain} This is not so for {each.failed:,} of {each.checked:,} rows; they are loaded, please look.",
            each.first_line,
            each.column,
        )
        for each in found
        if each.severity == "warn"
    ]


def _held_lines(connection: duckdb.DuckDBPyConnection, sha256: str, rule: str) -> list[int]:
    rows = connection.execute(
        "select distinct source_part, source_line from held.record where source_sha = ? and rule = ? order by all",
        [sha256, rule],
    ).fetchall()
    return [line for _, line in rows]


def _do_not(count: int) -> str:
    return "does not fit" if count == 1 else "do not fit"


def _words(lines: Sequence[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:_LINES_SHOWN])
    more = f" and {len(lines) - _LINES_SHOWN:,} more" if len(lines) > _LINES_SHOWN else ""
    return f"line{'s' if len(lines) > 1 else ''} {shown}{more}"
