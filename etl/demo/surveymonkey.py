"""SurveyMonkey exports: two header rows, a matrix, "Other (please specify)", partial responses."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from etl.demo import forms
from etl.demo.events import HARD_TOPICS, TAKEAWAYS, Event, Reply
from etl.demo.ms_forms import agreement
from etl.demo.sheets import write_rows

FRONT = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
)
OTHER = "Other (please specify)"
LINES = len(forms.ITEMS)


def write_feedback(folder: Path, event: Event) -> None:
    """One event's feedback. Partial responses have a start, no end and only the first answers."""
    wordings = {question.question_id: question.wording for question in forms.feedback_form(event).questions}
    upper = [*FRONT, wordings["overall"], forms.MATRIX, *[""] * (LINES - 1)]
    upper += [wordings["takeaways"], *[""] * (len(TAKEAWAYS) - 1), wordings["hard_topic"], "", wordings["comments"]]
    lower = ["" for _ in FRONT] + ["Response", *(wording for _, wording in forms.ITEMS)]
    lower += [*TAKEAWAYS, "Response", OTHER, "Open-Ended Response"]
    rows = [upper, lower]
    for number, reply in enumerate(event.replies):
        rows.append(_response(event, number, reply))
    write_rows(folder / f"{event.title}.csv", rows, bom=True)


def _response(event: Event, number: int, reply: Reply) -> list[str]:
    front = [
        f"11{event.number:04d}{number:05d}",
        f"45{event.number:04d}",
        _clock(reply.at - timedelta(minutes=4)),
        _clock(reply.at) if reply.complete else "",
        f"192.0.2.{number % 250 + 1}",
        "",
        "",
        "",
        "",
    ]
    answers = [str(reply.overall), *(agreement(points) or "" for points in reply.agree)]
    answers += [taken if place in reply.takeaways else "" for place, taken in enumerate(TAKEAWAYS)]
    if not reply.complete:
        return front + answers[:2] + [""] * (len(answers) + 1)
    if reply.hard == "other":
        return [*front, *answers, "", HARD_TOPICS["other"], reply.comment]
    return [*front, *answers, HARD_TOPICS[reply.hard] if reply.hard else "", "", reply.comment]


def _clock(moment: datetime) -> str:
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"
