"""The charity's own sheets that others are judged against: bodies, targets, benchmarks, lists, cases, actions."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

from etl.demo.dice import Dice
from etl.demo.equality import CHARACTERISTICS
from etl.demo.sheets import Cell, Table
from etl.demo.world import World

PUBLICATION = "Valuing Lived Experience Learning Report"
PUBLISHED_ON = date(2022, 5, 31)
THE_EVENT = date(2022, 2, 9)
BODIES = {"board": (12, 3, 10, 11), "advisory_group": (14, 9, 12, 13)}


def bodies(world: World) -> Table:
    """Who sits where, counted twice."""
    headings = (
        "Body", "Counted on", "Seats", "Filled", "Lived experience seats", "Openly recruited",
        "Lived experience panel used?", "Collection",
    )  # fmt: skip
    table = Table("bodies", headings)
    for body, (seats, lived, openly, filled) in BODIES.items():
        for back in (365, 0):
            on = world.until - timedelta(days=back + 20)
            fewer = 1 if back else 0
            collection = None if back else collection_code(world, body)
            table.rows.append((body, on, seats, filled - fewer, lived - fewer, openly - fewer, True, collection))
    return table


def published_figures() -> Table:
    """The four printed figures of the pilot, word for word."""
    headings = (
        "Reference", "Statement", "Value", "Unit", "Qualifier", "Base", "Base recorded?", "From", "To", "Publication",
        "Published on", "May compare?",
    )  # fmt: skip
    table = Table("published figures", headings)
    printed: tuple[tuple[str, str, int, str, str, str, date, date, bool], ...] = (
        ("PF-01", "People who attended the event on 9 February 2022", 250, "people", "exact", "not_needed",
         THE_EVENT, THE_EVENT, True),
        ("PF-02", "Those who completed the feedback survey and responded positively", 95, "percent", "exact", "no",
         THE_EVENT, date(2022, 3, 31), False),
        ("PF-03", "Expressions of interest completed", 71, "forms", "exact", "not_needed",
         THE_EVENT, date(2022, 3, 31), True),
        ("PF-04", "Member charities", 190, "organisations", "more_than", "not_needed",
         date(2021, 8, 1), date(2022, 3, 31), True),
    )  # fmt: skip
    for ref, statement, value, unit, qualifier, recorded, start, end, compare in printed:
        table.rows.append(
            (ref, statement, value, unit, qualifier, None, recorded, start, end, PUBLICATION, PUBLISHED_ON, compare)
        )
    return table


def targets(world: World) -> Table:
    """What was agreed for this programme year and the last."""
    headings = ("Metric", "From", "To", "Level", "At least or at most", "Owner", "Agreed on", "Why")
    table = Table("targets", headings)
    year = world.until.year - (world.until.month < 4)
    wanted = (
        ("paid_within_30_days", 95, "finance_lead", "Late pay harms people on benefits"),
        ("eoi_answered_in_time", 90, "programme_lead", "People who put a hand up should hear from us"),
        ("training_completion", 85, "programme_lead", "Both days belong together"),
        ("support_coverage", 60, "programme_lead", "Nobody coaches without support"),
    )
    for first in (year - 1, year):
        for metric, level, owner, why in wanted:
            table.rows.append(
                (
                    metric,
                    date(first, 4, 1),
                    date(first + 1, 3, 31),
                    Decimal(level),
                    "at_least",
                    owner,
                    date(first, 3, 20),
                    why,
                )
            )
    return table


def benchmarks() -> Table:
    """Census 2021 counts for England: see benchmarks.csv beside this file."""
    text = files("etl.demo").joinpath("benchmarks.csv").read_text(encoding="utf-8")
    headings, *rows = csv.reader(text.splitlines())
    return Table("benchmarks", headings, list(rows))


def categories() -> Table:
    """The equality lists in use."""
    headings = (
        "Characteristic",
        "List version",
        "Category",
        "Label",
        "Level 2 group",
        "Level 3 group",
        "Other wordings",
    )
    table = Table("categories", headings)
    for one in CHARACTERISTICS:
        for category in one.categories:
            table.rows.append(
                (one.name, one.version, category.code, category.label, category.level_2, category.level_3, None)
            )
    return table


def collection_code(world: World, body: str) -> str:
    """The reference of a body's equality count."""
    return f"EQ-{world.until.year}-{'B' if body == 'board' else 'AG'}"


def equality_totals(world: World) -> Table:
    """Counts that the board and the advisory group gave of themselves."""
    headings = (
        "Collection", "Population", "Year from", "Opened", "Closed", "Asked", "Replied", "Method",
        "All agreed to publish?", "Characteristic", "List version", "Answer", "Kind of reply", "Number",
    )  # fmt: skip
    table = Table("equality totals", headings)
    dice = Dice(world.seed, "bodies")
    year = date(world.until.year - (world.until.month < 4), 4, 1)
    opened = world.until - timedelta(days=70)
    for body, (_, _, _, asked) in BODIES.items():
        front: tuple[Cell, ...] = (
            collection_code(world, body), body, year, opened, opened + timedelta(days=30), asked, asked - 1,
            "form", True,
        )  # fmt: skip
        for one in CHARACTERISTICS:
            counts: dict[str, int] = {}
            for _ in range(asked - 2):
                code = dice.pick({category.code: category.weight for category in one.categories})
                counts[code] = counts.get(code, 0) + 1
            labels = {category.code: category.label for category in one.categories}
            for code, number in sorted(counts.items()):
                table.rows.append((*front, one.name, one.version, labels[code], "answered", number))
            table.rows.append((*front, one.name, one.version, None, "prefer_not_to_say", 1))
            table.rows.append((*front, one.name, one.version, None, "no_reply", 1))
    return table


def cases(world: World) -> Table:
    """Requests and complaints about data and care."""
    headings = (
        "Reference", "Kind", "Received", "Acknowledged", "Due", "Closed", "Regulator", "Owner", "Lesson",
    )  # fmt: skip
    table = Table("cases", headings)
    kinds = (
        ("access", 400, 30, 18, None),
        ("complaint", 260, 30, 25, "Say at the start how long an answer takes"),
        ("incident", 150, 3, 2, "Check the address before sending a list"),
        ("rectification", 40, 30, 12, None),
        ("mediation", 12, 30, None, None),
    )
    for place, (kind, back, due, closed, lesson) in enumerate(kinds, 1):
        on = world.until - timedelta(days=back)
        table.rows.append(
            (
                f"K-{place:04d}",
                kind,
                on,
                on + timedelta(days=1),
                on + timedelta(days=due),
                on + timedelta(days=closed) if closed else None,
                "not_needed",
                "data_steward",
                lesson,
            )
        )
    return table


def actions(world: World) -> Table:
    """Decisions and actions agreed."""
    headings = (
        "Reference", "Raised", "Due", "What", "Decision or action", "Owner", "From learning entry", "Status", "Done on",
    )  # fmt: skip
    table = Table("actions", headings)
    agreed = (
        ("Longer practice on the first training day", "action", "programme_lead", "L-0001", "done"),
        ("One page that says what the offer is and costs", "action", "events_lead", "L-0007", "open"),
        ("Pay claims weekly, not every two weeks", "decision", "finance_lead", "L-0006", "done"),
        ("Book captions when an event is announced", "action", "events_lead", "L-0008", "open"),
        ("Whether to offer a second client cohort", "decision", "chair", None, "open"),
    )
    for place, (what, kind, owner, entry, status) in enumerate(agreed, 1):
        raised = world.until - timedelta(days=200 - 35 * place)
        due = raised + timedelta(days=45)
        done = raised + timedelta(days=20) if status == "done" else None
        table.rows.append((f"AC-{place:04d}", raised, due, what, kind, owner, entry, status, done))
    return table
