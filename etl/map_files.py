"""Reads each file with its format or template and stages what it gives. One file's problem is its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import duckdb

from etl.errors import FileProblem
from etl.known import known_now
from etl.reading import Context, Known, Settings
from etl.report import Message
from etl.run import Run
from etl.stage import Arrival, stage_reading, unstage
from etl.text import read_document
from etl.work import Work


def read_formats(connection: duckdb.DuckDBPyConnection, run: Run, works: Sequence[Work]) -> None:
    """Read and stage every file of a tool's format."""
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
    settings = Settings(time_zone=run.home.settings.time_zone)
    reading = work.format.read(document, Context(settings, known, run.facts.today))
    work.count(len(reading.records), len(reading.ignored))
    work.as_of = reading.as_of
    work.subject = reading.subject
    work.dropped, work.moved, work.retired_forms = reading.dropped, reading.moved, reading.retired_forms
    work.report.messages.extend(reading.messages)
    work.equality = reading.equality
    arrival = Arrival(work.sha256, run.facts.run_id, reading.as_of or run.facts.started_at)
    work.keys = stage_reading(connection, reading, arrival, run.people)


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
