"""Puts what a format made of a file into the staging tables, where the checks find it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import polars as pl

from etl.people import People
from etl.reading import Reading
from warehouse.tables import Table, key_sql, quoted, tables

DESCRIBES_THE_FILE = frozenset({"event", "event_alias", "feedback_question"})
HEADING_LINE = 1


@dataclass(frozen=True)
class Arrival:
    """What every row of one file shares."""

    sha256: str
    run_id: str
    as_of: datetime


def make_room(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty staging table for every canonical table, and the schemas around them."""
    for schema in ("raw", "staged", "passed", "held", "known"):
        connection.execute(f"create schema if not exists {schema}")
    connection.execute("create table staged.file_line (source_sha text, source_line bigint)")
    for table in tables().values():
        if not table.made_by_build:
            columns = [f"{quoted(column.name)} {column.type}" for column in table.all_columns]
            connection.execute(f"create table staged.{table.name} ({', '.join(columns)}, unread text)")


def stage_reading(
    connection: duckdb.DuckDBPyConnection, reading: Reading, arrival: Arrival, people: People
) -> dict[str, str]:
    """Give the file's people their keys, stage its frames and return reference -> person_key.

    Afterwards no address and no displayed name is left in any staged row.
    """
    keys = people.keys_for(arrival.sha256, _references(reading))
    if reading.contacts is not None:
        people.note(arrival.sha256, reading.contacts, keys)
    connection.execute("insert into staged.file_line values (?, ?)", [arrival.sha256, HEADING_LINE])
    for name, frame in reading.tables.items():
        if frame.height:
            _insert(connection, tables()[name], _of_its_record(name, _pseudonymous(frame, keys, people)), arrival)
    return keys


def _of_its_record(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """What describes the whole file belongs to its headings, so that one bad record does not take it away."""
    if name in DESCRIBES_THE_FILE:
        return frame.with_columns(pl.lit(HEADING_LINE, dtype=pl.Int64).alias("source_line"))
    return frame


def unstage(connection: duckdb.DuckDBPyConnection, sha256: str) -> None:
    """Take every staged row of one file out again."""
    for table in tables().values():
        if not table.made_by_build:
            connection.execute(f"delete from staged.{table.name} where source_sha = ?", [sha256])


def stage_known(connection: duckdb.DuckDBPyConnection, people: People) -> None:
    """Make `known.<table>`: what the build holds and what this run brings, for rules about other tables."""
    connection.register("person_frame", people.all_keys())
    connection.execute("create or replace table known.person as select * from person_frame")
    connection.unregister("person_frame")
    for table in tables().values():
        if not table.made_by_build:
            names = ", ".join(quoted(column.name) for column in table.all_columns)
            connection.execute(
                f"create or replace view known.{table.name} as "
                f"select {names} from build.{table.name} union all select {names} from staged.{table.name}"
            )


def staged_tables(connection: duckdb.DuckDBPyConnection, order: Sequence[str]) -> list[str]:
    """The tables that this run brings rows for, referenced tables first."""
    return [
        name
        for name in order
        if not tables()[name].made_by_build and connection.execute(f"select 1 from staged.{name} limit 1").fetchall()
    ]


def _references(reading: Reading) -> set[str]:
    frames = [*reading.tables.values()]
    frames += [frame for frame in (reading.contacts, reading.equality) if frame is not None]
    found: set[str] = set()
    for frame in frames:
        for column in _person_columns(frame):
            found.update(frame.get_column(column).drop_nulls().unique().to_list())
    return found


def _person_columns(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if name.endswith("person_key") or name in {"reference", "attendee_key"}]


def _pseudonymous(frame: pl.DataFrame, keys: Mapping[str, str], people: People) -> pl.DataFrame:
    for column in frame.columns:
        if column.endswith("person_key"):
            frame = frame.with_columns(_mapped(frame, column, keys))
    if "attendee_key" in frame.columns:
        events, who = frame.get_column("event_key").to_list(), frame.get_column("attendee_key").to_list()
        made = [
            people.attendee_key(event, keys.get(name, name)) if event and name else None
            for event, name in zip(events, who, strict=True)
        ]
        frame = frame.with_columns(pl.Series("attendee_key", made, dtype=pl.String))
    return frame


def _mapped(frame: pl.DataFrame, column: str, keys: Mapping[str, str]) -> pl.Series:
    values = frame.get_column(column).to_list()
    return pl.Series(column, [keys.get(value) if value else None for value in values], dtype=pl.String)


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame, arrival: Arrival) -> None:
    """Cast to the table's types; text that does not cast is named in `unread`, so that a check holds the row."""
    unknown = set(frame.columns) - {column.name for column in table.all_columns} - {"unread"}
    if unknown:
        raise AssertionError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    connection.register("frame_to_stage", frame)
    cast, failed = [], ["nullif(unread, '')"] if "unread" in frame.columns else []
    for column in table.columns:
        if column.name in frame.columns:
            name = quoted(column.name)
            cast.append(f"try_cast({name} as {column.type}) as {name}")
            if frame.schema[column.name] == pl.String and column.type != "text":
                failed.append(
                    f"case when {name} <> '' and try_cast({name} as {column.type}) is null then '{column.name}' end"
                )
    shared = [
        "$sha256 as source_sha",
        _or(frame, "source_part", "''") + " as source_part",
        "source_line",
        f"{_or(frame, 'as_of', '$as_of')}::timestamp as as_of",
        "$run_id as run_id",
        f"{_or(frame, 'is_void', 'false')} as is_void",
        f"concat_ws(',', {', '.join(failed)}) as unread" if failed else "'' as unread",
    ]
    key = f", {key_sql(table)} as {table.key_column}" if table.key_column and table.key_parts else ""
    connection.execute(
        f"insert into staged.{table.name} by name "
        f"select *{key} from (select {', '.join([*cast, *shared])} from frame_to_stage)",
        {"sha256": arrival.sha256, "run_id": arrival.run_id, "as_of": arrival.as_of},
    )
    connection.unregister("frame_to_stage")


def _or(frame: pl.DataFrame, column: str, otherwise: str) -> str:
    return f"coalesce({column}, {otherwise})" if column in frame.columns else otherwise
