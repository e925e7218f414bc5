"""A store small enough to read: tables filled from rows written out in the test, and the models over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pytest

from warehouse.build import make_models
from warehouse.tables import create_sql, tables


class SmallStore:
    """Real tables and models on real DuckDB. A column that the rows do not name stays empty."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        for table in tables().values():
            connection.execute(create_sql(table).replace(" not null", ""))

    def given(self, table: str, *lines: str) -> None:
        """Rows as `| a | b |`, the first line naming the columns; an empty cell is empty."""
        header, *rows = [self.cells(line) for line in lines]
        types = {column.name: column.type for column in tables()[table].all_columns}
        names = ", ".join(f'"{name}"' for name in header)
        values = ", ".join(f"cast(? as {types[name]})" for name in header)
        for row in rows:
            self.connection.execute(f"insert into {table} ({names}) values ({values})", [cell or None for cell in row])

    def model(self) -> None:
        """Make every model over what was given."""
        make_models(self.connection)

    def rows(self, sql: str, parameters: object = None) -> list[tuple[object, ...]]:
        """What a select gives."""
        return self.connection.execute(sql, parameters).fetchall()

    def clear(self) -> None:
        """Empty every table."""
        for table in tables().values():
            self.connection.execute(f"delete from {table.name}")

    @staticmethod
    def cells(line: str) -> Sequence[str]:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]


@pytest.fixture(scope="module")
def _made_store() -> Iterator[SmallStore]:
    with duckdb.connect() as connection:
        yield SmallStore(connection)


@pytest.fixture
def store(_made_store: SmallStore) -> SmallStore:
    """An empty small store."""
    _made_store.clear()
    return _made_store
