"""Equality figures on their way out are looked up, and every rate comes from a released figure alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.build import make_models
from warehouse.policy import NOT_STATED, REST
from warehouse.release import Door, DoorSettings
from warehouse.released import Cell, Released, Viewer
from warehouse.store import Store
from warehouse.tables import create_sql, tables

LEADER = Viewer("lee@example.org", frozenset({"leadership"}))
PROFILE = {"population": "selected", "characteristic": "disability"}

Figures = Mapping[str, int | None]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        for table in tables().values():
            connection.execute(create_sql(table).replace(" not null", ""))
        make_models(connection)
        connection.execute("insert into load_run (run_id, started_at) values ('R1', timestamp '2026-07-15')")
        connection.execute(
            "insert into benchmark by name select 'disability' as characteristic, 'gss-2q' as list_version, "
            "2 as level, 'disabled' as category, 'England' as geography, 'all residents' as base, 2021 as year, "
            "19 as count, 100 as total, false as is_void"
        )
    return path


@pytest.fixture
def door_to(tmp_path: Path, empty: Path):
    """A door on a build that holds these released figures: population -> (head-count, figures)."""

    def open_door(released: Mapping[str, tuple[int, Figures]]) -> Door:
        store = Store(tmp_path / "store")
        with store.lock():
            path = store.begin()
            path.write_bytes(empty.read_bytes())
            with duckdb.connect(str(path)) as connection:
                for population, (head_count, figures) in released.items():
                    base = head_count - (figures.get(NOT_STATED) or 0)
                    for category, figure in figures.items():
                        reason = "too_few_to_show" if figure is None else None
                        connection.execute(
                            "insert into equality_released values (?, ?, 'disability', ?, ?, ?, ?, ?, ?)",
                            [
                                date(2026, 6, 30),
                                population,
                                category,
                                figure,
                                reason,
                                head_count,
                                base,
                                date(2026, 7, 1),
                            ],
                        )
                connection.execute("checkpoint")
            store.publish(path)
        return Door(tmp_path / "store", tmp_path / "access.jsonl", DoorSettings(b""))

    return open_door


def _row(released: Released, category: str) -> dict[str, object]:
    row = next(row for row in released.rows if row["category"] == category)
    return {name: cell.value if isinstance(cell, Cell) else cell for name, cell in row.items()}


def test_a_share_is_the_released_figure_of_the_released_base(door_to) -> None:
    door = door_to({"selected": (61, {NOT_STATED: None, REST: 35, "Disabled": 25})})
    released = door.release("equality_profile", LEADER, **PROFILE)
    row = _row(released, "Disabled")
    assert (row["says"], row["n"], row["share"], row["low"], row["high"]) == ("about 25", 25, 0.41, 0.27, 0.57)
    assert (released.n, released.value("base"), released.value("snapshot")) == (61, 61, "2026-06-30")
    assert released.totals["not_stated"] == Cell(None, "too_few_to_show")


def test_shares_are_whole_percentages(door_to) -> None:
    door = door_to({"selected": (61, {NOT_STATED: None, REST: 40, "Disabled": 20})})
    row = _row(door.release("equality_profile", LEADER, **PROFILE), "Disabled")
    assert (row["share"], row["low"], row["high"]) == (0.33, 0.2, 0.49)


def test_rows_come_in_declared_order_under_the_words_shown(door_to) -> None:
    figures = {NOT_STATED: 10, REST: 25, "Limited a little": 10, "Limited a lot": 15, "Disabled": 25}
    released = door_to({"selected": (61, figures)}).release("equality_profile", LEADER, **PROFILE)
    assert [(row["category"], row["part_of"]) for row in released.rows] == [
        ("Disabled", ""),
        ("Limited a lot", "Disabled"),
        ("Limited a little", "Disabled"),
        ("Not disabled, or not shown", ""),
        ("Not stated", ""),
    ]


def test_too_few_has_no_number_anywhere(door_to) -> None:
    released = door_to({"selected": (40, {"Disabled": None, NOT_STATED: None, REST: 40})}).release(
        "equality_profile", LEADER, **PROFILE
    )
    row = next(row for row in released.rows if row["category"] == "Disabled")
    assert row["says"] == "too few to show"
    assert {row[name] for name in ("n", "share", "low", "high")} == {Cell(None, "too_few_to_show")}
    assert released.withheld == {"too_few_to_show": 2}


def test_or_more_is_said_where_the_next_figure_would_leave_too_few_others(door_to) -> None:
    released = door_to({"selected": (60, {"Disabled": 50, NOT_STATED: None, REST: 10})}).release(
        "equality_profile", LEADER, **PROFILE
    )
    row = _row(released, "Disabled")
    assert (row["says"], row["high"]) == ("50 or more", None)


def test_a_question_that_nobody_was_asked_has_nothing_recorded(door_to) -> None:
    assert door_to({}).release("equality_profile", LEADER, **PROFILE).state == "nothing_recorded"


@pytest.mark.parametrize(("reason", "state"), [("base_too_small", "too_few"), ("protects_another", "held_back")])
def test_a_table_that_was_not_released_says_why(door_to, tmp_path: Path, reason: str, state: str) -> None:
    door = door_to({"selected": (24, {NOT_STATED: None})})
    current = Store(tmp_path / "store").current()
    assert current is not None
    with Store(tmp_path / "store").lock():
        path = Store(tmp_path / "store").begin()
        with duckdb.connect(str(path)) as connection:
            connection.execute("update equality_released set reason = ?", [reason])
            connection.execute("checkpoint")
        Store(tmp_path / "store").publish(path)
    door.refresh()
    for metric in ("equality_profile", "declaration_rate"):
        released = door.release(metric, LEADER, **PROFILE)
        assert (released.state, released.value("head_count"), released.rows) == (state, 24, ())


@pytest.mark.parametrize(
    ("not_stated", "says", "share"),
    [(None, "at least about 84%", 0.84), (10, "about 84%", 0.84), (20, "about 67%", 0.67)],
)
def test_how_many_told_us_comes_from_the_released_not_stated(
    door_to, not_stated: int | None, says: str, share: float
) -> None:
    door = door_to({"selected": (61, {"Disabled": 20, NOT_STATED: not_stated, REST: 20})})
    released = door.release("declaration_rate", LEADER, **PROFILE)
    assert (released.value("says"), released.value("share"), released.value("of"), released.n) == (says, share, 61, 61)


def test_a_ratio_against_england_is_the_released_share_over_the_benchmark(door_to) -> None:
    door = door_to({"selected": (61, {"Disabled": 25, NOT_STATED: None, REST: 35})})
    row = _row(door.release("representation_ratio", LEADER, comparator="England", **PROFILE), "Disabled")
    assert (row["ratio"], row["ratio_low"], row["ratio_high"], row["says"]) == (2.2, 1.4, 3.0, "2.2 times")


def test_a_ratio_of_too_few_cannot_tell_unless_it_must_be_low(door_to) -> None:
    few = {"Disabled": None, NOT_STATED: None}
    small = door_to({"selected": (61, {**few, REST: 60})}).release(
        "representation_ratio", LEADER, comparator="England", **PROFILE
    )
    assert _row(small, "Disabled")["says"] == "cannot tell"
    large = door_to({"selected": (150, {**few, REST: 150})}).release(
        "representation_ratio", LEADER, comparator="England", **PROFILE
    )
    assert _row(large, "Disabled")["says"] == "below 0.4"


def test_two_of_our_own_groups_are_compared_from_twenty_with_the_widest_ends(door_to) -> None:
    door = door_to(
        {
            "selected": (61, {"Disabled": 25, NOT_STATED: None, REST: 35}),
            "enquirers": (200, {"Disabled": 80, NOT_STATED: None, REST: 120}),
        }
    )
    row = _row(door.release("representation_ratio", LEADER, comparator="enquirers", **PROFILE), "Disabled")
    assert row["ratio"] == 1.0
    assert (row["ratio_low"], row["ratio_high"]) == (0.6, 1.7)
    small = door_to(
        {
            "selected": (61, {"Disabled": 15, NOT_STATED: None, REST: 45}),
            "enquirers": (200, {"Disabled": 80, NOT_STATED: None, REST: 120}),
        }
    )
    row = _row(small.release("representation_ratio", LEADER, comparator="enquirers", **PROFILE), "Disabled")
    assert (row["ratio"], row["says"]) == (None, "cannot tell")


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"population": "selected"},
        {"population": "board", "characteristic": "disability"},
        {"population": "selected", "characteristic": "postcode"},
        {**PROFILE, "period": "2026 Q1"},
        {**PROFILE, "by": "characteristic"},
        {**PROFILE, "category": "Disabled"},
    ],
)
def test_only_declared_tables_of_the_last_quarter_are_given(door_to, filters: dict[str, str]) -> None:
    door = door_to({"selected": (61, {"Disabled": 25, NOT_STATED: None, REST: 35})})
    released = door.release("equality_profile", LEADER, **filters)
    assert (released.state, released.rows, released.totals) == ("refused", (), {})
    assert released.choices["characteristic"][:2] == ("ethnicity", "disability")


def test_choices_are_what_is_declared_whoever_is_there(door_to) -> None:
    none, some = door_to({}), door_to({"selected": (61, {"Disabled": 25, NOT_STATED: None, REST: 35})})
    assert (
        none.release("equality_profile", LEADER, **PROFILE).choices
        == some.release("equality_profile", LEADER, **PROFILE).choices
    )


def test_staff_and_the_steward_see_no_equality_figure(door_to) -> None:
    door = door_to({"selected": (61, {"Disabled": 25, NOT_STATED: None, REST: 35})})
    for role in ("staff", "staff_case", "staff_access", "staff_finance", "steward", "public"):
        assert door.release("equality_profile", Viewer("x", frozenset({role})), **PROFILE).state == "refused"
