"""Releases equality figures once a quarter: counts in, protected figures and a ledger line out, nothing else kept.

The rule in force: one characteristic of one population at a time, as at the last completed quarter; nobody under 25
people; renewed only once a group has grown enough; and only where one invented list of answers explains the new table
together with every table of the characteristic in the ledger (`warehouse.invented`). Head-counts, memberships and
earlier figures alone decide what is released and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import duckdb

from warehouse.equality_ledger import Line, is_lost, read_ledger, told_before, write_line
from warehouse.invented import Answer, Told, invent
from warehouse.periods import EARLIEST, last_quarter_end
from warehouse.policy import NOT_STATED, REST, Characteristic, EqualityRules, Policy
from warehouse.rounding import Grid, nearest


class Answers(Protocol):
    """The restricted store, as far as the release may see it: counts, and tokens that tell no answer."""

    def count(self, person_keys: Sequence[str], characteristic: str) -> Mapping[tuple[str, str], int]:
        """{(category, reply_state): how many of these people}; who was never asked is in no count."""

    def asked(self, person_keys: Sequence[str], characteristic: str) -> frozenset[str]:
        """The tokens of those of these people who were asked."""

    def counted(self) -> Mapping[str, frozenset[str]]:
        """Who was counted in each table so far: the tokens by the table's key."""

    def keep_counted(self, key: str, tokens: frozenset[str]) -> None:
        """Keep who is counted in one table, in place of what was kept under that key."""


class TallyLine(Protocol):
    """How many people of one population gave one answer when they were asked together, without names."""

    @property
    def population(self) -> str:
        """The population that was asked."""

    @property
    def closed_on(self) -> date:
        """The day the asking ended."""

    @property
    def characteristic(self) -> str:
        """The question."""

    @property
    def category(self) -> str:
        """The answer, or empty."""

    @property
    def reply_state(self) -> str:
        """Answered, or why not."""

    @property
    def n(self) -> int:
        """People."""


@dataclass(frozen=True)
class _Job:
    """One release job: the day, the first day that counts, the build it writes and the program's version."""

    today: date
    counting_starts: date
    build_no: int
    code_version: str

    @property
    def snapshot(self) -> date:
        """The last day of the latest completed quarter."""
        return last_quarter_end(self.today)


@dataclass
class Outcome:
    """What became of each population and characteristic, for the steward. Head-counts decided it, never answers."""

    released: list[tuple[str, str]] = field(default_factory=list)
    not_due: list[tuple[str, str]] = field(default_factory=list)
    too_small: list[tuple[str, str]] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)


def release_equality(
    connection: duckdb.DuckDBPyConnection,
    answers: Answers,
    policy: Policy,
    today: date,
    tallies: Iterable[TallyLine] = (),
    *,
    counting_starts: date = EARLIEST,
    build_no: int = 0,
    code_version: str = "",
) -> Outcome:
    """Renew the figures that are due in the build that the connection has open as its main database.

    answers: what the restricted store tells. tallies: answers given without names, used for a population that has no
    other, and only while they are all that is known of a characteristic.
    counting_starts: people whose part was over before this day are in no group. build_no, code_version: for the ledger.
    Where the policy could not be read, nothing new is released and the old figures stay.
    """
    outcome, job = Outcome(), _Job(today, counting_starts, build_no, code_version)
    if not policy.equality.releasing:
        return outcome
    members = _members(connection, job)
    lines = [line for line in tallies if line.closed_on <= job.snapshot]
    ledger, counted = read_ledger(connection), answers.counted()
    for name, characteristic in policy.equality.characteristics.items():
        told = told_before(characteristic, ledger, counted)
        if told is not None and not is_lost(connection, name, ledger):
            before = [line for line in ledger if line.characteristic == name]
            turn = _Characteristic(connection, answers, policy.equality, job, members, before, told, characteristic)
            turn.release([line for line in lines if line.characteristic == name], outcome)
    return outcome


class _Characteristic:
    """One characteristic's turn of one job."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        answers: Answers,
        rules: EqualityRules,
        job: _Job,
        members: Mapping[str, Mapping[str, date]],
        before: Sequence[Line],
        told: Sequence[Told],
        characteristic: Characteristic,
    ) -> None:
        self._connection = connection
        self._answers = answers
        self._rules = rules
        self._grid = Grid(rules.base, rules.hide)
        self._job = job
        self._members = members
        self._last = {line.population: line for line in before}
        self._tallied_before = any(not line.by_name for line in before)
        self._told = list(told)
        self._characteristic = characteristic

    def release(self, tallies: Sequence[TallyLine], outcome: Outcome) -> None:
        name = self._characteristic.id
        people = {population: sorted(self._people(population)) for population in self._rules.populations}
        named = {population: self._answers.count(some, name) if some else {} for population, some in people.items()}
        any_by_name = any(_asked(counts) for counts in named.values())
        for population in self._rules.populations:
            by_name = _asked(named[population]) > 0
            counts = named[population] if by_name else _tallied(tallies, population)
            head_count, last, where = _asked(counts), self._last.get(population), (population, name)
            if not head_count:
                continue
            if last is None and head_count < self._rules.smallest:
                self._write_alone(population, head_count, "base_too_small")
                outcome.too_small.append(where)
            elif not self._is_due(head_count, last):
                outcome.not_due.append(where)
            elif (by_name or not any_by_name) and self._is_released(population, people[population], counts, by_name):
                outcome.released.append(where)
            else:
                if last is None:
                    self._write_alone(population, head_count, "protects_another")
                outcome.held.append(where)

    def _is_released(
        self, population: str, person_keys: Sequence[str], counts: Mapping[tuple[str, str], int], by_name: bool
    ) -> bool:
        """Release one table if an invented list explains it with all the others; who is counted is kept first.

        Who is behind a tally is not known, so nobody can say whom it shares with another table: a tally's table is
        let out only where there is no other, and no other after it.
        """
        name, head_count = self._characteristic.id, _asked(counts)
        if self._tallied_before or (self._told and not by_name):
            return False
        tokens = self._answers.asked(person_keys, name) if by_name else frozenset(map(str, range(head_count)))
        if len(tokens) != head_count:
            return False
        true_counts = self._true_counts(counts, head_count)
        found = invent(_answer_groups(self._characteristic), self._told, tokens, true_counts, self._grid)
        if found is None:
            return False
        labels = {group.id: group.label for group in self._characteristic.groups} | {NOT_STATED: NOT_STATED}
        figures = {labels[group]: figure for group, figure in found.figures.items()}
        job = self._job
        line = Line(population, name, job.snapshot, job.build_no, head_count, figures, self._grid, by_name)
        if by_name:
            self._answers.keep_counted(line.key, tokens)
        self._write(line)
        self._last[population] = line
        self._told.append(Told(tokens, found.figures, self._grid))
        self._tallied_before = not by_name
        return True

    def _is_due(self, head_count: int, last: Line | None) -> bool:
        if head_count < self._rules.smallest:
            return False
        if last is None:
            return True
        gained = head_count - last.head_count
        return gained >= self._rules.fresh and gained * self._rules.one_in >= last.head_count

    def _people(self, population: str) -> list[str]:
        return [key for key, entered in self._members.get(population, {}).items() if entered <= self._job.snapshot]

    def _true_counts(self, counts: Mapping[tuple[str, str], int], head_count: int) -> dict[str, int]:
        """The count of every group that this many people allow, and of "not stated", which every table has."""
        found = {
            group.id: sum(
                many for (category, state), many in counts.items() if state == "answered" and category in group.codes
            )
            for group in self._characteristic.listed(head_count)
        }
        found[NOT_STATED] = sum(many for (_, state), many in counts.items() if state in _NOT_STATED_STATES)
        return found

    def _write_alone(self, population: str, head_count: int, reason: str) -> None:
        self._clear(population)
        self._insert(population, NOT_STATED, None, reason, head_count, None)

    def _write(self, line: Line) -> None:
        tops = {group.label for group in self._characteristic.groups if not group.part_of} | {NOT_STATED}
        population, head_count = line.population, line.head_count
        base = head_count - (line.figures[NOT_STATED] or 0)
        listed = sum(figure or 0 for label, figure in line.figures.items() if label in tops)
        self._clear(population)
        for label, figure in line.figures.items():
            reason = "too_few_to_show" if figure is None else None
            self._insert(population, label, figure, reason, head_count, base)
        self._insert(population, REST, nearest(head_count - listed, self._rules.base), None, head_count, base)
        write_line(self._connection, line, self._job.today, self._job.code_version)

    def _clear(self, population: str) -> None:
        self._connection.execute(
            "delete from equality_released where population = ? and characteristic = ?",
            [population, self._characteristic.id],
        )

    def _insert(
        self, population: str, category: str, figure: int | None, reason: str | None, head_count: int, base: int | None
    ) -> None:
        self._connection.execute(
            "insert into equality_released by name select ? as snapshot, ? as population, ? as characteristic, "
            "? as category, ?::integer as figure, ? as reason, ? as head_count, ?::integer as base, ? as released_on",
            [
                self._job.snapshot,
                population,
                self._characteristic.id,
                category,
                figure,
                reason,
                head_count,
                base,
                self._job.today,
            ],
        )


_NOT_STATED_STATES = frozenset({"prefer_not_to_say", "no_reply"})


def _asked(counts: Mapping[tuple[str, str], int]) -> int:
    """The head-count: everyone who was asked, whatever they said."""
    return sum(many for (_, state), many in counts.items() if state == "answered" or state in _NOT_STATED_STATES)


def _tallied(tallies: Sequence[TallyLine], population: str) -> dict[tuple[str, str], int]:
    """The newest collection alone: the same people may have been asked before."""
    asked = [line for line in tallies if line.population == population]
    newest = max((line.closed_on for line in asked), default=None)
    counts: dict[tuple[str, str], int] = {}
    for line in asked:
        if line.closed_on == newest:
            answer = (line.category, line.reply_state)
            counts[answer] = counts.get(answer, 0) + line.n
    return counts


def _answer_groups(characteristic: Characteristic) -> list[Answer]:
    """Of every finest answer, the groups it counts in: a part and its group, what is left of a group, not stated."""
    found: list[Answer] = []
    for group in characteristic.groups:
        parts = [part for part in characteristic.groups if part.part_of == group.id]
        if group.part_of:
            found.append(frozenset({group.id, group.part_of}))
        elif group.codes - frozenset[str]().union(*(part.codes for part in parts)):
            found.append(frozenset({group.id}))
    return [*found, frozenset({NOT_STATED})]


def _members(connection: duckdb.DuckDBPyConnection, job: _Job) -> dict[str, dict[str, date]]:
    """population -> person -> the day they first reached it; those whose part was over before counting are left out."""
    rows = connection.execute(
        "select population, person_key, entered_on from population_member "
        "where entered_on <= ? and (left_on is null or left_on >= ?)",
        [job.snapshot, job.counting_starts],
    ).fetchall()
    members: dict[str, dict[str, date]] = {}
    for population, person, entered_on in rows:
        members.setdefault(population, {})[person] = entered_on
    return members
