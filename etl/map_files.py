"""Reads each file with its format or template and stages what it gives. One file's problem is its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from etl.errors import FileProblem
from etl.held_workbook import mends_of
from etl.known import known_now
from etl.people import PAYEE_COLUMNS, PERMISSION_COLUMNS
from etl.reading import Context, Document, Known, Settings
from etl.report import Message
from etl.run import Run
from etl.stage import Arrival, stage_reading, unstage
from etl.template import ELSEWHERE_SHEET, recognise_template, templates
from etl.template_source import GUIDE_SHEET
from etl.template_stage import TemplateStage
from etl.text import read_document
from etl.work import Unusable, Work
from warehouse.tables import load_order, tables

_LOOKED_UP_BY_FORMATS = ("feedback_question", "file_answer", "account_map", "organisation")


def read_files(connection: duckdb.DuckDBPyConnection, run: Run, works: Sequence[Work]) -> None:
    """Read and stage every file: what exports look up first, then the exports, then what looks up both."""
    stages = _opened_templates(connection, run, works)
    for work, stage in stages:
        _guarded(connection, work, partial(_note_private, run, work, stage))
    first = _with_what_they_refer_to(_LOOKED_UP_BY_FORMATS)
    _insert_templates(connection, run, stages, [name for name in load_order() if name in first])
    _read_formats(connection, run, works)
    _insert_templates(connection, run, stages, [name for name in load_order() if name not in first])
    for work, stage in stages:
        if not work.settled:
            _guarded(connection, work, partial(_count_template, work, stage))


def _with_what_they_refer_to(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [reference.table for reference in tables()[name].refers]
    return found


def _opened_templates(
    connection: duckdb.DuckDBPyConnection, run: Run, works: Sequence[Work]
) -> list[tuple[Work, TemplateStage]]:
    stages: list[tuple[Work, TemplateStage]] = []
    waiting = [work for work in works if work.template and not work.settled]
    for work in run.progress.over(waiting, "Reading staff sheets"):
        _guarded(connection, work, partial(_open_template, connection, run, work, stages))
    return stages


def _insert_templates(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    stages: Sequence[tuple[Work, TemplateStage]],
    names: Sequence[str],
) -> None:
    """Referenced tables first across all files, because one file's references look up another's rows."""
    for name in names:
        for work, stage in stages:
            if not work.settled and name in stage.template.tables:
                _guarded(connection, work, partial(stage.insert, name, _arrival(run, work)))


def _open_template(
    connection: duckdb.DuckDBPyConnection, run: Run, work: Work, stages: list[tuple[Work, TemplateStage]]
) -> None:
    if work.template is None or work.head is None:
        return
    for part in _sheets_of(work):
        name = recognise_template(part)
        if name is None:
            work.report.messages.append(_not_read(part))
            continue
        stage = TemplateStage(connection, part, templates()[name], _settings(run))
        keys = run.people.keys_for(work.sha256, stage.references())
        stage.resolve(keys, run.people.attendee_key)
        work.keys |= keys
        work.mends += [mend for sheet in part.sheets if part.kind == "xlsx" for mend in mends_of(sheet)]
        stages.append((work, stage))


def _sheets_of(work: Work) -> list[Document]:
    """A workbook sheet by sheet, as each may be another template; a text file as it is. The guide is no data."""
    head = work.head
    if head is None or head.kind != "xlsx":
        return [head] if head else []
    whole = read_document(work.found.path, sha256=work.sha256)
    filled = [sheet for sheet in whole.sheets if any(not row.is_blank for row in sheet.rows)]
    data = [sheet for sheet in filled if sheet.name not in {GUIDE_SHEET, ELSEWHERE_SHEET}]
    return [replace(whole, sheets=(sheet,)) for sheet in data]


def _not_read(part: Document) -> Message:
    return Message(
        "warning",
        "sheet-not-read",
        f'The sheet "{part.sheets[0].name}" is not one of the staff templates, so it was not read.',
    )


def _note_private(run: Run, work: Work, stage: TemplateStage) -> None:
    """Keep aside what goes to the people store or the equality store instead of the warehouse."""
    for name in stage.template.private:
        frame = stage.private(name)
        work.unusable += [
            Unusable(name, line, columns)
            for line, columns in frame.filter(pl.col("unread") != "").select("source_line", "unread").iter_rows()
        ]
        usable = frame.filter((pl.col("unread") == "") & ~pl.col("is_void")).drop("source_line", "is_void", "unread")
        if name == "contacts":
            run.people.note(work.sha256, usable, work.keys)
        elif name == "contact_permission":
            run.people.note_permissions(work.sha256, _as_text(usable, PERMISSION_COLUMNS))
        elif name == "payee_name":
            run.people.note_payees(work.sha256, _as_text(usable, PAYEE_COLUMNS))
        else:
            work.tallies = usable


def _count_template(work: Work, stage: TemplateStage) -> None:
    rows = work.report.rows
    work.count(rows.read + stage.read, rows.ignored + stage.ignored())
    work.report.messages.extend(stage.messages)


def _read_formats(connection: duckdb.DuckDBPyConnection, run: Run, works: Sequence[Work]) -> None:
    waiting = [work for work in works if work.format and not work.settled]
    if not waiting:
        return
    known = known_now(connection, run.people)
    for work in run.progress.over(waiting, "Reading exports"):
        _guarded(connection, work, partial(_read_format, connection, run, work, known))


def _read_format(connection: duckdb.DuckDBPyConnection, run: Run, work: Work, known: Known) -> None:
    if work.format is None:
        return
    document = read_document(work.found.path, sha256=work.sha256)
    reading = work.format.read(document, Context(_settings(run), known, run.facts.today))
    work.count(len(reading.records), len(reading.ignored))
    work.as_of = reading.as_of
    work.subject = reading.subject
    work.dropped, work.moved, work.retired_forms = reading.dropped, reading.moved, reading.retired_forms
    work.report.messages.extend(reading.messages)
    work.equality = reading.equality
    work.keys = stage_reading(connection, reading, _arrival(run, work), run.people)


def _as_text(frame: pl.DataFrame, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    return frame.select(pl.col(name).cast(pl.String) for name in columns).iter_rows()


def _arrival(run: Run, work: Work) -> Arrival:
    return Arrival(work.sha256, run.facts.run_id, work.as_of or run.facts.started_at)


def _settings(run: Run) -> Settings:
    settings = run.home.settings
    return Settings(settings.time_zone, settings.date_orders)


def _guarded(connection: duckdb.DuckDBPyConnection, work: Work, read: Callable[[], None]) -> None:
    """A problem of the file settles the file. A fault of ours does too, said as such, and leaves no row behind."""
    try:
        read()
    except FileProblem as problem:
        unstage(connection, work.sha256)
        work.settle_problem(problem)
    except Exception as fault:
        unstage(connection, work.sha256)
        work.settle("refused", Message("error", "our-own-fault", _fault_words(fault)))


def _fault_words(fault: Exception) -> str:
    """The fault by its place in our code; its own text could hold a row's value."""
    steps = [step for step in traceback.extract_tb(fault.__traceback__) if "site-packages" not in step.filename]
    where = " <- ".join(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(steps[-4:]))
    return (
        "Voices could not read this file because of a fault of its own, so nothing of it was loaded. Please tell "
        f"whoever looks after Voices: {type(fault).__name__} at {where}."
    )
