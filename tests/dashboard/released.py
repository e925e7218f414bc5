"""Released values made by hand, so that a card can be seen in every state without a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from warehouse.released import Cell, MetricInfo, Reason, Released, Source, State, Viewer, Worklist, WorklistRow

WHEN = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
SOURCE = Source("journeys april.xlsx", "template_journeys", "a1b2c3d4e5f60718", 431, WHEN)


def info(metric: str, kind: Any = "distribution", disclosure: Any = "open") -> MetricInfo:
    """A catalogue entry with plain words."""
    return MetricInfo(
        id=metric,
        title=metric.replace("_", " ").capitalize(),
        plain="What is counted, in plain words.",
        formula="count of things",
        unit="things",
        owner="programme_lead",
        questions=(),
        audience=("leadership", "trustee", "staff", "steward"),
        disclosure=disclosure,
        kind=kind,
        base=0,
        cells=False,
        periods=("quarter",),
        dimensions=(),
        always=(),
        measures=("n",),
        totals=(),
        tables=("application",),
    )


def answer(
    metric: str,
    rows: Sequence[Mapping[str, str | Cell]] = (),
    totals: Mapping[str, Cell] | None = None,
    *,
    state: State = "shown",
    withheld: Mapping[Reason, int] | None = None,
    n: int | None = None,
    reason: str = "",
    filters: Mapping[str, str] | None = None,
) -> Released:
    """One answer as the door gives it."""
    return Released(
        metric=info(metric),
        state=state,
        rows=tuple(rows),
        totals=totals or {},
        n=n,
        withheld=withheld or {},
        reason=reason,
        filters={"period": "2026 Q3", **(filters or {})},
        as_of=WHEN,
        build="000012",
        sources=(SOURCE,),
    )


class HandDoor:
    """A door that gives the answers it was made with; a metric without one fails, as a broken build would."""

    def __init__(
        self,
        answers: Mapping[str, Released] | None = None,
        lists: Mapping[str, Worklist] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.answers = dict(answers or {})
        self.lists = dict(lists or {})
        self.names = dict(names or {})
        self.looked_up: list[str] = []
        self.refreshed = 0

    def figure(self, metric: str, **_: str) -> Released:
        return self.answers[metric]

    def rows(self, name: str, **_: str) -> Worklist:
        return self.lists[name]

    def release(self, metric_id: str, viewer: Viewer, *, page: str = "", **_: str) -> Released:
        return self.answers[metric_id]

    def worklist(self, name: str, viewer: Viewer, *, page: str = "", **_: str) -> Worklist:
        return self.lists[name]

    def reveal(self, name: str, viewer: Viewer, reference: str, *, page: str = "") -> WorklistRow:
        self.looked_up.append(reference)
        return next(
            WorklistRow(row.reference, row.facts, self.names.get(reference))
            for row in self.lists[name].rows
            if row.reference == reference
        )

    def visible(self, viewer: Viewer) -> tuple[MetricInfo, ...]:
        return tuple(info(metric) for metric in [*self.answers, *self.lists])

    def refresh(self) -> None:
        self.refreshed += 1


def first(_: str, options: Sequence[str], **__: Any) -> str:
    """The choice of a reader who changed nothing."""
    return options[0]
