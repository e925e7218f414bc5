"""Everything that leaves the warehouse leaves by one door: permitted, protected, logged, and the same every time."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.warehouse.small_doors import (
    CASEWORKER,
    LEADER,
    METRICS,
    STEWARD,
    TRUSTEE,
    cells,
    make_empty,
    open_door,
    people,
    publish,
)
from warehouse.catalogue import catalogue, read_catalogue
from warehouse.release import Door, DoorSettings
from warehouse.released import Cell, Viewer


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_empty(tmp_path_factory.mktemp("empty") / "empty.duckdb")


@pytest.fixture
def door_to(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch):
    """A door on a build that holds what the given statements put in, with the small metrics."""
    monkeypatch.setattr("warehouse.release.catalogue", lambda: read_catalogue(METRICS))
    return partial(open_door, tmp_path, empty)


def log(tmp_path: Path) -> list[Mapping[str, object]]:
    return [json.loads(line) for line in (tmp_path / "logs" / "access.jsonl").read_text("utf-8").splitlines()]


# --- who may ask ---


def test_a_figure_of_another_role_looks_like_one_that_does_not_exist(door_to) -> None:
    door = door_to("insert into reply values ('E1', date '2026-05-01', 20, 30)")
    theirs, nobodys = door.release("replies", TRUSTEE), door.release("no_such_figure", TRUSTEE)
    assert theirs.state == nobodys.state == "refused"
    assert theirs.reason == nobodys.reason
    assert theirs.metric.title == "" == nobodys.metric.title
    assert (theirs.rows, theirs.totals, theirs.choices, theirs.sources) == ((), {}, {}, ())


def test_only_what_a_viewer_may_ask_is_visible(door_to) -> None:
    door = door_to()
    assert [info.id for info in door.visible(CASEWORKER)] == ["to_answer"]
    assert door.visible(Viewer("x", frozenset({"admin"}))) == ()


def test_a_list_with_names_is_not_a_figure_and_a_figure_is_not_a_list(door_to) -> None:
    door = door_to("insert into enquiry values ('Q1', 'P-1', 'coach')")
    assert door.release("to_answer", CASEWORKER).state == "refused"
    assert door.worklist("replies", LEADER).state == "refused"


# --- what is asked ---


@pytest.mark.parametrize(
    "filters",
    [
        {"person": "P-1"},
        {"by": "person_key"},
        {"period": "2026-05-01"},
        {"period": "2026 Q3 or 1=1"},
        {"event": "E1", "by": "nothing"},
    ],
)
def test_a_question_that_is_not_on_offer_is_refused_without_data(door_to, filters: dict[str, str]) -> None:
    door = door_to("insert into reply values ('E1', date '2026-05-01', 20, 30)")
    released = door.release("replies", LEADER, **filters)
    assert released.state == "refused"
    assert (released.rows, released.totals) == ((), {})


def test_two_dimensions_are_never_crossed(door_to) -> None:
    door = door_to(people("partner", "london", 20), people("partner", "north_west", 20))
    crossed = door.release("people", LEADER, region="london", step="active")
    assert crossed.state == "refused"
    assert door.release("people", LEADER, by="region", step="active").state == "refused"


def test_a_value_that_is_held_back_is_refused_like_one_that_does_not_exist(door_to) -> None:
    door = door_to(
        "insert into reply values ('E1', date '2026-05-01', 20, 30), ('E2', date '2026-05-02', 3, 4)",
    )
    hidden = door.release("positive", LEADER, event="E2")
    absent = door.release("positive", LEADER, event="E3")
    assert (hidden.state, hidden.reason, hidden.choices) == (absent.state, absent.reason, absent.choices)
    assert hidden.choices["event"] == ("E1",)


def test_the_default_period_is_the_latest_completed_quarter(door_to) -> None:
    door = door_to(
        "insert into reply values ('E1', date '2026-06-30', 20, 30), ('E2', date '2026-07-01', 1, 50)",
    )
    released = door.release("replies", LEADER)
    assert (released.filters, released.value("of")) == ({"period": "2026 Q2"}, 30)
    assert released.choices["period"][:3] == ("2026 Q3", "2026 Q2", "2026 Q1")
    assert door.release("replies", LEADER, period="2026-27").value("of") == 80


def test_a_guarded_figure_is_never_live(door_to) -> None:
    door = door_to("insert into reply values ('E1', date '2026-07-01', 20, 30)")
    released = door.release("positive", LEADER, by="event")
    assert released.state == "nothing_recorded"
    assert "2026 Q3" not in released.choices["period"]


def test_a_guarded_figure_offers_no_period_from_before_counting_starts(door_to) -> None:
    door = door_to(counting_starts=date(2026, 4, 1))
    assert door.release("positive", LEADER).choices["period"] == ("2026 Q2", "to date")


# --- the same every time, and written down ---


def test_a_released_answer_names_its_build_and_its_files(door_to) -> None:
    door = door_to(
        "insert into reply values ('E1', date '2026-05-01', 20, 30)",
        "insert into source_file (run_id, sha256, file_name, format, outcome) "
        "values ('R1', repeat('a', 64), 'replies.csv', 'ms_forms', 'loaded')",
        "insert into table_source values ('event', repeat('a', 64), 12), ('payment', repeat('b', 64), 9)",
    )
    released = door.release("replies", LEADER)
    assert (released.build, released.as_of.date()) == ("wh_000001", date(2026, 7, 15))
    assert [(one.file_name, one.sha256, one.rows) for one in released.sources] == [("replies.csv", "a" * 12, 12)]


def test_a_newer_build_is_seen_only_after_a_refresh(door_to, empty: Path, tmp_path: Path) -> None:
    door = door_to("insert into reply values ('E1', date '2026-05-01', 20, 30)")
    assert door.release("replies", LEADER).value("of") == 30
    publish(tmp_path / "store", empty, ["insert into reply values ('E1', date '2026-05-01', 20, 40)"])
    assert door.release("replies", LEADER).value("of") == 30
    door.refresh()
    released = door.release("replies", LEADER)
    assert (released.value("of"), released.build) == (40, "wh_000002")


def test_an_answer_kept_for_one_role_is_not_given_to_another(door_to) -> None:
    door = door_to(people("partner", "london", 30), people("partner", "north_west", 6), people("partner", "east", 20))
    for _ in range(2):
        assert cells(door.release("people", STEWARD, by="region"), "region")["north_west"] == Cell(6)
        assert cells(door.release("people", LEADER, by="region"), "region")["north_west"].value is None


def test_a_stricter_policy_of_the_home_works_at_the_next_refresh(door_to, tmp_path: Path) -> None:
    rules = tmp_path / "policy.toml"
    door = door_to(
        *(people("partner", *one) for one in (("london", 30), ("north_west", 9), ("east", 20))), policy_file=rules
    )
    assert cells(door.release("people", LEADER, by="region"), "region")["north_west"] == Cell(9)
    rules.write_text("[shown]\nscreens = 10\n", encoding="utf-8")
    door.refresh()
    assert cells(door.release("people", LEADER, by="region"), "region")["north_west"] == Cell(None, "small")
    rules.write_text("[shown]\nscreens = 1\n", encoding="utf-8")
    door.refresh()
    assert cells(door.release("people", STEWARD, by="region"), "region")["north_west"] == Cell(None, "small")


def test_every_answer_leaves_one_line_without_a_value_or_a_name(door_to, tmp_path: Path) -> None:
    door = door_to(
        "insert into reply values ('E1', date '2026-05-01', 8128, 8191)",
        "insert into enquiry values ('Q1', 'P-1', 'coach')",
    )
    door.release("replies", LEADER, page="events", by="event")
    door.release("replies", TRUSTEE, by="event")
    door.worklist("to_answer", CASEWORKER)
    door.reveal("to_answer", CASEWORKER, "Q1")
    door.reveal("to_answer", LEADER, "Q1")
    lines = log(tmp_path)
    assert [(line["metric_id"], line["action"], line["allowed"], line["rows"]) for line in lines] == [
        ("replies", "view", True, 1),
        ("replies", "view", False, 0),
        ("to_answer", "view", True, 1),
        ("to_answer", "reveal_name", True, 1),
        ("to_answer", "reveal_name", False, 0),
    ]
    assert (lines[0]["page"], lines[0]["filters"], lines[0]["role"]) == (
        "events",
        "by=event, period=2026 Q2",
        "leadership",
    )
    text = (tmp_path / "logs" / "access.jsonl").read_text("utf-8")
    for secret in ("8128", "8191", "Alex", "example.org", "P-1"):
        assert secret not in text
    assert stat.S_IMODE((tmp_path / "logs" / "access.jsonl").stat().st_mode) == 0o600


def test_what_someone_typed_is_not_written_down_when_it_was_refused(door_to, tmp_path: Path) -> None:
    door = door_to("insert into reply values ('E1', date '2026-05-01', 20, 30)")
    door.release("replies", LEADER, event="alex@example.org")
    door.worklist("to_answer", CASEWORKER, wants="alex@example.org")
    assert "alex" not in (tmp_path / "logs" / "access.jsonl").read_text("utf-8")


# --- lists with names ---


def test_a_worklist_has_no_names_and_no_person_until_one_row_is_opened(door_to) -> None:
    door = door_to("insert into enquiry values ('Q1', 'P-1', 'coach'), ('Q2', 'P-2', 'host')")
    found = door.worklist("to_answer", CASEWORKER)
    assert [(row.reference, row.facts, row.name) for row in found.rows] == [
        ("Q1", {"wants": "coach", "due": ""}, None),
        ("Q2", {"wants": "host", "due": ""}, None),
    ]
    opened = door.reveal("to_answer", CASEWORKER, "Q1")
    assert (opened.reference, opened.name) == ("Q1", "Alex Sample")
    assert door.reveal("to_answer", CASEWORKER, "Q2").name is None


def test_a_worklist_can_be_narrowed_by_its_own_columns_only(door_to) -> None:
    door = door_to("insert into enquiry values ('Q1', 'P-1', 'coach'), ('Q2', 'P-2', 'host')")
    narrowed = door.worklist("to_answer", CASEWORKER, wants="host")
    assert ([row.reference for row in narrowed.rows], narrowed.total) == (["Q2"], 2)
    assert door.worklist("to_answer", CASEWORKER, person_key="P-1").state == "refused"


@pytest.mark.parametrize(
    "viewer", [LEADER, TRUSTEE, STEWARD, Viewer("s", frozenset({"staff"})), Viewer("x", frozenset())]
)
def test_nobody_else_opens_a_name(door_to, viewer: Viewer) -> None:
    door = door_to("insert into enquiry values ('Q1', 'P-1', 'coach')")
    opened = door.reveal("to_answer", viewer, "Q1")
    assert (opened.name, dict(opened.facts)) == (None, {})


# --- the real catalogue ---


def test_every_metric_of_the_catalogue_answers_on_an_empty_store(empty: Path, tmp_path: Path) -> None:
    publish(tmp_path / "store", empty, [])
    door = Door(tmp_path / "store", tmp_path / "access.jsonl", DoorSettings(b""))
    for metric in catalogue().values():
        viewer = Viewer("x", frozenset(metric.info.audience))
        asked = {"population": "selected", "characteristic": "disability", "comparator": "England"}
        filters = {name: asked[name] for name in metric.info.dimensions} if metric.info.disclosure == "declared" else {}
        found = (
            door.worklist(metric.info.id, viewer)
            if metric.info.kind == "worklist"
            else door.release(metric.info.id, viewer, **filters)
        )
        assert found.state in ("nothing_recorded", "shown"), (metric.info.id, found.reason)


def test_before_the_first_load_there_is_nothing_recorded(tmp_path: Path) -> None:
    door = Door(tmp_path / "store", tmp_path / "access.jsonl", DoorSettings(b""))
    assert door.release("eoi_received", LEADER).state == "nothing_recorded"
    assert door.worklist("list_eoi", CASEWORKER).state == "nothing_recorded"
