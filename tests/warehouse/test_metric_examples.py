"""Every metric's own worked example: its given rows, through the tables and models, give the rows it expects."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from warehouse.build import models
from warehouse.tables import tables

METRICS = {
    entry.name.removesuffix(".sql"): entry.read_text("utf-8")
    for entry in sorted((files("warehouse") / "metrics").iterdir(), key=lambda entry: entry.name)
    if entry.name.endswith(".sql")
}
COUNTED_FROM_ROWS = sorted(METRICS)


@dataclass
class Example:
    """One worked example: tables and their lines, the parameters' texts, and the expected lines."""

    given: dict[str, list[str]] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)


def code(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


def header(text: str) -> dict[str, object]:
    block = text.split("-- ---\n")[1]
    return tomllib.loads("\n".join(line.removeprefix("-- ") for line in block.splitlines()))


def example(text: str) -> Example:
    found, lines = Example(), []
    for line in text.split("-- ---\n")[2].splitlines():
        if given := re.match(r"-- given (\w+)$", line):
            lines = found.given.setdefault(given[1], [])
        elif line.startswith("-- expect"):
            lines = found.expected
        elif line.startswith("-- with "):
            pairs = [pair.split(" = ") for pair in line.removeprefix("-- with ").split(", ")]
            found.parameters = {name.strip(): value.strip() for name, value in pairs}
        elif line.startswith("-- |"):
            lines.append(line.removeprefix("-- "))
    return found


def parameters(store, texts: dict[str, str], sql: str) -> dict[str, object]:
    """The example's own parameters; the period's days come from the `period` model, a pilot is not set."""
    bound: dict[str, object] = {"counting_starts": date(1900, 1, 1)}
    for name, text in texts.items():
        if name == "period":
            (ends,) = store.rows("select from_on, to_on from period where label = ?", [text])
            bound["period_from"], bound["period_to"] = ends
        else:
            bound[name] = int(text) if text.isdigit() else date.fromisoformat(text)
    wanted = set(re.findall(r"\$(\w+)", sql))
    assert wanted <= set(bound), f"the example gives no {', '.join(sorted(wanted - set(bound)))}"
    return {name: bound[name] for name in wanted}


def shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, Decimal) and not value.as_tuple().exponent else str(value)


@pytest.mark.parametrize("metric", COUNTED_FROM_ROWS)
def test_the_worked_example_comes_out_as_worked_by_hand(store, metric):
    worked, sql = example(METRICS[metric]), code(METRICS[metric])
    assert worked.given, "the example gives no rows"
    for table, lines in worked.given.items():
        store.given(table, *lines)
    store.model()
    found = store.connection.execute(sql, parameters(store, worked.parameters, sql))
    names = [column[0] for column in found.description]
    rows = [tuple(shown(value) for value in row) for row in found.fetchall()]
    heading, *expected = [tuple(store.cells(line)) for line in worked.expected]
    assert tuple(names) == heading
    ordered = "order by" in sql.rsplit(")", 1)[-1]
    assert (rows if ordered else sorted(rows)) == (expected if ordered else sorted(expected))


@pytest.mark.parametrize("metric", [m for m in sorted(METRICS) if header(METRICS[m])["disclosure"] == "guarded"])
def test_a_guarded_figure_holds_nothing_from_before_counting_starts(store, metric):
    worked, sql = example(METRICS[metric]), code(METRICS[metric])
    for table, lines in worked.given.items():
        store.given(table, *lines)
    store.model()
    bound = parameters(store, worked.parameters, sql)
    assert store.rows(sql, bound)
    assert store.rows(sql, bound | {"counting_starts": date(2035, 1, 1)}) == []


@pytest.mark.parametrize("metric", sorted(METRICS))
def test_the_header_names_the_columns_that_the_select_gives(metric):
    says, worked = header(METRICS[metric]), example(METRICS[metric])
    named = [name for part in ("always", "dimensions", "measures", "totals", "labels") for name in says.get(part, [])]
    assert len(named) == len(set(named))
    columns = {cell.strip() for cell in worked.expected[0].strip("|").split("|")}
    if says["kind"] in {"distribution", "ratio", "money"}:
        assert set(named) == columns
    elif says["kind"] == "values":
        assert set(named) | {"value", "is_open"} == columns
    else:
        assert set(named) <= columns


def read_by(text: str) -> set[str]:
    """The names after from and join."""
    return set(re.findall(r"\b(?:from|join)\s+(\w+)", re.sub(r"--[^\n]*", "", text)))


def counted_from(text: str) -> set[str]:
    """The canonical tables a select reads, through models."""
    found = read_by(text) & set(tables())
    for model in read_by(text) & set(models()):
        found |= counted_from(models()[model])
    return found


@pytest.mark.parametrize("metric", sorted(METRICS))
def test_the_header_names_tables_that_the_figure_is_counted_from(metric):
    named = set(header(METRICS[metric])["tables"])
    assert named
    assert named <= counted_from(METRICS[metric])
    assert read_by(METRICS[metric]) & set(tables()) <= named
