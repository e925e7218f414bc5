"""Headings of columns: compared without case, stars or doubled blanks, and found by name, never by place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl import wording
from etl.reading import Document, Row

HEADER_WITHIN = 30


def fold(heading: str) -> str:
    """The heading as it is compared: as any wording is, and without the stars that mark what has to be filled."""
    return wording.fold(heading.replace("*", " "))


@dataclass(frozen=True)
class Header:
    """A row of headings, and where each one stands."""

    row: Row

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The folded headings in order; an empty cell is ''."""
        return tuple(fold(cell) for cell in self.row.cells)

    @cached_property
    def width(self) -> int:
        """How many columns have a heading, counted to the last one that has."""
        return max((at + 1 for at, name in enumerate(self.names) if name), default=0)

    def has(self, *names: str) -> bool:
        """True when every one of these (folded) headings is there."""
        return set(names) <= set(self.names)

    def place(self, *names: str) -> int | None:
        """Where the first of these headings that is there stands, or None."""
        order = self.names
        return next((order.index(name) for name in names if name in order), None)


def cell(row: Row, place: int | None) -> str:
    """The trimmed text at this place; '' when the column or the cell is not there."""
    if place is None or place >= len(row.cells):
        return ""
    return row.cells[place].replace("\xa0", " ").strip()


def find_header(rows: Sequence[Row], is_header: Callable[[Header], bool], within: int = HEADER_WITHIN) -> Header | None:
    """The first of the first `within` rows that is the header looked for."""
    for row in rows[:within]:
        header = Header(row)
        if is_header(header):
            return header
    return None


def first_sheet(document: Document, is_right: Callable[[Sequence[Row]], bool]) -> Sequence[Row] | None:
    """The rows of the first sheet that is right, or None: a workbook may hold other sheets as well."""
    return next((sheet.rows for sheet in document.sheets if is_right(sheet.rows)), None)
