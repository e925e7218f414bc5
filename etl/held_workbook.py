"""The held records as a workbook: what staff typed, why each row is held, and where it stood.

The rows come from the originals in done/; the store itself keeps only their places. A sheet of a staff template can
be mended and dropped back as it is. A record of a tool's export is mended in the tool, so for those the place is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from etl.home import Home
from etl.reading import Sheet
from etl.template import ELSEWHERE_SHEET, HELD_HEADINGS, PREFIX, header_of, plain, templates
from etl.text import read_document
from etl.work import Mend
from expectations.catalogue import rules
from warehouse.store import Store

_ELSEWHERE_HEADINGS = ("File", "Kind of file", "Line", "Column", "What should be so", "What to do")
_WIDE, _NARROW = 42, 18
SHORT = 12
_FROM_FILE = re.compile(rf"\(([0-9a-f]{{{SHORT}}})\)$")


@dataclass(frozen=True)
class _Held:
    sha256: str
    part: str
    line: int
    format: str
    file_name: str
    why: str
    columns: str


def write_held(home: Home, path: Path) -> int:
    """Write every record that is held back now; how many there are. Writes nothing when there is none."""
    held = _held_now(home)
    if not held:
        return 0
    sheets: dict[str, list[_Held]] = defaultdict(list)
    for record in held:
        name = record.format.removeprefix(PREFIX) if record.format.startswith(PREFIX) else ""
        sheets[name if name in templates() and _original(home, record.sha256) else ""].append(record)
    with xlsxwriter.Workbook(path) as book:
        for name in sorted(filter(None, sheets)):
            _template_sheet(book, home, name, sheets[name])
        if sheets[""]:
            _elsewhere_sheet(book, sheets[""])
    return len(held)


def mends_of(sheet: Sheet) -> list[Mend]:
    """The rows of a mended sheet, with the held records that they were written from."""
    header = header_of(sheet)
    if header is None:
        return []
    places = {plain(cell): at for at, cell in enumerate(header.cells)}
    _, file_at, line_at = (places.get(plain(heading), -1) for heading in HELD_HEADINGS)
    if min(file_at, line_at) < 0:
        return []
    found = []
    for row in sheet.rows:
        if row.line > header.line and len(row.cells) > max(file_at, line_at):
            origin = _FROM_FILE.search(row.cells[file_at].strip())
            if origin and row.cells[line_at].strip().isdigit():
                found.append(Mend(sheet.name, row.line, origin[1], int(row.cells[line_at])))
    return found


def _held_now(home: Home) -> list[_Held]:
    store = Store(home.store)
    current = store.current()
    if current is None:
        return []
    plain = {rule.rule: rule.plain for rule in rules()}
    with store.reader(current) as reader:
        found = reader.query(
            """
            select q.sha256, coalesce(q.part, ''), q.line, any_value(f.format), any_value(f.file_name),
                   string_agg(distinct q.rule, chr(10) order by q.rule),
                   string_agg(distinct q."column", ', ' order by q."column")
            from quarantine_row q join source_file f on f.sha256 = q.sha256
            where q.state = 'open' group by 1, 2, 3 order by any_value(f.format), any_value(f.file_name), q.line
            """
        ).rows
    return [
        _Held(
            sha,
            part,
            line,
            kind or "",
            name,
            " ".join(plain.get(one, one) for one in broken.split("\n")),
            columns or "",
        )
        for sha, part, line, kind, name, broken, columns in found
    ]


def _template_sheet(book: xlsxwriter.Workbook, home: Home, name: str, records: Sequence[_Held]) -> None:
    template = templates()[name]
    sheet = book.add_worksheet(name[:31])
    bold, why_format = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "font_color": "#8A3E00"})
    headings = [*template.headings, *HELD_HEADINGS]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    sheet.set_column(0, len(template.headings) - 1, _NARROW, book.add_format({"num_format": "@"}))
    sheet.set_column(len(template.headings), len(headings) - 1, _WIDE)
    sheet.freeze_panes(1, 0)
    cells = {sha: _cells_by_heading(home, sha) for sha in {record.sha256 for record in records}}
    for number, record in enumerate(records, start=1):
        typed = cells[record.sha256].get((record.part, record.line), {})
        for column, heading in enumerate(template.headings):
            sheet.write_string(number, column, typed.get(heading, ""))
        notes = (record.why, f"{record.file_name} ({record.sha256[:SHORT]})", str(record.line))
        for column, note in enumerate(notes, start=len(template.headings)):
            sheet.write_string(number, column, note, why_format)


def _cells_by_heading(home: Home, sha256: str) -> Mapping[tuple[str, int], Mapping[str, str]]:
    """(sheet, line) -> heading -> what was typed there, of one original."""
    original = _original(home, sha256)
    if original is None:
        return {}
    found: dict[tuple[str, int], dict[str, str]] = {}
    for sheet in read_document(original, sha256=sha256).sheets:
        filled = [row for row in sheet.rows if not row.is_blank]
        if filled:
            headings = [cell.strip() for cell in filled[0].cells]
            for row in filled[1:]:
                named = dict(zip(headings, row.cells, strict=False))
                found["", row.line] = named
                found[sheet.name, row.line] = named
    return found


def _elsewhere_sheet(book: xlsxwriter.Workbook, records: Sequence[_Held]) -> None:
    sheet = book.add_worksheet(ELSEWHERE_SHEET)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for column, heading in enumerate(_ELSEWHERE_HEADINGS):
        sheet.write_string(0, column, heading, bold)
    sheet.set_column(0, 3, _NARROW)
    sheet.set_column(4, 5, _WIDE)
    sheet.freeze_panes(1, 0)
    todo = "Mend it in the tool, export again and drop the new file in the inbox."
    for number, record in enumerate(records, start=1):
        for column, text in enumerate(
            (record.file_name, record.format, str(record.line), record.columns, record.why, todo)
        ):
            sheet.write_string(number, column, text, wrapped)


def _original(home: Home, sha256: str) -> Path | None:
    return next(iter(sorted(home.done.glob(f"{sha256[:12]}_*"))), None)
