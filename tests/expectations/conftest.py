"""A small world that keeps every rule: the examples of all suites, as if the last build held them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import duckdb
import pytest

from expectations.catalogue import suites
from expectations.check import Verdict, check
from warehouse.tables import quoted, tables

TODAY = date(2026, 7, 1)
PEOPLE = ("P-PARTNER1", "P-PARTNER2", "P-PARTNER3", "P-CLIENT01", "P-CLIENT02")


class World:
    """A run's connection with its schemas `staged` and `known`."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        for schema in ("earlier", "staged", "known"):
            self.connection.execute(f"create schema {schema}")
        for table in tables().values():
            if table.made_by_build:
                continue
            columns = ", ".join(f"{quoted(column.name)} {column.type}" for column in table.all_columns)
            names = ", ".join(quoted(column.name) for column in table.all_columns)
            self.connection.execute(f"create table earlier.{table.name} ({columns})")
            self.connection.execute(f"create table staged.{table.name} ({columns}, unread text)")
            self.connection.execute(
                f"create view known.{table.name} as select {names} from earlier.{table.name} "
                f"union all select {names} from staged.{table.name}"
            )
        self.connection.execute("create table known.person (person_key text)")
        self.connection.executemany("insert into known.person values (?)", [[key] for key in PEOPLE])

    def remember(self) -> None:
        """Put every suite's example into the build."""
        for suite in suites().values():
            for line, row in enumerate((suite.example, *suite.also), start=1):
                self._insert("earlier", suite.table, {"source_sha": "an earlier file", "source_line": line, **row})

    def stage(self, table: str, file: str, place: int, row: Mapping[str, object]) -> None:
        """Stage one row; `place` is its record's line in the file."""
        where = {"source_sha": file, "source_line": place}
        self._insert("staged", table, {**where, "unread": "", **row})

    def stage_example(self, table: str, file: str, place: int, **changes: object) -> None:
        """Stage the suite's example with some changes."""
        self.stage(table, file, place, {**suites()[table].example, **changes})

    def check(self, *names: str) -> Verdict:
        """Check the staged tables named."""
        return check(self.connection, names, TODAY)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What a select gives."""
        return self.connection.execute(sql).fetchall()

    def _insert(self, schema: str, table: str, given: Mapping[str, object]) -> None:
        row = {"source_part": "", "as_of": TODAY, "run_id": "r", "is_void": False, **given}
        names = ", ".join(quoted(column) for column in row)
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"insert into {schema}.{table} ({names}) values ({marks})", list(row.values()))


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.connection.close()
