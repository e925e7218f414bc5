"""Makes a build whole: its tables, its derived models, and which files each table's rows came from."""

from __future__ import annotations

import re
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files

import duckdb

from warehouse.tables import create_sql, tables

_KEPT_AS = re.compile(r"^-- kept as: (view|table)$", re.MULTILINE)


def make_tables(connection: duckdb.DuckDBPyConnection, database: str) -> None:
    """Make every canonical table that the database does not have yet, empty."""
    present = {
        name
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = ?", [database]
        ).fetchall()
    }
    for table in tables().values():
        if table.name not in present:
            connection.execute(create_sql(table, f"{database}.main"))


def make_models(connection: duckdb.DuckDBPyConnection) -> None:
    """Make every model anew over the build that the connection has open as its main database."""
    for name in reversed(model_order()):
        connection.execute(f"drop {_held_as(connection, name)} if exists {name} cascade")
    for name in model_order():
        text = models()[name]
        connection.execute(f"create {kept_as(name)} {name} as {text}")


def make_lineage(connection: duckdb.DuckDBPyConnection) -> None:
    """Count, for every table, the rows that each source file gave it."""
    connection.execute("delete from table_source")
    for table in tables().values():
        if not table.made_by_build:
            connection.execute(
                f"insert into table_source select '{table.name}', source_sha, count(*) from {table.name} group by all"
            )


@cache
def models() -> dict[str, str]:
    """Every model's select by name."""
    folder = files("warehouse") / "models"
    return {
        entry.name.removesuffix(".sql"): entry.read_text("utf-8").rstrip().rstrip(";")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".sql")
    }


@cache
def model_order() -> tuple[str, ...]:
    """The models' names, each after those it reads."""
    names = set(models())
    reads = {name: (set(re.findall(r"\w+", _code(text))) & names) - {name} for name, text in models().items()}
    return tuple(TopologicalSorter(reads).static_order())


def kept_as(name: str) -> str:
    """ "view" or "table": what the model's own header says. ValueError when it says neither."""
    found = _KEPT_AS.search(models()[name])
    if found is None:
        raise ValueError(f"warehouse/models/{name}.sql: say `-- kept as: view` or `-- kept as: table`")
    return found.group(1)


def _held_as(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    is_view = connection.execute("select 1 from duckdb_views() where view_name = ? and not internal", [name]).fetchall()
    return "view" if is_view else "table"


def _code(text: str) -> str:
    return re.sub(r"--[^\n]*", "", text)
