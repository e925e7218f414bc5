"""A filled template on its way into the staging tables: read once into typed columns, then told table by table.

    stage = TemplateStage(connection, document, template, settings)   raises Refused with every message
    keys = people.keys_for(sha256, stage.references())
    stage.resolve(keys, people.attendee_key)
    for table in load_order(): if table in stage.template.tables: stage.insert(table, arrival)
    stage.read, stage.ignored(), stage.messages

Tables of several files go in load order across all of them, because one file's references look up another's rows
in `staged` and in `build`. A template with private parts gives them as frames: `stage.private("contacts")`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files

import duckdb
import polars as pl

from etl.errors import Refused, refuse
from etl.reading import Document, Settings
from etl.report import Message
from etl.stage import Arrival
from etl.template import Template
from etl.template_kinds import is_dated
from etl.template_source import Source, open_source
from etl.template_sql import (
    BLANK,
    DATA,
    EXAMPLE,
    canonical_sql,
    month_first_counts_sql,
    person_columns,
    typed_sql,
    unused_sql,
)
from warehouse.tables import key_sql, quoted, tables


class TemplateStage:
    """One file of one template. Opening it reads the whole file into a table of the schema `raw`.

    read: data records, blank and made-up ones among them. messages: notices for the file's report.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, document: Document, template: Template, settings: Settings
    ) -> None:
        self.template = template
        self.messages: list[Message] = []
        self._connection = connection
        sheet = document.sheets[0].name if document.sheets else ""
        name = f"{template.name} {document.sha256[:16]} {sheet}".replace('"', "")
        self._typed = f"raw.{quoted(name)}"
        self._people = f"raw.{quoted(name + ' people')}"
        self._attendees = f"raw.{quoted(name + ' attendees')}"
        self._empty_lines = 0
        macros = (files("etl") / "templates" / "macros.sql").read_text("utf-8")
        connection.execute("create schema if not exists raw")
        connection.execute(macros.replace("{zone}", settings.time_zone))
        with open_source(connection, document, template) as source:
            self._fill(source)
            self._part = source.part
            self._line = self._place(source)
            self.messages += source.messages
        kinds = dict(connection.execute(f"select row_kind, count(*) from {self._typed} group by 1").fetchall())
        self._blank = kinds.get(BLANK, 0) + self._empty_lines
        self.read = sum(kinds.values()) + self._empty_lines
        self._examples = kinds.get(EXAMPLE, 0)
        if self._examples:
            self.messages.append(
                Message(
                    "info", "example-row", "The template's made-up example row is still in the sheet; it was left out."
                )
            )

    def references(self) -> list[str]:
        """Every different reference to a person: e-mail addresses in small letters, P- references, first names."""
        columns = person_columns(self.template)
        if not columns:
            return []
        names = [quoted(column.to) for column in columns]
        each = " union ".join(
            f"select distinct {name} from {self._typed} where row_kind = {DATA} and {name} is not null"
            for name in names
        )
        return [reference for (reference,) in self._connection.execute(each).fetchall()]

    def resolve(self, keys: Mapping[str, str], attendee_key: Callable[[str, str], str]) -> None:
        """Say who the references are. attendee_key: (event_key, person_key or `name:<name>`) -> its key."""
        self._attendee_key = attendee_key
        frame = pl.DataFrame(
            {"reference": list(keys), "person_key": list(keys.values())},
            schema={"reference": pl.String, "person_key": pl.String},
        )
        self._connection.register("people_to_resolve", frame)
        self._connection.execute(f"create or replace table {self._people} as from people_to_resolve")
        self._connection.unregister("people_to_resolve")

    def select_sql(self, table: str) -> str:
        """The select of the table's rows: natural columns, `source_line`, `is_void` and `unread`.

        It reads the typed table and computes nothing ahead, so it serves as a view as well.
        """
        return canonical_sql(self.template, table, self._typed, self._people, self._line)

    def insert(self, table: str, arrival: Arrival) -> None:
        """Stage the rows that the file gives for one canonical table, with their key and common columns."""
        declared = tables()[table]
        rows = self.select_sql(table)
        if "attendee_key" in {column.name for column in declared.columns}:
            rows = self._with_attendees(rows)
        key = f", {key_sql(declared)} as {declared.key_column}" if declared.key_column and declared.key_parts else ""
        self._connection.execute(
            f"insert into staged.{table} by name select *{key}, $sha256 as source_sha, $part as source_part, "
            f"$as_of::timestamp as as_of, $run_id as run_id from ({rows})",
            {"sha256": arrival.sha256, "part": self._part, "as_of": arrival.as_of, "run_id": arrival.run_id},
        )

    def private(self, name: str) -> pl.DataFrame:
        """Rows for another store: the columns that the declaration gives, `source_line`, `is_void` and `unread`.

        contacts: reference, full_name, known_as, phone, preferred_channel. contact_permission and payee_name: the
        people store's columns. tally: one answer's total with its collection's columns. `unread` also names the
        required columns that are empty: such a row is not to be used.
        """
        rows: pl.DataFrame = self._connection.sql(self.select_sql(name)).pl()
        return rows.sort("source_line")

    def ignored(self) -> int:
        """Records that are not data: blank rows, the made-up example, and rows that give nothing to load.

        To be asked after everything was inserted.
        """
        unused = unused_sql(self.template, self._typed, self._people, self._line)
        return int(self._blank + self._examples + (self._number(unused) if unused else 0))

    def _fill(self, source: Source) -> None:
        select = typed_sql(
            self.template,
            source.relation,
            source.columns,
            source.unnamed,
            has_line=source.first_line is None,
            is_bare=source.is_bare,
        )
        with source.explained():
            self._connection.execute(f"create or replace table {self._typed} as {select}")
        self._refuse_unnamed(source)
        self._refuse_month_first(source)

    def _refuse_unnamed(self, source: Source) -> None:
        if not source.unnamed:
            return
        if rows := self._number(f"select count(*) from {self._typed} where has_unnamed"):
            have = "row has" if rows == 1 else "rows have"
            raise refuse(
                "column-without-heading",
                f"{rows:,} {have} something in a column without a heading. Give that column one of the template's "
                "headings or empty it, and drop the file again.",
            )

    def _refuse_month_first(self, source: Source) -> None:
        dated = [column for column in source.columns if is_dated(column)]
        if not dated or not self._number(f"select count(*) from {self._typed} where unread <> ''"):
            return
        (counts,) = self._connection.execute(month_first_counts_sql(dated, source.relation)).fetchall()
        wrong = [(column, count) for column, count in zip(dated, counts, strict=True) if count]
        if wrong:
            raise Refused(
                [
                    Message(
                        "error",
                        "wrong-date-order",
                        f'"{column.heading}" has {count:,} dates with the month first. Dates here are day/month/year, '
                        "so others in the column could be read wrongly without anybody noticing. Nothing was "
                        "loaded: set the column to dd/mm/yyyy and drop the file again.",
                        column=column.heading,
                    )
                    for column, count in wrong
                ]
            )

    def _place(self, source: Source) -> str:
        """The expression for a row's line: its number and a fixed distance, or a column where that varies."""
        if source.first_line is None:
            return "r.source_line"
        records = self._number(f"select count(*) from {self._typed}")
        lines = source.lines(records)
        if lines is None:
            return f"cast(r.rowid + {source.first_line} as integer)"
        self._empty_lines = lines.empty
        frame = pl.DataFrame(
            {"at": range(records), "line": lines.of_records}, schema={"at": pl.Int64, "line": pl.Int32}
        )
        self._connection.register("lines_of_template", frame)
        self._connection.execute(
            f"alter table {self._typed} add column source_line integer; "
            f"update {self._typed} set source_line = l.line from lines_of_template l where l.at = {self._typed}.rowid"
        )
        self._connection.unregister("lines_of_template")
        return "r.source_line"

    def _with_attendees(self, rows: str) -> str:
        """The select with `attendee_key` made of who somebody is and the event, which only the people store can do."""
        found = self._connection.execute(
            f"select distinct event_key, attendee_key from ({rows}) where attendee_key is not null"
        ).fetchall()
        frame = pl.DataFrame(
            {
                "event_key": [event for event, _ in found],
                "who": [who for _, who in found],
                "made": [self._attendee_key(event, who) for event, who in found],
            },
            schema={"event_key": pl.String, "who": pl.String, "made": pl.String},
        )
        self._connection.register("attendees_to_resolve", frame)
        self._connection.execute(f"create or replace table {self._attendees} as from attendees_to_resolve")
        self._connection.unregister("attendees_to_resolve")
        return (
            f"select q.* exclude (attendee_key), a.made as attendee_key from ({rows}) q left join {self._attendees} a "
            "on a.event_key = q.event_key and a.who = q.attendee_key"
        )

    def _number(self, select: str) -> int:
        ((number,),) = self._connection.execute(select).fetchall()
        return int(number)
