"""Where one run works: a temporary work file with the new build beside it, out of every reader's sight."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.stage import make_room
from warehouse.build import make_tables

MEMORY = "900MB"


@contextmanager
def workshop(work_file: Path, build_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose main database is an empty work file, with `build_file` attached as `build`.

    Memory is bounded: what does not fit goes to disk beside the work file. The work file is gone afterwards.
    """
    connection = open_work(work_file)
    try:
        connection.execute(f"attach '{_quoted(build_file)}' as build")
        make_tables(connection, "build")
        make_room(connection)
        yield connection
    finally:
        connection.close()
        work_file.unlink(missing_ok=True)
        work_file.with_name(work_file.name + ".wal").unlink(missing_ok=True)


def open_work(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-write connection with our limits, that reaches for nothing outside this machine."""
    connection = duckdb.connect(
        path,
        config={
            "memory_limit": MEMORY,
            "threads": os.cpu_count() or 1,
            "temp_directory": str(path.with_name(path.name + ".tmp")),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
        },
    )
    connection.execute("set enable_progress_bar = false")  # it would draw on stdout, where only answers go
    return connection


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
