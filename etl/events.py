"""What every tool's event report shares: the frames of the event tables, addresses, and questions about hearing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from etl.headings import fold
from etl.keys import key

_TIME = pl.Datetime("us")
_SCHEMAS: Mapping[str, Mapping[str, pl.DataType | type[pl.DataType]]] = {
    "event": {
        "event_key": pl.String,
        "title": pl.String,
        "kind": pl.String,
        "starts_at": _TIME,
        "ends_at": _TIME,
        "platform": pl.String,
        "tool_unique_count": pl.Int64,
        "time_zone": pl.String,
    },
    "event_alias": {
        "system": pl.String,
        "external_id": pl.String,
        "on_day": pl.Date,
        "event_key": pl.String,
    },
    "event_registration": {
        "event_key": pl.String,
        "attendee_key": pl.String,
        "person_key": pl.String,
        "org_code": pl.String,
        "registered_at": _TIME,
        "status": pl.String,
        "tickets": pl.Int64,
        "ticket_type": pl.String,
        "face_value": pl.Decimal(12, 2),
        "heard_from": pl.String,
        "platform": pl.String,
    },
    "event_attendance": {
        "event_key": pl.String,
        "attendee_key": pl.String,
        "person_key": pl.String,
        "role": pl.String,
        "joined_at": _TIME,
        "left_at": _TIME,
        "segment": pl.Int64,
        "evidence": pl.String,
        "stated_minutes": pl.Int64,
    },
}
_CONTACTS = dict.fromkeys(("reference", "full_name", "known_as", "phone"), pl.String)
_EQUALITY = {"reference": pl.String, "characteristic": pl.String, "answer": pl.String, "source_line": pl.Int64}

# How far from the event a join may lie before a check holds it (event_attendance.S1).
JOIN_WINDOW = timedelta(hours=3)

_HEARD: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("social_media", re.compile(r"social|twitter|facebook|linked ?in|instagram|youtube|tiktok|bluesky")),
    ("word_of_mouth", re.compile(r"word of mouth|friend|colleague|family|told me|recommend")),
    ("event", re.compile(r"\bevent\b|conference|webinar|workshop|meeting")),
    ("website", re.compile(r"web ?site|web ?page|google|search|online|internet|eventbrite")),
    ("partner_organisation", re.compile(r"partner|organi[sz]ation|charity|council|\bnhs\b|trust|university")),
    ("member", re.compile(r"member")),
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("webinar", re.compile(r"\bwebinar")),
    ("workshop", re.compile(r"\bworkshop|\bmaster ?class")),
    ("conference", re.compile(r"\bconference|\bsymposium|\bsummit")),
)
_HEARD_QUESTION = re.compile(r"(hear|heard|find out|found out|learn) (about|of)\b")

Value = str | int | Decimal | date | datetime | None


def frame(table: str, rows: Sequence[Mapping[str, Value]]) -> pl.DataFrame:
    """Rows (each with `source_line`, and `unread` where it needs one) as the frame of one event table."""
    schema = {**_SCHEMAS[table], "source_line": pl.Int64, "unread": pl.String}
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return pl.DataFrame(columns, schema=schema)


def contacts_frame(rows: Mapping[str, str]) -> pl.DataFrame:
    """E-mail address as typed -> full name, as `Reading.contacts`. Phones are not taken from event reports."""
    return pl.DataFrame(
        {
            "reference": list(rows),
            "full_name": list(rows.values()),
            "known_as": [""] * len(rows),
            "phone": [""] * len(rows),
        },
        schema=_CONTACTS,
    )


def equality_frame(answers: Iterable[tuple[str, str, str, str, int]]) -> pl.DataFrame:
    """(person, reference, characteristic, answer, line) as `Reading.equality`: one answer each, the first not empty.

    '' is kept from somebody who was asked and left it empty: to be asked and to answer are different facts.
    """
    said: dict[tuple[str, str], tuple[str, str, str, int]] = {}
    for person, reference, characteristic, answer, line in answers:
        one = (person, characteristic)
        if one not in said or not said[one][2]:
            said[one] = (reference, characteristic, answer, line)
    return pl.DataFrame(list(said.values()), schema=_EQUALITY, orient="row")


def note_answer(answers: dict[str, str], characteristic: str, answer: str) -> None:
    """Add one cell to a person's answers. The disability question has two parts, which are kept together."""
    before = answers.get(characteristic, "")
    is_second_part = characteristic == "disability" and before and answer
    answers[characteristic] = f"{before} | {answer}" if is_second_part else before or answer


def event_key(platform: str, external_id: str, title: str, day: date | None) -> str:
    """The key of an event that a tool reports: by its id, else by its title, and the day it took place."""
    return key("event", platform, external_id or " ".join(title.split()), day)


def address(text: str) -> str:
    """The e-mail address, or '' for what is none: empty, `anonymous` or without @."""
    typed = text.strip()
    return typed if "@" in typed and typed.lower() != "anonymous" else ""


def who(reference: str, name: str) -> str:
    """The `attendee_key` column's reference: the e-mail address, else the displayed name."""
    return reference or f"name:{' '.join(name.split())}"


def asks_where_heard(heading: str) -> bool:
    """True for a question on how somebody heard of the event."""
    return _HEARD_QUESTION.search(fold(heading)) is not None


def heard_from(answer: str) -> str | None:
    """The source that an answer means (code list eoi_source); None when nothing was answered."""
    said = fold(answer)
    if not said:
        return None
    return next((code for code, words in _HEARD if words.search(said)), "other")


def kind_of(title: str) -> str:
    """The kind of event that a title names; an open meeting when it names none. The staff list corrects it."""
    return next((kind for kind, words in _KINDS if words.search(fold(title))), "open_meeting")
