"""The rows of one form's responses: feedback, expressions of interest, and answers for the equality store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from etl.answers import TEXT_LENGTH, Answer, Offered, is_private, read_answers
from etl.asked import Form, Response
from etl.equality_answers import PART, band_of_birth
from etl.equality_headings import BIRTH, LIMITS
from etl.form_people import Respondents, contact_part
from etl.interest import SCHEMA as INTEREST_SCHEMA
from etl.interest import Interest, has_unknown_wish, interest_row
from etl.keys import key
from etl.questions import Planned, Question
from etl.report import Message
from etl.topics import Topic, equality_name
from etl.wording import fold, slug

_ANSWERS: dict[str, Any] = {
    "form_code": pl.String,
    "version": pl.Int64,
    "question_id": pl.String,
    "event_key": pl.String,
    "activity_key": pl.String,
    "response_key": pl.String,
    "submitted_on": pl.Date,
    "reply_state": pl.String,
    "option_code": pl.String,
    "number_value": pl.String,
    "text_value": pl.String,
    "text_review": pl.String,
    "hard_topic": pl.String,
    "person_key": pl.String,
    "as_of": pl.Datetime,
    "unread": pl.String,
    "source_line": pl.Int64,
}
_EQUALITY = {"reference": pl.String, "characteristic": pl.String, "answer": pl.String, "source_line": pl.Int64}
_HARD_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cost", re.compile(r"\bcosts?\b|\bprice|\bfees?\b|\bafford|\bmoney\b|\bpay\b")),
    ("who_can_join", re.compile(r"\bwho can\b|\bjoin\b|\beligib|\btake part\b")),
    ("safety_and_support", re.compile(r"\bsafe(?:ty|guarding)?\b|\bsupport\b")),
    ("access", re.compile(r"\baccess")),
    ("evidence", re.compile(r"\bevidence\b|\bproof\b|\bworks\b|\bimpact\b")),
    ("trust", re.compile(r"\btrust\b")),
    ("clarity_of_offer", re.compile(r"\bclarity\b|\bclear\b|\bon offer\b|\bthe offer\b")),
)


@dataclass(frozen=True)
class Plan:
    """What is done with a form: its code, each question with its catalogue entry, and whether answers have names.

    planned and topics stand beside `Form.asked`. organisations: folded wording -> org_code, for interest.
    """

    form_code: str
    planned: tuple[Planned, ...]
    topics: tuple[Topic | None, ...]
    people: Respondents
    is_declared: bool
    is_named: bool
    organisations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormRows:
    """Everything one form gives. `lines`: the records that gave something."""

    tables: dict[str, pl.DataFrame]
    equality: pl.DataFrame | None
    lines: set[int]
    messages: list[Message]
    dropped: list[str]
    moved: list[str]


@dataclass
class _Gathered:
    """Rows as they come, the records that name a person, and lines to speak of."""

    answers: list[dict[str, Any]] = field(default_factory=list)
    interests: list[dict[str, Any]] = field(default_factory=list)
    equality: list[dict[str, Any]] = field(default_factory=list)
    contacts: set[int] = field(default_factory=set)
    unknown_wishes: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Routes:
    """Where each question goes: places in the form, and for equality the characteristic with its place."""

    feedback: list[int]
    interest: list[int]
    contact: list[int]
    equality: dict[str, int]


def form_rows(form: Form, plan: Plan, keys: Mapping[int, str | None]) -> FormRows:
    """Every row of one form. `keys`: line -> response_key, None where the tool's id is missing."""
    routes = _routes(plan)
    offered = [_offered(one) for one in plan.planned]
    gathered = _Gathered()
    for response in form.responses:
        reference = plan.people.references[response.line] if plan.is_named else ""
        for place in routes.feedback:
            _add_answers(gathered, response, plan.planned[place], offered[place], keys[response.line], reference)
        if routes.interest:
            _add_interest(gathered, response, plan, routes, keys[response.line])
        if reference:
            _add_equality(gathered, response, plan, routes, reference)
        if reference and any(plan.planned[place].asked.answers(response.cells) for place in routes.contact):
            gathered.contacts.add(response.line)
    return _finished(gathered, plan, routes)


def _routes(plan: Plan) -> _Routes:
    """A form without names has no route for equality: its answers are set aside."""
    routes = _Routes([], [], [], {})
    for place, (one, topic) in enumerate(zip(plan.planned, plan.topics, strict=True)):
        entry = one.question
        if contact_part(entry, topic):
            routes.contact.append(place)
        if entry is None:
            continue
        if entry.goes_to == "feedback":
            routes.feedback.append(place)
        elif entry.goes_to == "eoi":
            routes.interest.append(place)
        elif (
            entry.goes_to == "equality"
            and plan.is_named
            and (name := equality_name(entry.question_id, entry.wording, topic))
        ):
            routes.equality.setdefault(name, place)
    return routes


def _offered(one: Planned) -> Offered:
    entry = one.question
    if entry is None:
        return Offered("text")
    return Offered(entry.kind, entry.options, entry.scale_min, entry.scale_max, one.asked.joined_by)


def _add_answers(
    gathered: _Gathered,
    response: Response,
    one: Planned,
    offered: Offered,
    response_key: str | None,
    reference: str,
) -> None:
    entry = one.question
    if entry is None:
        return
    for answer in read_answers(offered, one.asked.answers(response.cells), one.asked.written(response.cells)):
        gathered.answers.append(_answer_row(answer, entry, response, response_key, reference))
        if answer.text and len(answer.text) > TEXT_LENGTH:
            gathered.cut.append(response.line)


def _answer_row(
    answer: Answer, entry: Question, response: Response, response_key: str | None, reference: str
) -> dict[str, Any]:
    text = answer.text[:TEXT_LENGTH] if answer.text else None
    unread = [response.unread] if response.unread else []
    return {
        "form_code": entry.form_code,
        "version": entry.version,
        "question_id": entry.question_id,
        "event_key": entry.event_key,
        "activity_key": entry.activity_key,
        "response_key": response_key,
        "submitted_on": response.submitted_on,
        "reply_state": answer.reply_state,
        "option_code": answer.option,
        "number_value": None if answer.number is None else str(answer.number),
        "text_value": text,
        "text_review": "hold" if text and is_private(text) else "not_reviewed",
        "hard_topic": _hard_topic(entry, answer),
        "person_key": reference or None if entry.is_named else None,
        "as_of": response.as_of,
        "unread": ",".join(unread if response_key else [*unread, "response_key"]),
        "source_line": response.line,
    }


def _hard_topic(entry: Question, answer: Answer) -> str | None:
    """The hard topic that an option of a question `hard_topic` names."""
    if not entry.question_id.startswith("hard_topic") or answer.option is None:
        return None
    code = slug(answer.option)
    codes = [name for name, _ in _HARD_TOPICS]
    if code in codes:
        return code
    return next((name for name, words in _HARD_TOPICS if words.search(fold(answer.option))), "other")


def _add_interest(
    gathered: _Gathered, response: Response, plan: Plan, routes: _Routes, response_key: str | None
) -> None:
    entries = {place: entry for place in routes.interest if (entry := plan.planned[place].question)}
    asked = {entry.question_id: plan.planned[place].asked for place, entry in entries.items()}
    interest = Interest(
        key=key("expression_of_interest", plan.form_code, response_key) if response_key else None,
        line=response.line,
        reference=plan.people.references[response.line],
        received_at=response.completed_at,
        as_of=response.as_of,
        event_key=next((entry.event_key for entry in entries.values() if entry.event_key), None),
        organisations=plan.organisations,
        answers={
            name: [*one.answers(response.cells), *filter(None, [one.written(response.cells)])]
            for name, one in asked.items()
        },
        options={entry.question_id: entry.options for entry in entries.values()},
        joined_by=next((one.joined_by for one in asked.values()), ""),
    )
    row = interest_row(interest)
    if row is not None:
        gathered.interests.append(row)
        if has_unknown_wish(interest):
            gathered.unknown_wishes.append(response.line)


def _add_equality(gathered: _Gathered, response: Response, plan: Plan, routes: _Routes, reference: str) -> None:
    """One row for each characteristic asked, an empty answer included; a date of birth leaves as a band."""
    said = {
        name: " ".join(plan.planned[place].asked.answers(response.cells)) for name, place in routes.equality.items()
    }
    if LIMITS in said:
        said["disability"] = f"{said.get('disability', 'Yes')}{PART}{said.pop(LIMITS)}"
    if BIRTH in said:
        born = said.pop(BIRTH)
        said["age"] = said.get("age") or _band(born, response)
    gathered.equality += [
        {"reference": reference, "characteristic": name, "answer": answer, "source_line": response.line}
        for name, answer in said.items()
    ]


def _band(born: str, response: Response) -> str:
    """The age band on the day of the response; words that no list knows when the date cannot be placed."""
    if not born:
        return ""
    on = response.submitted_on
    return (band_of_birth(born, on) if on else "") or "no band"


def _finished(gathered: _Gathered, plan: Plan, routes: _Routes) -> FormRows:
    tables = {"feedback_answer": pl.DataFrame(gathered.answers, schema=_ANSWERS)}
    if routes.interest:
        tables["expression_of_interest"] = pl.DataFrame(gathered.interests, schema=INTEREST_SCHEMA)
    kept = {*routes.feedback, *routes.interest}
    moved = {*routes.equality.values(), *(routes.contact if plan.is_named else ())}
    moved |= {place for place, topic in enumerate(plan.topics) if topic and topic.kind == "equality"}
    lines = {row["source_line"] for row in (*gathered.answers, *gathered.interests)} | gathered.contacts
    lines |= {row["source_line"] for row in gathered.equality if row["answer"].replace(PART.strip(), "").strip()}
    return FormRows(
        tables,
        pl.DataFrame(gathered.equality, schema=_EQUALITY) if routes.equality else None,
        lines,
        _messages(gathered),
        [one.asked.shown for place, one in enumerate(plan.planned) if place not in kept | moved],
        [one.asked.shown for place, one in enumerate(plan.planned) if place in moved - kept],
    )


def _messages(gathered: _Gathered) -> list[Message]:
    messages = []
    if wishes := gathered.unknown_wishes:
        messages.append(
            Message(
                "warning",
                "wish-not-understood",
                f"What people would like could not be told for {len(wishes)} of {len(gathered.interests)} expressions "
                f"of interest (first on line {wishes[0]}). Word the options of that question as coach, be coached, "
                "host, membership or hear more in the form, and drop a new export.",
                line=wishes[0],
            )
        )
    if gathered.cut:
        messages.append(
            Message(
                "warning",
                "text-cut",
                f"Answers cut at {TEXT_LENGTH:,} characters: {len(gathered.cut)} (first on line {gathered.cut[0]}). "
                "The original file keeps them whole until it is deleted.",
                line=gathered.cut[0],
            )
        )
    return messages
