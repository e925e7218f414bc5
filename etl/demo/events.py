"""The demonstration's events: who registered, who came, how long they stayed and what they said afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from etl.demo.dice import Dice, bank_holidays, later_by_working_days
from etl.demo.equality import given_answers
from etl.demo.names import EVENT_THEMES
from etl.demo.people import Person

MOST_EVENTS_TIMES = 10  # past this scale events grow larger instead of more numerous
# one round of events: (tool, kind, feedback tool, share of those who came that reply)
ROUND = (
    ("zoom", "webinar", "ms_forms", 0.46),
    ("zoom", "webinar", "ms_forms", 0.38),
    ("eventbrite", "workshop", "ms_forms", 0.55),
    ("zoom", "webinar", "surveymonkey", 0.42),
    ("zoom", "open_meeting", "ms_forms", 0.10),
    ("eventbrite", "conference", "ms_forms", 0.40),
    ("zoom", "webinar", "ms_forms", 0.44),
    ("zoom", "webinar", "surveymonkey", 0.36),
    ("eventbrite", "workshop", "ms_forms", 0.50),
    ("zoom", "open_meeting", "ms_forms", 0.40),
    ("in_person", "workshop", "", 0.0),
    ("zoom", "webinar", "surveymonkey", 0.45),
    ("zoom", "webinar", "ms_forms", 0.48),
)
AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
TAKEAWAYS = (
    "A new idea, or a new way to see an old one",
    "People I want to keep in touch with",
    "A question to ask at work/home",
    "Confidence to try something",
)
HARD_TOPICS = {
    "clarity_of_offer": "What is on offer",
    "cost": "What it costs",
    "who_can_join": "Who can join",
    "evidence": "Whether it works",
    "access": "Access",
    "safety_and_support": "Safety and support",
    "trust": "Trust",
    "other": "Something else",
}

COMMENTS = (
    "I would have liked more time to talk in small groups.",
    "The captions helped me a lot, thank you.",
    "I was not sure what would be expected of me if I joined.",
    "It was good to hear honest answers about what is hard.",
    "Please send the slides beforehand next time.",
    "I am still not clear what it costs for a small organisation.",
)


@dataclass
class Guest:
    """One person's part in one event. `person` is empty for callers, bots and tickets without an address."""

    person: Person | None
    shown_as: str
    email: str
    role: str
    registered_at: datetime | None = None
    status: str = "registered"
    stretches: list[tuple[datetime, datetime]] = field(default_factory=list)
    broken_clock: bool = False
    came: bool = False
    heard: str = ""
    organisation: str = ""
    age: str = ""
    tickets: int = 1
    ticket_type: str = ""


@dataclass
class Reply:
    """One person's feedback. `agree` holds points 1 to 5, 0 for "Not applicable", -1 for a skipped item."""

    at: datetime
    overall: int
    agree: tuple[int, int, int]
    takeaways: tuple[int, ...]
    hard: str
    comment: str
    complete: bool = True


@dataclass
class Event:
    """One event with everyone in it."""

    number: int
    code: str
    title: str
    kind: str
    tool: str
    tool_id: str
    starts: datetime
    minutes: int
    feedback_tool: str
    place: str
    asks_age: bool = False
    price: int = 0
    guests: list[Guest] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    @property
    def ends(self) -> datetime:
        """The planned end, local time."""
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def form_code(self) -> str:
        """The code of its feedback form."""
        return f"F-{self.code}"

    def attended(self) -> list[Guest]:
        """Attendees and callers who came; never bots, hosts or panelists."""
        return [guest for guest in self.guests if guest.came and guest.role in ("attendee", "phone")]


def events(scale: int, seed: int, start: date, until: date, pool: list[Person]) -> list[Event]:
    """All events from `start` to ten days before `until`, thirteen for each step of `scale` up to ten steps."""
    dice = Dice(seed, "events")
    count = len(ROUND) * min(scale, MOST_EVENTS_TIMES)
    crowd = scale / min(scale, MOST_EVENTS_TIMES)
    span = (until - start).days - 45
    found: list[Event] = []
    numbers: dict[int, int] = {}
    titles: set[str] = set()
    for number in range(count):
        day = _day(start + timedelta(days=25 + span * number // count) + dice.days(-3, 3))
        numbers[day.year] = numbers.get(day.year, 0) + 1
        tool, kind, feedback_tool, share = ROUND[number % len(ROUND)]
        title = f"{EVENT_THEMES[number % len(EVENT_THEMES)]} ({day:%B %Y})"
        title = title if title not in titles else f"{title}, session {number + 1}"
        titles.add(title)
        event = Event(
            number,
            f"EV-{day.year}-{numbers[day.year]:02d}",
            title,
            kind,
            tool,
            _tool_id(tool, number, dice),
            datetime.combine(day, dice.choice((time(10), time(13, 30), time(18)))),
            {"webinar": 90, "open_meeting": 60, "conference": 300, "workshop": 180}[kind],
            feedback_tool,
            "" if tool == "zoom" else dice.choice(("The Meeting Rooms, Hartsmoor", "Silverbeck Hall")),
            asks_age=number % len(ROUND) == 6,
            price=25 if kind == "conference" else 0,
        )
        _fill(event, dice, pool, crowd)
        if feedback_tool:
            _replies(event, dice, share, until)
        found.append(event)
    return found


def _day(wanted: date) -> date:
    """A working day that is no bank holiday and not between Christmas and the New Year."""
    if (wanted.month, wanted.day) >= (12, 18):
        wanted = date(wanted.year, 12, 10)
    return later_by_working_days(wanted - timedelta(days=1), 1, bank_holidays(wanted.year, wanted.year))


def _tool_id(tool: str, number: int, dice: Dice) -> str:
    if tool == "zoom":
        return f"8{dice.randint(10, 99)} {dice.randint(1000, 9999)} {1000 + number}"
    return f"{dice.randint(300, 999)}{100000 + number}{dice.randint(100, 999)}" if tool == "eventbrite" else ""


def _fill(event: Event, dice: Dice, pool: list[Person], crowd: float) -> None:
    size = {"zoom": (78, 112), "eventbrite": (32, 48), "in_person": (16, 24)}[event.tool]
    people = dice.sample(pool, min(int(dice.randint(*size) * crowd), len(pool)))
    for person in people:
        guest = Guest(person, person.name, person.email, "attendee")
        guest.registered_at = event.starts - timedelta(minutes=dice.randint(60, 40 * 24 * 60))
        guest.heard = dice.choice(("From a member charity", "Newsletter", "A colleague", "Social media"))
        guest.organisation = _organisation(person, dice)
        given = given_answers(person.truth, dice)["age"]
        guest.age = given if event.asks_age else ""
        if event.tool == "zoom":
            guest.status = dice.pick({"registered": 0.95, "cancelled": 0.04, "denied": 0.01})
        guest.came = guest.status == "registered" and dice.chance(0.62 if event.tool == "zoom" else 0.8)
        event.guests.append(guest)
    if event.tool == "zoom":
        _zoom_presence(event, dice)
    elif event.tool == "eventbrite":
        _tickets(event, dice)


def _organisation(person: Person, dice: Dice) -> str:
    if person.organisation is None:
        return dice.choice(("", "", "A small local group", "Retired"))
    other = person.organisation.also
    return other if other and dice.chance(0.5) else person.organisation.name


def _zoom_presence(event: Event, dice: Dice) -> None:
    comers = [guest for guest in event.guests if guest.came]
    for guest in comers:
        guest.stretches = _stretches(event, dice)
    if event.number % 3 == 1:
        comers[len(comers) // 2].broken_clock = True
    for caller in range((1, 2, 0, 4)[event.number % 4]):
        joined = event.starts + timedelta(seconds=dice.randint(30, 900))
        masked = f"44163{caller}******{dice.randint(100, 999)}"
        event.guests.append(Guest(None, masked, "", "phone", came=True, stretches=[(joined, event.ends)]))
    if event.number % 3 == 0:
        whole = [(event.starts, event.ends)]
        event.guests.append(
            Guest(None, "Otter.ai Notetaker", "notes@example.com", "bot", event.starts, came=True, stretches=whole)
        )


def _stretches(event: Event, dice: Dice) -> list[tuple[datetime, datetime]]:
    joined = event.starts + timedelta(seconds=dice.randint(-240, 700))
    left = event.ends + timedelta(seconds=dice.randint(-1500, 120))
    if dice.chance(0.1):
        left = joined + timedelta(seconds=dice.randint(120, event.minutes * 30))
    shape = dice.pick({"one": 0.66, "gap": 0.16, "blink": 0.08, "two_devices": 0.10})
    middle = joined + (left - joined) / 2
    middle = middle.replace(microsecond=0)
    if shape == "gap":
        return [(joined, middle), (middle + timedelta(seconds=dice.randint(61, 100)), left)]
    if shape == "blink":
        return [(joined, middle), (middle + timedelta(seconds=dice.randint(5, 60)), left)]
    if shape == "two_devices":
        return [(joined, left), (middle - timedelta(seconds=30), left + timedelta(seconds=20))]
    return [(joined, left)]


def _tickets(event: Event, dice: Dice) -> None:
    for place, guest in enumerate(event.guests):
        guest.ticket_type = dice.choice(("General admission", "Lived experience (free)"))
        if place % 19 == 5:
            guest.status, guest.came = "refunded", False
    event.guests[0].tickets = 2
    friend = Guest(None, f"Guest of {event.guests[1].shown_as}", "", "attendee", event.guests[1].registered_at)
    friend.ticket_type, friend.came = "General admission", True
    event.guests.append(friend)


def _replies(event: Event, dice: Dice, share: float, until: date) -> None:
    last = min(event.ends + timedelta(days=14), datetime.combine(until, time(12)))
    mood = dice.choice((4.0, 4.2, 4.4))
    for _ in range(round(len(event.attended()) * share)):
        at = event.ends + (last - event.ends) * (dice.random() ** 2)
        overall = max(1, min(5, round(dice.gauss(mood, 0.9))))
        agree = [
            -1 if dice.chance(0.04) else 0 if dice.chance(0.05) else max(1, min(5, round(dice.gauss(overall, 0.8))))
            for _ in range(3)
        ]
        event.replies.append(
            Reply(
                at.replace(microsecond=0),
                overall,
                (agree[0], agree[1], agree[2]),
                tuple(place for place in range(len(TAKEAWAYS)) if dice.chance(0.4)),
                dice.choice(tuple(HARD_TOPICS)) if dice.chance(0.35) else "",
                dice.choice(COMMENTS) if dice.chance(0.25) else "",
                complete=event.feedback_tool != "surveymonkey" or not dice.chance(0.12),
            )
        )
    event.replies.sort(key=lambda reply: reply.at)


def minutes_present(event: Event, guest: Guest) -> float | None:
    """Minutes in the event: the union of stretches, gaps up to 60 seconds bridged; None when a clock was wrong."""
    if guest.broken_clock or not guest.stretches:
        return None
    total = 0.0
    for begin, end in _bridged(guest.stretches):
        clipped = min(end, event.ends) - max(begin, event.starts)
        total += max(clipped.total_seconds(), 0.0)
    return total / 60


def _bridged(stretches: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for begin, end in sorted(stretches):
        if merged and (begin - merged[-1][1]).total_seconds() <= 60:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
