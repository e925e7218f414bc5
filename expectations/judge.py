"""Asks Great Expectations, inside DuckDB, which rules of one table are broken.

Each rule becomes one expectation. A rule written in SQL becomes a true/false column of the view that is judged,
expected to be true: so Great Expectations answers all of a table's rules in one pass over its rows.
"""

from __future__ import annotations

import importlib
import logging
import os
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb

from expectations.rule import Between, Bound, Filled, FromToday, Holds, OneOf, Rule
from expectations.view import PLACE, JudgedView

_RESULT_FORMAT = {
    "result_format": "BOOLEAN_ONLY",
    "return_unexpected_index_query": True,
    "unexpected_index_column_names": list(PLACE),
}
_LOUD = ("great_expectations", "sqlalchemy")


class CheckBroken(Exception):
    """The check itself failed, not the data: a bug of ours. Names the table and rule, never a value."""

    def __init__(self, table: str, rule: str) -> None:
        super().__init__(f"Rule {rule} of table {table} could not be checked. This is a fault of the program.")
        self.table = table
        self.rule = rule


class Judge:
    """Judges staged tables of one connection. Make one for a run: starting Great Expectations takes seconds."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, today: date) -> None:
        self._connection = connection
        self._today = today
        self._views = 0
        connection.execute("create schema if not exists checking")
        with quiet():
            self._gx, self._source = _great_expectations(connection)

    def broken(self, table: str, rules: Sequence[Rule]) -> Iterator[tuple[Rule, str]]:
        """Each rule that is broken, with SQL for the place (and the judged column) of every row that breaks it.

        Run the SQL before asking for the next one. CheckBroken when a rule cannot be decided.
        """
        self._views += 1
        answered: dict[str, str | None] = {}
        # What went wrong may quote a value, so it goes no further than this.
        with suppress(duckdb.Error):
            view = JudgedView(self._connection, table, f"{table}_{self._views}", rules, self._today)
            view.make()
            with quiet():
                answered = self._ask(view.name, rules)
        undecided = [rule for rule in rules if rule.id not in answered]
        if undecided:
            raise CheckBroken(table, self._culprit(table, undecided))
        for number, rule in enumerate(rules):
            query = answered[rule.id]
            if query is not None:
                view.narrow(number)
                yield rule, query

    def _ask(self, view: str, rules: Sequence[Rule]) -> dict[str, str | None]:
        """Rule id -> SQL of the rows that break it, None when none does; a rule that errs is left out."""
        expectations = [self._expectation(number, rule) for number, rule in enumerate(rules)]
        asset = self._source.add_table_asset(view, table_name=view, schema_name="checking")
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        suite = self._gx.ExpectationSuite(name=view, expectations=expectations)
        answered: dict[str, str | None] = {}
        for result in batch.validate(suite, result_format=_RESULT_FORMAT).results:
            if result.exception_info.get("raised_exception") is False:
                query = result.result["unexpected_index_query"].rstrip("; \n")
                answered[result.expectation_config.meta["rule"]] = None if result.success else query
        return answered

    def _expectation(self, number: int, rule: Rule) -> Any:
        expect, meta = self._gx.expectations, {"rule": rule.id}
        match rule.expectation:
            case Filled(column):
                return expect.ExpectColumnValuesToNotBeNull(column=column, meta=meta)
            case OneOf(column, values):
                return expect.ExpectColumnValuesToBeInSet(column=column, value_set=list(values), meta=meta)
            case Between(column, low, high):
                low_value, high_value = self._bound(low), self._bound(high)
                if isinstance(low_value, datetime) and not isinstance(high_value, datetime):
                    high_value = datetime.combine(high_value, time())
                return expect.ExpectColumnValuesToBeBetween(
                    column=column, min_value=low_value, max_value=high_value, meta=meta
                )
            case Holds():
                return expect.ExpectColumnValuesToBeInSet(column=f"ok_{number}", value_set=[True], meta=meta)

    def _bound(self, bound: Bound) -> Any:
        return self._today + timedelta(days=bound.days) if isinstance(bound, FromToday) else bound

    def _culprit(self, table: str, undecided: Sequence[Rule]) -> str:
        """One rule that errs spoils the shared pass; find it by asking each alone."""
        for rule in undecided:
            try:
                JudgedView(self._connection, table, f"{table}_alone", [rule], self._today).make()
                if isinstance(rule.expectation, Holds):
                    self._connection.execute(f"select count(ok_0) from checking.{table}_alone").fetchall()
            except duckdb.Error:
                return rule.id
        return undecided[0].id


@contextmanager
def getting_ready() -> Iterator[None]:
    """Load the library beside whatever the block does: it takes seconds, and the first check needs it."""
    loading = threading.Thread(target=_load, daemon=True)
    with quiet():
        loading.start()
        try:
            yield
        finally:
            loading.join()


def _load() -> None:
    with suppress(Exception):  # the check imports it again, and says what is wrong
        importlib.import_module("great_expectations")


def _great_expectations(connection: duckdb.DuckDBPyConnection) -> tuple[Any, Any]:
    """The library and a data source that is this connection. Imported here, because it takes seconds."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations
    from sqlalchemy.pool import StaticPool

    from expectations.dialect import URL, sharing

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    engine = {"creator": sharing(connection), "poolclass": StaticPool}
    source = context.data_sources.add_sql("run", connection_string=URL, kwargs=engine, create_temp_table=False)
    return great_expectations, source


@contextmanager
def quiet() -> Iterator[None]:
    """The library's log may hold values and its warnings are not ours: neither reaches anybody."""
    loud = [logging.getLogger(name) for name in _LOUD]
    levels = [logger.level for logger in loud]
    for logger in loud:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loud, levels, strict=True):
            logger.setLevel(level)
