"""The catalogue of forms: declared questions, and which declared form an export is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from etl.asked import Asked, Form
from etl.errors import ask
from etl.staff_answers import how_to_answer
from etl.wording import fold_wording

GUESSED = re.compile(r"F-[0-9A-F]{8}")
_NEEDED = ("form_code", "version", "question_id", "wording", "kind", "polarity", "goes_to", "opened_on")


@dataclass(frozen=True)
class Question:
    """One row of `feedback_question`. options: the closed list, one entry an option."""

    form_code: str
    version: int
    question_id: str
    wording: str
    kind: str
    polarity: str
    goes_to: str
    opened_on: date
    is_named: bool
    options: tuple[str, ...] = ()
    scale_min: int | None = None
    scale_max: int | None = None
    is_headline: bool = False
    closed_on: date | None = None
    event_key: str | None = None
    activity_key: str | None = None


@dataclass(frozen=True)
class Declared:
    """One version of one form of the catalogue."""

    form_code: str
    version: int
    questions: tuple[Question, ...]

    def covers(self, day: date) -> bool:
        """True when the form was open on this day."""
        opened = min(question.opened_on for question in self.questions)
        closed = [question.closed_on for question in self.questions if question.closed_on]
        return opened <= day and (not closed or day <= max(closed))


@dataclass(frozen=True)
class Planned:
    """A question of the export beside its entry in the catalogue; None when the catalogue does not list it."""

    asked: Asked
    question: Question | None


def declared_forms(questions: pl.DataFrame) -> list[Declared]:
    """The declared forms of `Known.questions`. Where a question came twice, its newest entry counts."""
    newest: dict[tuple[str, int, str], dict[str, Any]] = {}
    whole = [row for row in questions.to_dicts() if all(row.get(name) is not None for name in _NEEDED)]
    for row in sorted(whole, key=lambda row: str(row.get("as_of") or "")):
        newest[row["form_code"], int(row["version"]), row["question_id"]] = row
    forms: dict[tuple[str, int], list[Question]] = {}
    for (form_code, version, _), row in newest.items():
        if not row.get("is_void") and not GUESSED.fullmatch(form_code):
            forms.setdefault((form_code, version), []).append(_question(row))
    return [Declared(code, version, tuple(entries)) for (code, version), entries in sorted(forms.items())]


def find_declared(forms: Sequence[Declared], form: Form, answered: str) -> tuple[Declared | None, str | None]:
    """The declared form that this export is of, if any; and a form that it would be, but for its dates.

    A form fits when all its wordings are among the headings and, where responses have a day, it was open on the
    day of at least one. More wordings beat fewer, then more responses inside its dates, then the later version.
    `answered` is the form that staff named for this file, or ''. Raises NeedsAnswer when two forms fit equally well.
    """
    worded = [one for one in forms if _is_worded(one, form) and answered in {"", one.form_code}]
    days = [response.submitted_on for response in form.responses if response.submitted_on]
    fitting = [one for one in worded if not days or answered or any(one.covers(day) for day in days)]
    if not fitting:
        return None, worded[0].form_code if worded else None
    ranked = sorted(fitting, key=lambda one: _fit(one, days), reverse=True)
    best = ranked[0]
    rivals = {one.form_code for one in ranked if _fit(one, days)[:2] == _fit(best, days)[:2]}
    if len(rivals) > 1:
        raise ask(
            "which-form",
            f"The headings fit {len(rivals)} forms of the catalogue equally well: {', '.join(sorted(rivals))}. "
            + how_to_answer(form.document, "which_form", "the form's code"),
        )
    return best, None


def plan(declared: Declared, form: Form) -> list[Planned]:
    """Every question of the export with its entry. Equal wordings are paired in the order they stand."""
    waiting: dict[str, list[Question]] = {}
    for question in declared.questions:
        waiting.setdefault(fold_wording(question.wording), []).append(question)
    planned = []
    for asked in form.asked:
        wording = next((name for name in _wordings(asked) if waiting.get(name)), None)
        planned.append(Planned(asked, waiting[wording].pop(0) if wording else None))
    return planned


def question_frame(questions: Sequence[Question], line: int) -> pl.DataFrame:
    """Rows of `feedback_question`. They describe the file; `line` is one of its records."""
    return pl.DataFrame(
        [
            {
                "form_code": one.form_code,
                "version": one.version,
                "question_id": one.question_id,
                "wording": one.wording,
                "kind": one.kind,
                "scale_min": one.scale_min,
                "scale_max": one.scale_max,
                "polarity": one.polarity,
                "options": "\n".join(one.options) or None,
                "is_headline": one.is_headline,
                "goes_to": one.goes_to,
                "opened_on": one.opened_on,
                "is_named": one.is_named,
                "source_line": line,
            }
            for one in questions
        ],
        schema={
            "form_code": pl.String,
            "version": pl.Int64,
            "question_id": pl.String,
            "wording": pl.String,
            "kind": pl.String,
            "scale_min": pl.Int64,
            "scale_max": pl.Int64,
            "polarity": pl.String,
            "options": pl.String,
            "is_headline": pl.Boolean,
            "goes_to": pl.String,
            "opened_on": pl.Date,
            "is_named": pl.Boolean,
            "source_line": pl.Int64,
        },
    )


def unique_ids(ids: Iterable[str], length: int) -> list[str]:
    """The ids, made different by a number where two are alike or one is empty."""
    found: list[str] = []
    for place, name in enumerate(ids, start=1):
        bare = name or f"question_{place}"
        number, free = 2, bare
        while free in found:
            ending = f"_{number}"
            free, number = bare[: length - len(ending)] + ending, number + 1
        found.append(free)
    return found


def _is_worded(declared: Declared, form: Form) -> bool:
    """Whether every declared wording stands in the header, as often as it is declared."""
    there = Counter(name for asked in form.asked for name in set(_wordings(asked)))
    needed = Counter(fold_wording(question.wording) for question in declared.questions)
    return all(there[wording] >= times for wording, times in needed.items())


def _fit(declared: Declared, days: Sequence[date]) -> tuple[int, int, int]:
    return len(declared.questions), sum(declared.covers(day) for day in days), declared.version


def _wordings(asked: Asked) -> list[str]:
    return [fold_wording(name) for name in (asked.wording, *asked.also)]


def _question(row: dict[str, Any]) -> Question:
    options = tuple(line.strip() for line in (row.get("options") or "").splitlines() if line.strip())
    entry = Question(
        form_code=row["form_code"],
        version=int(row["version"]),
        question_id=row["question_id"],
        wording=row["wording"],
        kind=row["kind"],
        polarity=row["polarity"],
        goes_to=row["goes_to"],
        opened_on=row["opened_on"],
        is_named=bool(row["is_named"]),
        options=options,
    )
    return replace(
        entry,
        scale_min=row.get("scale_min"),
        scale_max=row.get("scale_max"),
        is_headline=bool(row.get("is_headline")),
        closed_on=row.get("closed_on"),
        event_key=row.get("event_key"),
        activity_key=row.get("activity_key"),
    )
