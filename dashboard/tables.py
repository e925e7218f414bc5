"""The table behind every chart: the same protected values, on the page and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard import words
from warehouse.released import Cell

SHOWN = "shown"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(row: Mapping[str, str | Cell], name: str) -> Cell:
    """A figure of a released row; one that the metric never counted reads as not recorded."""
    found = row.get(name)
    return found if isinstance(found, Cell) else Cell(None)


def amount(found: Cell) -> float:
    """The figure of a cell as a number; 0 where it is not shown, so ask `withheld` first."""
    return float(found.value) if isinstance(found.value, int | float) else 0.0


def group(row: Mapping[str, str | Cell], name: str) -> str:
    """A group of a released row as it is stored."""
    found = row.get(name, "")
    return found if isinstance(found, str) else ""


@dataclass(frozen=True)
class Entry:
    """One place in a table: what is read, what a spreadsheet gets, and whether it is shown.

    value is None where the figure is withheld; status then says so in words.
    """

    text: str
    value: float | int | str | None
    status: str = SHOWN


def entry(cell: Cell | str | None, say: Callable[[float | int], str] = words.number) -> Entry:
    """The entry of a released cell: said by `say` when it is a number, in words when it is withheld."""
    if cell is None:
        return Entry(words.NOT_RECORDED, None, words.NOT_RECORDED)
    if isinstance(cell, str):
        return Entry(cell, cell)
    if cell.value is None:
        held = words.withheld(cell)
        return Entry(held, None, held)
    if isinstance(cell.value, str):
        return Entry(cell.value, cell.value)
    return Entry(say(cell.value), cell.value)


@dataclass(frozen=True)
class Table:
    """At most four columns, so that it fits a phone; the first names the row.

    words: True when the other columns hold text, which is then set left and not as numbers.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    words: bool = False


def table(columns: Sequence[str], rows: Sequence[Sequence[Entry | str]], *, text: bool = False) -> Table:
    """A table whose plain strings are entries that are shown."""
    return Table(
        tuple(columns),
        tuple(tuple(Entry(place, place) if isinstance(place, str) else place for place in row) for row in rows),
        text,
    )


def as_csv(found: Table, footnotes: Sequence[str]) -> bytes:
    """The table for a spreadsheet: numbers bare, withheld places empty with their words in `status`.

    Text that a spreadsheet would run as a formula is made plain with an apostrophe. UTF-8 with a mark, so
    that Excel reads pound signs.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*map(_neutral, found.columns), "status"])
    for row in found.rows:
        held = dict.fromkeys(place.status for place in row if place.status != SHOWN)
        writer.writerow([*(_neutral(place.value) for place in row), "; ".join(held) or SHOWN])
    writer.writerow([])
    for line in footnotes:
        writer.writerow([_neutral(line)])
    return out.getvalue().encode("utf-8-sig")


def _neutral(value: float | int | str | None) -> float | int | str:
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
