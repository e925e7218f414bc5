"""Equality figures are released once a quarter, by head-counts alone, and never as true counts."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import pytest

from warehouse import invented
from warehouse.equality_release import Outcome, release_equality
from warehouse.policy import NOT_STATED, REST, Policy, policy
from warehouse.tables import create_sql, tables

TODAY = date(2026, 7, 10)
NEXT_QUARTER = date(2026, 10, 10)

Answers = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """A tally of answers given without names."""

    population: str
    closed_on: date
    characteristic: str
    category: str
    reply_state: str
    n: int


@pytest.fixture
def build() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        for name in ("equality_released", "release_ledger"):
            connection.execute(create_sql(tables()[name]))
        connection.execute(
            "create table population_member (population text, person_key text, entered_on date, left_on date)"
        )
        yield connection


def _join(
    build: duckdb.DuckDBPyConnection, population: str, people: Sequence[str], day: date = date(2026, 5, 1)
) -> None:
    build.executemany(
        "insert into population_member values (?, ?, ?, null)", [[population, person, day] for person in people]
    )


def _people(many: int, start: int = 0) -> list[str]:
    return [f"P-{number:04d}" for number in range(start, start + many)]


def _answers(people: Sequence[str], **groups: int) -> Answers:
    """The first people give the first answer, the next the next; whoever is left did not reply."""
    waiting = iter(people)
    said: Answers = {}
    for category, many in groups.items():
        for _ in range(many):
            state = category if category in ("prefer_not_to_say", "no_reply", "not_asked") else "answered"
            said[next(waiting)] = ("" if state == category else category, state)
    return said | dict.fromkeys(waiting, ("", "no_reply"))


class Store:
    """A restricted store in memory: everyone's answer to one question, and who was counted so far."""

    def __init__(self, answers: Answers, characteristic: str = "disability") -> None:
        self.answers = answers
        self.characteristic = characteristic
        self.kept: dict[str, frozenset[str]] = {}

    def count(self, person_keys: Sequence[str], characteristic: str) -> Mapping[tuple[str, str], int]:
        mine = characteristic == self.characteristic
        return Counter(self.answers[person] for person in person_keys if mine and person in self.answers)

    def asked(self, person_keys: Sequence[str], characteristic: str) -> frozenset[str]:
        mine = characteristic == self.characteristic
        told = {person for person, (_, state) in self.answers.items() if state != "not_asked"}
        return frozenset(f"token of {person}" for person in person_keys if mine and person in told)

    def counted(self) -> Mapping[str, frozenset[str]]:
        return dict(self.kept)

    def keep_counted(self, key: str, tokens: frozenset[str]) -> None:
        self.kept[key] = tokens


def _release(
    build: duckdb.DuckDBPyConnection,
    answers: Answers | Store,
    today: date = TODAY,
    rules: Policy | None = None,
    **more: Any,
) -> Outcome:
    store = answers if isinstance(answers, Store) else Store(answers)
    return release_equality(build, store, rules or policy(), today, **more)


def _table(build: duckdb.DuckDBPyConnection, population: str = "selected") -> dict[str, int | str | None]:
    rows = build.execute(
        "select category, coalesce(cast(figure as text), reason) from equality_released where population = ?",
        [population],
    ).fetchall()
    return {name: int(value) if value.isdigit() else value for name, value in rows}


def test_a_group_of_25_gets_rounded_figures_and_an_exact_head_count(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(61)
    _join(build, "selected", people)
    outcome = _release(build, _answers(people, limited_a_lot=14, limited_a_little=11, not_disabled=27))
    assert outcome.released == [("selected", "disability")]
    assert _table(build) == {
        "Disabled": 25,
        "Limited a lot": 15,
        "Limited a little": 10,
        REST: 25,
        NOT_STATED: 10,
    }
    assert build.execute(
        "select distinct snapshot, head_count, base, released_on from equality_released"
    ).fetchall() == [(date(2026, 6, 30), 61, 51, TODAY)]


def test_nobody_under_25_is_broken_down(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(24)
    _join(build, "selected", people)
    outcome = _release(build, _answers(people, limited_a_lot=12, not_disabled=12))
    assert outcome.too_small == [("selected", "disability")]
    assert _table(build) == {NOT_STATED: "base_too_small"}


def test_a_count_of_seven_or_fewer_is_too_few_to_show_and_zero_is_the_same(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(30)
    _join(build, "selected", people)
    _release(build, _answers(people, not_disabled=30))
    nobody = _table(build)
    build.execute("delete from equality_released")
    build.execute("delete from release_ledger")
    _release(build, _answers(people, limited_a_lot=5, not_disabled=25))
    assert _table(build) == nobody == {"Disabled": "too_few_to_show", NOT_STATED: "too_few_to_show", REST: 30}


def test_prefer_not_to_say_and_no_reply_are_one_group(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(40)
    _join(build, "selected", people)
    _release(build, _answers(people, not_disabled=28, prefer_not_to_say=7, no_reply=5))
    assert _table(build)[NOT_STATED] == 10


def test_people_who_were_not_asked_are_outside_the_group(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(40)
    _join(build, "selected", people)
    _release(build, _answers(people, not_disabled=24, not_asked=16))
    assert build.execute("select reason, head_count from equality_released").fetchall() == [("base_too_small", 24)]


def test_only_those_who_came_by_the_end_of_the_last_completed_quarter_are_counted(
    build: duckdb.DuckDBPyConnection,
) -> None:
    _join(build, "selected", _people(30))
    _join(build, "selected", _people(10, start=30), date(2026, 7, 1))
    _release(build, _answers(_people(40), not_disabled=40))
    assert build.execute("select distinct head_count from equality_released").fetchall() == [(30,)]


def test_people_whose_part_was_over_before_counting_starts_are_in_no_group(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(40)
    _join(build, "selected", people, date(2021, 10, 1))
    build.execute("update population_member set left_on = date '2022-02-01' where person_key < 'P-0010'")
    _release(build, _answers(people, not_disabled=40), counting_starts=date(2022, 4, 1))
    assert build.execute("select distinct head_count from equality_released").fetchall() == [(30,)]


@pytest.mark.parametrize(("joined", "is_renewed"), [(9, False), (12, False), (13, True), (20, True)])
def test_figures_are_renewed_only_after_ten_people_and_a_third_more(
    build: duckdb.DuckDBPyConnection, joined: int, is_renewed: bool
) -> None:
    _join(build, "selected", _people(38))
    answers = Store(_answers(_people(38 + joined), not_disabled=30 + joined))
    _release(build, answers)
    before = build.execute("select * from equality_released order by category").fetchall()
    _join(build, "selected", _people(joined, start=38), date(2026, 8, 1))
    outcome = _release(build, answers, NEXT_QUARTER)
    after = build.execute("select * from equality_released order by category").fetchall()
    assert bool(outcome.released) is is_renewed
    assert (after != before) is is_renewed
    assert build.execute("select count(*) from release_ledger").fetchall() == [(2 if is_renewed else 1,)]


def test_answers_never_decide_what_is_released(build: duckdb.DuckDBPyConnection) -> None:
    for population, many in (("enquirers", 80), ("selected", 40), ("matched", 20)):
        _join(build, population, _people(many))
    seen = []
    for groups in ({"not_disabled": 80}, {"limited_a_lot": 40, "limited_a_little": 40}, {"prefer_not_to_say": 80}):
        build.execute("delete from equality_released")
        build.execute("delete from release_ledger")
        outcome = _release(build, _answers(_people(80), **groups))
        listed = build.execute("select population, category from equality_released order by all").fetchall()
        seen.append((outcome, listed))
    assert seen[0] == seen[1] == seen[2]


def test_a_group_that_differs_by_a_few_people_is_released_when_one_list_explains_both(
    build: duckdb.DuckDBPyConnection,
) -> None:
    _join(build, "enquirers", _people(60))
    _join(build, "selected", _people(57))
    outcome = _release(build, _answers(_people(60), limited_a_lot=25, not_disabled=30))
    assert (len(outcome.released), outcome.held) == (2, [])
    assert _table(build, "selected") == _table(build, "enquirers") | {REST: _table(build, "selected")[REST]}


def test_the_same_people_twice_have_the_same_figures(build: duckdb.DuckDBPyConnection) -> None:
    _join(build, "selected", _people(60))
    _join(build, "trained", _people(60))
    outcome = _release(build, _answers(_people(60), limited_a_lot=25, not_disabled=30))
    assert len(outcome.released) == 2
    assert _table(build, "selected") == _table(build, "trained")


def test_answers_without_names_count_for_a_population_that_has_no_others(build: duckdb.DuckDBPyConnection) -> None:
    closed = date(2026, 6, 1)
    lines = [
        Line("event_attendees", closed, "disability", "limited_a_lot", "answered", 20),
        Line("event_attendees", closed, "disability", "not_disabled", "answered", 40),
        Line("event_attendees", closed, "disability", "", "not_asked", 9),
        Line("event_attendees", date(2026, 7, 2), "disability", "not_disabled", "answered", 50),
    ]
    _release(build, {}, tallies=lines)
    assert _table(build, "event_attendees")["Disabled"] == 20
    assert build.execute("select distinct head_count from equality_released").fetchall() == [(60,)]


def test_of_two_collections_of_one_population_only_the_newest_counts(build: duckdb.DuckDBPyConnection) -> None:
    earlier, newest = date(2025, 6, 1), date(2026, 6, 1)
    lines = [
        Line("event_attendees", earlier, "disability", "not_disabled", "answered", 60),
        Line("event_attendees", newest, "disability", "limited_a_lot", "answered", 20),
        Line("event_attendees", newest, "disability", "not_disabled", "answered", 40),
    ]

    _release(build, {}, tallies=lines)

    assert build.execute("select distinct head_count from equality_released").fetchall() == [(60,)]


def test_no_true_count_enters_the_build(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(61)
    _join(build, "selected", people)
    _release(build, _answers(people, limited_a_lot=23, not_disabled=26), build_no=7, code_version="1.0")
    cells = json.loads(build.execute("select cells from release_ledger").fetchall()[0][0])
    figures = {name: figure for name, figure in _table(build).items() if name != REST}
    assert cells["figures"] == {name: None if isinstance(one, str) else one for name, one in figures.items()}
    assert all(figure is None or figure % 5 == 0 for figure in cells["figures"].values())


def test_running_again_and_in_another_order_changes_nothing(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(61)
    answers = Store(_answers(people, limited_a_lot=12, limited_a_little=11, not_disabled=29))
    shuffled = list(people)
    random.Random(4).shuffle(shuffled)
    _join(build, "selected", shuffled)
    _release(build, answers)
    first = build.execute("select * from equality_released order by category").fetchall()
    assert _release(build, answers).not_due == [("selected", "disability")]
    assert build.execute("select * from equality_released order by category").fetchall() == first


def test_two_truths_with_one_ledger_give_the_same_figures(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(61)
    _join(build, "selected", people)
    found = []
    for lot, little in ((10, 10), (11, 10), (10, 12), (12, 9)):
        build.execute("delete from equality_released")
        build.execute("delete from release_ledger")
        _release(build, _answers(people, limited_a_lot=lot, limited_a_little=little, not_disabled=50 - lot - little))
        found.append(_table(build))
    assert all(table == found[0] for table in found)


def test_an_unreadable_policy_releases_nothing_new(build: duckdb.DuckDBPyConnection) -> None:
    people = _people(61)
    _join(build, "selected", people)
    closed = replace(policy(), equality=replace(policy().equality, releasing=False))
    _release(build, _answers(people, not_disabled=61), rules=closed)
    assert _table(build) == {}


def test_a_lost_ledger_stops_every_further_release_of_that_characteristic(build: duckdb.DuckDBPyConnection) -> None:
    _join(build, "selected", _people(40))
    answers = Store(_answers(_people(120), limited_a_lot=30, not_disabled=60))
    _release(build, answers)
    before = build.execute("select * from equality_released order by all").fetchall()
    build.execute("delete from release_ledger")
    _join(build, "selected", _people(80, start=40))
    _join(build, "enquirers", _people(120))
    assert _release(build, answers, NEXT_QUARTER) == Outcome()
    assert build.execute("select * from equality_released order by all").fetchall() == before


def _renewal(build: duckdb.DuckDBPyConnection) -> Store:
    """One table released, and twenty more people who make it due again."""
    store = Store(_answers(_people(60), limited_a_lot=25, not_disabled=30))
    _join(build, "selected", _people(40))
    _release(build, store)
    _join(build, "selected", _people(20, start=40), date(2026, 8, 1))
    return store


def _standing(build: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return build.execute("select * from equality_released order by all").fetchall()


def test_nothing_new_is_released_once_it_is_not_known_who_was_counted_before(build: duckdb.DuckDBPyConnection) -> None:
    store = _renewal(build)
    before = _standing(build)
    store.kept.clear()
    assert _release(build, store, NEXT_QUARTER) == Outcome()
    assert _standing(build) == before


def test_nothing_new_is_released_once_the_ledger_tells_of_a_group_nobody_knows(
    build: duckdb.DuckDBPyConnection,
) -> None:
    store = _renewal(build)
    build.execute("update release_ledger set cells = replace(cells, 'Limited a lot', 'Some other group')")
    assert _release(build, store, NEXT_QUARTER) == Outcome()


def test_who_was_counted_for_a_table_that_was_never_published_is_passed_over(build: duckdb.DuckDBPyConnection) -> None:
    store = _renewal(build)
    store.kept |= {
        "disability|selected|2026-09-30|0": frozenset({"token of nobody"}),
        "disability|enquirers|2026-06-30|0": frozenset({"token of nobody"}),
    }
    assert _release(build, store, NEXT_QUARTER).released == [("selected", "disability")]
    assert len(store.kept["disability|selected|2026-09-30|0"]) == 60


@pytest.mark.parametrize("answer", ["stopped", "wrong"])
def test_a_solver_that_stops_early_or_errs_releases_nothing_new(
    build: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    store = _renewal(build)
    before = _standing(build)
    solve = invented.milp

    def broken(*given: Any, **more: Any) -> Any:
        result = solve(*given, **more)
        if answer == "stopped":
            result.status = 1
        else:
            result.x[0], result.x[1] = result.x[0] + 1, result.x[1] - 1
        return result

    monkeypatch.setattr(invented, "milp", broken)
    outcome = _release(build, store, NEXT_QUARTER)
    assert (outcome.released, outcome.held) == ([], [("selected", "disability")])
    assert _standing(build) == before
    assert len(store.kept) == 1


def test_answers_without_names_are_held_back_where_anybody_was_asked_by_name(build: duckdb.DuckDBPyConnection) -> None:
    _join(build, "selected", _people(5))
    line = Line("event_attendees", date(2026, 6, 1), "disability", "not_disabled", "answered", 60)
    outcome = _release(build, _answers(_people(5), not_disabled=5), tallies=[line])
    assert outcome.held == [("event_attendees", "disability")]
    assert _table(build, "event_attendees") == {NOT_STATED: "protects_another"}


def test_after_answers_without_names_nothing_more_is_released_of_that_characteristic(
    build: duckdb.DuckDBPyConnection,
) -> None:
    line = Line("event_attendees", date(2026, 6, 1), "disability", "not_disabled", "answered", 60)
    _release(build, {}, tallies=[line])
    _join(build, "selected", _people(60), date(2026, 8, 1))
    outcome = _release(build, _answers(_people(60), not_disabled=60), NEXT_QUARTER, tallies=[line])
    assert (outcome.released, outcome.held) == ([], [("selected", "disability")])
