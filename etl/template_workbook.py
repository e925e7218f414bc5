"""The empty sheet that staff fill in: headings, drop-downs, notes and one made-up example row, as an Excel file."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.dates import read_moment
from etl.template import Column, Template, template_for
from etl.template_source import GUIDE_SHEET

_ROWS = 5000
_WIDEST = 34
_FORMATS = {"day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "clock": "hh:mm", "gbp": "#,##0.00", "text": "@"}
_HINTS = {
    "day": "A day: dd/mm/yyyy.",
    "moment": "A day and time: dd/mm/yyyy hh:mm.",
    "clock": "A time: hh:mm.",
    "gbp": "Pounds, without a sign.",
    "num": "A number.",
    "hours": "Hours, such as 1.5.",
    "int": "A whole number.",
    "yes_no": "yes or no.",
}
_LAST_DAY = date(2100, 12, 31)
_MADE_ON = date(2020, 1, 1)  # so that the same template is the same file
_GUIDE = (
    "One row is {one}.",
    "Row 2 is an example. Everyone and everything in it is made up. Write over it, or leave it: it is never loaded.",
    "Keep the headings as they are. The order of the columns does not matter; one without a * may be left out.",
    "Days are day/month/year. Nothing is guessed: what cannot be read is held back, and you are told the line.",
    "Found a mistake after loading? Put it right here and drop the file again.",
    'To take a row back after loading, type yes under its "Entered in error?" and drop the file again.',
)


def write_template(name: str, path: Path) -> None:
    """Write the template of this name, or for this table, to an .xlsx file. Raises UsageError for no such name."""
    template = template_for(name)
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": template.title, "created": datetime.combine(_MADE_ON, time.min)})
        _fill_in(book, book.add_worksheet(_sheet_name(template)), template)
        _guide(book, book.add_worksheet(GUIDE_SHEET), template)


def _sheet_name(template: Template) -> str:
    return template.title.replace(":", "")[:31]


def _fill_in(book: Workbook, sheet: Worksheet, template: Template) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"})
    example = {"italic": True, "font_color": "#5F6B76"}
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for at, column in enumerate(template.columns):
        sheet.write_string(0, at, column.heading, heading)
        sheet.write_comment(0, at, _note(column), {"x_scale": 2})
        numbers = {"num_format": _FORMATS.get(column.kind, "@" if column.kind not in {"int", "num"} else "General")}
        sheet.set_column(at, at, _width(column), book.add_format(numbers))
        _example(sheet, at, column, book.add_format({**numbers, **example}))
        _limit(sheet, at, column)


def _width(column: Column) -> int:
    return min(_WIDEST, max(12, len(column.example) + 2, len(column.heading) // 2 + 4))


def _example(sheet: Worksheet, at: int, column: Column, style: Format) -> None:
    if not column.example:
        sheet.write_blank(1, at, None, style)
    elif (moment := _moment(column)) is not None:
        sheet.write_datetime(1, at, moment, style)
    elif column.kind in {"int", "num", "gbp", "hours"}:
        sheet.write_number(1, at, float(column.example), style)
    else:
        sheet.write_string(1, at, column.example, style)


def _moment(column: Column) -> datetime | time | None:
    """The example as Excel keeps a day, a moment or a time; None for every other kind."""
    if column.kind == "clock":
        return time.fromisoformat(column.example)
    if column.kind in {"day", "moment"}:
        return read_moment(column.example, "dmy", "UTC")
    return None


def _limit(sheet: Worksheet, at: int, column: Column) -> None:
    """A drop-down or a kind of value, as far as Excel can hold people to it."""
    rule: dict[str, object]
    if column.choices and column.kind != "multi":
        rule = {"validate": "list", "source": list(column.choices), "error_message": "Please choose from the list."}
    elif column.kind == "day":
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": date(column.from_year, 1, 1),
            "maximum": _LAST_DAY,
            "error_message": "Please give a day as dd/mm/yyyy.",
        }
    elif column.kind == "clock":
        rule = {
            "validate": "time",
            "criteria": "between",
            "minimum": time(0, 0),
            "maximum": time(23, 59),
            "error_message": "Please give a time as hh:mm.",
        }
    elif column.kind == "int":
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "Please give a whole number."}
    else:
        return
    sheet.data_validation(1, at, _ROWS, at, rule)


def _note(column: Column) -> str:
    parts = [column.note, _HINTS.get(column.kind, ""), "Must be filled." if column.required else ""]
    return " ".join(part for part in parts if part)


def _guide(book: Workbook, sheet: Worksheet, template: Template) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28, wrapped)
    sheet.set_column(1, 2, 60, wrapped)
    sheet.write_string(0, 0, template.title, book.add_format({"bold": True, "font_size": 14}))
    for row, sentence in enumerate(_GUIDE, start=1):
        sheet.merge_range(row, 0, row, 2, sentence.format(one=template.one_record_is), wrapped)
        sheet.set_row(row, 32)
    top = len(_GUIDE) + 2
    for at, title in enumerate(("Heading (* must be filled)", "What to fill in", "What you may choose")):
        sheet.write_string(top, at, title, bold)
    for row, column in enumerate(template.columns, start=top + 1):
        sheet.write_string(row, 0, column.heading + (" *" if column.required else ""), wrapped)
        sheet.write_string(row, 1, _note(column), wrapped)
        sheet.write_string(row, 2, ", ".join(column.choices), wrapped)
