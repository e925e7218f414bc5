"""Zoom webinar attendee reports, in both families of layout that Zoom has written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from etl.demo.equality import label
from etl.demo.events import Event, Guest
from etl.demo.sheets import write_rows

NO_TIME = "--"
HOSTS = ("Programme Desk", "programme.desk@example.org")
OLD_FAMILY_EVERY = 7  # every seventh event was reported in Zoom's older layout

Clock = Callable[[datetime], str]


def month_first(moment: datetime) -> str:
    """05/12/2026 09:00:00 AM"""
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"


def month_name(moment: datetime) -> str:
    """Mar 22, 2025 19:13:27"""
    return f"{moment:%b} {moment.day}, {moment:%Y %H:%M:%S}"


def write_report(folder: Path, event: Event) -> Path:
    """One event's report; returns where it was written."""
    old = event.number % OLD_FAMILY_EVERY == 1
    clock = month_name if old else month_first
    made = event.ends + timedelta(hours=20)
    rows: list[list[str]] = [["Attendee Report"]]
    if old:
        rows.append(["Report Generated:", f"{made:%b} {made.day}, {made:%Y} {made:%I:%M %p}".replace(" 0", " ")])
    else:
        rows.append(["Report generated time", month_first(made)])
    rows += _about(event, clock)
    person_headings = ["Attended", "User Name (Original Name)", "Email", "Join Time", "Leave Time"]
    person_headings += ["Time in Session (minutes)", "Is Guest", "Country/Region Name"]
    rows += [["Host Details"], person_headings]
    rows.append(_staff_row(*HOSTS, event.starts - timedelta(minutes=12), event.ends, clock))
    rows += [["Panelist Details"], person_headings]
    rows += [
        _staff_row(name, address, event.starts - timedelta(minutes=8), event.ends, clock)
        for name, address in panelists(event)
    ]
    questions = ["How did you hear about this event?"] + (["What is your age group?"] if event.asks_age else [])
    rows += [["Attendee Details"], _attendee_headings(questions)]
    for guest in event.guests:
        if guest.role != "phone":
            rows += _attendee_rows(guest, len(questions), clock)
    callers = [guest for guest in event.guests if guest.role == "phone"]
    if callers:
        rows += [
            ["Other Attended"],
            ["User Name", "Join Time", "Leave Time", "Time in Session (minutes)", "Country/Region Name"],
        ]
        for caller in callers:
            begin, end = caller.stretches[0]
            rows.append([caller.shown_as, clock(begin), clock(end), _minutes(begin, end), "United Kingdom"])
    digits = event.tool_id.replace(" ", "")
    path = folder / f"attendee_{digits}_{event.starts:%Y_%m_%d}.csv"
    write_rows(path, rows, bom=not old, ending="\n" if event.number % 2 else "\r\n")
    return path


def panelists(event: Event) -> list[tuple[str, str]]:
    """Two speakers; at some events one of them first joined as an attendee and stands in both sections."""
    found = [("Guest Speaker", f"speaker{event.number}@example.com")]
    moved = moved_to_panel(event)
    if moved is not None:
        found.append((moved.shown_as, moved.email))
    return found


def moved_to_panel(event: Event) -> Guest | None:
    """The attendee who was made a panelist during the event, if there was one."""
    came = [guest for guest in event.guests if guest.came and guest.role == "attendee"]
    return came[3] if event.number % 4 == 0 and len(came) > 3 else None


def unique_viewers(event: Event) -> int:
    """The report's own control total: everyone who came by computer, the notetaker included, callers not."""
    return sum(guest.came and guest.role != "phone" for guest in event.guests)


def _about(event: Event, clock: Clock) -> list[list[str]]:
    headings = ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered"]
    headings += ["# Cancelled", "Unique Viewers", "Total Users", "Max Concurrent Views", "Enable Registration"]
    registered = [guest for guest in event.guests if guest.role == "attendee"]
    joins = sum(len(guest.stretches) for guest in event.guests)
    viewers = unique_viewers(event)
    return [
        headings,
        [
            event.title,
            event.tool_id,
            clock(event.starts),
            str(event.minutes),
            str(len(registered)),
            str(sum(guest.status == "cancelled" for guest in registered)),
            str(viewers),
            str(joins + 2),
            str(viewers - viewers // 9),
            "Yes",
        ],
    ]


def _attendee_headings(questions: list[str]) -> list[str]:
    headings = ["Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Organization"]
    headings += ["Registration Time", "Approval Status", "Join Time", "Leave Time", "Time in Session (minutes)"]
    return [*headings, "Is Guest", *questions, "Country/Region Name"]


def _staff_row(name: str, address: str, begin: datetime, end: datetime, clock: Clock) -> list[str]:
    minutes = _minutes(begin, end)
    return ["Yes", name, address, clock(begin), clock(end), minutes, "No", "United Kingdom"]


def _attendee_rows(guest: Guest, questions: int, clock: Clock) -> list[list[str]]:
    first, _, last = guest.shown_as.partition(" ")
    known = guest.person
    names = [known.first, known.last] if known else [first, last]
    state = {"registered": "approved"}.get(guest.status, guest.status)
    registered = clock(guest.registered_at) if guest.registered_at else NO_TIME
    answers = [guest.heard, label("age", guest.age)][:questions]
    front = ["Yes" if guest.came else "No", guest.shown_as, *names, guest.email]
    if not guest.came:
        times = [NO_TIME, NO_TIME, NO_TIME]
        return [[*front, guest.organisation, registered, state, *times, "Yes", *answers, ""]]
    rows = []
    for place, (begin, end) in enumerate(guest.stretches):
        joined, left = (end, begin) if guest.broken_clock and place == 0 else (begin, end)
        # registration facts and answers stand on a person's first row only
        once = [guest.organisation, registered, state] if place == 0 else ["", "", ""]
        said = answers if place == 0 else [""] * questions
        times = [clock(joined), clock(left), _minutes(joined, left)]
        rows.append([*front, *once, *times, "Yes", *said, "United Kingdom"])
    return rows


def _minutes(begin: datetime, end: datetime) -> str:
    seconds = (end - begin).total_seconds()
    return str(int(-(-seconds // 60)))
