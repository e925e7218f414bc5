"""The table of a card, and the CSV that carries the same protected values."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard import words
from dashboard.tables import as_csv, entry, table
from warehouse.released import Cell


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_withheld_place_is_empty_in_the_csv_and_its_status_says_so() -> None:
    found = table(("Region", "People"), [("London", entry(Cell(14))), ("South West", entry(Cell(None, "small")))])

    assert _rows(as_csv(found, []))[:3] == [
        ["Region", "People", "status"],
        ["London", "14", "shown"],
        ["South West", "", "held back"],
    ]


def test_the_csv_ends_with_its_definition_and_sources() -> None:
    rows = _rows(as_csv(table(("A", "B"), []), ["What this counts: people", "Sources: 2 files"]))

    assert rows[-2:] == [["What this counts: people"], ["Sources: 2 files"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_text_that_a_spreadsheet_would_run_is_made_plain(start: str) -> None:
    found = table(("Event", "Came"), [(f"{start}1+1", entry(Cell(3)))])

    rows = _rows(as_csv(found, [f"{start}note"]))
    assert rows[1][0].startswith("'")
    assert rows[-1][0].startswith("'")


def test_numbers_are_bare_in_the_csv_and_said_on_the_page() -> None:
    place = entry(Cell(1234.5), words.money)

    assert (place.text, place.value) == ("£1,234", 1234.5)


def test_a_figure_never_counted_reads_as_not_recorded() -> None:
    assert entry(None).text == "not recorded"
    assert entry(Cell(None)).text == "not recorded"
