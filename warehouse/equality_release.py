"""Releases equality figures once a quarter: counts in, protected figures and a ledger line out, nothing else kept.

The rule in force: one characteristic of one population at a time, as at the last completed quarter; nobody under 25
people; renewed only once a group has grown enough; and never beside a group that differs from it by a few people.
Each table is rounded as `warehouse.rounding` says. Head-counts alone decide what is released and when.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from typing import Protocol

import duckdb

from warehouse.periods import EARLIEST, last_quarter_end
from warehouse.policy import NOT_STATED, REST, Characteristic, EqualityRules, Policy
from warehouse.rounding import Figures, Grid, Listed, fewest_values, nearest, round_table

CountAnswers = Callable[[Sequence[str], str], Mapping[tuple[str, str], int]]


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


@dataclass(frozen=True)
class _Last:
    """The newest release of one population and characteristic, from the ledger."""

    snapshot: date
    head_count: int


def release_equality(
    connection: duckdb.DuckDBPyConnection,
    count_answers: CountAnswers,
    policy: Policy,
    today: date,
    tallies: Iterable[TallyLine] = (),
    *,
    counting_starts: date = EARLIEST,
    build_no: int = 0,
    code_version: str = "",
) -> Outcome:
    """Renew the figures that are due in the build that the connection has open as its main database.

    count_answers: people -> {(category, reply_state): how many of them}, for one characteristic; people who were
    never asked are in no count. tallies: answers given without names, used for a population that has no other.
    counting_starts: people whose part was over before this day are in no group. build_no, code_version: for the ledger.
    Where the policy could not be read, nothing new is released and the old figures stay.
    """
    outcome, job = Outcome(), _Job(today, counting_starts, build_no, code_version)
    if not policy.equality.releasing:
        return outcome
    members = _members(connection, job)
    lines = [line for line in tallies if line.closed_on <= job.snapshot]
    ledger = _ledger(connection)
    for name in policy.equality.characteristics:
        if not _lost_ledger(connection, name, ledger):
            _Characteristic(connection, count_answers, policy.equality, job, members, ledger, name).release(
                [line for line in lines if line.characteristic == name], outcome
            )
    return outcome


class _Characteristic:
    """One characteristic's turn of one job."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        count_answers: CountAnswers,
        rules: EqualityRules,
        job: _Job,
        members: Mapping[str, Mapping[str, date]],
        ledger: dict[tuple[str, str], _Last],
        name: str,
    ) -> None:
        self._connection = connection
        self._count = count_answers
        self._rules = rules
        self._job = job
        self._members = members
        self._ledger = ledger
        self._characteristic: Characteristic = rules.characteristics[name]

    def release(self, tallies: Sequence[TallyLine], outcome: Outcome) -> None:
        name, grid = self._characteristic.id, Grid(self._rules.base, self._rules.hide)
        for population in self._rules.populations:
            people = self._people(population, self._job.snapshot)
            counts = dict(self._count(sorted(people), name)) if people else {}
            by_name = _asked(counts) > 0
            counts = counts if by_name else _tallied(tallies, population)
            head_count, last = _asked(counts), self._ledger.get((population, name))
            if not head_count:
                continue
            where = (population, name)
            if last is None and head_count < self._rules.smallest:
                self._write_alone(population, head_count, "base_too_small")
                outcome.too_small.append(where)
            elif not self._is_due(head_count, last):
                outcome.not_due.append(where)
            elif by_name and self._is_too_alike(population, people):
                self._hold(population, head_count, last)
                outcome.held.append(where)
            else:
                groups = _groups(self._characteristic, head_count)
                figures = round_table(self._true_counts(counts, groups), groups, head_count, grid)
                if figures is None or fewest_values(figures, groups, head_count, grid) < self._rules.base:
                    self._hold(population, head_count, last)
                    outcome.held.append(where)
                else:
                    self._write(population, figures, groups, head_count)
                    self._ledger[where] = _Last(self._job.snapshot, head_count)
                    outcome.released.append(where)

    def _is_due(self, head_count: int, last: _Last | None) -> bool:
        if head_count < self._rules.smallest:
            return False
        if last is None:
            return True
        gained = head_count - last.head_count
        return gained >= self._rules.fresh and gained * self._rules.one_in >= last.head_count

    def _is_too_alike(self, population: str, people: frozenset[str]) -> bool:
        """Whether a released group differs from this one by so few people that a comparison would tell of them."""
        for (other, name), last in self._ledger.items():
            if name == self._characteristic.id and other != population:
                theirs = self._people(other, last.snapshot)
                apart = [sorted(some) for some in (people - theirs, theirs - people) if some]
                asked = sum(_asked(self._count(some, name)) for some in apart)
                if 0 < asked < self._rules.fresh:
                    return True
        return False

    def _people(self, population: str, day: date) -> frozenset[str]:
        return frozenset(key for key, entered in self._members.get(population, {}).items() if entered <= day)

    def _true_counts(self, counts: Mapping[tuple[str, str], int], groups: Sequence[Listed]) -> dict[str, int]:
        codes = {group.id: group.codes for group in self._characteristic.groups}
        found = {
            group.id: sum(
                many
                for (category, state), many in counts.items()
                if state == "answered" and category in codes.get(group.id, frozenset())
            )
            for group in groups
        }
        found[NOT_STATED] = sum(many for (_, state), many in counts.items() if state in _NOT_STATED_STATES)
        return found

    def _hold(self, population: str, head_count: int, last: _Last | None) -> None:
        if last is None:
            self._write_alone(population, head_count, "protects_another")

    def _write_alone(self, population: str, head_count: int, reason: str) -> None:
        self._clear(population)
        self._insert(population, NOT_STATED, None, reason, head_count, None)

    def _write(self, population: str, figures: Figures, groups: Sequence[Listed], head_count: int) -> None:
        labels = {group.id: group.label for group in self._characteristic.groups} | {NOT_STATED: NOT_STATED}
        base = head_count - (figures[NOT_STATED] or 0)
        listed = sum(figures[group.id] or 0 for group in groups if not group.part_of)
        self._clear(population)
        for group in groups:
            figure = figures[group.id]
            reason = "too_few_to_show" if figure is None else None
            self._insert(population, labels[group.id], figure, reason, head_count, base)
        self._insert(population, REST, nearest(head_count - listed, self._rules.base), None, head_count, base)
        self._write_ledger(population, {labels[name]: figure for name, figure in figures.items()}, head_count)

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

    def _write_ledger(self, population: str, figures: Mapping[str, int | None], head_count: int) -> None:
        scope = _scope(population, self._characteristic.id)
        cells = json.dumps({"head_count": head_count, "figures": figures}, ensure_ascii=False)
        identity = sha256(f"{scope}|{self._job.snapshot}|{self._job.build_no}".encode()).hexdigest()[:26]
        self._connection.execute(
            "insert into release_ledger by name select ? as release_id, 'equality_profile' as metric_id, "
            "? as snapshot, ? as scope, 'internal' as profile, ? as cells, null::integer as level, "
            "? as withheld, true as attack_ok, ? as build_no, ? as code_version, ? as released_at, "
            "false as is_published",
            [
                identity,
                self._job.snapshot,
                scope,
                cells,
                sum(figure is None for figure in figures.values()),
                self._job.build_no,
                self._job.code_version,
                datetime.combine(self._job.today, time()),
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


def _groups(characteristic: Characteristic, head_count: int) -> list[Listed]:
    """The groups that this many people allow, and "not stated", which every table has."""
    listed = characteristic.listed(head_count)
    shown = {group.id for group in listed}
    whole = {
        top.id
        for top in listed
        if (parts := {part.id for part in characteristic.groups if part.part_of == top.id}) and parts <= shown
    }
    return [*(Listed(group.id, group.part_of, group.id in whole) for group in listed), Listed(NOT_STATED)]


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


def _ledger(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], _Last]:
    rows = connection.execute(
        "select scope, snapshot, cells from release_ledger where metric_id = 'equality_profile' "
        "order by released_at, build_no, scope"
    ).fetchall()
    found: dict[tuple[str, str], _Last] = {}
    for scope, snapshot, cells in rows:
        population, _, characteristic = scope.partition(" × ")
        found[population, characteristic] = _Last(snapshot, int(json.loads(cells)["head_count"]))
    return found


def _lost_ledger(
    connection: duckdb.DuckDBPyConnection, characteristic: str, ledger: Mapping[tuple[str, str], _Last]
) -> bool:
    """Whether figures stand that the ledger does not know: then nothing more may be released beside them."""
    shown = connection.execute(
        "select distinct population from equality_released where characteristic = ? and figure is not null",
        [characteristic],
    ).fetchall()
    return any((population, characteristic) not in ledger for (population,) in shown)


def _scope(population: str, characteristic: str) -> str:
    return f"{population} × {characteristic}"
