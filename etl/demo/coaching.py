"""Matches, sessions, and the gatherings that train and support partners."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from etl.demo.dice import Dice, working_day
from etl.demo.pathway import Journey

CAPACITY = {0: 0.3, 1: 0.25, 2: 0.3, 3: 0.25}  # pairs that a partner has time for at once, and how many have


@dataclass
class Session:
    """One planned or held meeting. `claimed` is filled when a claim names it."""

    on: date
    at: time
    minutes: int | None
    mode: str
    paid_kind: str
    funded_by: str
    status: str
    claimed: bool = False


@dataclass
class Match:
    """One partner paired with one client."""

    ref: str
    partner: Journey
    client: Journey
    on: date
    agreed: int
    rhythm: int
    ended: date | None = None
    why: str = ""
    sessions: list[Session] = field(default_factory=list)

    def is_open(self, day: date) -> bool:
        """True when the pair works together on `day`."""
        return self.on <= day and (self.ended is None or self.ended > day)


def matches(seed: int, until: date, found: list[Journey]) -> list[Match]:
    """Every match up to `until` with its sessions; adds the steps matched and left to the journeys."""
    dice = Dice(seed, "matches")
    partners = sorted(
        ((j.on("active") or until, j.person.number, j) for j in found if j.role == "partner" and j.on("active")),
        key=lambda entry: entry[:2],
    )
    active_from = [entry[0] for entry in partners]
    busy: dict[int, list[Match]] = {entry[1]: [] for entry in partners}
    most = {number: dice.pick(CAPACITY) for number in busy}
    ready = [
        (selected + dice.days(7, 30), j.person.number, j)
        for j in found
        if j.role == "client" and not j.ended and (selected := j.on("selected"))
    ]
    heapq.heapify(ready)
    made: list[Match] = []
    while ready:
        due, number, client = heapq.heappop(ready)
        day = working_day(due)
        if day > until:
            continue
        active = partners[: bisect_right(active_from, day - timedelta(days=3))]
        available = [entry for entry in dice.sample(active, min(len(active), 40)) if most[entry[1]]]
        chosen = _freest(dice, available, busy, most, day)
        if chosen is None:
            heapq.heappush(ready, (day + timedelta(days=14), number, client))
            continue
        match = Match(f"M-{len(made) + 1:04d}", chosen, client, day, dice.randint(6, 12), dice.choice((2, 2, 3, 4)))
        _meet(match, dice, until)
        made.append(match)
        busy[chosen.person.number].append(match)
        for journey in (chosen, client):
            if journey.on("matched") is None:
                journey.step("matched", day)
        if match.ended and dice.chance(0.7):
            heapq.heappush(ready, (match.ended + dice.days(10, 40), number, client))
    _finish(dice, made, partners, busy, until)
    return made


def _freest(
    dice: Dice,
    available: list[tuple[date, int, Journey]],
    busy: dict[int, list[Match]],
    most: dict[int, int],
    day: date,
) -> Journey | None:
    """Somebody with time for one more pair: most often one with the fewest now, then with the fewest so far."""
    loads = [
        (sum(match.is_open(day) for match in busy[number]), len(busy[number]), dice.random(), number, journey)
        for _, number, journey in available
    ]
    free = [entry for entry in loads if entry[0] < most[entry[3]]]
    choose = max if dice.chance(0.25) else min
    return choose(free, key=lambda entry: entry[:3])[4] if free else None


def _meet(match: Match, dice: Dice, until: date) -> None:
    day = match.on + dice.days(5, 14)
    held = 0
    stops_after = dice.randint(2, 4) if dice.chance(0.1) else match.agreed
    at = dice.choice((time(9, 30), time(11), time(14), time(16, 30)))
    while True:
        day = working_day(day)
        if day > until + timedelta(days=30):
            return
        session = _session(dice, day, at, until)
        match.sessions.append(session)
        if day > until:
            return
        held += session.status == "held"
        if held == stops_after:
            ended = working_day(day + dice.days(1, 10))
            if ended <= until:
                match.ended = ended
                match.why = "finished" if held == match.agreed else dice.choice(("moved_on", "time_or_money"))
            return
        day += timedelta(days=7 * match.rhythm) + dice.days(-2, 2)


def _session(dice: Dice, day: date, at: time, until: date) -> Session:
    status = dice.pick(
        {
            "held": 0.81,
            "moved": 0.05,
            "cancelled_client": 0.05,
            "cancelled_partner": 0.02,
            "cancelled_us": 0.01,
            "missed_client": 0.02,
            "missed_partner": 0.01,
            "booked": 0.03,
        }
    )
    if day > until:
        status = "booked"
    return Session(
        day,
        at,
        dice.choice((45, 50, 60, 60, 60, 75)) if status == "held" else None,
        dice.pick({"video": 0.78, "phone": 0.1, "in_person": 0.12}),
        dice.pick({"paid": 0.9, "pro_bono": 0.1}),
        dice.pick({"client": 0.7, "grant": 0.3}),
        status,
    )


def _finish(
    dice: Dice,
    made: list[Match],
    partners: list[tuple[date, int, Journey]],
    busy: dict[int, list[Match]],
    until: date,
) -> None:
    lasts = {id(match.client): match for match in made}
    for match in lasts.values():
        if match.ended and match.ended + timedelta(days=60) < until and dice.chance(0.6):
            match.client.step("left", match.ended + dice.days(5, 30), "finished")
    for active, number, journey in partners:
        open_now = any(match.ended is None for match in busy[number])
        last = max([active, *(match.ended for match in busy[number] if match.ended)])
        if open_now or last + timedelta(days=50) > until:
            continue
        if dice.chance(0.14):
            reasons = ("moved_on", "personal", "payment_problem", "time_or_money")
            journey.step("left", last + dice.days(10, 45), dice.choice(reasons))
        elif dice.chance(0.15):
            journey.step("paused", last + dice.days(10, 45), dice.choice(("personal", "access_not_met")))


@dataclass
class Activity:
    """One gathering with everyone who was offered a place and what became of it."""

    code: str
    kind: str
    title: str
    on: date
    minutes: int
    cohort: str
    places: int
    designed: bool
    delivered: bool
    analysed: bool
    offered: list[tuple[Journey, str]] = field(default_factory=list)

    def came(self) -> list[Journey]:
        """Those who attended or were there for part of it."""
        return [journey for journey, status in self.offered if status in ("attended", "part")]
