"""Excel workbooks to rows of text, without what Excel or a reader would add: no `1.0`, no `1e+20`, no serial days."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from etl.errors import Refused, refuse
from etl.reading import Row, Sheet

_DAMAGE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    RuntimeError,  # a part is locked, or packed in a way that zipfile does not know
    ValueError,
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"<sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_ERROR_CELL = re.compile(
    r'<c\s(?=[^>]*\br="(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")(?=[^>]*\bt="e")[^>]*>(?:(?!</c>).)*?<v>(?P<error>[^<]*)</v>',
    re.DOTALL,
)
_OTHER_PACKAGES = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
)


def read_workbook(content: bytes, limit: int | None) -> tuple[Sheet, ...]:
    """Every worksheet in order, hidden ones too; no more than `limit` rows of each when it is given.

    Days are `YYYY-MM-DD`, moments `YYYY-MM-DD HH:MM:SS`, times `HH:MM:SS`; a whole number has no point; a cell
    that a merge covers is empty; one with an error holds its name, such as `#DIV/0!`. Raises Refused for a locked,
    old or damaged workbook and for other packages.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_or_locked(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_other_packages(package.namelist())
            errors = {} if limit else _errors(package)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return tuple(
            Sheet(about.name, tuple(_rows(workbook, about.name, limit, errors.get(about.name, {}))))
            for about in workbook.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet
        )
    except _DAMAGE as error:
        raise _damaged() from error


def _old_or_locked(content: bytes) -> Refused:
    if _ENCRYPTED in content:
        return refuse(
            "password",
            "This workbook is locked with a password, so it cannot be read. Open it in Excel, remove the password "
            "(File, Info, Protect Workbook) and save it again.",
        )
    return refuse(
        "old-excel",
        "This is an old Excel or Office file (.xls or similar). Open it in Excel, save as .xlsx and drop that "
        "file instead.",
    )


def _refuse_other_packages(names: Sequence[str]) -> None:
    if any(name.startswith("xl/") for name in names):
        return
    words = next((words for start, words in _OTHER_PACKAGES if any(name.startswith(start) for name in names)), None)
    if words is None:
        raise refuse(
            "packed-file",
            "This is a ZIP folder, not an export. Unpack it and drop the files inside it.",
        )
    raise refuse(
        "not-an-export",
        f"This is {words}, not an export. Download the report from its tool as CSV or Excel (.xlsx) "
        "and drop that file instead.",
    )


def _damaged() -> Refused:
    return refuse(
        "damaged-workbook",
        "This workbook is damaged or was cut short in download. Open it in Excel, save it again as .xlsx, or export "
        "it again.",
    )


def _errors(package: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet name -> (row, column from 1) -> the error there. The reader itself gives such cells as empty."""
    if "xl/workbook.xml" not in package.namelist():
        return {}
    parts = {}
    for relation in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels").decode()):
        attributes = dict(_ATTRIBUTE.findall(relation))
        parts[attributes.get("Id")] = "xl/" + attributes.get("Target", "").removeprefix("/xl/")
    found = {}
    for sheet in _SHEET.findall(package.read("xl/workbook.xml").decode()):
        attributes = dict(_ATTRIBUTE.findall(sheet))
        part = parts.get(attributes.get("r:id"))
        if part in package.namelist() and b't="e"' in (content := package.read(part)):
            found[html.unescape(attributes.get("name", ""))] = _errors_of(content.decode())
    return found


def _errors_of(sheet: str) -> dict[tuple[int, int], str]:
    errors = {}
    for cell in _ERROR_CELL.finditer(sheet):
        column = 0
        for letter in cell["column"]:
            column = column * 26 + ord(letter) - 64
        errors[int(cell["row"]), column] = cell["error"]
    return errors


def _rows(
    workbook: CalamineWorkbook, name: str, limit: int | None, errors: Mapping[tuple[int, int], str]
) -> Iterator[Row]:
    sheet = workbook.get_sheet_by_name(name)
    indent = ("",) * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(islice(sheet.iter_rows(), limit), 1):
        texts = (*indent, *map(_text, cells))
        if errors:
            texts = tuple(errors.get((number, column), text) for column, text in enumerate(texts, 1))
        yield Row(number, texts)


def _text(cell: object) -> str:
    return next((write(cell) for kind, write in _WRITERS if isinstance(cell, kind)), "")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _number(value: float) -> str:
    """As Excel shows it at full width: 15 significant digits, never an exponent."""
    if value.is_integer():
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


# The first kind that fits decides: True is a whole number too, and a moment is a day too.
_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str),
    (bool, lambda value: "TRUE" if value else "FALSE"),
    (int, str),
    (float, _number),
    (datetime, lambda value: value.isoformat(sep=" ", timespec="seconds")),
    (date, date.isoformat),
    (time, lambda value: value.isoformat(timespec="seconds")),
    (timedelta, _duration),
)
