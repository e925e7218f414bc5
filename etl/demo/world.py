"""The demonstration's truth: one invented programme, from which the exports and the facts are both taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from etl.demo.coaching import Activity, Match, matches
from etl.demo.dice import Dice, last_quarter_end
from etl.demo.enquiries import Enquiry, enquiries
from etl.demo.equality import given_answers
from etl.demo.events import Event, events
from etl.demo.gatherings import activities
from etl.demo.money import Bill, Claim, Entry, Income, bills, claims, entries, incomes
from etl.demo.pathway import Cohort, Journey, journeys
from etl.demo.people import Organisation, Person, organisations, people
from etl.errors import UsageError

COUNTING_STARTS = date(2022, 4, 1)
QUARTERS = 8


@dataclass(frozen=True)
class Selected:
    """The form one selected partner filled in: who said nothing before may answer now, nobody changes an answer."""

    journey: Journey
    at: datetime
    equality: dict[str, str]


@dataclass(frozen=True)
class World:
    """Everything that happened, and everyone it happened to."""

    scale: int
    seed: int
    start: date
    until: date
    organisations: list[Organisation]
    people: list[Person]
    events: list[Event]
    enquiries: list[Enquiry]
    journeys: list[Journey]
    cohorts: list[Cohort]
    matches: list[Match]
    activities: list[Activity]
    claims: list[Claim]
    incomes: list[Income]
    entries: list[Entry]
    bills: list[Bill]
    selected: list[Selected]


def build(scale: int, seed: int, until: date) -> World:
    """The programme of the two years up to `until`, which must be the last day of a quarter."""
    if scale < 1:
        raise UsageError("The scale must be 1 or more, for example --scale 1.")
    if last_quarter_end(until + timedelta(days=1)) != until:
        raise UsageError("The demonstration ends on the last day of a quarter, for example 30 June 2026.")
    month = until.month % 12 + 1
    start = date(until.year - 2 + (until.month == 12), month, 1)
    if start < COUNTING_STARTS:
        raise UsageError("The demonstration cannot begin before 1 April 2022: choose 31 March 2024 or later.")
    places = organisations(scale, seed)
    pool = people(scale, seed, places)
    held = events(scale, seed, start, until, pool)
    asked = enquiries(scale, seed, start, until, pool, held)
    found, cohorts = journeys(scale, seed, start, until, asked)
    made = matches(seed, until, found)
    gathered = activities(seed, start, until, found, cohorts)
    for match in made:
        place = match.client.person.organisation
        if place is not None and (place.agreement_on is None or match.on < place.agreement_on):
            place.agreement_on = match.on - timedelta(days=14)
    _join(asked, until)
    paid = claims(seed, until, made, gathered)
    came = incomes(scale, seed, start, until, made)
    booked = entries(scale, seed, start, until, paid, came)
    return World(
        scale, seed, start, until, places, pool, held, asked, found, cohorts, made, gathered, paid, came, booked,
        bills(scale, seed, start, until), _applications(seed, until, found),
    )  # fmt: skip


def _join(asked: list[Enquiry], until: date) -> None:
    """Half of those who asked about joining did: their charity becomes a member, or a new one is written down."""
    for enquiry in asked:
        place = enquiry.person.organisation
        if "membership" in enquiry.wants and place and not place.is_member and enquiry.number % 2 == 0:
            joined = enquiry.received.date() + timedelta(days=40)
            if joined <= until:
                place.is_member, place.member_since = True, joined


def _applications(seed: int, until: date, found: list[Journey]) -> list[Selected]:
    dice = Dice(seed, "applications")
    chosen = []
    for journey in found:
        selected = journey.on("selected")
        if journey.role != "partner" or selected is None or dice.chance(0.1):
            continue
        day = selected + dice.days(1, 9)
        before = journey.enquiry.equality if not journey.enquiry.ref else {}
        now = given_answers(journey.person.truth, dice)
        answers = {name: before.get(name) or now[name] for name in now}
        if day <= until:
            at = datetime.combine(day, time(dice.randint(8, 20), dice.randint(0, 59), dice.randint(0, 59)))
            chosen.append(Selected(journey, at, answers))
    chosen.sort(key=lambda one: (one.at, one.journey.person.number))
    return chosen
