"""Merges what passed its checks into the new build. Reads `passed.<table>` and nothing else.

The same row again changes nothing; a newer row replaces an older one; an older one never does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from warehouse.tables import Table, digest_sql, merged_sql, quoted, tables

_WHERE_FROM = "source_sha, source_part, source_line"


@dataclass(frozen=True)
class Loaded:
    """What one load wrote. `written`: (file digest, table) -> rows. `duplicates`: file digest -> records.

    A record is a duplicate when every row it gives was already known, or is older than what is known.
    """

    written: dict[tuple[str, str], int]
    duplicates: dict[str, int]


def load(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> Loaded:
    """Merge `passed.<name>` into `build.<name>` for each table and say what became of every row.

    The connection's main database is the run's work file; the new build is attached as `build`. The table
    `staged.file_line` (source_sha, source_line) names lines that are no data records, such as headings.
    """
    connection.execute("create schema if not exists outcome")
    connection.execute(
        "create or replace table outcome.row "
        "(source_sha text, source_part text, source_line bigint, table_name text, is_fresh boolean)"
    )
    all_fresh = [name for name in names if _load_one(connection, tables()[name])]
    return Loaded(_written(connection, all_fresh), _duplicates(connection, all_fresh))


def _load_one(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Merge one table; True when every row was new, so that no row needs an outcome of its own."""
    if _is_all_new(connection, table):
        connection.execute(
            f"insert into build.{table.name} by name "
            f"select * exclude (row_digest), {digest_sql(table)} as row_digest from passed.{table.name}"
        )
        return True
    connection.execute(_ranked_sql(table))
    if table.whole:
        for statement in _whole_statements(table):
            connection.execute(statement)
    for turn in range(1, _number(connection, "select coalesce(max(place), 0) from arrival") + 1):
        for statement in _turn_statements(table, turn):
            connection.execute(statement)
    return False


def _is_all_new(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    if _number(connection, f"select count(*) from build.{table.name}"):
        return False
    identity = ", ".join(quoted(column) for column in _identity(table))
    repeated = f"select 1 from passed.{table.name} group by {identity} having count(*) > 1 limit 1"
    if connection.execute(repeated).fetchall():
        return False
    if not table.whole:
        return True
    group = ", ".join(table.whole)
    two_ages = f"select 1 from passed.{table.name} group by {group} having min(as_of) < max(as_of) limit 1"
    return not connection.execute(two_ages).fetchall()


def _ranked_sql(table: Table) -> str:
    """Rows of one key take turns, oldest first. Where rows replace each other whole, only the newest has one."""
    identity = ", ".join(quoted(column) for column in _identity(table))
    place = (
        f"row_number() over (partition by {identity} order by as_of, source_line, source_sha)"
        if table.keeps
        else f"case when row_number() over (partition by {identity} "
        "order by as_of desc, source_line desc, source_sha desc) = 1 then 1 else 0 end"
    )
    return f"create or replace temp table arrival as select *, {place} as place from passed.{table.name}"


def _whole_statements(table: Table) -> list[str]:
    """Of a group that comes whole, only the newest counts: older arrivals wait in vain, older rows go."""
    group = ", ".join(table.whole)
    latest = " and ".join(f"arrival.{name} = latest.{name}" for name in table.whole)
    return [
        f"""
        update arrival set place = 0
        from (
            select {group}, max(as_of) as newest
            from (
                select {group}, as_of from arrival
                union all select {group}, as_of from build.{table.name} semi join arrival using ({group})
            )
            group by {group}
        ) latest
        where {latest} and arrival.as_of < latest.newest
        """,
        f"""
        delete from build.{table.name} b
        using (select {group}, max(as_of) as newest from arrival where place > 0 group by {group}) latest
        where {" and ".join(f"b.{name} = latest.{name}" for name in table.whole)} and b.as_of < latest.newest
          and not exists (select 1 from arrival a where a.place > 0 and {_same(table, "a", "b")})
        """,
    ]


def _turn_statements(table: Table, turn: int) -> list[str]:
    """One row per key meets the build: compare, then replace what is older and different."""
    merged = ", ".join(
        f"{merged_sql(table, column.name, 'b', 'a') if column.name in table.keeps else 'a.' + quoted(column.name)} "
        f"as {quoted(column.name)}"
        for column in table.all_columns
        if column.name != "row_digest"
    )
    return [
        f"""
        create or replace temp table merged as
        select {merged}, b.as_of as held_as_of, b.row_digest as held_digest
        from arrival a left join build.{table.name} b on {_same(table, "a", "b")}
        where a.place = {turn}
        """,
        f"""
        create or replace temp table fresh as
        select * exclude (held_as_of, held_digest)
        from (select *, {digest_sql(table)} as row_digest from merged)
        where held_digest is null or (held_digest <> row_digest and as_of >= held_as_of)
        """,
        f"""
        insert into outcome.row
        select a.source_sha, a.source_part, a.source_line, '{table.name}', f.source_line is not null
        from arrival a
        left join fresh f on {_same(table, "a", "f")} and a.place = {turn}
        where a.place = {turn}{" or a.place = 0" if turn == 1 else ""}
        """,
        f"delete from build.{table.name} b using fresh f where {_same(table, 'b', 'f')}",
        f"insert into build.{table.name} by name select * from fresh",
    ]


def _identity(table: Table) -> tuple[str, ...]:
    return (table.key_column,) if table.key_column else table.unique


def _same(table: Table, one: str, other: str) -> str:
    return " and ".join(
        f"{one}.{quoted(column)} is not distinct from {other}.{quoted(column)}" for column in _identity(table)
    )


def _written(connection: duckdb.DuckDBPyConnection, all_fresh: Sequence[str]) -> dict[tuple[str, str], int]:
    parts = ["select source_sha, table_name, count(*) from outcome.row where is_fresh group by all"]
    parts += [f"select source_sha, '{name}', count(*) from passed.{name} group by all" for name in all_fresh]
    rows = connection.execute(" union all ".join(parts)).fetchall()
    return {(sha, name): count for sha, name, count in rows}


def _duplicates(connection: duckdb.DuckDBPyConnection, all_fresh: Sequence[str]) -> dict[str, int]:
    elsewhere = "".join(f" anti join passed.{name} using ({_WHERE_FROM})" for name in all_fresh)
    rows = connection.execute(
        f"""
        with known as (
            select {_WHERE_FROM} from outcome.row group by all having not bool_or(is_fresh)
        )
        select source_sha, count(*) from known{elsewhere} anti join staged.file_line using (source_sha, source_line)
        group by all
        """
    ).fetchall()
    return dict(rows)


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    ((number,),) = connection.execute(sql).fetchall()
    return int(number)


def retire_form(connection: duckdb.DuckDBPyConnection, guessed: str, declared: str) -> None:
    """Take out what was loaded under a guessed form, now that the form is declared and its file is read anew.

    Answers given outside the declared form's open days stay: another form may share its headings.
    """
    connection.execute(
        """
        delete from build.feedback_answer using (
            select min(opened_on) as opened_on, max(coalesce(closed_on, date '9999-12-31')) as closed_on
            from known.feedback_question where form_code = $declared
        ) open_days
        where form_code = $guessed
          and coalesce(submitted_on between open_days.opened_on and open_days.closed_on, true)
        """,
        {"guessed": guessed, "declared": declared},
    )
    connection.execute(
        "delete from build.feedback_question where form_code = $guessed "
        "and not exists (select 1 from build.feedback_answer where form_code = $guessed)",
        {"guessed": guessed},
    )
