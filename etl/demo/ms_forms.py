"""Microsoft Forms exports: one workbook per form, multi-select joined with ";" and one ";" more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from etl.demo import forms
from etl.demo.enquiries import SOURCES, WANTS, Enquiry
from etl.demo.equality import CHARACTERISTICS, disability_cells, label
from etl.demo.events import AGREEMENT, HARD_TOPICS, TAKEAWAYS, Event, Reply
from etl.demo.sheets import Cell, Table, write_xlsx
from etl.demo.world import Selected

FRONT = ("ID", "Start time", "Completion time", "Email", "Name")
MOMENT = "m/d/yy\\ h:mm:ss"


def write_feedback(folder: Path, event: Event) -> None:
    """One event's feedback: anonymous, headings with the stray blanks real forms have."""
    form = forms.feedback_form(event)
    headings = [*FRONT, *(question.wording for question in form.questions)]
    headings[len(FRONT)] += "\n"
    headings[-1] += "\u00a0"
    table = Table(f"{event.title}(1-{len(event.replies)})", headings)
    for number, reply in enumerate(event.replies, 1):
        began = reply.at - timedelta(minutes=3 + number % 5)
        table.rows.append([number, began, reply.at, "anonymous", None, *_feedback_cells(reply)])
    write_xlsx(folder, table, when=MOMENT)


def _feedback_cells(reply: Reply) -> list[Cell]:
    return [
        reply.overall,
        *(agreement(points) for points in reply.agree),
        "".join(f"{TAKEAWAYS[place]};" for place in reply.takeaways),
        HARD_TOPICS[reply.hard] if reply.hard else None,
        reply.comment or None,
    ]


def agreement(points: int) -> str | None:
    """The words of an agreement item; None for a skipped one."""
    if points < 0:
        return None
    return AGREEMENT[points - 1] if points else forms.NOT_APPLICABLE


def write_interest(folder: Path, name: str, form: forms.Form, asked: Sequence[Enquiry]) -> None:
    """Expressions of interest that came by the form."""
    table = Table(f"{name}(1-{len(asked)})", [*FRONT, *(question.wording for question in form.questions)])
    for number, enquiry in enumerate(asked, 1):
        person = enquiry.person
        table.rows.append(
            [
                *_front(enquiry.form_id, enquiry.received),
                person.name,
                person.email.upper() if number % 17 == 0 else person.email,
                person.phone or None,
                person.organisation.name if person.organisation else None,
                "".join(f"{WANTS[want]};" for want in enquiry.wants),
                SOURCES[enquiry.source],
                enquiry.message or None,
                "Yes" if enquiry.may_send_news else "No",
                *equality_cells(enquiry.equality),
            ]
        )
    write_xlsx(folder, table, when=MOMENT)


def write_applications(folder: Path, form: forms.Form, chosen: Sequence[Selected]) -> None:
    """The forms of selected people."""
    name = f"Lived Experience Partner details(1-{len(chosen)})"
    table = Table(name, [*FRONT, *(question.wording for question in form.questions)])
    for number, one in enumerate(chosen, 1):
        person = one.journey.person
        cells = [*_front(number, one.at), person.name, person.email, "Yes", *equality_cells(one.equality)]
        table.rows.append(cells)
    write_xlsx(folder, table, when=MOMENT)


def _front(number: int, at: datetime) -> list[Cell]:
    return [number, at - timedelta(minutes=6), at, "anonymous", None]


def equality_cells(given: dict[str, str]) -> list[Cell]:
    """The answers in the order of the form's equality questions; an empty cell where nothing was said."""
    cells: list[Cell] = []
    for one in CHARACTERISTICS:
        if one.name == "disability":
            cells += [cell or None for cell in disability_cells(given["disability"])]
        else:
            cells.append(label(one.name, given[one.name]) or None)
    return cells
