"""Tickets to registrations: people are the unit, so several tickets of one person at one event are one registration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from etl import events

_LIVE = ("registered", "pending", "waitlisted")


@dataclass(frozen=True)
class Event:
    """The event that a ticket is for. `external_id` is '' when the file gives none."""

    key: str
    title: str
    external_id: str
    on_day: date | None
    starts_at: datetime | None
    time_zone: str


@dataclass
class Ticket:
    """One row of a ticket report. `unread` names the columns whose text could not be understood."""

    line: int
    order: str
    number: str
    reference: str
    name: str
    event: Event | None = None
    registered_at: datetime | None = None
    status: str = "registered"
    tickets: int = 1
    ticket_type: str | None = None
    face_value: Decimal | None = None
    heard_from: str | None = None
    came: bool = False
    attendee: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def name_attendees(tickets: Iterable[Ticket]) -> None:
    """Say who each ticket is for: an address, else a name, else the ticket itself.

    A ticket with neither is its own attendee: by its number, else by its order or moment of ordering and its place
    among those, so that a later export of the same event names it the same. A ticket that could not be read is kept
    apart from everybody else's.
    """
    seen: dict[tuple[object, str], int] = {}
    for ticket in tickets:
        if ticket.unread:
            ticket.attendee, ticket.reference = f"name:unread in line {ticket.line}", ""
        elif ticket.reference or ticket.name:
            ticket.attendee = events.who(ticket.reference, ticket.name)
        elif ticket.number:
            ticket.attendee = f"name:ticket {ticket.number}"
        else:
            group = ticket.order or f"of {ticket.registered_at}"
            one = (ticket.event, group)
            seen[one] = seen.get(one, 0) + 1
            ticket.attendee = f"name:ticket {group} {seen[one]}"


def registrations(tickets: Sequence[Ticket], platform: str) -> list[dict[str, events.Value]]:
    """A row of event_registration for every ticket; all tickets of one person at one event say the same."""
    groups: dict[tuple[object, str], list[Ticket]] = {}
    for ticket in tickets:
        groups.setdefault((ticket.event, ticket.attendee.lower()), []).append(ticket)
    rows: list[dict[str, events.Value]] = []
    for group in groups.values():
        same = _registration(group, platform)
        rows += [{**same, "source_line": one.line, "unread": ",".join(one.unread)} for one in group]
    return rows


def _registration(group: Sequence[Ticket], platform: str) -> dict[str, events.Value]:
    live = [ticket for ticket in group if ticket.status in _LIVE]
    counted = live or list(group)
    best = min(counted, key=lambda ticket: _LIVE.index(ticket.status) if ticket.status in _LIVE else 0)
    first = group[0]
    return {
        "event_key": first.event.key if first.event else None,
        "attendee_key": first.attendee,
        "person_key": first.reference or None,
        "registered_at": min((one.registered_at for one in group if one.registered_at), default=None),
        "status": best.status,
        "tickets": sum(_held(counted, is_live=bool(live)).values()),
        "ticket_type": next((one.ticket_type for one in counted if one.ticket_type), None),
        "face_value": next((one.face_value for one in counted if one.face_value is not None), None),
        "heard_from": next((one.heard_from for one in group if one.heard_from), None),
        "platform": platform,
    }


def _held(tickets: Iterable[Ticket], *, is_live: bool) -> Mapping[str, int]:
    """How many each ticket is for. A number that is printed twice is one ticket; so is an order and its refund."""
    held: dict[str, int] = {}
    for ticket in tickets:
        one = ticket.number or (f"line {ticket.line}" if is_live or not ticket.order else ticket.order)
        held[one] = max(held.get(one, 0), ticket.tickets)
    return held


def check_ins(tickets: Iterable[Ticket]) -> list[dict[str, events.Value]]:
    """A row of event_attendance, without times, for every ticket that was checked in."""
    segments: dict[tuple[object, str], int] = {}
    rows: list[dict[str, events.Value]] = []
    for ticket in tickets:
        if not ticket.came or ticket.unread:
            continue
        one = (ticket.event, ticket.attendee.lower())
        segments[one] = segments.get(one, 0) + 1
        rows.append(
            {
                "event_key": ticket.event.key if ticket.event else None,
                "attendee_key": ticket.attendee,
                "person_key": ticket.reference or None,
                "role": "attendee",
                "segment": segments[one],
                "evidence": "check_in",
                "source_line": ticket.line,
            }
        )
    return rows


def event_rows(tickets: Sequence[Ticket], platform: str) -> tuple[list[dict[str, events.Value]], ...]:
    """Rows of event and of event_alias, one per event that the file names, on a line that could be read."""
    lines: dict[Event, int] = {}
    for ticket in sorted(tickets, key=lambda ticket: bool(ticket.unread)):
        if ticket.event and ticket.event.title:
            lines.setdefault(ticket.event, ticket.line)
    rows: list[dict[str, events.Value]] = [
        {
            "event_key": event.key,
            "title": event.title,
            "kind": events.kind_of(event.title),
            "starts_at": event.starts_at,
            "platform": platform,
            "time_zone": event.time_zone,
            "source_line": line,
        }
        for event, line in lines.items()
    ]
    aliases: list[dict[str, events.Value]] = [
        {
            "system": platform,
            "external_id": event.external_id,
            "on_day": event.on_day,
            "event_key": event.key,
            "source_line": line,
        }
        for event, line in lines.items()
        if event.external_id
    ]
    return rows, aliases
