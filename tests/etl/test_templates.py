"""Every template that is declared, by discovery: its example reads, its headings are known, its sheet comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from etl.errors import UsageError
from etl.reading import Document, Row, Sheet
from etl.template import likeness, parse, recognise_template, template_for, templates
from etl.template_workbook import write_template
from etl.text import read_document, sha256_of
from tests.etl.template_room import room, sheet, staged
from warehouse.tables import tables

NAMES = sorted(templates())
# A decision takes its pair's score and reason from the pair, which is not there.
DECIDING = {"duplicates"}

DECLARATION = """
title = "Things"
one_record_is = "one thing"
tables = ["cohort"]

[[column]]
heading = "Code"
to = "cohort_code"
kind = "ref"
example = "C-1"
"""


Rows = list[dict[str, object]]


@dataclass(frozen=True)
class Given:
    """What one file gave: its counts, notices and the rows of every table, the private ones among them."""

    counts: tuple[int, int]
    codes: list[str]
    rows: dict[str, Rows]


def _given(folder: Path, write: Callable[[str, Path], None], ending: str) -> dict[str, Given]:
    """One file of every template, all staged in one room."""
    paths = [folder / f"{name}{ending}" for name in NAMES]
    for name, path in zip(NAMES, paths, strict=True):
        write(name, path)
    found = {}
    with room(folder / "work.duckdb") as connection:
        for stage, path in zip(staged(connection, *paths), paths, strict=True):
            sha256 = sha256_of(path)
            rows = {part: stage.private(part).to_dicts() for part in stage.template.private}
            for table in stage.template.tables:
                select = f"select * exclude (source_sha, source_part) from staged.{table} where source_sha = '{sha256}'"
                rows[table] = connection.sql(select).pl().to_dicts()
            codes = [message.code for message in stage.messages]
            found[stage.template.name] = Given((stage.read, stage.ignored()), codes, rows)
    return found


@pytest.fixture(scope="module")
def from_csv(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Given]:
    """The example of every template, marked as no example, in CSV."""
    return _given(tmp_path_factory.mktemp("csv"), _in_csv, ".csv")


@pytest.fixture(scope="module")
def from_excel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Given]:
    """The same in the workbook that Voices writes: only "Entered in error?" is filled in."""
    return _given(tmp_path_factory.mktemp("xlsx"), _filled_in, ".xlsx")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Given]:
    """The workbooks as Voices writes them."""
    return _given(tmp_path_factory.mktemp("untouched"), write_template, ".xlsx")


def _filled_in(name: str, path: Path) -> None:
    write_template(name, path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(row=2, column=len(templates()[name].columns)).value = "no"
    book.save(path)
    book.close()


def _in_csv(name: str, path: Path) -> None:
    sheet(path, name, {})


@pytest.mark.parametrize("name", NAMES)
def test_the_example_row_fills_every_required_column_of_its_tables(name: str, from_csv: dict[str, Given]) -> None:
    given = from_csv[name]
    assert given.counts == (1, 0)
    assert any(given.rows.values())
    for table, rows in given.rows.items():
        required = [column.name for column in tables()[table].columns if column.required] if table in tables() else []
        for row in rows:
            assert (row["unread"], row["source_line"], row["is_void"]) == ("", 2, False)
            empty = [column for column in required if row[column] is None]
            assert not empty or name in DECIDING, f"{table}: {empty}"


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_filled_in_excel_reads_as_the_same_sheet_in_csv(
    name: str, from_excel: dict[str, Given], from_csv: dict[str, Given]
) -> None:
    assert from_excel[name] == from_csv[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_made_up_example_itself_is_left_out_and_said_so(name: str, untouched: dict[str, Given]) -> None:
    assert untouched[name].counts == (1, 1)
    assert untouched[name].codes == ["example-row"]
    assert not any(untouched[name].rows.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_coded_cell_of_the_workbook_has_its_drop_down(name: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    write_template(name, path)
    page = openpyxl.load_workbook(path).worksheets[0]
    lists = {
        str(rule.sqref).split(":", maxsplit=1)[0]: rule.formula1.strip('"').split(",")
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    for at, column in enumerate(templates()[name].columns, start=1):
        if column.choices and column.kind != "multi":
            assert lists[page.cell(row=2, column=at).coordinate] == list(column.choices)


def test_no_two_templates_are_taken_for_each_other() -> None:
    for name, template in templates().items():
        required = tuple(column.heading for column in template.columns if column.required)
        for headings in (template.headings, required):
            assert recognise_template(_document(headings)) == name


def test_a_sheet_with_one_renamed_column_is_still_recognised() -> None:
    headings = [heading.replace("Claim complete", "Complete") for heading in templates()["claims"].headings]
    assert recognise_template(_document(tuple(headings))) == "claims"


def test_headings_are_compared_without_case_blanks_hints_and_question_marks() -> None:
    events = templates()["events"]
    typed = tuple(f"  {heading.upper()} " for heading in events.headings)
    assert likeness(events, typed) > 1
    assert likeness(events, tuple(heading.replace(" (dd/mm/yyyy hh:mm)", "") for heading in events.headings)) > 1


def test_an_unrelated_sheet_is_no_template() -> None:
    assert recognise_template(_document(("Ticket", "Colour", "Weight"))) is None
    assert recognise_template(_document(("Person", "Ticket", "Colour", "Weight"))) is None


def test_a_template_is_found_by_its_name_and_by_its_table() -> None:
    assert template_for("claims").name == "claims"
    assert template_for("template_claims").name == "claims"
    assert template_for("payment").name == "claims"
    assert template_for("pathway_stage").name == "journeys"
    assert template_for("activity_attendance").name == "attendance"
    assert template_for("Paper register").name == "paper_register"


def test_an_unknown_template_is_wrong_usage_that_lists_the_names() -> None:
    with pytest.raises(UsageError, match=r"There is no template called 'sandwiches'.*claims.*cohorts"):
        template_for("sandwiches")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('kind = "ref"', 'kind = "colour"'), "there is no kind colour"),
        (('tables = ["cohort"]', 'tables = ["cohorte"]'), "cohorte"),
        (('to = "cohort_code"', 'to = "entered"'), "Code: say in a note"),
        (('heading = "Code"', 'heading = "Entered in error"'), "two columns have one heading"),
    ],
)
def test_a_declaration_that_cannot_be_right_is_named(change: tuple[str, str], complaint: str) -> None:
    assert parse("things", DECLARATION).title == "Things"
    with pytest.raises((ValueError, KeyError), match=complaint):
        parse("things", DECLARATION.replace(*change))


def test_a_written_template_is_the_same_file_every_time(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_template("claims", tmp_path / name)
    one, two = (read_document(tmp_path / name) for name in ("one.xlsx", "two.xlsx"))
    assert one.sha256 == two.sha256


def _document(headings: tuple[str, ...]) -> Document:
    return Document("x.csv", "", "csv", "utf-8", (Sheet("", (Row(1, headings),)),), Path("x.csv"))
