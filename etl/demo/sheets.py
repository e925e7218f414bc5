"""Writing tables as the tools and the charity's templates do: CSV and XLSX, the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

Cell = str | int | bool | Decimal | date | datetime | time | None
FIXED = datetime.fromisoformat("2020-01-01")  # the same bytes every time
BOM = b"\xef\xbb\xbf"


@dataclass
class Table:
    """One file with a heading row: its name without ending, headings and rows."""

    name: str
    headings: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)


_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    bool: lambda cell: "yes" if cell else "no",
    type(None): lambda _: "",
    datetime: lambda cell: f"{cell:%d/%m/%Y %H:%M}",
    date: lambda cell: f"{cell.day:02d}/{cell.month:02d}/{cell.year}",
    time: lambda cell: f"{cell:%H:%M}",
    Decimal: lambda cell: f"{cell:.2f}",
}


def text(cell: Cell) -> str:
    """The cell as a template wants it typed: days dd/mm/yyyy, yes or no, pounds without a sign."""
    return _WRITTEN[type(cell)](cell)


def write_rows(path: Path, rows: Iterable[Sequence[str]], *, bom: bool = False, ending: str = "\r\n") -> None:
    """A CSV file of ready text."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=ending).writerows(rows)
    path.write_bytes((BOM if bom else b"") + buffer.getvalue().encode())


def write_csv(folder: Path, table: Table) -> None:
    """A template as CSV."""
    rows: list[Sequence[str]] = [list(table.headings)]
    rows += [[text(cell) for cell in row] for row in table.rows]
    write_rows(folder / f"{table.name}.csv", rows)


def write_xlsx(folder: Path, table: Table, *, sheet: str = "Sheet1", when: str = "dd/mm/yyyy hh:mm") -> None:
    """A template, or a form's export, as one sheet with real dates and numbers in its cells."""
    book = xlsxwriter.Workbook(folder / f"{table.name}.xlsx", {"in_memory": True})
    book.set_properties({"created": FIXED})
    page = book.add_worksheet(sheet)
    moment = book.add_format({"num_format": when})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    money = book.add_format({"num_format": "0.00"})
    page.write_row(0, 0, table.headings)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(number, column, cell, moment)
            elif isinstance(cell, date):
                page.write_datetime(number, column, cell, day)
            elif isinstance(cell, Decimal):
                page.write_number(number, column, float(cell), money)
            elif isinstance(cell, int) and not isinstance(cell, bool):
                page.write_number(number, column, cell)
            elif cell not in (None, ""):
                page.write_string(number, column, text(cell))
    book.close()
