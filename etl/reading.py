"""What passes between reading a file and checking it: the document, and what a format made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import polars as pl

from etl.report import Message

Kind = Literal["csv", "tsv", "xlsx", "text", "parquet"]
IgnoredReason = Literal["blank", "total_row", "incomplete_response", "waiting_room", "out_of_scope", "opening_balance"]


@dataclass(frozen=True)
class Row:
    """One record as text. `line` is its first line in the file (for a sheet: its row number), from 1."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """True when no cell holds anything but blanks."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """One table of rows: the whole of a CSV file (name ""), or one worksheet."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Document:
    """One file as text: nothing invented, nothing dropped. `name` is a label and decides nothing."""

    name: str
    sha256: str
    kind: Kind
    encoding: str
    sheets: tuple[Sheet, ...]
    path: Path


@dataclass(frozen=True)
class Settings:
    """The part of `voices.toml` that reading depends on."""

    time_zone: str = "Europe/London"
    date_orders: Mapping[str, Literal["dmy", "mdy"]] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is already in the published build that a format may look up. All frames may be empty.

    questions: feedback_question's natural columns, declared forms only
    answers: file_answer's columns (fingerprint = the file's sha256, question, answer)
    organisations: org_code, name, also_known_as (other names, with semicolons between them)
    """

    questions: pl.DataFrame
    answers: pl.DataFrame
    accounts: pl.DataFrame
    payees: pl.DataFrame
    organisations: pl.DataFrame


@dataclass(frozen=True)
class Context:
    """Everything a format may know besides the file itself."""

    settings: Settings
    known: Known
    today: date


@dataclass
class Reading:
    """What one format made of one file, before people are given keys and rows are checked.

    tables: canonical table name -> frame. Its columns are canonical columns (any missing one is empty)
        and `source_line` (Int64). Columns hold the canonical type, or text that the stage casts.
        A `*person_key` column holds a *reference*: an e-mail address as typed or a P- reference.
        An `attendee_key` column holds an e-mail, else "name:<displayed name>".
        The people step makes keys of both.
        A column `unread` (text) lists, comma separated, the columns whose text could not be understood.
    records: the line of every data record of the file (the unit of accounting).
    ignored: line -> reason, for records that the format says are not data.
    contacts: reference, full_name, known_as, phone (text): goes to the people store only.
    equality: reference (text, empty when the form is anonymous), characteristic, answer (text as typed),
        and source_line: goes to the equality store only.
    """

    tables: dict[str, pl.DataFrame]
    records: list[int]
    ignored: dict[int, IgnoredReason] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    contacts: pl.DataFrame | None = None
    equality: pl.DataFrame | None = None
    dropped: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    subject: str | None = None
    as_of: datetime | None = None
    retired_forms: list[str] = field(default_factory=list)


@runtime_checkable
class Format(Protocol):
    """One tool's layout. A module in `etl/formats/` is one format: it has these names at top level."""

    KEY: str
    TITLE: str
    ONE_RECORD_IS: str
    EXAMPLE: bytes

    signature: Callable[[Document], bool]
    read: Callable[[Document, Context], Reading]
