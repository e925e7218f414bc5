"""Which organisation of our list somebody named: by its exact code or name, however typed; never by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import polars as pl

from etl.wording import fold

_BETWEEN = re.compile(r"[;\n]")


def codes_by_wording(organisations: pl.DataFrame) -> Mapping[str, str]:
    """Folded wording -> org_code: every code and name, then every other name. What would mean two means none.

    organisations: org_code, name, also_known_as (names with semicolons between them, or null).
    """
    first: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for code, name, also in organisations.select("org_code", "name", "also_known_as").iter_rows():
        _note(first, code, (code, name))
        _note(others, code, _BETWEEN.split(also or ""))
    named = others | first
    return {wording: min(codes) for wording, codes in named.items() if len(codes) == 1}


def _note(found: dict[str, set[str]], code: str, wordings: Iterable[str | None]) -> None:
    for wording in wordings:
        if folded := fold(wording or ""):
            found.setdefault(folded, set()).add(code)
