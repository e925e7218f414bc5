"""Where a template's text comes from: a CSV file, a worksheet or a Parquet file, all seen by DuckDB as text columns."""

from __future__ import annotations

import re
import tempfile
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from etl.errors import Refused, refuse
from etl.reading import Document, Sheet
from etl.report import Message
from etl.template import Column, Template, header_of, is_note, likeness, plain
from etl.template_csv import CleanText, Head, clean, head_of, record_lines
from etl.template_kinds import literal
from warehouse.tables import quoted

GUIDE_SHEET = "How to fill this in"
_REJECTS = 10_000
_LINES_SHOWN = 8
_ENCLOSED = {"UNQUOTED VALUE", "UNTERMINATED QUOTES"}
_AT_LINE = re.compile(r"CSV Error on Line: (\d+)")


@dataclass(frozen=True)
class Lines:
    """The line of every record, in order, and how many empty lines stand between them."""

    of_records: array[int]
    empty: int


@dataclass(frozen=True)
class Source:
    """One file's rows as text.

    relation: what to select from, its columns called after the template's columns. unnamed: columns of it that
    have no heading. part: the sheet. first_line: the first record's line where lines follow one another; None
    when the relation has a `source_line` of its own. lines: given the count of records, their lines where they do
    not follow one another, else None. is_bare: no cell needs trimming. explained: turns a failure to read
    into a refusal.
    """

    relation: str
    columns: Sequence[Column]
    unnamed: Sequence[str]
    part: str = ""
    first_line: int | None = None
    is_bare: bool = False
    lines: Callable[[int], Lines | None] = lambda _count: None
    explained: Callable[[], AbstractContextManager[None]] = nullcontext
    messages: Sequence[Message] = field(default_factory=list)


@contextmanager
def open_source(connection: duckdb.DuckDBPyConnection, document: Document, template: Template) -> Iterator[Source]:
    """The rows of a document as text, for as long as the block lasts. Raises Refused for wrong headings.

    A workbook's document must be whole; for CSV and Parquet its first rows will do, the file itself is read.
    """
    if document.kind == "parquet":
        yield _parquet(connection, document, template)
    elif document.kind == "xlsx":
        with _sheet(connection, document, template) as source:
            yield source
    else:
        with tempfile.TemporaryDirectory(dir=_beside(connection)) as folder:
            yield _csv(connection, clean(document.path, Path(folder) / "clean.csv"), template)


def columns_of(template: Template, headings: Sequence[str]) -> list[Column | None]:
    """The column that each heading means, None for an empty one.

    Raises Refused that names every strange, missing and repeated heading at once.
    """
    found = [template.by_heading.get(plain(heading)) if heading.strip() else None for heading in headings]
    strange = [
        h.strip() for h, column in zip(headings, found, strict=True) if h.strip() and column is None and not is_note(h)
    ]
    there = [column.to for column in found if column]
    twice = [column.heading for column in template.columns if there.count(column.to) > 1]
    missing = [column.heading for column in template.columns if column.required and column.to not in there]
    messages = [
        Message("error", code, f"{words}: {_named(names)}. {what_next}")
        for code, words, names, what_next in (
            (
                "unknown-heading",
                f"The {template.title} template has no such headings",
                strange,
                "Rename or remove these columns and drop the file again; nothing was loaded.",
            ),
            (
                "missing-heading",
                f"The {template.title} template needs these headings, and they are not there",
                missing,
                "Add these columns and drop the file again; nothing was loaded.",
            ),
            ("repeated-heading", "These headings are there twice", twice, "Keep one of each and drop the file again."),
        )
        if names
    ]
    if messages:
        raise Refused(messages)
    return found


def _parquet(connection: duckdb.DuckDBPyConnection, document: Document, template: Template) -> Source:
    rows = f"read_parquet({literal(str(document.path))})"
    described = connection.execute(f"describe select * from {rows}").fetchall()
    headings = [str(row[0]) for row in described]
    pairs = [
        (heading, column)
        for heading, column in zip(headings, columns_of(template, headings), strict=True)
        if column is not None
    ]
    each = ", ".join(f"cast({_quoted(heading)} as text) as {quoted(column.to)}" for heading, column in pairs)
    return Source(f"(select {each} from {rows})", [column for _, column in pairs], (), first_line=1)


@contextmanager
def _sheet(connection: duckdb.DuckDBPyConnection, document: Document, template: Template) -> Iterator[Source]:
    sheet = max(document.sheets, key=lambda one: _sheet_likeness(template, one))
    header = header_of(sheet)
    if header is None:
        raise refuse("empty-file", "The workbook is empty: it holds no headings and no rows.")
    rows = [row for row in sheet.rows if row.line > header.line]
    while rows and rows[-1].is_blank:
        rows.pop()
    width = max([len(header.cells), *(len(row.cells) for row in rows)])
    columns, unnamed, names = _names(template, [*header.cells, *[""] * (width - len(header.cells))])
    data = {name: [row.cells[at] if at < len(row.cells) else "" for row in rows] for at, name in enumerate(names)}
    frame = pl.DataFrame(data, schema=dict.fromkeys(names, pl.String)).with_columns(
        pl.Series("source_line", [row.line for row in rows], dtype=pl.Int32)
    )
    connection.register("sheet_of_template", frame)
    yield Source("sheet_of_template", columns, unnamed, sheet.name)
    connection.unregister("sheet_of_template")


def _sheet_likeness(template: Template, sheet: Sheet) -> float:
    header = header_of(sheet)
    return likeness(template, header.cells) if header else -1.0


def _csv(connection: duckdb.DuckDBPyConnection, text: CleanText, template: Template) -> Source:
    head = head_of(text, lambda cells: likeness(template, cells))
    columns, unnamed, names = _names(template, head.cells)
    declared = ", ".join(f"{literal(name)}: 'varchar'" for name in names)
    options = (
        f"header = false, skip = {head.ends_on}, delim = {literal(head.delimiter)}, quote = '\"', escape = '\"', "
        f"auto_detect = false, columns = {{{declared}}}"
    )
    file = literal(str(text.path))
    return Source(
        f"read_csv({file}, {options})",
        columns,
        unnamed,
        first_line=head.ends_on + 1,
        is_bare=text.is_bare,
        lines=lambda count: _lines(text, head, count),
        explained=lambda: _explained(connection, f"{file}, {options}", len(names)),
        messages=text.messages,
    )


def _names(template: Template, headings: Sequence[str]) -> tuple[list[Column], list[str], list[str]]:
    """The columns there are, the names of those without a heading, and every column's name in order."""
    found = columns_of(template, headings)
    names = [
        column.to if column else f"{'note' if is_note(heading) else 'unnamed'} {at}"
        for at, (column, heading) in enumerate(zip(found, headings, strict=True))
    ]
    return (
        [column for column in found if column],
        [name for name, column in zip(names, found, strict=True) if column is None and name.startswith("unnamed")],
        names,
    )


def _lines(text: CleanText, head: Head, count: int) -> Lines | None:
    if text.lines - head.ends_on == count:
        return None
    found = record_lines(text, head)
    records = array("q", (line for line in found if line > 0))
    if len(records) != count:
        raise refuse(
            "unclear-quotes",
            f"The file's quotation marks can be read in two ways: as {count:,} rows or as {len(records):,}. Save the "
            "sheet as Excel (.xlsx) and drop that file instead.",
        )
    return Lines(records, len(found) - len(records))


@contextmanager
def _explained(connection: duckdb.DuckDBPyConnection, arguments: str, width: int) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise _ragged(connection, arguments, width, error) from None


def _ragged(connection: duckdb.DuckDBPyConnection, arguments: str, width: int, error: duckdb.Error) -> Refused:
    """What is wrong with which lines. DuckDB's own words would repeat a row, so none of them are shown."""
    try:
        connection.execute(
            f"select count(*) from read_csv({arguments}, store_rejects = true, rejects_limit = {_REJECTS})"
        ).fetchall()
        found = connection.execute("select distinct line, error_type from reject_errors order by line").fetchall()
        connection.execute("drop table reject_errors; drop table reject_scans")
    except duckdb.Error:
        found = []
    if not found:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else None
        where = f"Line {line}" if line else "A line of the file"
        return refuse(
            "not-a-table",
            f"{where} cannot be read as a row of a table. Save the sheet as Excel (.xlsx) and drop that file instead.",
            line=line,
        )
    quotes = [line for line, kind in found if kind in _ENCLOSED]
    if quotes:
        return refuse(
            "unclosed-quote",
            f"A cell with a quotation mark does not end where it should: {_listed(quotes)}. Mend these lines, or save "
            "the sheet as Excel (.xlsx), and drop the file again; nothing was loaded.",
            line=quotes[0],
        )
    lines = [line for line, _ in found]
    return refuse(
        "ragged-row",
        f"Rows have more or fewer cells than the {width} headings: {_listed(lines)}. Most often a cell with a comma in "
        "it is not in quotation marks. Mend these lines, or save the sheet as Excel (.xlsx), and drop the file "
        "again; nothing was loaded.",
        line=lines[0],
    )


def _listed(lines: Sequence[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:_LINES_SHOWN])
    more = len(lines) - _LINES_SHOWN
    return f"line{'s' if len(lines) > 1 else ''} {shown}" + (f" and {more:,} more" if more > 0 else "")


def _named(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _quoted(heading: str) -> str:
    return quoted(heading.replace('"', '""'))


def _beside(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The folder of the work file, where a clean copy is as private as the rest; None for a database in memory."""
    ((path,),) = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchall()
    return str(Path(path).parent) if path else None
