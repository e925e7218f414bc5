"""Who put their hand up, what they wanted, and who got back to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from etl.demo.dice import Dice, bank_holidays, later_by_working_days
from etl.demo.equality import given_answers
from etl.demo.events import Event
from etl.demo.people import Person, drama_phone
from etl.keys import key

STAFF = ("QA1", "QB2", "QC3")
SOURCES = {
    "event": "An event",
    "member": "A member charity",
    "website": "Your website",
    "word_of_mouth": "Someone told me",
    "partner_organisation": "Another organisation",
    "social_media": "Social media",
    "other": "Somewhere else",
}
WANTS = {
    "coach": "Become a Lived Experience Partner",
    "be_coached": "Be coached",
    "host": "Bring the programme to my organisation",
    "membership": "Join as a member charity",
    "hear_more": "Hear more",
}
MESSAGES = (
    "I would like to know how much time it takes.",
    "Is there a place on the next training?",
    "We are rethinking how we work with people who use our services.",
    "I have not done anything like this before. Is that all right?",
    "Could somebody call me? I would rather talk than write.",
)


@dataclass(frozen=True)
class Touch:
    """One contact about an enquiry."""

    on: date
    direction: str
    channel: str
    automatic: bool
    outcome: str
    by: str
    next_due: date | None = None


@dataclass
class Enquiry:
    """One time one person put their hand up.

    ref: the reference staff gave it, empty when it came by a form. form, form_id: the form, and the response's
    number in it (0 when it came another way).
    """

    number: int
    ref: str
    form: str
    form_id: int
    person: Person
    received: datetime
    source: str
    event: Event | None
    aim: str
    wants: tuple[str, ...]
    message: str
    may_send_news: bool
    equality: dict[str, str]
    touches: list[Touch] = field(default_factory=list)
    assigned: str = ""
    status: str = "new"
    closed_on: date | None = None

    @property
    def reference(self) -> str:
        """What staff call it: their own reference, else the six characters that the follow-up list shows."""
        return self.ref or shown_reference(self.form, self.form_id)

    @property
    def first_answer(self) -> date | None:
        """The earliest contact out that was not automatic."""
        return min((t.on for t in self.touches if t.direction == "out" and not t.automatic), default=None)


def shown_reference(form: str, form_id: int) -> str:
    """The first six characters of the key that an expression of interest from a form is loaded under."""
    return key("expression_of_interest", form, key("response", form, form_id))[:6].upper()


def form_of(event: Event | None) -> str:
    """The form of an enquiry: an event's own, else the general one."""
    return f"F-EOI-{event.code}" if event else "F-EOI"


def enquiries(scale: int, seed: int, start: date, until: date, pool: list[Person], held: list[Event]) -> list[Enquiry]:
    """184 enquiries for each step of `scale`, spread from `start` to `until`, in the order they came."""
    dice = Dice(seed, "enquiries")
    holidays = bank_holidays(start.year, until.year + 1)
    fresh = pool[:]
    dice.shuffle(fresh)
    asked: set[int] = set()
    drafts: list[tuple[datetime, Person, str, Event | None]] = []
    for _ in range(184 * scale):
        source = dice.pick(
            {
                "event": 0.44,
                "member": 0.14,
                "website": 0.13,
                "word_of_mouth": 0.12,
                "partner_organisation": 0.07,
                "social_media": 0.06,
                "other": 0.04,
            }
        )
        event = dice.choice(held) if source == "event" else None
        person = _someone(dice, event, fresh, asked)
        asked.add(person.number)
        drafts.append((_moment(dice, event, start, until), person, source, event))
    drafts.sort(key=lambda draft: (draft[0], draft[1].number))
    again = [draft for draft in drafts if draft[0].date() < until - timedelta(days=60)][::30]
    for received, person, _, _ in again:
        drafts.append((received + dice.days(20, 55), person, "website", None))
    drafts.sort(key=lambda draft: (draft[0], draft[1].number))
    found: list[Enquiry] = []
    places = _Places()
    for number, (received, person, source, event) in enumerate(drafts):
        form, form_id = places.take(form_of(event)) if dice.chance(0.82) else ("", 0)
        enquiry = _enquiry(dice, number, (form, form_id), received, person, source, event)
        if dice.chance(0.3) and not person.phone:
            person.phone = drama_phone(number)
        _answer(enquiry, dice, until, holidays)
        found.append(enquiry)
    return found


@dataclass
class _Places:
    """The next response number of each form. Of two enquiries that would be shown alike, the second has none."""

    counts: dict[str, int] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def take(self, form: str) -> tuple[str, int]:
        self.counts[form] = self.counts.get(form, 0) + 1
        reference = shown_reference(form, self.counts[form])
        if reference in self.shown:
            return "", 0
        self.shown.add(reference)
        return form, self.counts[form]


def _someone(dice: Dice, event: Event | None, fresh: list[Person], asked: set[int]) -> Person:
    if event is not None:
        for _ in range(30):
            guest = dice.choice(event.guests)
            if guest.came and guest.person and guest.person.number not in asked:
                return guest.person
    while True:
        person = fresh.pop()
        if person.number not in asked:
            return person


def _moment(dice: Dice, event: Event | None, start: date, until: date) -> datetime:
    if event is not None:
        latest = min(event.starts.date() + timedelta(days=24), until)
        day = event.starts.date() + dice.days(0, max((latest - event.starts.date()).days, 0))
        if day == event.starts.date():
            return event.ends + timedelta(minutes=dice.randint(5, 120))
    else:
        day = start + dice.days(0, (until - start).days)
    return datetime.combine(day, time(dice.randint(8, 21), dice.randint(0, 59), dice.randint(0, 59)))


def _enquiry(
    dice: Dice,
    number: int,
    place: tuple[str, int],
    received: datetime,
    person: Person,
    source: str,
    event: Event | None,
) -> Enquiry:
    is_leader = person.organisation is not None and not person.organisation.is_member
    is_member = person.organisation is not None and person.organisation.is_member
    if is_leader:
        aim = dice.pick({"client": 0.80, "partner": 0.09, "host": 0.07, "more": 0.04})
    else:
        aim = dice.pick({"partner": 0.82, "member": 0.05, "more": 0.13})
    if is_member and aim == "more":
        aim = "host"
    main = {"client": "be_coached", "partner": "coach", "host": "host", "member": "membership", "more": "hear_more"}
    also = [want for want in WANTS if want in ("host", "hear_more") and dice.chance(0.22)]
    wants = tuple(want for want in WANTS if want == main[aim] or want in also)
    return Enquiry(
        number,
        "" if place[0] else f"I-{number + 1:04d}",
        *place,
        person,
        received,
        source,
        event,
        aim,
        wants,
        dice.choice(MESSAGES) if dice.chance(0.4) else "",
        dice.chance(0.7),
        given_answers(person.truth, dice),
    )


def _answer(enquiry: Enquiry, dice: Dice, until: date, holidays: frozenset[date]) -> None:
    day = enquiry.received.date()
    if not enquiry.ref:
        enquiry.touches.append(Touch(day, "out", "email", True, "no_reply", "AUTO"))
    pace = dice.pick({(1, 3): 0.56, (4, 5): 0.22, (6, 12): 0.13, (13, 28): 0.05, (0, 0): 0.04})
    enquiry.assigned = dice.choice(STAFF) if dice.chance(0.9) else ""
    answered = later_by_working_days(day, dice.randint(*pace), holidays) if pace != (0, 0) else None
    if answered is None or answered > until:
        return
    by = enquiry.assigned or STAFF[0]
    outcome = dice.pick({"spoke": 0.45, "left_message": 0.15, "booked_call": 0.3, "no_reply": 0.1})
    due = answered + dice.days(7, 14) if dice.chance(0.5) else None
    enquiry.touches.append(Touch(answered, "out", dice.choice(("phone", "email")), False, outcome, by, due))
    enquiry.status = "in_conversation"
    reply = answered + dice.days(1, 10)
    if outcome in ("left_message", "booked_call") and reply <= until:
        enquiry.touches.append(Touch(reply, "in", "email", False, "replied", by))
    if enquiry.aim in ("more", "member", "host") or outcome == "no_reply":
        _close(enquiry, dice, answered, until)


def _close(enquiry: Enquiry, dice: Dice, answered: date, until: date) -> None:
    closed = answered + dice.days(20, 60)
    if closed <= until and dice.chance(0.75):
        enquiry.status = dice.pick({"closed_not_now": 0.4, "closed_no_reply": 0.45, "closed_declined": 0.15})
        enquiry.closed_on = closed
