"""The real exports, counted a second time by means that share no code with the reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from etl.formats import discover, ms_forms, surveymonkey
from etl.reading import Reading
from etl.text import read_document
from tests.conftest import samples
from tests.etl.exports import context

pytestmark = pytest.mark.samples


def sheet(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        [found] = openpyxl.load_workbook(path).worksheets
        return [["" if cell is None else str(cell) for cell in row] for row in found.iter_rows(values_only=True)]
    content = path.read_bytes().replace(b"\x00", b"")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return list(csv.reader(io.StringIO(text, newline="")))


def folder() -> Path:
    return samples() or Path(__file__).parent / "absent"


def read(tool: ModuleType, path: Path) -> Reading:
    document = read_document(path)
    assert [one.KEY for one in discover() if one.signature(document)] == [tool.KEY]
    reading: Reading = tool.read(document, context())
    return reading


def test_every_line_under_the_headings_of_a_microsoft_form_is_one_respondent() -> None:
    for path in sorted((folder() / "ms_forms").glob("*")):
        printed = sheet(path)
        reading = read(ms_forms, path)
        assert len(reading.records) == sum(any(cell.strip() for cell in row) for row in printed[1:]), path.name
        assert reading.ignored == {}, path.name


def test_every_numbered_line_of_a_survey_is_one_respondent() -> None:
    for path in sorted((folder() / "surveymonkey").glob("*")):
        printed = sheet(path)
        reading = read(surveymonkey, path)
        assert len(reading.records) == sum(row[0].strip().isdigit() for row in printed), path.name


def test_no_row_of_a_published_form_is_lost_when_two_respondents_say_the_same() -> None:
    for path in sorted((folder() / "ms_forms").glob("crick*")):
        keys = read(ms_forms, path).tables["feedback_answer"].get_column("response_key")
        assert keys.n_unique() == len(sheet(path)) - 1, path.name


def test_every_filled_cell_of_a_published_form_is_one_answer() -> None:
    for path in sorted((folder() / "ms_forms").glob("crick*")):
        filled = sum(bool(cell.strip()) for row in sheet(path)[1:] for cell in row)
        assert read(ms_forms, path).tables["feedback_answer"].height == filled, path.name


def test_every_filled_cell_of_a_survey_is_one_answer_but_for_equality_and_the_tools_own_columns() -> None:
    for path in sorted((folder() / "surveymonkey").glob("1.csv")):
        printed = sheet(path)
        aside = {place for place, name in enumerate(printed[0]) if name in {"RespondentID", "Gender", "Age"}}
        filled = sum(bool(cell.strip()) for row in printed[2:] for place, cell in enumerate(row) if place not in aside)
        reading = read(surveymonkey, path)
        assert reading.tables["feedback_answer"].height == filled
        assert reading.moved == ["Gender", "Age"]
