"""A room to stage templates in: an empty work database with an empty build beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from etl.keys import key
from etl.reading import Settings
from etl.stage import Arrival, make_room
from etl.template import recognise_template, templates
from etl.template_stage import TemplateStage
from etl.text import read_document, sha256_of
from warehouse.build import make_tables
from warehouse.tables import load_order, tables

ARRIVED_AT = datetime.fromisoformat("2026-07-01T12:00:00")


@contextmanager
def room(work_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to an empty work file, with staging tables and an empty build attached."""
    with duckdb.connect(work_file) as connection:
        connection.execute("attach ':memory:' as build")
        make_tables(connection, "build")
        make_room(connection)
        yield connection


def cleared(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same room, empty again: making one anew for every test takes longer than the tests."""
    for table in load_order():
        if not tables()[table].made_by_build:
            connection.execute(f"delete from staged.{table}; delete from build.{table}")
    return connection


def opened(connection: duckdb.DuckDBPyConnection, path: Path) -> TemplateStage:
    """The file recognised and opened, with a key for everybody in it: A for the first person, B, and so on."""
    name = recognise_template(read_document(path, head_only=True))
    assert name is not None, f"{path.name} was not recognised"
    stage = TemplateStage(connection, read_document(path), templates()[name], Settings())
    known = sorted(reference for reference in stage.references() if "@" in reference or reference.startswith("P-"))
    keys = {who: who if who.startswith("P-") else f"key of {who}" for who in known}
    stage.resolve(keys, lambda event, who: key("attendee", event, who))
    return stage


def staged(connection: duckdb.DuckDBPyConnection, *paths: Path) -> list[TemplateStage]:
    """Every file opened and inserted, in load order across all of them."""
    stages = [opened(connection, path) for path in paths]
    arrivals = [Arrival(sha256_of(path), "run-1", ARRIVED_AT) for path in paths]
    for table in load_order():
        for stage, arrival in zip(stages, arrivals, strict=True):
            if table in stage.template.tables:
                stage.insert(table, arrival)
    return stages


def sheet(path: Path, template: str, *changes: Mapping[str, str], drop: Sequence[str] = ()) -> Path:
    """A CSV file of a template: one row for each mapping of heading -> cell, the example's cells elsewhere.

    Every row says `no` under "Entered in error?", so that none is the example itself.
    """
    declared = templates()[template]
    keep = [column for column in declared.columns if column.heading not in drop]
    example = {column.heading: column.example for column in keep} | {keep[-1].heading: "no"}
    rows = [example | dict(one) for one in changes]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.heading for column in keep])
        writer.writeheader()
        writer.writerows(rows)
    return path


def one_row(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[object, ...]:
    """The only row of a select."""
    (row,) = connection.execute(sql).fetchall()
    return tuple(row)
