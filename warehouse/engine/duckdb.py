"""DuckDB, as the door sees it: one locked-down reader of one published build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

LONGEST_QUERY_MS = 20_000

_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
    "memory_limit": "1GB",
    "max_temp_directory_size": "2GB",
}


class QueryFailed(Exception):
    """The engine could not answer a query: it is wrong for this build, or it ran too long."""


@dataclass(frozen=True)
class Answer:
    """What a query gave: its columns' names, and its rows in the order it gave them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def as_dicts(self) -> list[dict[str, Any]]:
        """The rows as mappings of column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Reader:
    """A published build, open for reading only: no files, no settings, no network, no endless query.

    Safe to share between threads: every query has a cursor of its own.
    """

    def __init__(self, path: Path) -> None:
        self._connection = duckdb.connect(str(path), read_only=True, config=_LOCKED)
        locked = self._connection.execute("select current_setting('lock_configuration')").fetchone()
        if locked != (True,):
            for setting in (
                f"max_execution_time = {LONGEST_QUERY_MS}",
                "TimeZone = 'UTC'",
                "lock_configuration = true",
            ):
                self._connection.execute(f"set global {setting}")

    def query(self, sql: str, parameters: Mapping[str, object] | Sequence[object] = ()) -> Answer:
        """Every row of one select. Raises QueryFailed, whose words hold the SQL's fault and no row."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql, dict(parameters) if isinstance(parameters, Mapping) else list(parameters))
            rows = tuple(cursor.fetchall())
            return Answer(tuple(column[0] for column in cursor.description or ()), rows)
        except duckdb.Error as error:
            raise QueryFailed(f"{type(error).__name__}: {str(error).splitlines()[0]}") from error
        finally:
            cursor.close()

    def close(self) -> None:
        """Let the file go. A later query fails."""
        self._connection.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
