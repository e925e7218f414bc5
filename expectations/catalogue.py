"""Every suite and every rule, found by looking into `expectations/suites/`. Great Expectations is not needed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from expectations import suites as _folder
from expectations.rule import Row, Rule, Severity


@dataclass(frozen=True)
class Suite:
    """The rules of one canonical table, who answers for them, and a row that keeps them all.

    also: further rows that belong to the same small world as the example (a match needs two journeys).
    """

    table: str
    owner: str
    example: Row
    also: tuple[Row, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class ListedRule:
    """One rule as a steward may read it: `plain` says what is right."""

    table: str
    rule: str
    severity: Severity
    plain: str
    owner: str
    column: str | None


FILE_RULE = "C-R6"
FILE_RULE_PLAIN = "Of five records or more in a file, at most one in five breaks a rule."


@cache
def suites() -> Mapping[str, Suite]:
    """Every suite by table name, in name order."""
    names = sorted(module.name for module in pkgutil.iter_modules(_folder.__path__))
    found = [importlib.import_module(f"{_folder.__name__}.{name}") for name in names]
    return {
        module.TABLE: Suite(
            module.TABLE, module.OWNER, module.EXAMPLE, tuple(getattr(module, "ALSO", ())), module.RULES
        )
        for module in found
    }


def rules() -> tuple[ListedRule, ...]:
    """Every rule of every table, and last the one about whole files (table empty)."""
    listed = [
        ListedRule(suite.table, rule.id, rule.severity, rule.plain, suite.owner, rule.column)
        for suite in suites().values()
        for rule in suite.rules
    ]
    return (*listed, ListedRule("", FILE_RULE, "refuse", FILE_RULE_PLAIN, "data_steward", None))
