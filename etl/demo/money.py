"""Claims and when they were paid, what clients and funders gave, and what the accounts say about both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.coaching import Activity, Match
from etl.demo.dice import Dice, month_ends, working_day
from etl.demo.people import Organisation, Person

PAY = "Partner pay"
EXPENSES = "Partner expenses"
ACCESS = "Access adjustments"
DELIVERY = "Delivery costs"
CLIENT_FEES = "Client fees"
GRANTS = "Grants"
ACCOUNT_OF = {
    "travel": EXPENSES,
    "travel_time": EXPENSES,
    "carer_cover": EXPENSES,
    "access_adjustment": ACCESS,
}
RATES = {
    # kind: (unit, first card, second card)
    "session_fee": ("session", "60.00", "65.00"),
    "preparation": ("hour", "25.00", "27.50"),
    "training_day": ("day", "150.00", "160.00"),
    "supervision": ("hour", "25.00", "27.50"),
    "activity_fee": ("hour", "25.00", "27.50"),
    "travel_time": ("hour", "12.50", "13.75"),
    "travel": ("mile", "0.45", "0.45"),
}
PAID_GATHERINGS = {"supervision": "supervision", "training_day": "training_day"}


@dataclass
class ClaimLine:
    """One line of a claim. `about` names the session or activity as the register writes it."""

    line: int
    kind: str
    work_on: date
    about: str
    amount: Decimal


@dataclass
class Claim:
    """One claim: one partner's work of one month."""

    ref: str
    person: Person
    received: date | None
    valid: date | None
    approved: date | None
    paid: date | None
    declined: bool
    paid_to: str
    lines: list[ClaimLine] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """Pounds, all lines."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass
class Income:
    """One sum of money in."""

    ref: str
    kind: str
    organisation: Organisation | None
    amount: Decimal
    invoiced: date
    due: date
    received: date | None
    covers_from: date
    covers_to: date
    sessions: int | None
    restricted: bool


@dataclass
class Entry:
    """One line of an account: pounds net of tax, money out positive; `tax` only on delivery costs."""

    account: str
    on: date
    source: str
    payee: str
    text: str
    reference: str
    net: Decimal
    tax: Decimal = Decimal(0)


@dataclass
class Bill:
    """One supplier's bill with its lines (text, pounds)."""

    number: str
    supplier: str
    on: date
    due: date
    paid: date | None
    lines: list[tuple[str, Decimal]]

    @property
    def total(self) -> Decimal:
        """Pounds, all lines."""
        return sum((amount for _, amount in self.lines), Decimal(0))


def rate(kind: str, on: date, changed: date) -> Decimal:
    """The rate of one kind on one day: the second card holds from `changed`."""
    _, before, after = RATES[kind]
    return Decimal(after if on >= changed else before)


def rates_change(until: date) -> date:
    """The first of April on which the second rate card begins: the last one at least six months before `until`."""
    april = date(until.year, 4, 1)
    return april if (until - april).days >= 180 else date(until.year - 1, 4, 1)


def claims(seed: int, until: date, made: list[Match], gathered: list[Activity]) -> list[Claim]:
    """One claim per partner and month, which closes on the 20th, for the work up to `until`, as they came in."""
    dice = Dice(seed, "claims")
    changed = rates_change(until)
    work: dict[tuple[date, int], list[ClaimLine]] = {}
    people: dict[int, Person] = {}
    for match in made:
        for session in match.sessions:
            if session.status == "held" and not dice.chance(0.06):
                session.claimed = True
                people[match.partner.person.number] = match.partner.person
                lines = work.setdefault((_month(session.on), match.partner.person.number), [])
                lines += _session_lines(dice, session.on, session.mode, f"{match.ref} {session.on:%d/%m/%Y}", changed)
    for activity in gathered:
        for journey in activity.came():
            people[journey.person.number] = journey.person
            lines = work.setdefault((_month(activity.on), journey.person.number), [])
            lines.append(_gathering_line(activity, changed))
    found: list[Claim] = []
    givers = set(sorted(people)[9::19])
    for (month, number), lines in sorted(work.items(), key=lambda item: item[0]):
        claim = _claim(dice, people[number], month, until, declined=number in givers)
        if claim is None:
            continue
        for place, line in enumerate(sorted(lines, key=lambda one: (one.work_on, one.kind)), 1):
            line.line = place
            line.amount = Decimal("0.00") if claim.declined else line.amount
            claim.lines.append(line)
        found.append(claim)
    found.sort(key=lambda claim: (claim.received or claim.lines[-1].work_on, claim.person.number))
    for place, claim in enumerate(found, 1):
        claim.ref = f"CL-{place:04d}"
    return found


def _month(day: date) -> date:
    """The 20th on which the claim for work of this day closes."""
    return day.replace(day=20) if day.day <= 20 else (day.replace(day=1) + timedelta(days=32)).replace(day=20)


def _session_lines(dice: Dice, on: date, mode: str, about: str, changed: date) -> list[ClaimLine]:
    lines = [ClaimLine(0, "session_fee", on, about, rate("session_fee", on, changed))]
    if dice.chance(0.3):
        lines.append(ClaimLine(0, "preparation", on, about, rate("preparation", on, changed)))
    if mode == "in_person":
        miles = Decimal(dice.randint(4, 60))
        lines.append(ClaimLine(0, "travel", on, about, (miles * rate("travel", on, changed)).quantize(Decimal("0.01"))))
        lines.append(ClaimLine(0, "travel_time", on, about, rate("travel_time", on, changed)))
    if dice.chance(0.04):
        lines.append(ClaimLine(0, "access_adjustment", on, about, Decimal(dice.choice((30, 45, 80)))))
    if dice.chance(0.05):
        lines.append(ClaimLine(0, "carer_cover", on, about, Decimal(dice.choice((24, 36)))))
    return lines


def _gathering_line(activity: Activity, changed: date) -> ClaimLine:
    kind = PAID_GATHERINGS.get(activity.kind, "activity_fee")
    hours = Decimal(1) if kind == "training_day" else Decimal(activity.minutes) / 60
    amount = (hours * rate(kind, activity.on, changed)).quantize(Decimal("0.01"))
    return ClaimLine(0, kind, activity.on, activity.code, amount)


def _claim(dice: Dice, person: Person, month: date, until: date, *, declined: bool) -> Claim | None:
    if declined:
        return Claim("", person, None, None, None, None, declined=True, paid_to="self")
    received = month + dice.days(1, 9)
    if received > until:
        return None
    paid_to = dice.pick({"self": 0.92, "nominated": 0.05, "voucher": 0.03})
    valid = received + (dice.days(3, 14) if dice.chance(0.16) else timedelta(0))
    approved = working_day(valid + dice.days(1, 7))
    friday = approved + timedelta(days=(4 - approved.weekday()) % 7)
    late = dice.pick({"no": 0.92, "late": 0.06, "stuck": 0.02})
    paid = friday + (dice.days(3, 6) * 7 if late == "late" else timedelta(0))
    stuck = late == "stuck"
    return Claim(
        "",
        person,
        received,
        valid if valid <= until else None,
        approved if approved <= until and not stuck else None,
        paid if paid <= until and not stuck else None,
        declined=False,
        paid_to=paid_to,
    )


def incomes(scale: int, seed: int, start: date, until: date, made: list[Match]) -> list[Income]:
    """A fee for every match and a grant each quarter."""
    dice = Dice(seed, "income")
    found = []
    for match in made:
        place = match.client.person.organisation
        sent = working_day(match.on + dice.days(0, 10))
        received = working_day(sent + dice.days(8, 48))
        fee = Decimal(300) * match.agreed
        if sent <= until:
            found.append(
                Income(
                    "", "client_fee", place, fee, sent, sent + timedelta(days=30),
                    received if received <= until and not dice.chance(0.03) else None,
                    match.on, match.on + timedelta(days=7 * match.rhythm * match.agreed), match.agreed, False,
                )
            )  # fmt: skip
    for end in month_ends(start, until)[2::3]:
        begin = (end - timedelta(days=75)).replace(day=1)
        amount = Decimal(24000) * scale
        found.append(Income("", "grant", None, amount, begin, begin, working_day(begin), begin, end, None, True))
    found.sort(key=lambda one: (one.invoiced, one.kind, one.amount))
    for number, one in enumerate(found, 1):
        one.ref = f"IN-{number:04d}"
    return found


def entries(scale: int, seed: int, start: date, until: date, paid: list[Claim], came: list[Income]) -> list[Entry]:
    """What the accounts hold: claims on the day they were paid, money in, and direct delivery costs."""
    dice = Dice(seed, "entries")
    found = []
    for claim in paid:
        if claim.paid is None:
            continue
        sums: dict[str, Decimal] = {}
        for line in claim.lines:
            account = ACCOUNT_OF.get(line.kind, PAY)
            sums[account] = sums.get(account, Decimal(0)) + line.amount
        for account, amount in sums.items():
            found.append(Entry(account, claim.paid, "Spend Money", payee(claim.person), "Claim", claim.ref, amount))
    for one in came:
        if one.received:
            name = one.organisation.name if one.organisation else "The Invented Trust"
            account = CLIENT_FEES if one.kind == "client_fee" else GRANTS
            found.append(Entry(account, one.received, "Receive Money", name, "Programme", one.ref, -one.amount))
    for place, end in enumerate(month_ends(start, until)):
        net = Decimal(dice.randint(180, 420) * scale)
        reference = f"RM{place + 1:03d}"
        found.append(
            Entry(DELIVERY, end, "Spend Money", "Hartsmoor Rooms", "Room and\nrefreshments", reference, net, net / 5)
        )
        if place % 9 == 4:
            back = Decimal(-40 * scale)
            found.append(
                Entry(DELIVERY, end, "Receive Money", "Hartsmoor Rooms", "Refund", f"{reference}R", back, back / 5)
            )
    found.sort(key=lambda entry: (entry.on, entry.account, entry.reference))
    return found


def bills(scale: int, seed: int, start: date, until: date) -> list[Bill]:
    """Two suppliers' bills every quarter: captions and a learning partner."""
    dice = Dice(seed, "bills")
    found = []
    for place, end in enumerate(month_ends(start, until)[2::3]):
        sent = working_day(end - timedelta(days=20))
        due = sent + timedelta(days=30)
        captions = [
            ("Live captions, events", Decimal(dice.randint(280, 520) * scale)),
            ("Transcripts", Decimal("45.50")),
        ]
        found.append(Bill(f"CAP-{place + 1:03d}", "Clear Words - Captions", sent, due, _settled(due, until), captions))
        learning = [("Learning partner days", Decimal(1200 * scale))]
        found.append(
            Bill(f"LP-{place + 1:03d}", "Reflective Practice Co-op", sent, due, _settled(due, until), learning)
        )
    return found


def _settled(due: date, until: date) -> date | None:
    return due - timedelta(days=3) if due - timedelta(days=3) <= until else None


def payee(person: Person) -> str:
    """The name as the accounts print it."""
    return person.name.upper() if person.number % 5 == 0 else person.name


def pounds(amount: Decimal) -> str:
    """Two decimals, no thousands mark, as the templates want it."""
    return f"{amount:.2f}"
