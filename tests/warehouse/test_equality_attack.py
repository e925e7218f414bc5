"""An attacker who knows the program, every figure and who is in each group enumerates every truth behind two tables.

The second table's figures depend on the first's figures and on its own count alone, and a count of 7 or fewer is one
case; so each such case is released once, by the real release, and stands for every truth that gives it. The attacker
here knows more than any real one: that 7 people at most kept silent.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import pytest

from warehouse.equality_release import release_equality
from warehouse.policy import Policy, policy
from warehouse.tables import create_sql, tables

TODAY, NEXT_QUARTER = date(2026, 7, 10), date(2026, 10, 10)
FEWER = 40

Truth = tuple[int, int, int, int]  # men among the first 40, silent among them, men among the others, silent among them
Seen = tuple[int | None, int | None]  # the figure for men of the first table, and of the second
Two = Callable[[int, int], Seen]


class Store:
    """Answers in memory, given per person, and who was counted so far."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.kept: dict[str, frozenset[str]] = {}

    def count(self, person_keys: Sequence[str], characteristic: str) -> Mapping[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for person in person_keys:
            counts[self.answers[person], "answered" if self.answers[person] else "no_reply"] += 1
        return counts

    def asked(self, person_keys: Sequence[str], characteristic: str) -> frozenset[str]:
        return frozenset(f"token {person}" for person in person_keys)

    def counted(self) -> Mapping[str, frozenset[str]]:
        return dict(self.kept)

    def keep_counted(self, key: str, tokens: frozenset[str]) -> None:
        self.kept[key] = tokens


@pytest.fixture
def build() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        for name in ("equality_released", "release_ledger"):
            connection.execute(create_sql(tables()[name]))
        connection.execute(
            "create table population_member (population text, person_key text, entered_on date, left_on date)"
        )
        yield connection


def _rules(characteristic: str, *populations: str) -> Policy:
    rules = policy().equality
    asked = {characteristic: rules.characteristics[characteristic]}
    return replace(policy(), equality=replace(rules, characteristics=asked, populations=dict.fromkeys(populations, "")))


def _join(build: duckdb.DuckDBPyConnection, population: str, first: int, to: int, day: date) -> None:
    build.execute(
        "insert into population_member select ?, 'P-' || n, ?, null from range(?, ?) t(n)", [population, day, first, to]
    )


def _men(build: duckdb.DuckDBPyConnection, population: str) -> int | None:
    row = build.execute(
        "select figure from equality_released where population = ? and category = 'Male' order by snapshot desc",
        [population],
    ).fetchone()
    assert row is not None, "the table was held back"
    return None if row[0] is None else int(row[0])


@dataclass
class Pair:
    """Two tables by the real release: 40 people, and the same 40 with others; which comes first is the case's."""

    build: duckdb.DuckDBPyConnection
    more: int
    by_quarter: bool

    def __post_init__(self) -> None:
        self.rules = _rules("sex", "enquirers", "selected")
        day = date(2026, 5, 1)
        _join(self.build, "selected", 0, FEWER, day)
        if self.by_quarter:
            _join(self.build, "selected", FEWER, FEWER + self.more, date(2026, 8, 1))
        else:
            _join(self.build, "enquirers", 0, FEWER + self.more, day)

    def __call__(self, men: int, other_men: int) -> Seen:
        self.build.execute("delete from equality_released; delete from release_ledger")
        store = Store(
            {f"P-{n}": "male" if n < men else "female" for n in range(FEWER)}
            | {f"P-{FEWER + n}": "male" if n < other_men else "female" for n in range(self.more)}
        )
        release_equality(self.build, store, self.rules, TODAY)
        if not self.by_quarter:
            return _men(self.build, "enquirers"), _men(self.build, "selected")
        first = _men(self.build, "selected")
        assert release_equality(self.build, store, self.rules, NEXT_QUARTER).released
        return first, _men(self.build, "selected")


def _alone(count: int, people: int) -> int | None:
    """The naive comparison: the nearest figure that some list explains for this one table."""
    aim = count if count > 7 else 5
    options = [None, *(figure for figure in range(10, people, 5) if figure + 2 <= people - 8)]
    return min(options, key=lambda figure: abs((figure or 5) - aim))


def _truths_by_sight(pair: Two, more: int, larger_first: bool) -> dict[Seen, list[Truth]]:
    firsts: dict[int, int | None] = {}
    seconds: dict[tuple[int | None, int], int | None] = {}
    truths: dict[Seen, list[Truth]] = defaultdict(list)
    for men in range(FEWER + 1):
        for other_men in range(more + 1):
            few, many = max(men, 7), max(men + other_men, 7)
            one, two = (many, few) if larger_first else (few, many)
            if one not in firsts or (firsts[one], two) not in seconds:
                first, second = pair(men, other_men)
                assert firsts.setdefault(one, first) == first
                seconds[first, two] = second
            seen = (firsts[one], seconds[firsts[one], two])
            truths[seen] += [
                (men, silent, other_men, others_silent)
                for silent in range(min(7, FEWER - men) + 1)
                for others_silent in range(min(7 - silent, more - other_men) + 1)
            ]
    return truths


def _fewest_values(truths: Sequence[Truth], more: int) -> int:
    """Of every count of either table: men, silent, and the women that are left."""
    counts = [
        [(m, s, FEWER - m - s, m + o, s + t, FEWER + more - m - s - o - t)[place] for m, s, o, t in truths]
        for place in range(6)
    ]
    return min(len(set(values)) for values in counts)


def _is_settled(truths: Sequence[Truth], more: int) -> bool:
    """Whether all, none or the very number of the others, or of the forty, gave one answer."""
    for size, counts in (
        (FEWER, [(m, s, FEWER - m - s) for m, s, _, _ in truths]),
        (more, [(o, t, more - o - t) for _, _, o, t in truths]),
    ):
        for values in zip(*counts, strict=True):
            if len(set(values)) < 3 or min(values) == size or max(values) == 0:
                return True
    return False


@pytest.mark.parametrize(("more", "by_quarter"), [(11, False), (12, False), (20, False), (14, True)])
def test_two_tables_together_leave_every_count_five_values_and_settle_nobody(
    build: duckdb.DuckDBPyConnection, more: int, by_quarter: bool
) -> None:
    sights = _truths_by_sight(Pair(build, more, by_quarter), more, larger_first=not by_quarter)
    assert len(sights) > 10
    assert min(_fewest_values(truths, more) for truths in sights.values()) >= 5
    assert not [sight for sight, truths in sights.items() if _is_settled(truths, more)]


@pytest.mark.parametrize("more", [11, 12])
def test_tables_rounded_each_for_itself_are_undone_by_the_same_attacker(more: int) -> None:
    def alone(men: int, other_men: int) -> Seen:
        return _alone(men + other_men, FEWER + more), _alone(men, FEWER)

    sights = _truths_by_sight(alone, more, larger_first=True)
    assert min(_fewest_values(truths, more) for truths in sights.values()) < 5
    assert any(_is_settled(truths, more) for truths in sights.values())


def test_renaming_and_shuffling_people_changes_no_figure(build: duckdb.DuckDBPyConnection) -> None:
    found = []
    for seed in range(3):
        people = [f"P-{number}" for number in range(120)]
        random.Random(seed).shuffle(people)
        build.execute("delete from equality_released; delete from release_ledger; delete from population_member")
        for population, some in (("enquirers", people), ("selected", people[30:110]), ("trained", people[50:95])):
            build.executemany(
                "insert into population_member values (?, ?, date '2026-05-01', null)",
                [[population, one] for one in some],
            )
        answers = ["limited_a_lot"] * 33 + ["limited_a_little"] * 28 + ["not_disabled"] * 44 + [""] * 15
        random.Random(9).shuffle(answers)
        rules = _rules("disability", "enquirers", "selected", "trained")
        store = Store(dict(zip(people, answers, strict=True)))
        assert len(release_equality(build, store, rules, TODAY).released) == 3
        found.append(build.execute("select * from equality_released order by all").fetchall())
    assert found[0] == found[1] == found[2]
