"""Lets Great Expectations work inside the run's own DuckDB connection.

Three things stand between them. The engine drops a result before it is read unless it is buffered; it asks
PostgreSQL's catalogue for columns, which DuckDB has only in part; and it begins, rolls back and closes a
connection that is not its to close.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import duckdb_engine
import sqlalchemy
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg2 import PGExecutionContext_psycopg2
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

URL = "duckdb+buffered://"


class _Buffered(PGExecutionContext_psycopg2):
    def post_exec(self) -> None:
        if self.cursor.description:
            rows = self.cursor.fetchall()
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(self.cursor, initial_buffer=rows)


def _columns(
    _dialect: object, connection: Any, table_name: str, schema: str | None = None, **_: object
) -> list[dict[str, object]]:
    found = connection.exec_driver_sql(f'describe "{schema}"."{table_name}"').fetchall()
    return [
        {"name": str(row[0]), "type": sqlalchemy.types.NullType(), "nullable": True, "default": None} for row in found
    ]


def _no_key(*_: object, **__: object) -> dict[str, object]:
    return {"constrained_columns": [], "name": None}


def _leave_alone(*_: object) -> None:
    """The connection and its transaction belong to the run."""


# Made by calling `type` because the untyped base class cannot be subclassed under strict typing.
DuckDBBuffered = type(
    "DuckDBBuffered",
    (duckdb_engine.Dialect,),
    {
        "supports_statement_cache": False,
        "execution_ctx_cls": _Buffered,
        "get_columns": _columns,
        "get_pk_constraint": _no_key,
        "do_begin": _leave_alone,
        "do_rollback": _leave_alone,
        "do_commit": _leave_alone,
        "do_close": _leave_alone,
    },
)
registry.register("duckdb.buffered", __name__, "DuckDBBuffered")


def sharing(connection: duckdb.DuckDBPyConnection) -> Callable[[], Any]:
    """What SQLAlchemy calls to get a connection: always the run's own."""
    return lambda: duckdb_engine.ConnectionWrapper(connection)
