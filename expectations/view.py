"""The view of one staged table that is judged: its rows, and a true/false column for each rule written in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from string import Template

import duckdb

from expectations.rule import Filled, Holds, Rule

PLACE = ("source_sha", "source_part", "source_line")
_NOT_SAID_BY_THE_ROW = (*PLACE, "as_of", "run_id", "row_digest", "unread")


class JudgedView:
    """`checking.<name>` over `staged.<table>`. Rule number n, where it is SQL, is its column `ok_n`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: str, name: str, rules: Sequence[Rule], today: date
    ) -> None:
        self.name = name
        self._connection = connection
        self._table = table
        columns = connection.execute(f"describe staged.{table}").fetchall()
        texts = {column for column, kind, *_ in columns if kind == "VARCHAR"}
        filled = {rule.expectation.column for rule in rules if isinstance(rule.expectation, Filled)} & texts
        emptied = ", ".join(f"nullif(r.{column}, '') as {column}" for column in sorted(filled))
        self._rows = f"r.* replace ({emptied})" if emptied else "r.*"
        said = ", ".join(f'"{column}"' for column, *_ in columns if column not in _NOT_SAID_BY_THE_ROW)
        self._words = {
            "rows": f"staged.{table}",
            "values": f"hash({said})",
            "today": f"date '{today.isoformat()}'",
        }
        self._judged = {number: self._column(number, rule.expectation) for number, rule in enumerate(rules)}

    def make(self) -> None:
        """Make the view with every rule's column."""
        self._create([column for column in self._judged.values() if column])

    def narrow(self, number: int) -> None:
        """Make it again with one rule's column, so that finding the rows that break it costs only its own work."""
        self._create([column for column in (self._judged[number],) if column])

    def _create(self, judged: Sequence[str]) -> None:
        self._connection.execute(
            f"create or replace view checking.{self.name} as "
            f"select {', '.join([self._rows, *judged])} from staged.{self._table} r"
        )

    def _column(self, number: int, expectation: object) -> str | None:
        if not isinstance(expectation, Holds):
            return None
        words = {**self._words, "aside": f"checking.{self.name}_aside_{number}"}
        if expectation.aside:
            aside = Template(expectation.aside).substitute(words)
            self._connection.execute(f"create or replace table {words['aside']} as {aside}")
        return f"({Template(expectation.sql).substitute(words)}) as ok_{number}"
