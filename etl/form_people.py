"""Who answered a form: the address that stands for each respondent, and the names that go to the people store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from etl.asked import Asked, Form, Response
from etl.questions import Question
from etl.topics import Topic

CONTACT_IDS = {
    "email": "email",
    "person": "email",
    "full_name": "full_name",
    "name": "full_name",
    "first_name": "first_name",
    "last_name": "last_name",
    "known_as": "known_as",
    "phone": "phone",
}
_CONTACTS = {"reference": pl.String, "full_name": pl.String, "known_as": pl.String, "phone": pl.String}


@dataclass(frozen=True)
class Respondents:
    """references: line -> the respondent's address as typed ('' when there is none).

    contacts: reference, full_name, known_as, phone (text), one row for each address.
    has_tool_addresses: the tool itself names somebody. all_left_address: every respondent typed an address.
    """

    references: dict[int, str]
    contacts: pl.DataFrame
    has_tool_addresses: bool
    all_left_address: bool


def contact_part(question: Question | None, topic: Topic | None) -> str | None:
    """Which part of a contact a question asks for, as the catalogue says or else as its wording does."""
    if question is not None:
        declared = CONTACT_IDS.get(question.question_id) if question.goes_to in {"eoi", "drop"} else None
        if declared or question.goes_to != "drop":
            return declared
    return topic.name if topic and topic.kind == "contact" else None


def respondents(form: Form, questions: Sequence[Question | None], topics: Sequence[Topic | None]) -> Respondents:
    """Who answered. `questions` and `topics` stand beside `form.asked`."""
    parts = [
        (part, question is not None, asked)
        for asked, question, topic in zip(form.asked, questions, topics, strict=True)
        if (part := contact_part(question, topic))
    ]
    typed = [asked for part, _, asked in parts if part == "email"]
    declared = [asked for part, is_declared, asked in parts if part == "email" and is_declared]
    by_part = {part: asked for part, _, asked in reversed(parts)}
    references = {one.line: _reference(one, declared, typed) for one in form.responses}
    contacts = {
        reference: _contact(one, reference, by_part) for one in form.responses if (reference := references[one.line])
    }
    return Respondents(
        references,
        pl.DataFrame(list(contacts.values()), schema=_CONTACTS, orient="row"),
        any(_is_address(one.email) for one in form.responses),
        bool(form.responses and typed) and all(_address_in(typed, one) for one in form.responses),
    )


def _reference(response: Response, declared: list[Asked], typed: list[Asked]) -> str:
    """The declared e-mail question first, then the tool's own column, then any question that asks for one."""
    tool = response.email.strip() if _is_address(response.email) else ""
    return _address_in(declared, response) or tool or _address_in(typed, response)


def _address_in(asked: list[Asked], response: Response) -> str:
    return next((text for one in asked for text in one.answers(response.cells) if _is_address(text)), "")


def _is_address(text: str) -> bool:
    return "@" in text and " " not in text.strip()


def _contact(
    response: Response, reference: str, by_part: dict[str, Asked]
) -> tuple[str, str | None, str | None, str | None]:
    said = {part: " ".join(asked.answers(response.cells)) for part, asked in by_part.items()}
    full_name = said.get("full_name") or " ".join(
        name for name in (said.get("first_name"), said.get("last_name")) if name
    )
    tool_name = "" if response.full_name.strip().casefold() == "anonymous" else response.full_name.strip()
    return reference, full_name or tool_name or None, said.get("known_as") or None, said.get("phone") or None
