"""What is true in the demonstration, counted from the invented programme itself and never from its files.

An end-to-end test loads the files and compares what is shown with this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from etl.demo import eventbrite, zoom
from etl.demo.dice import bank_holidays, later_by_working_days
from etl.demo.enquiries import Enquiry
from etl.demo.equality import CHARACTERISTICS, label
from etl.demo.events import Event, Guest, minutes_present
from etl.demo.money import Claim
from etl.demo.pathway import Journey
from etl.demo.people import Organisation
from etl.demo.world import World

T = TypeVar("T")
Facts = dict[str, Any]


def facts_of(world: World, today: date) -> Facts:
    """The counts by name; `today` decides what is late or without a record. Periods are named "2026 Q3"."""
    return {
        "start": world.start,
        "until": world.until,
        "events": {event.code: event_facts(event) for event in world.events},
        "enquiries": _enquiries(world),
        "journeys": _journeys(world),
        "sessions": _sessions(world, today),
        "claims": _claims(world, today),
        "accounts": _accounts(world),
        "income": _income(world),
        "equality": {population: _equality(world, found) for population, found in _populations(world).items()},
        "organisations": _organisations(world),
        "published_figures": 4,
    }


def quarter(day: date) -> str:
    """The calendar quarter as periods are named: 2026 Q3."""
    return f"{day.year} Q{(day.month + 2) // 3}"


def event_facts(event: Event) -> Facts:
    """One event: who signed up, who came by its records, and what those who replied said."""
    came = recorded(event)
    sure = [guest for guest in event.guests if guest.role == "attendee" and event.tool != "in_person"]
    complete = [reply for reply in event.replies if reply.complete]
    known = [minutes for guest in came if (minutes := minutes_present(event, guest)) is not None]
    return {
        "title": event.title,
        "tool": event.tool,
        "day": event.starts.date(),
        "registered": sum(guest.status not in ("cancelled", "denied") for guest in sure),
        "cancelled": sum(guest.status == "cancelled" for guest in sure),
        "refunded": sum(guest.status == "refunded" for guest in sure),
        "attendees": len(came),
        "callers": sum(guest.role == "phone" for guest in came),
        "bots": sum(guest.role == "bot" for guest in event.guests),
        "tool_unique_count": zoom.unique_viewers(event) if event.tool == "zoom" else None,
        "stayed_half": sum(round(minutes) * 2 >= event.minutes for minutes in known),
        "minutes_known": len(known),
        "asks_feedback": bool(event.feedback_tool),
        "replies": len(complete),
        "positive": sum(reply.overall >= 4 for reply in complete),
        "hard_topics": dict(Counter(reply.hard for reply in complete if reply.hard)),
    }


def recorded(event: Event) -> list[Guest]:
    """Who came as far as the files tell: no host, panelist or bot, and nobody where no door list was kept."""
    if event.tool == "eventbrite" and not eventbrite.checks_in(event):
        return []
    moved = zoom.moved_to_panel(event) if event.tool == "zoom" else None
    return [guest for guest in event.attended() if guest is not moved]


def _count(things: Iterable[T], name: Callable[[T], str]) -> dict[str, int]:
    return dict(sorted(Counter(name(thing) for thing in things).items()))


def _enquiries(world: World) -> Facts:
    holidays = bank_holidays(world.start.year, world.until.year + 1)
    answered = [enquiry for enquiry in world.enquiries if enquiry.first_answer]
    in_time = [e for e in answered if (e.first_answer or world.until) <= _due(e, holidays)]
    return {
        "total": len(world.enquiries),
        "by_form": sum(not enquiry.ref for enquiry in world.enquiries),
        "people": len({enquiry.person.number for enquiry in world.enquiries}),
        "by_source": _count(world.enquiries, lambda enquiry: enquiry.source),
        "by_quarter": _count(world.enquiries, lambda enquiry: quarter(enquiry.received.date())),
        "answered": len(answered),
        "answered_in_5_working_days": len(in_time),
        "unanswered": len(world.enquiries) - len(answered),
        "results": _results(world),
        "from_event": _count((e for e in world.enquiries if e.event), lambda e: e.event.code if e.event else ""),
    }


def _results(world: World) -> dict[str, int]:
    """Enquiries by furthest result. Only those written down by staff carry a status."""
    linked: dict[int, set[str]] = {}
    by_person: dict[int, list[Enquiry]] = {}
    for enquiry in world.enquiries:
        by_person.setdefault(enquiry.person.number, []).append(enquiry)
    for journey in world.journeys:
        before = [e for e in by_person[journey.person.number] if e.received.date() <= journey.opened]
        if journey.role == "client" or journey.reached("screened"):
            linked.setdefault(before[-1].number, set()).add(journey.role)
    return _count(world.enquiries, lambda enquiry: _result(enquiry, linked.get(enquiry.number, set())))


def _result(enquiry: Enquiry, roles: set[str]) -> str:
    place = enquiry.person.organisation
    day = enquiry.received.date()
    if "partner" in roles:
        return "partner_journey"
    if roles or (place and "host" in enquiry.wants and place.agreement_on and place.agreement_on >= day):
        return "client_or_host"
    if place and "membership" in enquiry.wants and place.member_since and place.member_since >= day:
        return "membership"
    if enquiry.ref and enquiry.status.startswith("closed"):
        return enquiry.status
    is_told = enquiry.ref and enquiry.status in ("in_conversation", "on_pathway")
    return "in_conversation" if enquiry.first_answer or is_told else "no_first_answer"


def _due(enquiry: Enquiry, holidays: frozenset[date]) -> date:
    return later_by_working_days(enquiry.received.date(), 5, holidays)


def _reached(world: World, role: str, stage: str) -> list[Journey]:
    found = [journey for journey in world.journeys if journey.role == role]
    if role == "client" and stage in ("trained", "active"):
        return []
    return [journey for journey in found if journey.reached(stage)]


def _journeys(world: World) -> Facts:
    open_now = [journey for journey in world.journeys if not journey.ended]
    return {
        "opened": _count(world.journeys, lambda journey: journey.role),
        "open_at_end": _count(open_now, lambda journey: journey.role),
        "reached": {
            role: {
                stage: len(_reached(world, role, stage))
                for stage in ("screened", "selected", "trained", "active", "matched")
            }
            for role in ("partner", "client")
        },
        "open_matches": sum(match.ended is None for match in world.matches),
        "client_organisations": len(
            {match.client.person.organisation.code for match in world.matches if match.client.person.organisation}
        ),
    }


def _sessions(world: World, today: date) -> Facts:
    short = {"cancelled_client": "cancelled", "cancelled_partner": "cancelled", "cancelled_us": "cancelled"}
    short |= {"missed_client": "missed", "missed_partner": "missed", "booked": "no_record"}
    due: dict[str, Counter[str]] = {}
    for match in world.matches:
        for session in match.sessions:
            waits = session.status == "booked" and session.on + timedelta(days=3) > today
            if session.on < today and not waits:
                state = short.get(session.status, session.status)
                due.setdefault(quarter(session.on), Counter())[state] += 1
    return {name: dict(sorted(states.items())) for name, states in sorted(due.items())}


def _claims(world: World, today: date) -> Facts:
    paid = [claim for claim in world.claims if not claim.declined]
    lines = [(claim, line) for claim in world.claims for line in claim.lines]
    quarters = sorted({quarter(claim.valid) for claim in paid if claim.valid})
    return {
        "claims": len(world.claims),
        "lines": len(lines),
        "declined": len(world.claims) - len(paid),
        "paid_pounds": sum((claim.total for claim in paid if claim.paid), Decimal(0)),
        "pounds_by_kind": {
            kind: sum((line.amount for claim, line in lines if line.kind == kind and claim.paid), Decimal(0))
            for kind in sorted({line.kind for _, line in lines})
        },
        "in_30_days": {
            name: _in_time([c for c in paid if c.valid and quarter(c.valid) == name], today) for name in quarters
        },
    }


def _in_time(claims: list[Claim], today: date) -> Facts:
    due = [c for c in claims if c.valid and (c.paid or (today - c.valid).days > 30)]
    in_time = [c for c in due if c.paid and c.valid and (c.paid - c.valid).days <= 30]
    return {
        "n": len(in_time),
        "of": len(due),
        "n_pounds": sum((claim.total for claim in in_time), Decimal(0)),
        "of_pounds": sum((claim.total for claim in due), Decimal(0)),
        "unpaid": sum(claim.paid is None for claim in due),
    }


def _accounts(world: World) -> Facts:
    """Pounds net of tax by account, money out positive; bills apart."""
    sums: dict[str, Decimal] = {}
    for entry in world.entries:
        sums[entry.account] = sums.get(entry.account, Decimal(0)) + entry.net
    bills = sum((bill.total for bill in world.bills), Decimal(0))
    return {"lines": len(world.entries), "net": dict(sorted(sums.items())), "bills": bills}


def _income(world: World) -> Facts:
    received = [one for one in world.incomes if one.received]
    return {
        "received": {
            kind: sum((one.amount for one in received if one.kind == kind), Decimal(0))
            for kind in ("client_fee", "grant")
        },
        "waiting": len(world.incomes) - len(received),
    }


def _populations(world: World) -> dict[str, set[int]]:
    def numbers(role: str, stage: str) -> set[int]:
        return {journey.person.number for journey in _reached(world, role, stage)}

    return {
        "enquirers": {enquiry.person.number for enquiry in world.enquiries},
        "selected": numbers("partner", "selected"),
        "trained": numbers("partner", "trained"),
        "active_partners": numbers("partner", "active"),
        "matched": numbers("partner", "matched"),
        "clients": numbers("client", "selected"),
    }


def _equality(world: World, people: set[int]) -> Facts:
    """For each characteristic: people by answer (its label), and those who would not say or were never asked."""
    said: dict[int, dict[str, str]] = {}
    for enquiry in world.enquiries:
        if not enquiry.ref:
            said[enquiry.person.number] = _newer(said.get(enquiry.person.number, {}), enquiry.equality)
    for one in world.selected:
        said[one.journey.person.number] = _newer(said.get(one.journey.person.number, {}), one.equality)
    found: Facts = {"people": len(people), "asked": len(people & said.keys())}
    for characteristic in CHARACTERISTICS:
        answers = [said[number][characteristic.name] for number in sorted(people & said.keys())]
        chosen = [label(characteristic.name, code) for code in answers if code not in ("", "prefer_not")]
        found[characteristic.name] = {
            "answered": dict(sorted(Counter(chosen).items())),
            "prefer_not_to_say": sum(code == "prefer_not" for code in answers),
            "no_reply": sum(code == "" for code in answers),
        }
    return found


def _newer(before: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    return {name: answer or before.get(name, "") for name, answer in now.items()}


def _organisations(world: World) -> Facts:
    members = [place for place in world.organisations if place.is_member]
    return {
        "members": sum(place.member_until is None for place in members),
        "all": len(world.organisations),
        "with_agreement": sum(place.agreement_on is not None for place in world.organisations),
        "members_at_year_end": sum(_is_member_on(place, _year_end(world.until)) for place in world.organisations),
        "members_named_in_year": len(_named(world, _year_end(world.until))),
    }


def _year_end(until: date) -> date:
    """The last day of the latest programme year that is over."""
    return date(until.year - (until < date(until.year, 3, 31)), 3, 31)


def _named(world: World, last: date) -> set[str]:
    """Charities that are members on the last day of a programme year and were named during it.

    People name theirs when they sign up on Zoom or ask by a form, staff when they write down an enquiry or a client.
    """
    first = date(last.year - 1, 4, 1)
    said = [
        (event.starts.date(), guest.person)
        for event in world.events
        if event.tool == "zoom"
        for guest in event.guests
        if guest.role == "attendee"
    ]
    said += [(enquiry.received.date(), enquiry.person) for enquiry in world.enquiries]
    said += [(journey.opened, journey.person) for journey in world.journeys if journey.role == "client"]
    places = [person.organisation for day, person in said if person and first <= day <= last]
    return {place.code for place in places if place and _is_member_on(place, last)}


def _is_member_on(place: Organisation, day: date) -> bool:
    return place.is_member and (place.member_since or day) <= day <= (place.member_until or day)
