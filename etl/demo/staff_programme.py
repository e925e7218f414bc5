"""The charity's own sheets about what happened: events, forms, matches, sessions, gatherings, interviews, words."""

from __future__ import annotations

from datetime import date, timedelta

from etl.demo import forms
from etl.demo.coaching import Session
from etl.demo.dice import Dice
from etl.demo.forms import Form
from etl.demo.sheets import Cell, Table
from etl.demo.world import World

THEMES = (
    "Confidence", "Validated", "Relationships", "Listening", "Questioning", "Inclusive communication", "Assumptions",
    "Hope",
)  # fmt: skip
QUOTES = (
    ("quote", "I ask shorter questions now and then I wait.", "partner", "questioning"),
    ("quote", "I was heard before anyone tried to fix me.", "partner", "validated"),
    (
        "change_example",
        "Our board papers are in plain words now and people write back.",
        "client",
        "assumptions",
    ),
    ("hard_question", "What happens to people whose leader does not want to listen?", "attendee", "hope"),
    ("quote", "I did not expect to leave with people I could call.", "partner", "relationships"),
    ("hard_question", "Who decides which of us is ready to coach?", "attendee", ""),
)
LEARNING = (
    ("reflection", "training", "Practice time was too short on the first day", "mixed", True),
    ("plan", "training", "Try a longer practice with three people instead of two", "yes", True),
    ("do", "training", "The longer practice was used with the spring cohort", "yes", False),
    ("study", "training", "People felt steadier; two asked for more time still", "mixed", True),
    ("act", "training", "The longer practice stays; the welcome is shortened", "yes", False),
    ("reflection", "payment", "Three claims waited because a form was not clear", "no", True),
    ("reflection", "events", "The offer was described in four different ways", "no", True),
    ("reflection", "access", "Captions were booked late for one event", "no", True),
    ("reflection", "coaching", "Pairs who agreed dates at the start met more often", "yes", False),
)


def events(world: World) -> Table:
    """The staff list of events."""
    headings = (
        "Code", "Title", "Kind", "Starts (dd/mm/yyyy hh:mm)", "Ends", "Platform", "Tool's own ID",
    )  # fmt: skip
    table = Table("events", headings)
    for event in world.events:
        table.rows.append(
            (event.code, event.title, event.kind, event.starts, event.ends, event.tool, event.tool_id or None)
        )
    return table


def form_questions(world: World) -> Table:
    """The catalogue of every form."""
    headings = (
        "Form", "Version", "Question ID", "Wording", "Kind", "Lowest", "Highest", "Which way is better",
        "Options (one per line)", "Headline?", "Goes to", "Opens", "Closes", "Event or activity", "Named?",
    )  # fmt: skip
    table = Table("form questions", headings)
    declared = [forms.feedback_form(event) for event in world.events if event.feedback_tool]
    declared += [forms.interest_form(world.start, event) for event in (None, *world.events)]
    declared.append(forms.application_form(world.start))
    for form in declared:
        table.rows += _questions(form)
    return table


def _questions(form: Form) -> list[tuple[Cell, ...]]:
    return [
        (
            form.code,
            1,
            question.question_id,
            question.wording,
            question.kind,
            question.lowest,
            question.highest,
            question.polarity,
            "\n".join(question.options),
            question.is_headline,
            question.goes_to,
            form.opens,
            form.closes,
            form.about or None,
            form.is_named and question.goes_to != "equality",
        )
        for question in form.questions
    ]


def paper_register(world: World) -> Table:
    """Who signed in at events without a tool."""
    table = Table("paper register", ("Event or activity", "Person or first name", "Status"))
    for event in world.events:
        if event.tool == "in_person":
            for place, guest in enumerate(event.guests):
                who = guest.email if guest.person and place % 6 else guest.shown_as.split()[0] + f" {place}"
                table.rows.append((event.code, who, "attended" if guest.came else "absent"))
    return table


def matches(world: World) -> Table:
    """Who works with whom."""
    headings = (
        "Match", "Partner", "Client", "Matched on", "Ended on", "Why ended", "Sessions agreed", "Weeks between",
    )  # fmt: skip
    table = Table("matches", headings)
    for match in world.matches:
        table.rows.append(
            (
                match.ref,
                match.partner.person.email,
                match.client.person.email,
                match.on,
                match.ended,
                match.why,
                match.agreed,
                match.rhythm,
            )
        )
    return table


SESSION_HEADINGS = (
    "Match", "Date", "Start (hh:mm)", "Minutes", "How", "Paid or pro bono", "Funded by", "What happened",
)  # fmt: skip


def sessions(world: World) -> Table:
    """Every session, planned and held."""
    table = Table("session records", SESSION_HEADINGS)
    table.rows += [session_row(match.ref, session) for match in world.matches for session in match.sessions]
    return table


def session_row(ref: str, session: Session) -> tuple[Cell, ...]:
    """One session as the sheet holds it."""
    return (
        ref,
        session.on,
        session.at,
        session.minutes,
        session.mode,
        session.paid_kind,
        session.funded_by,
        session.status,
    )


def activities(world: World) -> Table:
    """Training days and gatherings."""
    headings = (
        "Code", "Kind", "Title", "Date", "Minutes", "Cohort", "Places", "Partners designed?",
        "Partners delivered?", "Partners analysed?", "Paid?",
    )  # fmt: skip
    table = Table("activities", headings)
    for one in world.activities:
        table.rows.append(
            (
                one.code,
                one.kind,
                one.title,
                one.on,
                one.minutes,
                one.cohort or None,
                one.places,
                one.designed,
                one.delivered,
                one.analysed,
                True,
            )
        )
    return table


def attendance(world: World) -> Table:
    """Who was offered a place and what became of it."""
    table = Table("attendance", ("Activity", "Person", "Status", "Minutes"))
    for one in world.activities:
        for journey, status in one.offered:
            minutes = one.minutes if status == "attended" else one.minutes // 2 if status == "part" else None
            table.rows.append((one.code, journey.person.email, status, minutes))
    return table


def interviews(world: World) -> Table:
    """Interviews before and after training, on the eight themes."""
    headings = (
        "Person", "Role", "Wave", "Method", "Due", "Done", "Status", "Led by", "May we use it?", "Measure", "Coded by",
        *THEMES,
    )  # fmt: skip
    table = Table("interviews", headings)
    dice = Dice(world.seed, "interviews")
    for journey in world.journeys:
        if journey.role != "partner" or journey.cohort is None or journey.on("trained") is None:
            continue
        before = journey.cohort.starts - timedelta(days=6)
        level = [dice.randint(0, 2) for _ in THEMES]
        table.rows.append(_wave(dice, world, journey.person.email, "before", before, level))
        after = journey.cohort.ends + timedelta(days=42)
        grown = [min(3, strength + dice.pick({0: 0.4, 1: 0.45, 2: 0.15})) for strength in level]
        table.rows.append(_wave(dice, world, journey.person.email, "after", after, grown))
    return table


def _wave(dice: Dice, world: World, address: str, wave: str, due: date, strengths: list[int]) -> tuple[Cell, ...]:
    done = due + (dice.days(-4, 0) if wave == "before" else dice.days(-3, 12))
    status = dice.pick({"done": 0.82, "declined": 0.1, "not_reached": 0.08})
    if status == "done" and done <= world.until:
        led = dice.choice(("learning_partner", "co_learning_partner", "both"))
        return (
            address, "partner", wave, "interview", due, done, "done", led, True, "strength", "two_agreed", *strengths,
        )  # fmt: skip
    status = "due" if due > world.until - timedelta(days=20) else "not_reached" if status == "done" else status
    empty: list[Cell] = [None] * len(THEMES)
    return (address, "partner", wave, "interview", due, None, status, "both", False, None, None, *empty)


def quotes(world: World) -> Table:
    """Words that people agreed may be used."""
    headings = (
        "Reference", "Kind", "Words", "Speaker", "Theme", "Person", "Who may see it", "Credit", "Consent on",
        "Withdrawn on", "Checked on",
    )  # fmt: skip
    table = Table("quotes", headings)
    coached = [match.client.person for match in world.matches]
    partners = [match.partner.person for match in world.matches]
    for place, (kind, words, speaker, theme) in enumerate(QUOTES):
        person = {"partner": partners[place], "client": coached[place]}.get(speaker)
        consent = world.until - timedelta(days=30 + 20 * place)
        scope = "board" if speaker == "client" else "public" if place % 2 else "internal"
        table.rows.append(
            (
                f"Q-{place + 1:04d}",
                kind,
                words,
                speaker,
                theme or None,
                person.email if person else None,
                scope,
                "role_only",
                consent,
                None,
                consent + timedelta(days=2),
            )
        )
    return table


def learning_log(world: World) -> Table:
    """What the team learnt, quarter by quarter."""
    headings = (
        "Reference", "Date", "Cycle", "Step", "About", "Full note", "Safe summary", "Went well?", "Will change?",
        "Owner", "Checked?",
    )  # fmt: skip
    table = Table("learning log", headings)
    span = (world.until - world.start).days - 30
    count = 6 * len(LEARNING)
    for place in range(count):
        step, about, summary, well, change = LEARNING[place % len(LEARNING)]
        on = world.start + timedelta(days=14 + span * place // count)
        cycle = None if step == "reflection" else f"PD-{place // len(LEARNING) + 1:02d}"
        table.rows.append(
            (f"L-{place + 1:04d}", on, cycle, step, about, None, summary, well, change, "programme_lead", True)
        )
    return table
