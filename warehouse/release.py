"""The door out: every figure, list and name that leaves the warehouse leaves here, protected and logged."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from warehouse.access import AccessLog, Entry
from warehouse.asking import BadFilter, choices_of, declared_choices, period_kinds, read_ask
from warehouse.catalogue import Metric, catalogue
from warehouse.counting import Counter, said
from warehouse.declared import answer_declared
from warehouse.periods import EARLIEST, Calendar
from warehouse.policy import Policy, policy
from warehouse.released import Cell, MetricInfo, Reason, Released, Source, Viewer, Worklist, WorklistRow
from warehouse.showing import Ask, Showing, Shown, picked
from warehouse.store import Build, Store

NOT_FOR_YOU = "There is no such figure, or it is not open to you."
NOT_LOADED = "Nothing has been loaded yet."
NOT_A_CHOICE = "That is not one of the choices of this figure."
_KEPT_ANSWERS = 1000

Names = Callable[[list[str]], dict[str, str]]


@dataclass(frozen=True)
class DoorSettings:
    """What one home sets for its door.

    viewer_key: the secret that the access log digests sign-ins with. counting_starts: guarded figures leave out
    what happened before. policy_file: the home's own `policy.toml`, which may only tighten.
    """

    viewer_key: bytes
    counting_starts: date | None = None
    policy_file: Path | None = None


@dataclass(frozen=True)
class _Now:
    """One published build under one policy. Nothing in it changes; a newer build makes a new one."""

    build: Build
    counter: Counter
    policy: Policy


class Door:
    """The only way out. Safe to share between threads.

    names: person_key -> displayed name, asked only for a worklist row that a permitted viewer opens.
    """

    def __init__(self, store_dir: Path, access_log: Path, settings: DoorSettings, names: Names | None = None) -> None:
        self._store = Store(store_dir)
        self._log = AccessLog(access_log, settings.viewer_key)
        self._settings = settings
        self._names = names
        self._metrics = catalogue()
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[object, ...], Released] = OrderedDict()
        self._policy = policy(settings.policy_file)
        self._now: _Now | None = None
        self.refresh()

    def refresh(self) -> None:
        """Move to the newest published build and policy, where there are newer ones."""
        build, rules = self._store.current(), policy(self._settings.policy_file)
        with self._lock:
            if build and self._now and self._now.build == build and self._policy == rules:
                return
            self._policy = rules
            self._answers.clear()
            self._now = self._opened(build, rules) if build else None

    def visible(self, viewer: Viewer) -> tuple[MetricInfo, ...]:
        """The metrics and worklists that this viewer may ask for, by id."""
        roles = self._policy.expand(viewer.roles)
        return tuple(metric.info for _, metric in sorted(self._metrics.items()) if roles & set(metric.info.audience))

    def release(self, metric_id: str, viewer: Viewer, *, page: str = "", **filters: str) -> Released:
        """One protected answer. Never raises for what a viewer asks: a refusal is an answer, with its reason.

        filters: `period`, `by` (a dimension to split by), one value of that dimension, values of always-columns.
        """
        roles = self._policy.expand(viewer.roles)
        metric = self._metric_for(metric_id, roles, is_worklist=False)
        if metric is None:
            released = Released(_nameless(metric_id), "refused", reason=NOT_FOR_YOU)
        else:
            released = self._answered(metric, roles, filters)
        self._write(viewer, roles, page, released)
        return released

    def worklist(self, name: str, viewer: Viewer, *, page: str = "", **filters: str) -> Worklist:
        """Rows for permitted staff, without names. filters: values of the list's dimensions."""
        roles = self._policy.expand(viewer.roles)
        found, _ = self._listed(name, roles, filters)
        entry = Entry(name, "view", found.state != "refused", found.reason, _loggable(filters, found), len(found.rows))
        self._log.write(viewer, roles, page, entry)
        return found

    def reveal(self, name: str, viewer: Viewer, reference: str, *, page: str = "") -> WorklistRow:
        """One row of a worklist with the person's name. Every look-up is logged, and a refused one has no facts."""
        roles = self._policy.expand(viewer.roles)
        found, people = self._listed(name, roles, {})
        row = next((one for one in found.rows if one.reference == reference), None)
        entry = Entry(name, "reveal_name", row is not None, found.reason if row else NOT_FOR_YOU, rows=1 if row else 0)
        self._log.write(viewer, roles, page, entry)
        if row is None:
            return WorklistRow(reference, {})
        person = people.get(reference)
        named = self._names([person]) if self._names and person else {}
        return replace(row, name=named.get(person) if person else None)

    def _opened(self, build: Build, rules: Policy) -> _Now:
        starts = self._settings.counting_starts or EARLIEST
        return _Now(build, Counter(self._store.reader(build), build, rules.services, starts), rules)

    def _metric_for(self, metric_id: str, roles: frozenset[str], *, is_worklist: bool) -> Metric | None:
        metric = self._metrics.get(metric_id)
        if metric is None or not roles & set(metric.info.audience):
            return None
        return metric if (metric.info.kind == "worklist") == is_worklist else None

    def _answered(self, metric: Metric, roles: frozenset[str], filters: Mapping[str, str]) -> Released:
        now = self._now
        if now is None:
            return Released(metric.info, "nothing_recorded", reason=NOT_LOADED)
        threshold = now.policy.threshold(roles & set(metric.info.audience))
        asked = (now.build.number, metric.info.id, threshold, tuple(sorted(filters.items())))
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        released = _answer(now, metric, threshold, filters)
        with self._lock:
            if now is self._now:
                self._answers[asked] = released
                while len(self._answers) > _KEPT_ANSWERS:
                    self._answers.popitem(last=False)
        return released

    def _listed(
        self, name: str, roles: frozenset[str], filters: Mapping[str, str]
    ) -> tuple[Worklist, Mapping[str, str]]:
        """The list, and reference -> person_key of its rows."""
        metric, now = self._metric_for(name, roles, is_worklist=True), self._now
        if metric is None:
            return Worklist(_nameless(name), "refused", reason=NOT_FOR_YOU), {}
        if now is None:
            return Worklist(metric.info, "nothing_recorded", reason=NOT_LOADED), {}
        unknown = sorted(set(filters) - set(metric.info.dimensions))
        if unknown:
            return Worklist(metric.info, "refused", reason=f"This list has no filter {', '.join(unknown)}."), {}
        all_rows = now.counter.rows(metric, now.counter.calendar.default(metric.info.periods, live=True))
        kept = [row for row in all_rows if all(said(row[column]) == value for column, value in filters.items())]
        rows = tuple(
            WorklistRow(
                str(row["reference"]),
                {name: said(value, "") for name, value in row.items() if name not in ("reference", "person_key")},
            )
            for row in kept
        )
        people = {str(row["reference"]): str(row["person_key"]) for row in kept if row.get("person_key")}
        state = Worklist(
            metric.info,
            "shown" if rows else "nothing_recorded",
            rows,
            len(all_rows),
            as_of=now.counter.as_of,
            build=now.build.name,
        )
        return state, people

    def _write(self, viewer: Viewer, roles: frozenset[str], page: str, released: Released) -> None:
        entry = Entry(
            released.metric.id,
            "view",
            released.state != "refused",
            released.reason if released.state == "refused" else "",
            released.filters,
            len(released.rows),
            sum(released.withheld.values()),
        )
        self._log.write(viewer, roles, page, entry)


def _answer(now: _Now, metric: Metric, threshold: int, filters: Mapping[str, str]) -> Released:
    calendar = now.counter.calendar
    choices = _fixed_choices(metric, calendar, now.policy)
    try:
        ask = read_ask(metric, filters, calendar, now.policy.equality)
    except BadFilter as problem:
        return Released(metric.info, "refused", reason=str(problem), choices=choices)
    if metric.info.disclosure == "declared":
        shown = answer_declared(metric.info.id, now.counter.rows(metric, ask.period), ask.picks, now.policy)
    else:
        showing = Showing(now.counter, now.policy, threshold)
        choices |= _surviving_choices(showing, ask)
        shown = showing.answer(replace(ask, picks={}))
        if shown.state == "shown":
            ask = _with_default_pick(ask, choices)
            if any(value not in choices[name] for name, value in ask.picks.items()):
                return Released(metric.info, "refused", reason=NOT_A_CHOICE, choices=choices)
            shown = picked(showing.answer(ask), ask)
    return Released(
        metric=metric.info,
        state=shown.state,
        rows=shown.rows,
        totals=shown.totals,
        n=shown.n,
        withheld=_withheld(metric, shown),
        reason=_why(shown),
        filters={"period": ask.period.label, **({"by": ask.by} if ask.by else {}), **ask.picks},
        choices=choices,
        as_of=now.counter.as_of,
        build=now.build.name,
        sources=_sources(now.counter, metric.info.tables),
    )


def _fixed_choices(metric: Metric, calendar: Calendar, rules: Policy) -> dict[str, tuple[str, ...]]:
    info = metric.info
    if info.disclosure == "declared":
        period = calendar.default(("snapshot",), live=False)
        return {"period": (period.label,), **declared_choices(info, rules.equality)}
    live = info.disclosure != "guarded"
    labels = tuple(one.label for one in calendar.choices(period_kinds(info), live=live))
    return {"period": labels, **({"by": info.dimensions} if info.dimensions else {})}


def _surviving_choices(showing: Showing, ask: Ask) -> dict[str, tuple[str, ...]]:
    info = ask.metric.info
    found = {by: choices_of(showing.answer(replace(ask, by=by, picks={})).rows, by) for by in info.dimensions}
    for column in info.always:
        if info.kind == "values":
            found[column] = showing.kinds_of(ask, column)
            continue
        alone = showing.answer(replace(ask, by=None, picks={})).rows
        split = showing.answer(replace(ask, picks={})).rows if ask.by else ()
        found[column] = tuple(dict.fromkeys((*choices_of(alone, column), *choices_of(split, column))))
    return found


def _with_default_pick(ask: Ask, choices: Mapping[str, Sequence[str]]) -> Ask:
    """Ordered values are of one kind at a time: the first always-value where none was chosen."""
    info = ask.metric.info
    if info.kind != "values":
        return ask
    missing = {name: choices[name][0] for name in info.always if name not in ask.picks and choices[name]}
    return replace(ask, picks={**missing, **ask.picks})


def _withheld(metric: Metric, shown: Shown) -> dict[Reason, int]:
    """How many figures are held back, by reason: one for each row, or one for the total where there are no rows."""
    measure = metric.info.measures[0] if metric.info.measures and metric.info.disclosure != "declared" else "n"
    cells = [row.get(measure) for row in shown.rows] or [shown.totals.get(measure)]
    found: dict[Reason, int] = {}
    for cell in cells:
        if isinstance(cell, Cell) and cell.withheld:
            found[cell.withheld] = found.get(cell.withheld, 0) + 1
    return found


def _why(shown: Shown) -> str:
    return {
        "too_few": "Too few people are in this to show it.",
        "held_back": "Held back, because it would give away what a few people said or did. Held back is not zero.",
        "nothing_recorded": "Nothing is recorded.",
    }.get(shown.state, "")


def _sources(counter: Counter, tables: Sequence[str]) -> tuple[Source, ...]:
    places = ", ".join("?" for _ in tables)
    rows = counter.query(
        f"""
        with met as (
            select source_file.sha256, source_file.file_name, source_file.format, load_run.started_at,
                row_number() over (partition by source_file.sha256 order by load_run.started_at) as meeting
            from source_file
            join load_run on load_run.run_id = source_file.run_id
            where source_file.outcome in ('loaded', 'partly_loaded')
        )
        select met.file_name, met.format, met.sha256, met.started_at, sum(table_source.rows) as rows
        from table_source
        join met on met.sha256 = table_source.source_sha and met.meeting = 1
        where table_source.table_name in ({places})
        group by met.file_name, met.format, met.sha256, met.started_at
        order by met.file_name, met.sha256
        """,
        tables,
    )
    return tuple(
        Source(row["file_name"], row["format"] or "", row["sha256"][:12], int(row["rows"]), row["started_at"])
        for row in rows
    )


def _loggable(filters: Mapping[str, str], found: Worklist) -> Mapping[str, str]:
    """What may be written down of the filters: values only where they were choices of ours."""
    return filters if found.state == "shown" else dict.fromkeys(filters, "?")


def _nameless(metric_id: str) -> MetricInfo:
    """What stands for a figure that does not exist or is not this viewer's: the same for both."""
    nothing: tuple[str, ...] = ()
    return MetricInfo(
        id=metric_id,
        title="",
        plain="",
        formula="",
        unit="",
        owner="",
        questions=nothing,
        audience=nothing,
        disclosure="open",
        kind="list",
        base=0,
        cells=False,
        periods=nothing,
        dimensions=nothing,
        always=nothing,
        measures=nothing,
        totals=nothing,
        tables=nothing,
    )
