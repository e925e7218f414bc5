"""The charity's own sheets about people: who they are, what they asked, how far they came."""

from __future__ import annotations

from datetime import timedelta

from etl.demo.coaching import Activity
from etl.demo.dice import Dice
from etl.demo.money import payee
from etl.demo.pathway import Journey
from etl.demo.sheets import Cell, Table
from etl.demo.world import World

NOTICE = "N-2"
ADJUSTMENTS = {
    "captions": "live captions on screen",
    "breaks": "a break every 45 minutes",
    "large_print": "papers in 18 point",
    "step_free": "step-free way in",
    "bsl": "interpreter booked two weeks before",
    "timing": "not before ten in the morning",
    "technology": "a call to try the link beforehand",
    "quiet_space": "a room to step out to",
}


def people(world: World) -> Table:
    """Everyone who enquired, with what they said about news."""
    headings = (
        "Person", "Name", "Known as", "Best way to reach", "Marketing basis", "Date given", "Notice version",
        "Opt-out offered on", "Opted out on",
    )  # fmt: skip
    table = Table("people", headings)
    seen = set()
    for enquiry in world.enquiries:
        person = enquiry.person
        if person.number in seen:
            continue
        seen.add(person.number)
        on = enquiry.received.date()
        stopped = on + timedelta(days=60)
        basis = "consent" if enquiry.may_send_news else "none"
        out = stopped if enquiry.may_send_news and person.number % 29 == 3 and stopped <= world.until else None
        table.rows.append(
            (
                person.email,
                person.name,
                person.first,
                "phone" if person.phone and person.number % 3 == 0 else "email",
                basis,
                on if basis == "consent" else None,
                NOTICE if basis == "consent" else None,
                on if basis == "consent" else None,
                out,
            )
        )
    return table


def payees(world: World) -> Table:
    """The names that the accounts print for partners, and the suppliers beside them."""
    table = Table("payees", ("Payee as printed", "Kind", "Person", "Confirmed on", "Confirmed by"))
    seen = set()
    on = world.start + timedelta(days=30)
    for claim in world.claims:
        if claim.person.number not in seen and not claim.declined:
            seen.add(claim.person.number)
            table.rows.append((payee(claim.person), "partner", claim.person.email, on, "finance_lead"))
    for supplier in ("Hartsmoor Rooms", "Clear Words - Captions", "Reflective Practice Co-op"):
        table.rows.append((supplier, "supplier", None, on, "finance_lead"))
    return table


def duplicates(world: World) -> Table:
    """One pair a person has already looked at."""
    first, second = (enquiry.person for enquiry in world.enquiries[3:5])
    headings = ("First person", "Second person", "Decision", "Decided by", "Decided on")
    table = Table("duplicates", headings)
    table.rows.append((first.email, second.email, "different", "programme_lead", world.until - timedelta(days=80)))
    return table


def organisations(world: World) -> Table:
    """Member charities and client organisations."""
    headings = (
        "Code", "Name", "Type", "Setting", "Region", "Charity number", "Other names", "Member?", "Member since",
        "Member until", "First client agreement",
    )  # fmt: skip
    table = Table("organisations", headings)
    for place in world.organisations:
        table.rows.append(
            (
                place.code,
                place.name,
                place.org_type,
                place.setting,
                place.region,
                place.charity_no,
                place.also,
                place.is_member,
                place.member_since,
                place.member_until,
                place.agreement_on,
            )
        )
    return table


def cohorts(world: World) -> Table:
    """The groups that trained together."""
    table = Table("cohorts", ("Code", "Kind", "Starts", "Ends", "Places", "Pilot?"))
    table.rows += [(one.code, one.kind, one.starts, one.ends, one.places, False) for one in world.cohorts]
    return table


def enquiries(world: World) -> Table:
    """Enquiries that came by telephone, letter or in conversation."""
    headings = (
        "Reference", "Person", "Received", "Source", "Event", "Organisation",
        "Wants (coach / be_coached / host / membership / hear_more)", "Message", "Assigned to", "Status", "Closed on",
    )  # fmt: skip
    table = Table("enquiries without a form", headings)
    for enquiry in world.enquiries:
        if enquiry.ref:
            place = enquiry.person.organisation
            table.rows.append(
                (
                    enquiry.ref,
                    enquiry.person.email,
                    enquiry.received.date(),
                    enquiry.source,
                    enquiry.event.code if enquiry.event else None,
                    place.code if place else None,
                    "; ".join(enquiry.wants),
                    enquiry.message,
                    enquiry.assigned,
                    enquiry.status,
                    enquiry.closed_on,
                )
            )
    return table


def follow_up(world: World) -> Table:
    """Every contact about an enquiry."""
    headings = ("Enquiry", "Date", "In or out", "How", "Automatic?", "Result", "By", "Next due")
    table = Table("follow-up", headings)
    for enquiry in world.enquiries:
        for touch in enquiry.touches:
            table.rows.append(
                (
                    enquiry.reference,
                    touch.on,
                    touch.direction,
                    touch.channel,
                    touch.automatic,
                    touch.outcome,
                    touch.by,
                    touch.next_due,
                )
            )
    return table


def journeys(world: World) -> Table:
    """One row for each step of each journey."""
    headings = (
        "Person", "Role", "Opened", "Region", "Organisation", "How we knew them", "Cohort", "Step", "Date of step",
        "Reason", "Recorded by",
    )  # fmt: skip
    table = Table("journeys", headings)
    for journey in world.journeys:
        place = journey.person.organisation if journey.role == "client" else None
        front: tuple[Cell, ...] = (
            journey.person.email,
            journey.role,
            journey.opened,
            journey.person.region,
            place.code if place else None,
            journey.prior_link,
            journey.cohort.code if journey.cohort else None,
        )
        for step in journey.steps:
            table.rows.append((*front, step.stage, step.on, step.reason, journey.enquiry.assigned or "QA1"))
    return table


def access(world: World) -> Table:
    """Adjustments that partners asked for: what, never why."""
    headings = (
        "Person", "For", "Which one", "Adjustment", "How", "Consent given", "Asked on", "Needed by", "Status",
        "Settled on", "Did it work?",
    )  # fmt: skip
    table = Table("access", headings)
    dice = Dice(world.seed, "access")
    training = {one.cohort: one for one in reversed(world.activities) if one.cohort}
    for journey in world.journeys:
        if journey.role == "partner" and journey.cohort and journey.on("trained") and dice.chance(0.5):
            table.rows.append(_request(training[journey.cohort.code], journey, dice))
    return table


def _request(day: Activity, journey: Journey, dice: Dice) -> tuple[Cell, ...]:
    adjustment = dice.choice(tuple(ADJUSTMENTS))
    asked = journey.on("selected") or journey.opened
    late = dice.chance(0.1)
    settled = max(day.on + timedelta(days=2 if late else -3), asked)
    met = "partly" if late else dice.pick({"yes": 0.8, "partly": 0.1, "not_asked": 0.1})
    how = ADJUSTMENTS[adjustment]
    return (
        journey.person.email, "activity", day.code, adjustment, how, asked, asked, day.on, "arranged", settled, met,
    )  # fmt: skip
