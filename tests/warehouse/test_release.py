"""Everything that leaves the warehouse leaves by one door: permitted, protected, logged, and the same every time."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.build import make_models
from warehouse.catalogue import catalogue, read_catalogue
from warehouse.release import Door, DoorSettings
from warehouse.released import Cell, Released, Viewer
from warehouse.store import Store
from warehouse.tables import create_sql, tables

LEADER = Viewer("lee@example.org", frozenset({"leadership"}))
TRUSTEE = Viewer("tess@example.org", frozenset({"trustee"}))
CASEWORKER = Viewer("cas@example.org", frozenset({"staff_case"}))
STEWARD = Viewer("stu@example.org", frozenset({"steward"}))


def _metric(kind: str, sql: str, **fields: object) -> str:
    header: dict[str, object] = {
        "title": sql,
        "plain": "p",
        "formula": "f",
        "unit": "people",
        "owner": "programme_lead",
        "questions": ["L1"],
        "audience": ["leadership", "steward"],
        "disclosure": "open",
        "kind": kind,
        "periods": ["quarter", "year"],
        "tables": ["event"],
    } | fields
    lines = [f"-- {name} = {json.dumps(value)}" for name, value in header.items()]
    return "\n".join(["-- ---", *lines, "-- ---", sql, "-- expect", "-- | n |"])


_IN_PERIOD = "from reply where on_day between $period_from and $period_to"
METRICS = {
    "positive": _metric(
        "ratio",
        f"select event, event as event_title, sum(good) as n, sum(everyone) as of {_IN_PERIOD} group by event",
        disclosure="guarded",
        base=10,
        dimensions=["event"],
        labels=["event_title"],
        measures=["n", "of"],
        periods=["event", "quarter", "year", "to date"],
    ),
    "replies": _metric(
        "ratio",
        f"select event, sum(good) as n, sum(everyone) as of {_IN_PERIOD} group by event",
        dimensions=["event"],
        measures=["n", "of"],
        periods=["quarter", "year"],
    ),
    "people": _metric(
        "distribution",
        "select role, region, step, count(*) as n from person where on_day <= $period_to group by role, region, step",
        disclosure="guarded",
        base=10,
        cells=True,
        always=["role"],
        dimensions=["region", "step"],
        measures=["n"],
        periods=["quarter"],
    ),
    "clients": _metric(
        "distribution",
        "select setting, count(distinct org) as n from client where on_day between "
        "greatest($period_from, $counting_starts) and $period_to group by setting",
        disclosure="guarded",
        base=10,
        cells=True,
        dimensions=["setting"],
        measures=["n"],
        periods=["quarter", "year"],
    ),
    "waits": _metric(
        "values",
        "select clock, days as value, still as is_open, count(*) as n, "
        "(select count(distinct who) from wait where on_day between $period_from and $period_to) as payees "
        "from wait where on_day between $period_from and $period_to group by clock, days, still",
        disclosure="guarded",
        base=8,
        always=["clock"],
        measures=["n"],
        totals=["payees"],
        periods=["to date", "quarter"],
    ),
    "paid": _metric(
        "money",
        "select kind, sum(pounds) as pounds, count(distinct who) as payees "
        "from paid where on_day between $period_from and $period_to group by kind",
        disclosure="guarded",
        base=8,
        cells=True,
        dimensions=["kind"],
        measures=["pounds", "payees"],
        periods=["to date", "quarter"],
    ),
    "files": _metric("list", "select name, size from file order by size desc", dimensions=["name"], periods=["today"]),
    "to_answer": _metric(
        "worklist",
        "select reference, person_key, wants, cast(null as text) as due from enquiry order by reference",
        disclosure="worklist",
        audience=["staff_case"],
        dimensions=["wants"],
        periods=["today"],
    ),
}


def _publish(folder: Path, empty: Path, statements: Sequence[str]) -> None:
    store = Store(folder)
    with store.lock():
        path = store.begin()
        shutil.copyfile(empty, path)
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.execute("checkpoint")
        store.publish(path)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of 15 July 2026 with every table and model, and nothing in them but the days it covers."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        for table in tables().values():
            connection.execute(create_sql(table).replace(" not null", ""))
        make_models(connection)
        connection.execute("insert into load_run (run_id, started_at) values ('R1', timestamp '2026-07-15')")
        connection.execute(
            "insert into activity (activity_key, on_day) values ('A', '2025-04-02'), ('B', '2026-06-30')"
        )
        for statement in _TABLES:
            connection.execute(statement)
    return path


_TABLES = (
    "create table reply (event text, on_day date, good integer, everyone integer)",
    "create table person (role text, region text, step text, on_day date)",
    "create table client (setting text, org text, on_day date)",
    "create table wait (clock text, days integer, still boolean, who text, on_day date default '2026-05-01')",
    "create table paid (kind text, pounds decimal(12,2), who text, on_day date default '2026-05-01')",
    "create table file (name text, size integer)",
    "create table enquiry (reference text, person_key text, wants text)",
)


def _people(role: str, region: str, many: int, step: str = "active") -> str:
    return f"insert into person select '{role}', '{region}', '{step}', date '2026-05-01' from range({many})"


def _paid(kind: str, people: int, day: str = "2026-05-01") -> str:
    return f"insert into paid select '{kind}', 10.10, 'P-' || i, date '{day}' from range({people}) t(i)"


def _clients(setting: str, many: int, day: str) -> str:
    return f"insert into client select '{setting}', '{setting}{day}' || i, date '{day}' from range({many}) t(i)"


@pytest.fixture
def door_to(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch):
    """A door on a build that holds these rows, with the metrics of this file."""
    monkeypatch.setattr("warehouse.release.catalogue", lambda: read_catalogue(METRICS))

    def open_door(*statements: str, policy_file: Path | None = None, counting_starts: date | None = None) -> Door:
        _publish(tmp_path / "store", empty, statements)
        settings = DoorSettings(b"secret", counting_starts, policy_file)
        names = {"P-1": "Alex Sample"}
        return Door(
            tmp_path / "store",
            tmp_path / "logs" / "access.jsonl",
            settings,
            lambda keys: {key: names[key] for key in keys if key in names},
        )

    return open_door


def _cells(released: Released, column: str, measure: str = "n") -> dict[str, Cell]:
    return {str(row[column]): cell for row in released.rows if isinstance(cell := row[measure], Cell)}


def _log(tmp_path: Path) -> list[Mapping[str, object]]:
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
    door = door_to(_people("partner", "london", 20), _people("partner", "north_west", 20))
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


# --- what comes out ---


def test_a_share_needs_23_people_and_comes_with_its_interval(door_to) -> None:
    door = door_to(
        "insert into reply values ('E1', date '2026-05-01', 11, 22), ('E2', date '2026-05-02', 18, 24)",
    )
    released = door.release("replies", LEADER, by="event")
    assert _cells(released, "event", "share") == {"E1": Cell(None, "base_too_small"), "E2": Cell(0.75)}
    assert (released.value("n"), released.value("of"), released.n) == (29, 46, 46)
    low, high = _cells(released, "event", "low")["E2"].value, _cells(released, "event", "high")["E2"].value
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
    assert _cells(released, "event") == {"E1": Cell(20), "E2": Cell(None, "base_too_small")}
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
        *(_people("partner", region, many) for region, many in (("london", 30), ("south_east", 12), ("north_west", 2))),
        _people("client", "london", 3),
    )
    released = door.release("people", LEADER, by="region")
    partners = {str(row["region"]): row["n"] for row in released.rows if row["role"] == "partner"}
    clients = {str(row["region"]): row["n"] for row in released.rows if row["role"] == "client"}
    assert partners == {
        "london": Cell(30),
        "south_east": Cell(None, "protects_another"),
        "north_west": Cell(None, "small"),
    }
    assert clients == {"london": Cell(None, "base_too_small")}
    totals = door.release("people", LEADER)
    assert {row["role"]: row["n"] for row in totals.rows} == {"partner": Cell(44), "client": Cell(3)}


def test_the_steward_sees_cells_from_five(door_to) -> None:
    door = door_to(
        _people("partner", "london", 30), _people("partner", "north_west", 6), _people("partner", "east", 20)
    )
    assert _cells(door.release("people", STEWARD, by="region"), "region")["north_west"] == Cell(6)
    assert _cells(door.release("people", LEADER, by="region"), "region")["north_west"] == Cell(None, "small")


def test_a_filter_never_sees_past_protection(door_to) -> None:
    door = door_to(
        *(_people("partner", region, many) for region, many in (("london", 30), ("south_east", 12), ("north_west", 2))),
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
        _paid("session_fee", 20),
        _paid("training_day", 9),
        _paid("travel", 1),
    )
    released = door.release("paid", LEADER, by="kind")
    assert _cells(released, "kind", "pounds") == {
        "session_fee": Cell(202.0),
        "training_day": Cell(None, "protects_another"),
        "travel": Cell(None, "small"),
    }
    assert released.value("pounds") == 303.0


def test_money_of_a_longer_period_is_held_back_where_a_shorter_one_shows_part_of_it(door_to) -> None:
    door = door_to(_paid("travel", 9, "2026-02-01"), _paid("travel", 3), _paid("session_fee", 20))
    assert _cells(door.release("paid", LEADER, by="kind", period="2026 Q1"), "kind", "pounds")["travel"].value == 90.9
    released = door.release("paid", LEADER, by="kind", period="to date")
    assert _cells(released, "kind", "pounds") == {"session_fee": Cell(202.0), "travel": Cell(None, "protects_another")}


def test_bands_of_waits_are_held_back_where_some_shorter_period_is_not_shown(door_to) -> None:
    rows = [f"('complete', 9, false, 'P-{who}', '2026-02-01')" for who in range(9)]
    door = door_to(f"insert into wait values {', '.join(rows)}, ('complete', 40, true, 'P-1', '2026-05-01')")
    assert door.release("waits", LEADER, period="2026 Q1").state == "shown"
    released = door.release("waits", LEADER, period="to date")
    assert released.value("median") == 9
    assert {row["n"] for row in released.rows} == {Cell(None, "protects_another")}


def test_a_cell_of_a_year_is_held_back_where_its_quarters_would_leave_a_few(door_to) -> None:
    door = door_to(
        *(_clients("research", *one) for one in ((9, "2025-05-01"), (2, "2025-08-01"))),
        *(_clients(setting, 20, "2025-05-01") for setting in ("nhs", "charity")),
        *(_clients(setting, 9, "2025-08-01") for setting in ("nhs", "charity")),
    )
    quarter = _cells(door.release("clients", LEADER, by="setting", period="2025 Q2"), "setting")
    year = _cells(door.release("clients", LEADER, by="setting", period="2025-26"), "setting")
    assert quarter["research"] == Cell(9)
    assert year["research"] == Cell(None, "protects_another")
    assert sum(cell.withheld is not None for cell in year.values()) >= 2


def test_what_happened_before_counting_starts_is_in_no_guarded_figure(door_to) -> None:
    door = door_to(
        _clients("nhs", 20, "2025-04-05"), _clients("nhs", 30, "2025-05-05"), counting_starts=date(2025, 5, 1)
    )
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


def test_before_the_first_load_there_is_nothing_recorded(tmp_path: Path) -> None:
    door = Door(tmp_path / "store", tmp_path / "access.jsonl", DoorSettings(b""))
    assert door.release("eoi_received", LEADER).state == "nothing_recorded"
    assert door.worklist("list_eoi", CASEWORKER).state == "nothing_recorded"


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
    _publish(tmp_path / "store", empty, ["insert into reply values ('E1', date '2026-05-01', 20, 40)"])
    assert door.release("replies", LEADER).value("of") == 30
    door.refresh()
    released = door.release("replies", LEADER)
    assert (released.value("of"), released.build) == (40, "wh_000002")


def test_an_answer_kept_for_one_role_is_not_given_to_another(door_to) -> None:
    door = door_to(
        _people("partner", "london", 30), _people("partner", "north_west", 6), _people("partner", "east", 20)
    )
    for _ in range(2):
        assert _cells(door.release("people", STEWARD, by="region"), "region")["north_west"] == Cell(6)
        assert _cells(door.release("people", LEADER, by="region"), "region")["north_west"].value is None


def test_a_stricter_policy_of_the_home_works_at_the_next_refresh(door_to, tmp_path: Path) -> None:
    rules = tmp_path / "policy.toml"
    door = door_to(
        *(_people("partner", *one) for one in (("london", 30), ("north_west", 9), ("east", 20))), policy_file=rules
    )
    assert _cells(door.release("people", LEADER, by="region"), "region")["north_west"] == Cell(9)
    rules.write_text("[shown]\nscreens = 10\n", encoding="utf-8")
    door.refresh()
    assert _cells(door.release("people", LEADER, by="region"), "region")["north_west"] == Cell(None, "small")
    rules.write_text("[shown]\nscreens = 1\n", encoding="utf-8")
    door.refresh()
    assert _cells(door.release("people", STEWARD, by="region"), "region")["north_west"] == Cell(None, "small")


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
    lines = _log(tmp_path)
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
    _publish(tmp_path / "store", empty, [])
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
