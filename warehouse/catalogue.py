"""The metric catalogue: `warehouse/metrics/*.sql`, each a header, a select of counts and a worked example.

A catalogue with any mistake in it refuses to start, and says every mistake at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from warehouse.policy import policy
from warehouse.released import MetricInfo

CLASSES = ("open", "guarded", "declared", "worklist")
KINDS = ("distribution", "ratio", "values", "money", "list", "worklist")
PERIODS = ("quarter", "year", "to date", "event", "snapshot", "today", "run")
PARAMETERS = ("period_from", "period_to", "today", "counting_starts")

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "distribution": ("n",),
    "ratio": ("n", "of"),
    "values": ("value", "is_open", "n"),
    "money": ("pounds",),
    "list": (),
    "worklist": ("reference",),
}
_DEFAULTS: Mapping[str, Any] = {
    "base": 0,
    "cells": False,
    **{name: [] for name in ("dimensions", "always", "measures", "totals", "labels")},
}
_ID = re.compile(r"^[a-z][a-z0-9_]*$")
_EXAMPLE = ("-- given ", "-- with ", "-- expect")
_COMMENT_OR_TEXT = re.compile(r"--[^\n]*|'[^']*'")
_PARAMETER = re.compile(r"\$([a-z_]+)")


class CatalogueError(Exception):
    """One or more metric files are wrong; the words list every mistake with its file."""


@dataclass(frozen=True)
class Metric:
    """One metric. `labels` are text columns carried through untouched beside a dimension."""

    info: MetricInfo
    labels: tuple[str, ...]
    sql: str

    @property
    def parameters(self) -> frozenset[str]:
        """The named parameters that its select uses."""
        return frozenset(_PARAMETER.findall(self.sql))

    @property
    def is_ordered(self) -> bool:
        """Whether its select says the order of its rows."""
        return "order by" in self.sql.rsplit(")", 1)[-1]


@cache
def catalogue() -> Mapping[str, Metric]:
    """Every metric by id, read once. Raises CatalogueError naming every mistake of every file."""
    folder = files("warehouse") / "metrics"
    return read_catalogue(
        {
            entry.name.removesuffix(".sql"): entry.read_text("utf-8")
            for entry in folder.iterdir()
            if entry.name.endswith(".sql")
        }
    )


def read_catalogue(texts: Mapping[str, str]) -> Mapping[str, Metric]:
    """Metrics from the text of their files, by id. Raises CatalogueError naming every mistake at once."""
    found: dict[str, Metric] = {}
    wrong: list[str] = []
    for name, text in sorted(texts.items()):
        try:
            metric = _read(name, text)
        except ValueError as error:
            wrong.append(f"metrics/{name}.sql: {error}")
            continue
        wrong += [f"metrics/{name}.sql: {problem}" for problem in _problems(metric)]
        found[name] = metric
    titles: dict[str, list[str]] = {}
    for metric in found.values():
        titles.setdefault(metric.info.title.casefold(), []).append(metric.info.id)
    wrong += [f"{' and '.join(ids)} have the same title" for ids in titles.values() if len(ids) > 1]
    if wrong:
        raise CatalogueError(f"{len(wrong)} mistake(s) in the metric catalogue:\n" + "\n".join(wrong))
    return found


def definitions(metrics: Iterable[MetricInfo]) -> str:
    """What each metric means, in plain text: its title, sentence, formula, unit, dimensions and audience."""
    parts = []
    for info in metrics:
        lines = [f"{info.id}: {info.title}", f"  {info.plain}", f"  {info.formula}, in {info.unit}"]
        if info.dimensions:
            lines.append(f"  by one of: {', '.join(info.dimensions)}")
        if info.periods:
            lines.append(f"  period: {', '.join(info.periods)}")
        guard = f"{info.disclosure}, from {info.base}" if info.base else info.disclosure
        lines.append(f"  {guard}; seen by: {', '.join(info.audience)}; kept by: {info.owner}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _read(name: str, text: str) -> Metric:
    lines = text.splitlines()
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "-- ---"]
    if len(marks) < 2:
        raise ValueError("the header stands between two lines `-- ---`")
    header = lines[marks[0] + 1 : marks[1]]
    if any(not line.startswith("--") for line in header):
        raise ValueError("every line of the header begins with `-- `")
    try:
        entry = tomllib.loads("\n".join(line.removeprefix("--").removeprefix(" ") for line in header))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"the header is not TOML: {error}") from error
    info = _info(name, entry)
    body = lines[marks[1] + 1 :]
    start = next((at for at, line in enumerate(body) if line.startswith(_EXAMPLE)), len(body))
    if not any(line.startswith("-- expect") for line in body[start:]):
        raise ValueError("it has no worked example: `-- given <table>`, `-- with`, `-- expect`")
    sql = "\n".join(body[:start]).strip().rstrip(";").strip()
    return Metric(info, tuple(entry.get("labels", ())), sql)


def _info(name: str, entry: Mapping[str, Any]) -> MetricInfo:
    wanted = [field for field in fields(MetricInfo) if field.name != "id"]
    names = {field.name for field in wanted}
    unknown = sorted(set(entry) - names - {"labels"})
    missing = sorted(names - set(entry) - set(_DEFAULTS))
    if unknown or missing:
        said = [f"unknown field {one}" for one in unknown] + [f"missing field {one}" for one in missing]
        raise ValueError("; ".join(said))
    values: dict[str, Any] = {**_DEFAULTS, **entry}
    plain: Mapping[str, type] = {"int": int, "bool": bool}
    for field in wanted:
        value = values[field.name]
        if str(field.type).startswith("tuple"):
            if not isinstance(value, list) or any(type(one) is not str for one in value):
                raise ValueError(f"{field.name} must be a list of texts")
            values[field.name] = tuple(value)
        elif type(value) is not plain.get(str(field.type), str):
            raise ValueError(f"{field.name} must be {plain.get(str(field.type), str).__name__}")
    values.pop("labels")
    return MetricInfo(id=name, **values)


def _problems(metric: Metric) -> Iterator[str]:
    if not _ID.match(metric.info.id):
        yield "its file's name must be small letters, digits and _"
    yield from _unknown_words(metric)
    yield from _class_problems(metric.info)
    yield from _column_problems(metric)


def _unknown_words(metric: Metric) -> Iterator[str]:
    info, rules = metric.info, policy()
    if not info.audience:
        yield "it has no audience"
    for what, given, known in (
        ("role", info.audience, tuple(rules.roles)),
        ("disclosure", (info.disclosure,), CLASSES),
        ("kind", (info.kind,), KINDS),
        ("period", info.periods, PERIODS),
        ("parameter", tuple(sorted(metric.parameters)), (*PARAMETERS, *rules.services)),
    ):
        yield from (f"unknown {what} {one} (known: {', '.join(known)})" for one in given if one not in known)


def _class_problems(info: MetricInfo) -> Iterator[str]:
    if (info.kind == "worklist") != (info.disclosure == "worklist"):
        yield "a worklist is both the kind and the disclosure class"
    if info.disclosure == "guarded" and info.base < 1:
        yield "a guarded metric needs a base of 1 or more"
    if info.disclosure == "guarded" and info.kind == "list":
        yield "a list cannot be guarded"
    if info.disclosure not in ("guarded", "declared") and info.cells:
        yield "only a guarded metric protects its cells"


def _column_problems(metric: Metric) -> Iterator[str]:
    info = metric.info
    code = _COMMENT_OR_TEXT.sub(" ", metric.sql).strip()
    if not re.match(r"(with|select)\b", code) or ";" in code:
        yield "it must be one select"
    columns = (*info.always, *info.dimensions, *info.measures, *info.totals, *metric.labels)
    for column in columns:
        if not re.search(rf"\b{re.escape(column)}\b", metric.sql):
            yield f"the select has no column {column}"
    yield from (f"{column} is declared twice" for column in sorted({one for one in columns if columns.count(one) > 1}))
    needed = () if info.disclosure == "declared" else _NEEDED.get(info.kind, ())
    for column in needed:
        if not re.search(rf"\b{column}\b", metric.sql):
            yield f"kind {info.kind} needs the column {column}"
