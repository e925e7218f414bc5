"""What the product shows of the demonstration is what the demonstration knows to be true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.demo import facts, mess
from etl.demo.facts import quarter
from etl.doorway import open_door
from etl.home import open_home
from warehouse.release import Door
from warehouse.released import Cell, Released, Viewer
from warehouse.store import Store

EVERYONE = Viewer("tests", frozenset({"leadership", "staff", "staff_finance", "steward"}))
TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def door(loaded_demo: Path) -> Door:
    return open_door(open_home(loaded_demo))


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return facts(today=TODAY)


def shown(row: Mapping[str, str | Cell], name: str) -> Any:
    cell = row[name]
    return cell.value if isinstance(cell, Cell) else cell


def by(released: Released, name: str, measure: str = "n") -> dict[str, Any]:
    return {shown(row, name): shown(row, measure) for row in released.rows}


def totals(released: Released, *names: str) -> tuple[Any, ...]:
    return tuple(released.totals[name].value for name in names)


def last_quarter(told: dict[str, Any]) -> str:
    until: date = told["until"]
    return quarter(until)


def test_every_file_is_loaded_but_the_mess(loaded_demo: Path) -> None:
    store = Store(open_home(loaded_demo).store)
    current = store.current()
    assert current is not None
    with store.reader(current) as reader:
        rows = reader.query("select file_name, outcome, quarantined from source_file").rows
    odd = {name: (outcome, held) for name, outcome, held in rows if outcome not in {"loaded", "already_loaded"}}
    assert odd == {
        mess.WRONG_TOTAL: ("refused", 0),
        mess.PICTURE: ("refused", 0),
        "claims.csv": ("partly_loaded", 1),
        "session records.csv": ("partly_loaded", 1),
    }


def test_turnout_of_every_event(door: Door, told: dict[str, Any]) -> None:
    released = door.release("event_turnout", EVERYONE, period="to date", by="event")
    found = {
        shown(row, "event_title"): tuple(shown(row, name) for name in ("of", "attendees", "stayed_half", "stay_known"))
        for row in released.rows
    }
    assert found == {
        event["title"]: (event["registered"], event["attendees"], event["stayed_half"], event["minutes_known"])
        for event in told["events"].values()
    }


def test_replies_to_every_event(door: Door, told: dict[str, Any]) -> None:
    rate = door.release("feedback_reply_rate", EVERYONE, period="to date", by="event")
    asked = {event["title"]: event["replies"] for event in told["events"].values() if event["asks_feedback"]}
    found = by(rate, "event_title")
    assert found == asked
    positive = by(door.release("feedback_positive", EVERYONE, period="to date", by="event"), "event_title")
    for event in told["events"].values():
        if event["replies"] >= 10:
            assert positive[event["title"]] == event["positive"]
        elif event["replies"]:
            assert positive[event["title"]] is None


def test_enquiries_by_source_and_by_result(door: Door, told: dict[str, Any]) -> None:
    enquiries = told["enquiries"]
    received = door.release("eoi_received", EVERYONE, period="to date", by="source")
    assert by(received, "source") == enquiries["by_source"]
    assert by(door.release("eoi_outcome", EVERYONE, period="to date"), "result") == enquiries["results"]
    interest = door.release("event_interest", EVERYONE, period="to date", by="event")
    titles = {event["title"]: enquiries["from_event"].get(code, 0) for code, event in told["events"].items()}
    assert by(interest, "event_title", "eois") == titles


def test_members_that_somebody_named_in_the_last_programme_year(door: Door, told: dict[str, Any]) -> None:
    organisations = told["organisations"]
    reached = door.release("member_reach", EVERYONE)
    assert totals(reached, "n", "of") == (organisations["members_named_in_year"], organisations["members_at_year_end"])


def test_people_with_an_open_journey(door: Door, told: dict[str, Any]) -> None:
    released = door.release("people_in_programme", EVERYONE, period=last_quarter(told))
    assert by(released, "role") == told["journeys"]["open_at_end"]


def test_sessions_due_in_every_quarter(door: Door, told: dict[str, Any]) -> None:
    for period, states in told["sessions"].items():
        if period <= last_quarter(told):
            assert by(door.release("session_status", EVERYONE, period=period), "state") == states


def test_claims_paid_in_thirty_days_in_every_quarter(door: Door, told: dict[str, Any]) -> None:
    for period, claims in told["claims"]["in_30_days"].items():
        released = door.release("paid_within_30_days", EVERYONE, period=period)
        assert totals(released, "n", "of", "unpaid") == (claims["n"], claims["of"], claims["unpaid"]), period
        pounds = totals(released, "n_pounds", "of_pounds")
        assert [round(one * 100) for one in pounds] == [claims["n_pounds"] * 100, claims["of_pounds"] * 100]


def test_the_four_published_figures(door: Door) -> None:
    released = door.release("published_figures", EVERYONE)
    assert by(released, "figure_ref", "value") == {"PF-01": 250, "PF-02": 95, "PF-03": 71, "PF-04": 190}


def test_equality_figures_are_near_the_truth_and_never_nearer_than_fives(door: Door, told: dict[str, Any]) -> None:
    for population in ("enquirers", "selected"):
        released = door.release("equality_profile", EVERYONE, population=population, characteristic="disability")
        figures = by(released, "category")
        answered = told["equality"][population]["disability"]["answered"]
        disabled = answered["Limited a lot"] + answered["Limited a little"]
        assert figures["Disabled"] % 5 == 0
        assert abs(figures["Disabled"] - disabled) <= 4
