"""What exports look up of the build and of this run's sheets, through the whole run."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.formats import zoom_webinar_attendee
from etl.home import Home, open_home
from etl.keys import key
from etl.pipeline import load
from etl.report import FileReport

TODAY = date(2026, 11, 1)
EVENTS = """\
Code,Title,Kind,Starts (dd/mm/yyyy hh:mm),Ends,Platform,Tool's own ID
EV-2026-03,Listening first,webinar,09/06/2026 10:00,09/06/2026 11:30,zoom,855 1234 7890
"""
EVENT_KEY = key("event", "zoom", "85512347890", "2026-06-09")
TICKETS = """\
Order ID,Attendee first name,Attendee last name,Attendee email,Phone number,Purchaser city
123,Alex,Sample,alex@example.org,555,Leeds
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def dropped(home: Home, **files: str) -> dict[str, FileReport]:
    for name, content in files.items():
        (home.inbox / f"{name}.csv").write_text(content, encoding="utf-8")
    return {Path(file.file).stem: file for file in load(home, [], today=TODAY).files}


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(max(home.store.glob("wh_*.duckdb")), read_only=True) as build:
        return build.execute(sql).fetchall()


def answer(content: str, said: str) -> str:
    digest = hashlib.sha256(content.encode()).hexdigest()
    return f"File,Question,Answer,Answered by,Answered on\n{digest},which_event,{said},events_lead,01/06/2026\n"


def test_an_answer_with_an_events_code_finds_the_event_that_a_tool_numbered(home: Home) -> None:
    files = dropped(home, events=EVENTS, tickets=TICKETS, answers=answer(TICKETS, "EV-2026-03"))

    assert {file.outcome for file in files.values()} == {"loaded"}
    assert rows(home, "select event_key from event_registration") == [(EVENT_KEY,)]


def test_an_answer_with_an_events_code_in_small_letters_finds_an_event_of_the_build(home: Home) -> None:
    dropped(home, events=EVENTS)

    dropped(home, tickets=TICKETS, answers=answer(TICKETS, " ev-2026-03 "))

    assert rows(home, "select event_key from event_registration") == [(EVENT_KEY,)]


def test_the_order_of_dates_that_the_settings_declare_is_obeyed(home: Home) -> None:
    (home.root / "voices.toml").write_text('[date_orders]\nzoom_webinar_attendee = "dmy"\n', encoding="utf-8")

    dropped(open_home(home.root), report=zoom_webinar_attendee.EXAMPLE.decode().replace("05/12/2026", "05/06/2026"))

    assert rows(home, "select starts_at::date from event") == [(date(2026, 6, 5),)]
