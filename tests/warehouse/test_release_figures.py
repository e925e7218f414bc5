"""What comes out of the door: small groups held back first, and only then shares, intervals, medians and sums."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.warehouse.small_doors import LEADER, METRICS, STEWARD, cells, clients, make_empty, open_door, paid, people
from warehouse.catalogue import read_catalogue
from warehouse.released import Cell


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_empty(tmp_path_factory.mktemp("empty") / "empty.duckdb")


@pytest.fixture
def door_to(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch):
    """A door on a build that holds what the given statements put in, with the small metrics."""
    monkeypatch.setattr("warehouse.release.catalogue", lambda: read_catalogue(METRICS))
    return partial(open_door, tmp_path, empty)


def test_a_share_needs_23_people_and_comes_with_its_interval(door_to) -> None:
    door = door_to(
        "insert into reply values ('E1', date '2026-05-01', 11, 22), ('E2', date '2026-05-02', 18, 24)",
    )
    released = door.release("replies", LEADER, by="event")
    assert cells(released, "event", "share") == {"E1": Cell(None, "base_too_small"), "E2": Cell(0.75)}
    assert (released.value("n"), released.value("of"), released.n) == (29, 46, 46)
    low, high = cells(released, "event", "low")["E2"].value, cells(released, "event", "high")["E2"].value
    assert (round(100 * low), round(100 * high)) == (55, 88)


def test_below_its_base_a_guarded_figure_shows_the_base_alone(door_to) -> None:
    door = door_to("insert into reply values ('E1', date '2026-05-01', 8, 9)")
    released = door.release("positive", LEADER)
    assert (released.state, released.value("of"), released.totals["n"]) == ("too_few", 9, Cell(None, "base_too_small"))
    assert released.rows == ()


def test_a_total_is_held_back_where_the_events_beside_it_would_leave_a_few(door_to) -> None:
    door = door_to("insert into reply values ('E1', date '2026-05-01', 20, 30), ('E2', date '2026-05-02', 3, 4)")
    assert door.release("positive", LEADER).state == "held_back"
    released = door.release("positive", LEADER, by="event")
    assert cells(released, "event") == {"E1": Cell(20), "E2": Cell(None, "base_too_small")}
    assert released.totals["n"] == Cell(None, "protects_another")
    assert released.withheld == {"base_too_small": 1}


def test_a_year_is_held_back_where_its_quarters_would_leave_a_few(door_to) -> None:
    rows = ("2025-05-01", 20, 30), ("2025-08-01", 4, 5), ("2025-11-01", 20, 30), ("2026-02-01", 20, 30)
    door = door_to(*(f"insert into reply values ('E', date '{day}', {good}, {all_})" for day, good, all_ in rows))
    assert door.release("positive", LEADER, period="2025-26").state == "held_back"
    assert door.release("positive", LEADER, period="2025 Q2").state == "shown"
    assert door.release("positive", LEADER, period="to date").state == "held_back"


def test_a_year_is_shown_where_its_quarters_leave_enough_or_nobody(door_to) -> None:
    rows = ("2025-05-01", 20, 30), ("2025-08-01", 4, 5), ("2025-11-01", 5, 6)
    door = door_to(*(f"insert into reply values ('E', date '{day}', {good}, {all_})" for day, good, all_ in rows))
    assert door.release("positive", LEADER, period="2025-26").value("of") == 41


def test_small_regions_are_held_back_with_another_and_the_totals_stay(door_to) -> None:
    door = door_to(
        *(people("partner", region, many) for region, many in (("london", 30), ("south_east", 12), ("north_west", 2))),
        people("client", "london", 3),
    )
    released = door.release("people", LEADER, by="region")
    partners = {str(row["region"]): row["n"] for row in released.rows if row["role"] == "partner"}
    assert partners == {
        "london": Cell(30),
        "south_east": Cell(None, "protects_another"),
        "north_west": Cell(None, "small"),
    }
    assert not any(row["role"] == "client" for row in released.rows)
    totals = door.release("people", LEADER)
    assert {row["role"]: row["n"] for row in totals.rows} == {"partner": Cell(44), "client": Cell(3)}


def test_the_steward_sees_cells_from_five(door_to) -> None:
    door = door_to(people("partner", "london", 30), people("partner", "north_west", 6), people("partner", "east", 20))
    assert cells(door.release("people", STEWARD, by="region"), "region")["north_west"] == Cell(6)
    assert cells(door.release("people", LEADER, by="region"), "region")["north_west"] == Cell(None, "small")


def test_a_filter_never_sees_past_protection(door_to) -> None:
    door = door_to(
        *(people("partner", region, many) for region, many in (("london", 30), ("south_east", 12), ("north_west", 2))),
    )
    assert door.release("people", LEADER, region="london").value("n") == 30
    assert door.release("people", LEADER, region="south_east").state == "refused"
    assert door.release("people", LEADER, region="north_west").state == "refused"


def test_waits_are_shown_from_eight_people_as_medians_and_bands(door_to) -> None:
    rows = ", ".join(
        f"('complete', {days}, {days > 30}, 'P-{who}')" for who, days in enumerate([3, 5, 9, 10, 11, 20, 25, 40])
    )
    door = door_to(f"insert into wait (clock, days, still, who) values {rows}, ('work', 50, false, 'P-0')")
    released = door.release("waits", LEADER)
    assert released.filters["clock"] == "complete"
    figures = {
        name: released.value(name) for name in ("n", "median", "ninth_decile", "longest", "longest_open", "open")
    }
    assert figures == {"n": 8, "median": 10, "ninth_decile": 40, "longest": 40, "longest_open": 40, "open": 1}
    assert [(row["from"], row["to"]) for row in released.rows][:2] == [("0", "6"), ("7", "13")]
    assert door.release("waits", LEADER, clock="work").value("median") == 50


def test_waits_of_fewer_people_show_only_how_many(door_to) -> None:
    door = door_to(
        "insert into wait (clock, days, still, who) values ('complete', 3, false, 'P-1'), ('complete', 90, true, 'P-2')"
    )
    released = door.release("waits", LEADER)
    assert (released.state, released.value("n"), released.value("payees")) == ("too_few", 2, 2)
    assert released.totals["median"] == Cell(None, "base_too_small")
    assert released.rows == ()


def test_money_paid_to_few_people_is_held_back_with_another_kind_and_its_total_stays(door_to) -> None:
    door = door_to(
        paid("session_fee", 20),
        paid("training_day", 9),
        paid("travel", 1),
    )
    released = door.release("paid", LEADER, by="kind")
    assert cells(released, "kind", "pounds") == {
        "session_fee": Cell(202.0),
        "training_day": Cell(None, "protects_another"),
        "travel": Cell(None, "small"),
    }
    assert released.value("pounds") == 303.0


def test_money_of_a_longer_period_is_held_back_where_a_shorter_one_shows_part_of_it(door_to) -> None:
    door = door_to(paid("travel", 9, "2026-02-01"), paid("travel", 3), paid("session_fee", 20))
    assert cells(door.release("paid", LEADER, by="kind", period="2026 Q1"), "kind", "pounds")["travel"].value == 90.9
    released = door.release("paid", LEADER, by="kind", period="to date")
    assert (released.state, released.rows) == (
        "held_back",
        (),
    )  # the fees stand only in the quarter that travel hides behind them in


def test_bands_of_waits_are_held_back_where_some_shorter_period_is_not_shown(door_to) -> None:
    rows = [f"('complete', 9, false, 'P-{who}', '2026-02-01')" for who in range(9)]
    door = door_to(f"insert into wait values {', '.join(rows)}, ('complete', 40, true, 'P-1', '2026-05-01')")
    assert door.release("waits", LEADER, period="2026 Q1").state == "shown"
    released = door.release("waits", LEADER, period="to date")
    assert released.value("median") == 9
    assert {released.totals[name] for name in ("open", "longest", "longest_open")} == {Cell(None, "protects_another")}
    assert released.rows == ()  # which bands there are would tell how long the one waits


def test_a_cell_of_a_year_is_held_back_where_its_quarters_would_leave_a_few(door_to) -> None:
    door = door_to(
        *(clients("research", *one) for one in ((9, "2025-05-01"), (2, "2025-08-01"))),
        *(clients(setting, 20, "2025-05-01") for setting in ("nhs", "charity")),
        *(clients(setting, many, "2025-08-01") for setting, many in (("nhs", 20), ("charity", 12))),
    )
    quarter = cells(door.release("clients", LEADER, by="setting", period="2025 Q2"), "setting")
    year = cells(door.release("clients", LEADER, by="setting", period="2025-26"), "setting")
    assert quarter["research"] == Cell(9)
    assert year["research"] == Cell(None, "protects_another")
    assert sum(cell.withheld is not None for cell in year.values()) >= 2


def test_a_cell_of_a_year_is_held_back_where_another_hides_behind_it_in_a_quarter(door_to) -> None:
    door = door_to(
        *(clients(setting, many, "2025-05-01") for setting, many in (("research", 3), ("nhs", 12), ("charity", 30))),
        *(clients(setting, many, "2025-08-01") for setting, many in (("research", 9), ("charity", 30), ("other", 8))),
    )
    quarter = cells(door.release("clients", LEADER, by="setting", period="2025 Q2"), "setting")
    year = cells(door.release("clients", LEADER, by="setting", period="2025-26"), "setting")
    assert {name for name, cell in quarter.items() if cell.withheld} == {"research", "nhs"}
    assert {name for name, cell in year.items() if cell.withheld} >= {"research", "nhs"}


def test_money_of_a_year_is_held_back_where_other_money_hides_behind_it_in_a_quarter(door_to) -> None:
    door = door_to(
        *(paid(kind, many, "2026-02-01") for kind, many in (("fee", 30), ("training", 9), ("travel", 1))),
        *(paid(kind, many, "2026-05-01") for kind, many in (("fee", 30), ("travel", 9))),
    )
    released = cells(door.release("paid", LEADER, by="kind", period="to date"), "kind", "pounds")
    assert {name for name, cell in released.items() if cell.withheld} == {"training", "travel"}


def test_rows_of_a_part_that_is_held_back_whole_are_left_out(door_to) -> None:
    door = door_to(people("partner", "london", 30), people("partner", "wales", 20), people("client", "wales", 1))
    released = door.release("people", LEADER, by="region")
    assert [(row["role"], row["region"]) for row in released.rows] == [("partner", "london"), ("partner", "wales")]
    assert released.withheld == {}


def test_people_behind_one_kind_of_money_are_told_in_its_own_row_alone(door_to) -> None:
    released = door_to(paid("fee", 20), paid("care", 9), paid("travel", 1)).release("paid", LEADER, by="kind")
    assert cells(released, "kind", "payees")["travel"] == Cell(None, "small")
    assert set(released.totals) == {"pounds"}


def test_what_happened_before_counting_starts_is_in_no_guarded_figure(door_to) -> None:
    door = door_to(clients("nhs", 20, "2025-04-05"), clients("nhs", 30, "2025-05-05"), counting_starts=date(2025, 5, 1))
    assert door.release("clients", LEADER, period="2025 Q2").value("n") == 30


def test_a_list_keeps_the_order_and_kinds_of_its_columns(door_to) -> None:
    door = door_to("insert into file values ('a.csv', 3), ('b.csv', 5)")
    released = door.release("files", LEADER)
    assert released.rows == ({"name": "b.csv", "size": Cell(5)}, {"name": "a.csv", "size": Cell(3)})
    assert door.release("files", LEADER, name="a.csv").rows == ({"name": "a.csv", "size": Cell(3)},)


def test_nothing_recorded_is_a_state_of_its_own(door_to) -> None:
    door = door_to("insert into reply values ('E1', date '2024-01-01', 0, 0)")
    for metric in ("replies", "positive", "people", "waits", "paid", "files"):
        assert door.release(metric, LEADER).state == "nothing_recorded"
