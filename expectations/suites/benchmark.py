"""One category's count in one comparison population."""

from __future__ import annotations

from expectations.rule import refuse, stop, warn
from expectations.usual import usual

TABLE = "benchmark"
OWNER = "edi_lead"
EXAMPLE = {
    "characteristic": "ethnicity",
    "list_version": "2021-19",
    "level": 3,
    "category": "white",
    "geography": "Madeupshire",
    "base": "residents aged 16 and over",
    "year": 2021,
    "count": 81000,
    "total": 100000,
    "source": "Example table",
    "licence": "OGL v3.0",
}
ALSO = ({**EXAMPLE, "category": "abmo", "count": 19000},)
_SET = ("characteristic", "list_version", "level", "geography", "base", "year")
_OF_SET = "x.source_sha = r.source_sha and " + " and ".join(f"x.{column} = r.{column}" for column in _SET)
RULES = (
    *usual(
        key=(*_SET, "category"),
        twice={"count": 80000},
        filled=(*_SET, "category", "count", "total", "source", "licence"),
        named={"C-S6.source": "benchmark.S2"},
    ),
    stop(
        "benchmark.S1",
        "A category counts no more people than there are.",
        'r."count" between 0 and r.total',
        {"count": 100001},
        column="count",
    ),
    stop(
        "benchmark.S3",
        "One set has one total.",
        f"(select count(distinct x.total) from $rows x where {_OF_SET}) = 1",
        {},
        {"category": "abmo", "count": 19000, "total": 100001},
        column="total",
    ),
    refuse(
        "benchmark.R1",
        "The categories of a set add up to its total, give or take one in a thousand.",
        f'(select abs(sum(x."count") - max(x.total)) <= max(x.total) / 1000 from $rows x where {_OF_SET})',
        {},
        column="count",
    ),
    warn(
        "benchmark.W1",
        "The people counted are adults, as ours are.",
        "not regexp_matches(lower(r.base), 'all (ages|residents|people)')",
        {"base": "all residents"},
        column="base",
    ),
    warn(
        "benchmark.W2",
        "The figures are at most six years old.",
        "r.year >= year($today) - 6",
        {"year": 2011},
        column="year",
    ),
    warn(
        "benchmark.W3",
        "England's own figures are used.",
        "lower(r.geography) <> 'england and wales'",
        {"geography": "England and Wales"},
        column="geography",
    ),
)
