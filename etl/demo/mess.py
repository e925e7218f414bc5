"""What goes wrong in real inboxes, put in on purpose. None of it changes a figure: the facts leave it out."""

from __future__ import annotations

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from etl.demo import xero
from etl.demo.coaching import Session
from etl.demo.money import Claim, ClaimLine
from etl.demo.sheets import Table
from etl.demo.staff_money import claim_row, rate_versions
from etl.demo.staff_programme import session_row
from etl.demo.world import World

BAD_CLAIM = "CL-9001"
UNKNOWN_MATCH = "M-9999"
WRONG_TOTAL = "Account Transactions draft.csv"
PICTURE = "sign-in sheet.csv"
AGAIN = "attendee report (1).csv"
# one white dot: a picture that somebody saved under the ending of a table
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "5478da63f80f00010101001cb08c990000000049454e44ae426082"
)


def spoil_claims(table: Table, world: World) -> None:
    """One claim that was approved before it came in."""
    known = next(claim for claim in world.claims if claim.received)
    day = world.until - timedelta(days=40)
    claim = Claim(BAD_CLAIM, known.person, day, day, day - timedelta(days=9), None, declined=False, paid_to="self")
    line = ClaimLine(1, "activity_fee", day - timedelta(days=12), "", Decimal("25.00"))
    table.rows.append(claim_row(claim, line, rate_versions(world)[1]))


def spoil_sessions(table: Table, world: World) -> None:
    """One session of a pair nobody knows."""
    first = world.matches[0].sessions[0]
    session = Session(world.until - timedelta(days=9), first.at, 60, "video", "paid", "client", "held")
    table.rows.append(session_row(UNKNOWN_MATCH, session))


def add_files(folder: Path, world: World, report: Path, quarter_start: timedelta) -> None:
    """A picture that calls itself a table, an accounts draft out by a penny, and one report a second time."""
    (folder / PICTURE).write_bytes(PIXEL)
    start = world.until - quarter_start
    xero.write_transactions(folder / WRONG_TOTAL, start, world.until, world.entries, slip=Decimal("0.01"))
    shutil.copyfile(report, folder / AGAIN)
