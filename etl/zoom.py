"""How Zoom lays out its reports: a line about the event, then sections that each have their own headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from etl import events
from etl.dates import DateOrder, read_day, read_moment
from etl.errors import FileProblem, refuse
from etl.headings import HEADER_WITHIN, Header, cell, fold
from etl.reading import Document, Row
from etl.staff_answers import which_order

NAME = ("user name (original name)", "user name", "name (original name)")
ATTENDEES = "attendee details"

_ROLES = {
    "host details": "host",
    "panelist details": "panelist",
    ATTENDEES: "attendee",
    "other attended": "phone",
}
_COUNTRY = {"country/region", "country/region name"}


@dataclass(frozen=True)
class Section:
    """One section's people: their role, the headings, and the rows beneath without blank ones."""

    role: str
    header: Header
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Webinar:
    """What the report says of the event itself."""

    key: str
    title: str
    digits: str
    on_day: date
    starts_at: datetime
    ends_at: datetime | None
    unique_viewers: int | None


def is_meta(header: Header) -> bool:
    """True for the headings above the line about the webinar."""
    return header.has("topic") and (header.has("webinar id") or header.has("actual start time"))


def webinar_of(document: Document, rows: Sequence[Row], order: DateOrder, zone: str) -> Webinar:
    """The event, its times in UTC.

    Raises Refused when the line is missing or its start time cannot be read, NeedsAnswer when it can be read only
    with day and month the other way round.
    """
    at = next((at for at, row in enumerate(rows[:HEADER_WITHIN]) if is_meta(Header(row))), None)
    if at is None or at + 1 >= len(rows) or fold(cell(rows[at + 1], 0)) in _ROLES:
        raise refuse(
            "no-webinar-line",
            "The line that names the webinar (Topic, Webinar ID, Actual Start Time) is missing, so the report was "
            "cut or changed. Download the attendee report from Zoom again.",
        )
    header, row = Header(rows[at]), rows[at + 1]
    _refuse_wide(header, row)
    printed = cell(row, header.place("actual start time", "start time"))
    starts_at, on_day = read_moment(printed, order, zone), read_day(printed, order)
    if starts_at is None or on_day is None:
        raise _no_start(document, printed, row.line, order, zone)
    minutes = whole(cell(row, header.place("actual duration (minutes)", "duration (minutes)")))
    title = cell(row, header.place("topic"))
    digits = re.sub(r"\D", "", cell(row, header.place("webinar id")))
    return Webinar(
        key=events.event_key("zoom", digits, title, on_day),
        title=title,
        digits=digits,
        on_day=on_day,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes) if minutes else None,
        unique_viewers=whole(cell(row, header.place("unique viewers"))),
    )


def _no_start(document: Document, printed: str, line: int, order: DateOrder, zone: str) -> FileProblem:
    other: DateOrder = "dmy" if order == "mdy" else "mdy"
    if read_moment(printed, other, zone) is not None:
        return which_order(document, "Actual Start Time", line)
    return refuse(
        "no-start-time",
        f"The webinar's start time in line {line} cannot be read. Download the attendee report from Zoom again.",
        line=line,
        column="Actual Start Time",
    )


def sections_of(rows: Sequence[Row]) -> list[Section]:
    """Every section that has headings. Raises Refused when the attendees' is missing or a row is too wide."""
    titles = [at for at, row in enumerate(rows) if _section_of(row)]
    found = []
    for number, at in enumerate(titles):
        end = titles[number + 1] if number + 1 < len(titles) else len(rows)
        if end - at < 2:
            continue
        header = Header(rows[at + 1])
        _refuse_headless(header, fold(cell(rows[at], 0)))
        body = tuple(rows[at + 2 : end])
        for row in body:
            _refuse_wide(header, row)
        found.append(Section(_ROLES[fold(cell(rows[at], 0))], header, body))
    if not any(section.role == "attendee" for section in found):
        raise refuse(
            "no-attendee-section",
            "The section Attendee Details with its headings is missing, so nobody's attendance can be read. Download "
            "the attendee report from Zoom again.",
        )
    return found


def _section_of(row: Row) -> str:
    first, *others = row.cells
    return "" if any(other.strip() for other in others) else _ROLES.get(fold(first), "")


def _refuse_headless(header: Header, title: str) -> None:
    missing = [name for name in ("join time", "leave time") if not header.has(name)]
    if header.place(*NAME, "first name") is None:
        missing.append("user name (original name)")
    if title == ATTENDEES:
        missing += [name for name in ("attended", "email") if not header.has(name)]
    if missing:
        raise refuse(
            "missing-column",
            f'The section "{title.title()}" lacks these headings in line {header.row.line}: {", ".join(missing)}. '
            "Download the attendee report from Zoom again and leave its headings as they are.",
            line=header.row.line,
        )


def _refuse_wide(header: Header, row: Row) -> None:
    """Zoom adds a trailing comma, and prints a country with a comma without quoting it; nothing else is wider."""
    if any(extra.strip() for extra in row.cells[header.width :]) and header.names[header.width - 1] not in _COUNTRY:
        raise refuse(
            "too-wide",
            f"Line {row.line} has more cells than there are headings, so its columns cannot be told apart. "
            "Download the attendee report from Zoom again.",
            line=row.line,
        )


def generated_at(rows: Sequence[Row], order: DateOrder, zone: str) -> datetime | None:
    """When Zoom made the report, in UTC; None when it does not say."""
    printed = (cell(row, 1) for row in rows[:HEADER_WITHIN] if fold(cell(row, 0)).startswith("report generated"))
    return next((moment for text in printed if (moment := read_moment(text, order, zone))), None)


def whole(text: str) -> int | None:
    """A whole number that is not negative, or None: Zoom prints `--` and, by mistake, negative minutes."""
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None
