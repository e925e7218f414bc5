"""Invented exports as bytes, and what a reader may know besides them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import ModuleType
from typing import Any

import polars as pl

from etl.reading import Context, Document, Known, Reading, Settings
from etl.text import document_of

ACCOUNTS = ("system", "account", "category", "income_kind")
PAYEES = ("payee_text", "payee_kind", "person_key")
ORGANISATIONS = ("org_code", "name", "also_known_as")
ANSWERS = ("fingerprint", "question", "answer", "answered_on")


def frame(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def context(
    *,
    accounts: Sequence[Sequence[Any]] = (),
    payees: Sequence[Sequence[Any]] = (),
    answers: Sequence[Sequence[Any]] = (),
    organisations: Sequence[Sequence[Any]] = (),
    time_zone: str = "Europe/London",
) -> Context:
    known = Known(
        questions=pl.DataFrame(),
        answers=frame(ANSWERS, answers),
        accounts=frame(ACCOUNTS, accounts),
        payees=frame(PAYEES, payees),
        organisations=frame(ORGANISATIONS, organisations),
    )
    return Context(Settings(time_zone=time_zone), known, date(2026, 11, 1))


def document(content: str | bytes) -> Document:
    return document_of(content.encode() if isinstance(content, str) else content)


def read(tool: ModuleType, content: str | bytes, known: Context | None = None) -> Reading:
    found = document(content)
    assert tool.signature(found), "the format does not recognise its own layout"
    reading: Reading = tool.read(found, known or context())
    return reading


def rows(reading: Reading, table: str) -> list[dict[str, Any]]:
    return reading.tables[table].to_dicts() if table in reading.tables else []


def column(reading: Reading, table: str, name: str) -> list[Any]:
    return [row[name] for row in rows(reading, table)]


def accounts_for(reading: Reading) -> set[int]:
    """The lines that some row stands for, or that are ignored: every record has to be among them."""
    staged = {line for one in reading.tables.values() for line in one.get_column("source_line").to_list()}
    return staged | set(reading.ignored)
