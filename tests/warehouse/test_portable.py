"""Every model and metric stays inside the SQL that other engines read the same way, and reads only what it may."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import duckdb
import pytest

from warehouse.build import kept_as, model_order, models
from warehouse.tables import tables

METRICS = {
    entry.name.removesuffix(".sql"): entry.read_text("utf-8")
    for entry in (files("warehouse") / "metrics").iterdir()
    if entry.name.endswith(".sql")
}
EVERY = {f"models/{name}": text for name, text in models().items()} | {
    f"metrics/{name}": text for name, text in METRICS.items()
}

NOT_PORTABLE = {
    "an inexact or differently named quantile": r"\b(quantile\w*|percentile\w*|approx_\w+)\s*\(",
    "division that may be by nought without nullif": r"(?<!/)/(?!\s*(?:/|nullif\b|\d))",
    "whole division by something that may be nought": r"//(?!\s*(?:nullif\b|\d))",
    "a week function that means another thing elsewhere": r"\b(week|isodow|dayofweek|dow)\s*\(",
    "a week format that is not translated": r"%G|%V|%U|%W",
    "star replace": r"\*\s*replace\s*\(",
    "an as-of join": r"\basof\b",
    "a pivot": r"\b(un)?pivot\b",
    "generate_series in from": r"\bfrom\s+(generate_series|range)\s*\(",
    "a hash that differs": r"\bhash\s*\(",
    "a list function": r"\b(list|array)_\w+\s*\(",
    "a lambda": r"->|\blambda\b",
    "a struct or map": r"\bstruct_\w+\s*\(|\bmap\s*\{",
    "a whole-or-part pattern": r"\s!?~\s",
    "a cast that rounds here and truncates there": r"cast\s*\((?!round\b)[^()]*[/*][^()]*as\s+(int|integer|bigint)\b",
}


def code(text: str) -> str:
    return re.sub(r"--[^\n]*", "", text)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_no_construct_that_other_engines_read_otherwise(name):
    found = [what for what, pattern in NOT_PORTABLE.items() if re.search(pattern, code(EVERY[name]), re.IGNORECASE)]
    assert not found


@pytest.mark.parametrize(
    "sql",
    [
        "select quantile_cont(x, 0.5) from t",
        "select percentile_cont(0.25) within group (order by x) from t",
        "select a / b from t",
        "select a // b from t",
        "select week(d) from t",
        "select strftime(d, '%G-W%V') from t",
        "select * replace (1 as a) from t",
        "select * from t asof join u using (k)",
        "pivot t on a",
        "select * from generate_series(1, 3) as s(g)",
        "select hash(a) from t",
        "select list_sum(a) from t",
        "select x -> x + 1",
        "select a ~ 'b' from t",
        "select cast(a * 1.5 as integer) from t",
    ],
)
def test_each_construct_of_the_list_is_noticed(sql):
    assert any(re.search(pattern, sql, re.IGNORECASE) for pattern in NOT_PORTABLE.values())


@pytest.mark.parametrize(
    "sql", ["select a / nullif(b, 0) from t", "select a // 4 from t", "select cast(round(a / 60.0) as integer) from t"]
)
def test_what_is_safe_is_let_through(sql):
    assert not any(re.search(pattern, sql, re.IGNORECASE) for pattern in NOT_PORTABLE.values())


@pytest.fixture(scope="module")
def parser():
    with duckdb.connect() as opened:
        yield opened


def reads(parser: duckdb.DuckDBPyConnection, text: str) -> set[str]:
    """The base tables a select reads: what DuckDB's own parser calls one, less the names it defines itself."""
    (parsed,) = parser.execute("select json_serialize_sql($sql::text)", {"sql": code(text)}).fetchone()
    tree = json.loads(parsed)
    assert not tree["error"], tree
    used: set[str] = set()
    defined: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE":
                used.add(node["table_name"])
            for entry in (node.get("cte_map") or {}).get("map", []):
                defined.add(entry["key"])
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(tree)
    return used - defined


@pytest.mark.parametrize("name", sorted(models()))
def test_a_model_reads_only_canonical_tables_and_earlier_models(parser, name):
    earlier = set(model_order()[: model_order().index(name)])
    assert reads(parser, models()[name]) <= set(tables()) | earlier


@pytest.mark.parametrize("name", sorted(METRICS))
def test_a_metric_reads_only_canonical_tables_and_models(parser, name):
    read = reads(parser, METRICS[name])
    assert read
    assert read <= set(tables()) | set(models())


@pytest.mark.parametrize("name", sorted(models()))
def test_a_model_says_what_one_row_is_and_how_it_is_kept(name):
    assert models()[name].startswith("-- One row is one ")
    assert kept_as(name) in {"view", "table"}


def test_models_and_metrics_do_not_share_a_name_with_a_table():
    assert not set(tables()) & (set(models()) | set(METRICS))
    assert not set(models()) & set(METRICS)
