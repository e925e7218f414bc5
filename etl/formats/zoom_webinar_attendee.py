"""Zoom webinar attendee report: sections, each with its own headings; one row is one join or one no-show.

Times are month first whatever the host's country, and are the account's clock (exports.md 4.1).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from etl import events
from etl.dates import DateOrder, read_moment
from etl.equality_headings import characteristic_of
from etl.headings import HEADER_WITHIN, Header, cell, first_sheet, fold
from etl.organisations import codes_by_wording
from etl.reading import Context, Document, Reading, Row
from etl.report import Message
from etl.staff_answers import date_order
from etl.wording import fold as fold_wording
from etl.zoom import ATTENDEES, NAME, Section, Webinar, generated_at, is_meta, sections_of, webinar_of, whole

KEY = "zoom_webinar_attendee"
TITLE = "Zoom webinar attendee report"
ONE_RECORD_IS = "one join, or one registered person who did not come"
EXAMPLE = b"""\
Attendee Report
Report generated time,05/20/2026 10:00:00 AM
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users
Working together well,812 3456 7890,05/12/2026 10:00:00 AM,90,4,0,3,5
Host Details
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Robin Host,robin@example.org,05/12/2026 09:50:00 AM,05/12/2026 11:31:00 AM,101,No,United Kingdom
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,City,Registration Time,Approval Status,Join Time,\
Leave Time,Time in Session (minutes),Is Guest,What is your age group?,Country/Region Name
Yes,Alex Sample,Alex,Sample,alex@example.org,Leeds,05/01/2026 08:15:00 AM,approved,05/12/2026 09:58:00 AM,\
05/12/2026 10:20:00 AM,22,Yes,35-44,United Kingdom
Yes,Alex Sample,,,alex@example.org,,,,05/12/2026 10:22:00 AM,05/12/2026 11:30:00 AM,68,Yes,,United Kingdom
Yes,Sam Example,Sam,Example,sam@example.org,,05/02/2026 09:00:00 PM,approved,05/12/2026 10:05:00 AM,\
05/12/2026 11:30:00 AM,85,Yes,25-34,"Congo, Democratic Republic of the"
No,Jo Invented,Jo,Invented,jo@example.org,,05/03/2026 12:30:00 PM,approved,--,--,--,--,Prefer not to say,
Other Attended
User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
447******123,05/12/2026 10:10:00 AM,05/12/2026 11:00:00 AM,50,United Kingdom
"""

_MINUTES = "time in session (minutes)"
_KNOWN = {*NAME, "attended", "first name", "last name", "email", "registration time", "approval status"}
_KNOWN |= {"join time", "leave time", _MINUTES}
_STATUSES = {
    "": "registered",
    "--": "registered",
    "approved": "registered",
    "pending": "pending",
    "pending approval": "pending",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "cancelled by self": "cancelled",
    "denied": "denied",
    "declined": "denied",
}
_BOT = re.compile(r"otter\.ai|otterpilot|fireflies|note ?taker|read\.ai|tl;dv|meetgeek|sembly|avoma", re.IGNORECASE)
_ORGANISATION = ("organization", "organisation")
_NOTHING = {"", "--", "-", "n/a"}


@dataclass
class _Visit:
    """One data row: a join, a stay without times, or a no-show."""

    line: int
    role: str
    came: bool
    reference: str
    name: str
    full_name: str
    joined_at: datetime | None = None
    left_at: datetime | None = None
    left_first: bool = False
    minutes: int | None = None
    registered_at: datetime | None = None
    status: str | None = None
    heard_from: str | None = None
    organisation: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def person(self) -> str:
        """Who it is within this report: the folded address, else the displayed name."""
        return self.reference.lower() or events.who("", self.name)


def signature(document: Document) -> bool:
    """A cell `Attendee Report` near the top, and the attendees' section or the line about the webinar."""
    return first_sheet(document, _is_report) is not None


def _is_report(rows: Sequence[Row]) -> bool:
    has_title = any(fold(cell(row, 0)) == "attendee report" for row in rows[:HEADER_WITHIN])
    return has_title and any(fold(cell(row, 0)) == ATTENDEES or is_meta(Header(row)) for row in rows)


def read(document: Document, context: Context) -> Reading:
    """The event, its registrations and its attendance. Raises Refused when a part of the report is missing."""
    rows = [row for row in first_sheet(document, _is_report) or () if not row.is_blank]
    order = date_order(document, context, KEY, (), usual="mdy") or "mdy"
    zone = context.settings.time_zone
    webinar = webinar_of(document, rows, order, zone)
    sections = sections_of(rows)
    visits: list[_Visit] = []
    ignored: list[int] = []
    for section in sections:
        for row in section.rows:
            visit = _visit(section, row, order, zone)
            if visit.came or visit.role == "attendee":
                visits.append(visit)
            else:
                ignored.append(row.line)
    reading = Reading(
        tables=_tables(webinar, visits, _takes_registrations(sections, visits), context) if visits else {},
        records=[row.line for section in sections for row in section.rows],
        ignored=dict.fromkeys(ignored, "out_of_scope"),
        messages=_messages(webinar, visits),
        contacts=events.contacts_frame(_contacts(visits)),
        equality=events.equality_frame(
            (visit.person, visit.reference, characteristic, answer, visit.line)
            for visit in visits
            for characteristic, answer in visit.answers.items()
        ),
        subject=webinar.title,
        as_of=generated_at(rows, order, zone),
    )
    reading.dropped, reading.moved = _unused(sections)
    return reading


def _visit(section: Section, row: Row, order: DateOrder, zone: str) -> _Visit:
    header, role = section.header, section.role
    full = " ".join(filter(None, (cell(row, header.place("first name")), cell(row, header.place("last name")))))
    shown = cell(row, header.place(*NAME)) or full
    attended = fold(cell(row, header.place("attended")))
    reference = events.address(cell(row, header.place("email")))
    visit = _Visit(
        line=row.line,
        role=role,
        came=attended != "no",
        reference=reference,
        name=shown or f"unnamed in line {row.line}",
        full_name=full or shown,
    )
    if role != "host" and _BOT.search(shown):
        visit.role, visit.reference = "bot", ""
    if attended not in {"yes", "no"} and header.has("attended"):
        visit.unread.append("role")
    if not reference and _is_shifted(header, row):
        visit.unread.append("person_key")
    _read_times(visit, header, row, order, zone)
    if role == "attendee":
        _read_registration(visit, header, row, order, zone)
    return visit


def _is_shifted(header: Header, row: Row) -> bool:
    """An unquoted comma in a name pushes the address out of its column."""
    is_wide = any(extra.strip() for extra in row.cells[header.width :])
    return is_wide and any("@" in text for text in row.cells)


def _read_times(visit: _Visit, header: Header, row: Row, order: DateOrder, zone: str) -> None:
    for column, names in (("joined_at", "join time"), ("left_at", "leave time")):
        printed = cell(row, header.place(names))
        if printed not in _NOTHING:
            moment = read_moment(printed, order, zone)
            setattr(visit, column, moment)
            if moment is None:
                visit.unread.append(column)
    if visit.joined_at and visit.left_at and visit.left_at < visit.joined_at:
        visit.left_at, visit.left_first = None, True
    visit.minutes = whole(cell(row, header.place(_MINUTES)))


def _read_registration(visit: _Visit, header: Header, row: Row, order: DateOrder, zone: str) -> None:
    printed = cell(row, header.place("registration time"))
    visit.registered_at = read_moment(printed, order, zone) if printed not in _NOTHING else None
    if printed not in _NOTHING and visit.registered_at is None:
        visit.unread.append("registered_at")
    approval = fold(cell(row, header.place("approval status")))
    visit.status = _STATUSES.get(approval)
    if visit.status is None:
        visit.unread.append("status")
    if approval in _NOTHING:
        visit.status = None
    visit.organisation = cell(row, header.place(*_ORGANISATION))
    for place, heading in enumerate(header.row.cells):
        if fold(heading) in _KNOWN or not heading.strip():
            continue
        answer = cell(row, place)
        if characteristic := characteristic_of(heading):
            events.note_answer(visit.answers, characteristic, answer)
        elif events.asks_where_heard(heading):
            visit.heard_from = events.heard_from(answer)


def _takes_registrations(sections: Iterable[Section], visits: Iterable[_Visit]) -> bool:
    """Without registration Zoom lists whoever came; a person who did not come shows that people signed up."""
    asked = any(
        section.header.has("registration time") or section.header.has("approval status") for section in sections
    )
    return asked or any(not visit.came for visit in visits)


def _tables(
    webinar: Webinar, visits: list[_Visit], takes_registrations: bool, context: Context
) -> dict[str, pl.DataFrame]:
    line = next((visit.line for visit in visits if _is_sound(visit, webinar)), visits[0].line)
    event: dict[str, events.Value] = {
        "event_key": webinar.key,
        "title": webinar.title,
        "kind": "webinar",
        "starts_at": webinar.starts_at,
        "ends_at": webinar.ends_at,
        "platform": "zoom",
        "tool_unique_count": webinar.unique_viewers,
        "time_zone": context.settings.time_zone,
        "source_line": line,
    }
    tables = {"event": events.frame("event", [event])}
    if webinar.digits:
        alias: dict[str, events.Value] = {
            "system": "zoom",
            "external_id": webinar.digits,
            "on_day": webinar.on_day,
            "event_key": webinar.key,
            "source_line": line,
        }
        tables["event_alias"] = events.frame("event_alias", [alias])
    if takes_registrations:
        codes = codes_by_wording(context.known.organisations)
        tables["event_registration"] = events.frame("event_registration", _registrations(webinar, visits, codes))
    tables["event_attendance"] = events.frame("event_attendance", _attendance(webinar, visits))
    return tables


def _is_sound(visit: _Visit, webinar: Webinar) -> bool:
    """The event hangs on one record; one that a check may hold must not take the whole report with it."""
    if visit.unread or visit.joined_at is None:
        return not visit.unread
    return abs(visit.joined_at - webinar.starts_at) < events.JOIN_WINDOW


def _registrations(
    webinar: Webinar, visits: Iterable[_Visit], codes: Mapping[str, str]
) -> list[dict[str, events.Value]]:
    """One row per person, on their first sound record and on every no-show record, the same each time.

    Zoom prints what somebody answered at registration on their first row only, so it is gathered by person.
    codes: folded wording -> org_code; an organisation that is not on our list is not kept.
    """
    by_person: dict[str, list[_Visit]] = {}
    for visit in visits:
        if visit.role == "attendee":
            by_person.setdefault(visit.person, []).append(visit)
    rows: list[dict[str, events.Value]] = []
    for person in by_person.values():
        bearer = next((one for one in person if _is_sound(one, webinar)), person[0])
        same: dict[str, events.Value] = {
            "event_key": webinar.key,
            "attendee_key": events.who(person[0].reference, person[0].name),
            "person_key": person[0].reference or None,
            "org_code": next((code for one in person if (code := codes.get(fold_wording(one.organisation)))), None),
            "registered_at": next((one.registered_at for one in person if one.registered_at), None),
            "status": next((one.status for one in person if one.status), "registered"),
            "tickets": 1,
            "heard_from": next((one.heard_from for one in person if one.heard_from), None),
            "platform": "zoom",
        }
        rows += [
            {**same, "source_line": one.line, "unread": "" if one.came else ",".join(one.unread)}
            for one in person
            if one is bearer or not one.came
        ]
    return rows


def _attendance(webinar: Webinar, visits: Iterable[_Visit]) -> list[dict[str, events.Value]]:
    stretches: Counter[tuple[str, datetime | None, datetime | None]] = Counter()
    rows: list[dict[str, events.Value]] = []
    for visit in visits:
        if not visit.came:
            continue
        stretch = (visit.person, visit.joined_at, visit.left_at)
        stretches[stretch] += 1
        evidence = "total_only" if visit.minutes is not None else "check_in"
        rows.append(
            {
                "event_key": webinar.key,
                "attendee_key": events.who(visit.reference, visit.name),
                "person_key": visit.reference or None,
                "role": visit.role,
                "joined_at": visit.joined_at,
                "left_at": visit.left_at,
                "segment": stretches[stretch],
                "evidence": "join_log" if visit.joined_at else evidence,
                "stated_minutes": None if visit.joined_at else visit.minutes,
                "source_line": visit.line,
                "unread": ",".join(visit.unread),
            }
        )
    return rows


def _contacts(visits: Iterable[_Visit]) -> dict[str, str]:
    names: dict[str, str] = {}
    for visit in visits:
        if visit.reference:
            names.setdefault(visit.reference, visit.full_name)
    return names


def _unused(sections: Iterable[Section]) -> tuple[list[str], list[str]]:
    headings = dict.fromkeys(
        heading.strip() for section in sections for heading in section.header.row.cells if heading.strip()
    )
    rest = [one for one in headings if fold(one) not in _KNOWN and not events.asks_where_heard(one)]
    moved = [one for one in rest if characteristic_of(one)]
    return [one for one in rest if one not in moved], moved


def _messages(webinar: Webinar, visits: Sequence[_Visit]) -> list[Message]:
    messages = []
    if left_first := [visit.line for visit in visits if visit.left_first]:
        text = (
            f"{len(left_first)} row(s) leave before they join (first in line {left_first[0]}). These people count as "
            "present, and how long they stayed is not known."
        )
        messages.append(Message("warning", "left-before-joined", text, left_first[0], "Leave Time"))
    came = {visit.person for visit in visits if visit.came and visit.role in {"attendee", "bot"}}
    callers = {visit.person for visit in visits if visit.came and visit.role == "phone"}
    if webinar.unique_viewers is not None and webinar.unique_viewers not in {len(came), len(came | callers)}:
        text = (
            f"Zoom counts {webinar.unique_viewers} unique viewers and the rows name {len(came | callers)}. Compare "
            "with the report in Zoom; the rows are what is counted here."
        )
        messages.append(Message("warning", "unique-viewers-differ", text, column="Unique Viewers"))
    return messages
