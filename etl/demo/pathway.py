"""The journeys that begin with an enquiry: steps, cohorts, and why some ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from etl.demo.dice import Dice, working_day
from etl.demo.enquiries import Enquiry
from etl.demo.people import Person

ENDS = ("not_taken_forward", "withdrew", "left")
ORDER = ("enquired", "screened", "selected", "trained", "active", "matched")
COHORT_PLACES = 12
COHORT_DAYS = (110, 260, 420, 570, 716)  # days after the start at which each round of training begins


@dataclass(frozen=True)
class Step:
    """One step entered on one journey."""

    stage: str
    on: date
    reason: str = ""


@dataclass
class Journey:
    """One person's journey in one role."""

    person: Person
    role: str
    opened: date
    enquiry: Enquiry
    prior_link: str
    cohort: Cohort | None = None
    steps: list[Step] = field(default_factory=list)

    def on(self, stage: str) -> date | None:
        """The day the step was first entered, None if it was not."""
        return next((step.on for step in self.steps if step.stage == stage), None)

    @property
    def ended(self) -> bool:
        """True when the latest step is an end."""
        return self.steps[-1].stage in ENDS

    @property
    def furthest(self) -> int:
        """How far along ORDER it came, from 0."""
        return max(ORDER.index(step.stage) for step in self.steps if step.stage in ORDER)

    def reached(self, stage: str) -> bool:
        """True when it came to this step or a later one."""
        return self.furthest >= ORDER.index(stage)

    def step(self, stage: str, on: date, reason: str = "") -> None:
        """Enter a step."""
        self.steps.append(Step(stage, on, reason))


@dataclass
class Cohort:
    """One group that trains together over two days."""

    code: str
    kind: str
    starts: date
    ends: date
    places: int
    journeys: list[Journey] = field(default_factory=list)


def journeys(
    scale: int, seed: int, start: date, until: date, asked: list[Enquiry]
) -> tuple[list[Journey], list[Cohort]]:
    """Journeys up to training (partners) or selection (clients), and the cohorts partners trained in."""
    dice = Dice(seed, "pathway")
    found: list[Journey] = []
    seen: set[tuple[int, str]] = set()
    for enquiry in asked:
        role = enquiry.aim
        answered = enquiry.first_answer
        again = (enquiry.person.number, role) in seen
        if role not in ("partner", "client") or enquiry.closed_on or answered is None or again:
            continue
        opened = working_day(answered + dice.days(0, 9))
        if opened > until or dice.chance(0.05):
            continue
        seen.add((enquiry.person.number, role))
        links = ("ally", "member", "event", "new_contact", "not_recorded")
        journey = Journey(enquiry.person, role, opened, enquiry, dice.choice(links))
        journey.step("enquired", opened)
        enquiry.status = "on_pathway"
        _advance(journey, dice, until)
        found.append(journey)
    cohorts = _train(scale, found, dice, start, until)
    for journey in found:
        if journey.ended and journey.steps[-1].stage == "not_taken_forward":
            journey.enquiry.status, journey.enquiry.closed_on = "closed_not_now", journey.steps[-1].on
    return found, cohorts


def _advance(journey: Journey, dice: Dice, until: date) -> None:
    on = journey.opened
    for stage, low, high, lost in (
        ("screened", 5, 20, 0.08),
        ("selected", 6, 22, 0.22 if journey.role == "partner" else 0.08),
    ):
        stop = dice.chance(lost)
        on = working_day(on + dice.days(low, high))
        if on > until:
            return
        if stop and stage == "screened":
            journey.step("withdrew", on, dice.choice(("time_or_money", "personal", "not_said")))
            return
        if stop:
            reason = dice.choice(("no_suitable_match", "access_not_met", "programme_changed", "not_said"))
            journey.step("not_taken_forward", on, reason)
            return
        journey.step(stage, on)


def _train(scale: int, found: list[Journey], dice: Dice, start: date, until: date) -> list[Cohort]:
    waiting = sorted(
        (j for j in found if j.role == "partner" and j.on("selected") and not j.ended),
        key=lambda j: (j.on("selected") or until, j.person.number),
    )
    cohorts: list[Cohort] = []
    numbers: dict[int, int] = {}
    for after in COHORT_DAYS:
        day = start + timedelta(days=after)
        monday = day - timedelta(days=day.weekday())
        ready = [j for j in waiting if (j.on("selected") or until) <= monday - timedelta(days=7)]
        # those for whom there is no place wait for the next round
        ready, waiting = ready[: scale * COHORT_PLACES], ready[scale * COHORT_PLACES :] + waiting[len(ready) :]
        for group in range(0, len(ready), COHORT_PLACES):
            first = monday + timedelta(days=group // COHORT_PLACES % 3)
            numbers[first.year] = numbers.get(first.year, 0) + 1
            code = f"C-{first.year}-P{numbers[first.year]:02d}"
            cohort = Cohort(code, "partner", first, first + timedelta(days=1), COHORT_PLACES)
            cohorts.append(cohort)
            for journey in ready[group : group + COHORT_PLACES]:
                _attend(journey, cohort, dice, until)
    return cohorts


def _attend(journey: Journey, cohort: Cohort, dice: Dice, until: date) -> None:
    cohort.journeys.append(journey)
    journey.cohort = cohort
    if dice.chance(0.06):
        journey.step("withdrew", cohort.starts, dice.choice(("personal", "payment_problem")))
        return
    journey.step("trained", cohort.ends)
    active = working_day(cohort.ends + dice.days(12, 30))
    if active <= until and not dice.chance(0.05):
        journey.step("active", active)
