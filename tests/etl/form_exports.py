"""Invented exports of forms, and catalogue entries for them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from etl.reading import Context, Reading
from tests.etl.exports import context, rows

FRONT = ("ID", "Start time", "Completion time", "Email", "Name")
ENTRY: dict[str, Any] = {
    "form_code": "F-EV02",
    "version": 1,
    "question_id": "overall",
    "wording": "Overall, how was the event?",
    "kind": "text",
    "scale_min": None,
    "scale_max": None,
    "polarity": "none",
    "options": None,
    "is_headline": False,
    "goes_to": "feedback",
    "opened_on": date(2026, 5, 12),
    "closed_on": None,
    "event_key": "event-1",
    "activity_key": None,
    "is_named": False,
}
TYPES: dict[str, Any] = {
    "version": pl.Int64,
    "scale_min": pl.Int64,
    "scale_max": pl.Int64,
    "is_headline": pl.Boolean,
    "is_named": pl.Boolean,
    "opened_on": pl.Date,
    "closed_on": pl.Date,
}


def catalogue(
    *entries: dict[str, Any], answers: Sequence[Sequence[Any]] = (), organisations: Sequence[Sequence[Any]] = ()
) -> Context:
    """A context whose catalogue holds these questions, each told as its differences from ENTRY."""
    before = context(answers=answers, organisations=organisations)
    schema = {name: TYPES.get(name, pl.String) for name in ENTRY}
    questions = pl.DataFrame([{**ENTRY, **entry} for entry in entries], schema=schema)
    return replace(before, known=replace(before.known, questions=questions))


def lines(*printed: Sequence[str]) -> str:
    """These rows as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(printed)
    return text.getvalue()


def responses(headings: Sequence[str], *given: Sequence[str], email: str = "anonymous", name: str = "") -> str:
    """A Microsoft Forms export: responses 1, 2, ... on one evening in May, with these answers."""
    front = [
        [str(number), f"5/12/26 19:0{number}:00", f"5/12/26 19:1{number}:00", email, name]
        for number in range(1, len(given) + 1)
    ]
    return lines([*FRONT, *headings], *([*own, *answers] for own, answers in zip(front, given, strict=True)))


def said(reading: Reading) -> list[tuple[Any, ...]]:
    """Line, question, option, number and words of every answer, in the order of the file."""
    return [
        (row["source_line"], row["question_id"], row["option_code"], row["number_value"], row["text_value"])
        for row in rows(reading, "feedback_answer")
    ]


def question(reading: Reading, question_id: str) -> dict[str, Any]:
    """One guessed question."""
    [found] = [row for row in rows(reading, "feedback_question") if row["question_id"] == question_id]
    return found


def codes(reading: Reading) -> list[str]:
    """The codes of the messages."""
    return [message.code for message in reading.messages]


def everything_kept(reading: Reading) -> str:
    """Every value of every table, for looking whether something is in it."""
    return "\n".join(str(row) for table in reading.tables for row in rows(reading, table))
