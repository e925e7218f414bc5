"""What one cell of a template means, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.template import Column
from etl.template_kinds import value_sql
from tests.etl.template_room import one_row


@pytest.fixture(scope="module")
def calculator() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads single cells."""
    with duckdb.connect() as connection:
        connection.execute("create macro to_utc(clock) as timezone('UTC', timezone('Europe/London', clock))")
        yield connection


def _read(calculator: duckdb.DuckDBPyConnection, kind: str, text: str) -> object:
    choices = ("coach", "hear_more") if kind in {"multi", "code"} else ()
    column = Column("Heading", "name", kind, "", required=False, note="x", choices=choices)
    (value,) = one_row(calculator, f"select {value_sql(column, 'said')} from (select $${text}$$ as said)")
    return value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("day", "03/02/2026", date(2026, 2, 3)),
        ("day", "3/2/2026", date(2026, 2, 3)),
        ("day", "2026-02-03", date(2026, 2, 3)),
        ("day", "2026-02-03 00:00:00", date(2026, 2, 3)),
        ("day", "29/02/2025", None),
        ("day", "12/31/2026", None),
        ("day", "03/02/26", None),
        ("day", "03/02/1899", None),
        ("day", "soon", None),
        ("moment", "12/05/2026 10:00", datetime.fromisoformat("2026-05-12T09:00")),
        ("moment", "12/01/2026 10:00", datetime.fromisoformat("2026-01-12T10:00")),
        ("moment", "2026-05-12 10:00:00", datetime.fromisoformat("2026-05-12T09:00")),
        ("moment", "12/05/2026", None),
        ("gbp", "60.00", Decimal("60.00")),
        ("gbp", "60", Decimal("60.00")),
        ("gbp", "-60.5", Decimal("-60.50")),
        ("gbp", "£1,800.00", Decimal("1800.00")),
        ("gbp", "1,80", None),
        ("gbp", "60.005", None),
        ("gbp", "6e1", None),
        ("gbp", "60,00", None),
        ("int", "14", 14),
        ("int", "14.0", 14),
        ("int", "14.5", None),
        ("int", "-1", None),
        ("hours", "1.25", Decimal("1.25")),
        ("hours", "-1.25", None),
        ("num", "95.5", Decimal("95.5000")),
        ("yes_no", "Yes", True),
        ("yes_no", "FALSE", False),
        ("yes_no", "perhaps", None),
        ("code", "Hear more", "hear_more"),
        ("code", "hear_more", "hear_more"),
        ("multi", "Coach; hear more", ";coach;hear_more;"),
        ("multi", "coach;", ";coach;"),
        ("multi", "coach; dance", None),
        ("ref", "cl-0204", "CL-0204"),
        ("person", "A.Sample@Example.org", "a.sample@example.org"),
        ("person", "p-7k3qxwbd", "P-7K3QXWBD"),
    ],
)
def test_a_cell_means_what_its_kind_says_or_nothing(
    calculator: duckdb.DuckDBPyConnection, kind: str, text: str, value: object
) -> None:
    assert _read(calculator, kind, text) == value


def test_a_clock_is_read_to_the_minute(calculator: duckdb.DuckDBPyConnection) -> None:
    assert str(_read(calculator, "clock", "14:05")) == "14:05:00"
    assert _read(calculator, "clock", "2 pm") is None


@settings(max_examples=100, deadline=None)
@given(pounds=st.decimals(min_value=Decimal("-9999999.99"), max_value=Decimal("9999999.99"), places=2))
def test_every_sum_of_pounds_and_pence_is_read_as_it_was_written(
    calculator: duckdb.DuckDBPyConnection, pounds: Decimal
) -> None:
    for written in (f"{pounds:.2f}", f"{pounds:,.2f}"):
        assert _read(calculator, "gbp", written) == pounds


@settings(max_examples=100, deadline=None)
@given(day=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_of_the_century_is_read_as_it_was_written(calculator: duckdb.DuckDBPyConnection, day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        assert _read(calculator, "day", written) == day
