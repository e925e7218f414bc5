"""What a build holds, as one digest per table: equal digests mean equal rows, in whatever order they were written."""

from __future__ import annotations

from pathlib import Path

import duckdb

# When a run happened, and what it was called, differs between two runs that did the same.
_OF_THE_RUN = {"run_id", "as_of", "started_at", "ended_at", "build_no", "released_on"}


def content(home: Path, *, whole: bool = False) -> dict[str, str]:
    """Table -> digest of its ordered rows, of the published build. `whole` keeps what differs from run to run."""
    pointer = (home / "store" / "CURRENT").read_text(encoding="utf-8")
    build = home / "store" / pointer.split('"build": "')[1].split('"')[0]
    with duckdb.connect(build, read_only=True) as connection:
        tables = [
            name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
        ]
        return {table: _digest(connection, table, whole=whole) for table in tables}


def _digest(connection: duckdb.DuckDBPyConnection, table: str, *, whole: bool) -> str:
    columns = [
        f'coalesce(cast("{name}" as text), chr(0))'
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() where table_name = ? order by column_index", [table]
        ).fetchall()
        if whole or name not in _OF_THE_RUN
    ]
    found = connection.execute(
        f"select count(*) || ' ' || coalesce(md5(string_agg(line, chr(10) order by line)), '') "
        f"from (select concat_ws('|', {', '.join(columns)}) as line from {table})"
    ).fetchone()
    return str(found[0]) if found else ""
