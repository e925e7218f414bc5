"""One export of a form as canonical rows, by its declared catalogue entry or, the first time, by a guess at one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from etl.asked import Asked, Form, Response
from etl.errors import Refused, refuse
from etl.form_people import respondents
from etl.form_rows import Plan, form_rows
from etl.guesses import guess, guess_code
from etl.keys import key
from etl.organisations import codes_by_wording
from etl.questions import Declared, Planned, declared_forms, find_declared, plan, question_frame
from etl.reading import Context, IgnoredReason, Reading
from etl.report import Message
from etl.staff_answers import answer_to
from etl.topics import Topic, topic_of

_SHOWN = 6


def read_form(form: Form, context: Context) -> Reading:
    """The canonical rows of one export of one form.

    `feedback_answer`, and for a declared form `expression_of_interest`; for a form nobody declared also its
    guessed `feedback_question` rows. Of a response that came twice the later completion counts. Raises
    NeedsAnswer when two declared forms fit, Refused when ids repeat without a time or closed questions hold numbers.
    """
    form, messages = _once_each(form)
    chosen, notes = _planned(form, context)
    rows = form_rows(form, chosen, _keys(form, chosen))
    ignored: dict[int, IgnoredReason] = dict(form.ignored)
    for response in form.responses:
        if response.line not in rows.lines:
            is_empty = not any(asked.answers(response.cells) or asked.written(response.cells) for asked in form.asked)
            ignored[response.line] = "incomplete_response" if is_empty else "out_of_scope"
    reading = Reading(
        tables=rows.tables,
        records=sorted({*form.ignored, *(response.line for response in form.responses)}),
        ignored=ignored,
        messages=[*messages, *notes, *rows.messages],
        contacts=chosen.people.contacts if chosen.is_named else None,
        equality=rows.equality,
        dropped=[*form.dropped, *(() if chosen.is_named else form.contact_headings), *rows.dropped],
        moved=[*(form.contact_headings if chosen.is_named else ()), *rows.moved],
        subject=chosen.form_code,
        as_of=max((one.as_of for one in form.responses if one.as_of), default=None),
    )
    if chosen.is_declared:
        reading.retired_forms = [guess_code(form)]
    elif rows.lines:
        questions = [one.question for one in chosen.planned if one.question]
        reading.tables["feedback_question"] = question_frame(questions, min(rows.lines))
    return reading


def _planned(form: Form, context: Context) -> tuple[Plan, list[Message]]:
    topics = tuple(_topic(asked, form.responses) for asked in form.asked)
    declared, near = find_declared(
        declared_forms(context.known.questions), form, answer_to(form.document, context, "which_form")
    )
    if declared is not None:
        return _declared_plan(form, declared, topics, codes_by_wording(context.known.organisations))
    people = respondents(form, [None] * len(form.asked), topics)
    is_named = (form.emails_name and people.has_tool_addresses) or people.all_left_address
    questions = guess(form, topics, is_named=is_named, today=context.today)
    planned = tuple(Planned(asked, entry) for asked, entry in zip(form.asked, questions, strict=True))
    chosen = Plan(guess_code(form), planned, topics, people, is_declared=False, is_named=is_named)
    return chosen, [_please_confirm(chosen, near), *_set_aside(chosen)]


def _declared_plan(
    form: Form, declared: Declared, topics: tuple[Topic | None, ...], organisations: Mapping[str, str]
) -> tuple[Plan, list[Message]]:
    planned = tuple(plan(declared, form))
    entries = [one.question for one in planned if one.question]
    is_named = any(entry.is_named or entry.goes_to == "eoi" for entry in entries)
    people = respondents(form, [one.question for one in planned], topics)
    chosen = Plan(declared.form_code, planned, topics, people, True, is_named, organisations)
    _require_labels(planned, form)
    loose = [
        one.asked.shown
        for one, topic in zip(planned, topics, strict=True)
        if one.question is None and (topic is None or topic.kind != "contact")
    ]
    messages = _set_aside(chosen)
    if loose:
        messages.append(
            Message(
                "warning",
                "question-not-declared",
                f"{_questions(len(loose))} of {len(planned)} in this file not listed in the catalogue of "
                f"{declared.form_code}, and so not loaded: {_named(loose)}. Add what is missing to its form questions "
                "and drop the file again.",
                column=loose[0],
            )
        )
    return chosen, messages


def _once_each(form: Form) -> tuple[Form, list[Message]]:
    """The form with one line for each tool id: the one completed last. Lines that are the same throughout stay."""
    by_id: dict[str, list[Response]] = {}
    for response in form.responses:
        if response.tool_id:
            by_id.setdefault(response.tool_id, []).append(response)
    earlier: dict[int, IgnoredReason] = {}
    for same in by_id.values():
        if len({one.cells for one in same}) == 1:
            continue
        if any(one.as_of is None for one in same):
            raise refuse(
                "response-id-repeats",
                f"The same response id stands on lines {_lines(one.line for one in same)} with different answers and "
                "no completion time, so nobody can tell which counts. Export all responses once more and drop that "
                "file.",
                line=same[0].line,
            )
        last = max(same, key=lambda one: (str(one.as_of), one.line))
        earlier |= {one.line: "incomplete_response" for one in same if one is not last}
    if not earlier:
        return form, []
    kept = tuple(one for one in form.responses if one.line not in earlier)
    note = Message(
        "info",
        "response-changed-later",
        f"{len(earlier)} lines hold a response that its respondent completed again later; only the later one counts "
        f"(earlier lines: {_lines(sorted(earlier))}).",
    )
    return replace(form, responses=kept, ignored={**form.ignored, **earlier}), [note]


def _keys(form: Form, chosen: Plan) -> dict[int, str | None]:
    """Line -> response_key: from the tool's id, else from what was said and how many had said the same before.

    Two copies of one form start their ids anew, so that a guessed form also needs `copy_mark` to tell them apart.
    """
    keys: dict[int, str | None] = {}
    times: dict[str, int] = {}
    for response in form.responses:
        if form.has_ids:
            mark = () if chosen.is_declared else (response.copy_mark,)
            tool_id = response.tool_id
            keys[response.line] = key("response", chosen.form_code, tool_id, *mark) if tool_id else None
            continue
        said = [
            "\x1f".join([*asked.answers(response.cells), asked.written(response.cells)])
            for asked, topic in zip(form.asked, chosen.topics, strict=True)
            if topic is None or topic.kind != "contact"
        ]
        digest = key("answers", response.completed_at, response.submitted_on, "\x1e".join(said))
        times[digest] = times.get(digest, 0) + 1
        keys[response.line] = key("response", chosen.form_code, digest, times[digest])
    return keys


def _require_labels(planned: Iterable[Planned], form: Form) -> None:
    """Refuse closed questions that hold numbers where the catalogue lists words."""
    for one in planned:
        entry = one.question
        if entry is None or entry.kind not in {"single", "multi"} or any(option.isdigit() for option in entry.options):
            continue
        texts = [text for response in form.responses for text in one.asked.answers(response.cells)]
        if texts and all(text.replace(";", "").isdigit() for text in texts):
            raise numbers_for_labels(one.asked.shown)


def numbers_for_labels(wording: str) -> Refused:
    """The refusal of an export whose closed questions hold numbers instead of the words that were chosen."""
    return refuse(
        "numbers-instead-of-labels",
        f"The closed question “{wording[:80]}” holds numbers where the words of its answers are expected, so nobody "
        "can tell what was chosen. Export the responses again as “actual answer text” (not “numerical value”) and "
        "drop that file.",
        column=wording,
    )


def _topic(asked: Asked, responses: Sequence[Response]) -> Topic | None:
    texts = [text for response in responses for text in asked.answers(response.cells)]
    return topic_of(asked.shown, texts, asked.row)


def _please_confirm(chosen: Plan, near: str | None) -> Message:
    asked = _questions(len(chosen.planned))
    close = (
        f" Its wordings are those of {near}, but no response falls in the days when that form was open." if near else ""
    )
    return Message(
        "info",
        "form-guessed",
        f"This form is not in the catalogue, so Voices made an entry for it from its headings and answers: "
        f"{chosen.form_code}, with {asked}.{close} Please confirm it: list its questions in the form questions "
        "template under a code of your own, then drop this file again. Until then its free text is for staff only and "
        "nothing of it is compared over time.",
    )


def _set_aside(chosen: Plan) -> list[Message]:
    if chosen.is_named:
        return []
    aside = [
        one.asked.shown
        for one, topic in zip(chosen.planned, chosen.topics, strict=True)
        if (one.question and one.question.goes_to == "equality") or (topic and topic.kind == "equality")
    ]
    if not aside:
        return []
    return [
        Message(
            "warning",
            "equality-set-aside",
            f"{_questions(len(aside))} about equality in a form without names: {_named(aside)}. Nothing of their "
            "answers was stored. Send their totals with the equality totals template; or, if the form does ask who "
            "answers, declare it as named with these questions going to equality, and drop this file again.",
            column=aside[0],
        )
    ]


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def _named(headings: Sequence[str]) -> str:
    shown = "; ".join(f"“{heading[:80]}”" for heading in headings[:_SHOWN])
    return shown if len(headings) <= _SHOWN else f"{shown}; and {len(headings) - _SHOWN} more"


def _lines(lines: Iterable[int]) -> str:
    numbers = list(lines)
    shown = ", ".join(str(line) for line in numbers[:_SHOWN])
    return shown if len(numbers) <= _SHOWN else f"{shown} and {len(numbers) - _SHOWN} more"
