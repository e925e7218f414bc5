"""Training days, supervision and the other gatherings, with who came."""

from __future__ import annotations

from datetime import date, timedelta

from etl.demo.coaching import Activity
from etl.demo.dice import Dice, month_ends, working_day
from etl.demo.pathway import Cohort, Journey

GROUP = 16
# kind: (title, minutes, every how many months, share who come, designed, delivered, analysed by partners)
KINDS = {
    "supervision": ("supervision", 90, 1, 0.44, False, False, False),
    "action_learning": ("action learning set", 120, 2, 0.4, False, True, False),
    "peer_coaching": ("peer coaching", 60, 3, 0.5, True, True, False),
    "debrief": ("debrief", 60, 2, 0.4, False, True, False),
    "co_design": ("co-design meeting", 120, 6, 0.25, True, True, False),
    "co_analysis": ("co-analysis of interviews", 150, 6, 0.2, False, False, True),
    "influence": ("policy panel", 120, 4, 0.15, True, True, False),
    "advisory_meeting": ("advisory meeting", 120, 3, 0.12, False, False, False),
}


def activities(seed: int, start: date, until: date, found: list[Journey], cohorts: list[Cohort]) -> list[Activity]:
    """Training days of every cohort and the regular gatherings of active partners, by date."""
    dice = Dice(seed, "activities")
    made = [day for cohort in cohorts for day in _training(cohort, dice)]
    partners = [j for j in found if j.role == "partner" and j.on("active")]
    for place, end in enumerate(month_ends(start, until)):
        for kind, facts in KINDS.items():
            if place % facts[2] != facts[2] - 1:
                continue
            day = working_day(end.replace(day=dice.randint(4, 20)))
            present = [j for j in partners if (j.on("active") or until) <= day and not _away(j, day)]
            dice.shuffle(present)
            for group in range(0, len(present), GROUP):
                made.append(_gathering(kind, day, present[group : group + GROUP], group // GROUP + 1, dice))
    made.sort(key=lambda activity: (activity.on, activity.kind, activity.title, activity.cohort))
    numbers: dict[int, int] = {}
    for activity in made:
        numbers[activity.on.year] = numbers.get(activity.on.year, 0) + 1
        activity.code = f"A-{activity.on.year}-{numbers[activity.on.year]:03d}"
    return made


def _training(cohort: Cohort, dice: Dice) -> list[Activity]:
    days = []
    for number in (1, 2):
        day = Activity(
            "", "training_day", f"Coaching training, day {number} ({cohort.code})",
            cohort.starts + timedelta(days=number - 1), 360, cohort.code, cohort.places, True, True, False,
        )  # fmt: skip
        for journey in cohort.journeys:
            trained = journey.on("trained") is not None
            missed = number == 2 and trained and dice.chance(0.05)
            day.offered.append((journey, "attended" if trained and not missed else "absent_told_us"))
        days.append(day)
    return days


def _away(journey: Journey, day: date) -> bool:
    last = journey.steps[-1]
    return last.stage in ("left", "paused") and last.on <= day


def _gathering(kind: str, day: date, present: list[Journey], group: int, dice: Dice) -> Activity:
    title, minutes, _, share, designed, delivered, analysed = KINDS[kind]
    made = Activity(
        "", kind, f"{day:%B} {title}, group {group}", day, minutes, "", GROUP, designed, delivered, analysed
    )
    for journey in present:
        status = dice.pick({"attended": share, "part": 0.04, "absent_told_us": 0.2, "absent": 0.1, "offered": 0.06})
        made.offered.append((journey, status))
    return made
