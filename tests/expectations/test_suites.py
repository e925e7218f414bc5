"""Every suite keeps the same contract, so a new one is tested by being there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from expectations.catalogue import rules, suites
from expectations.check import Verdict
from expectations.lists import OWNER_ROLE
from expectations.rule import Filled
from warehouse.tables import tables

TABLES = sorted(suites())
# Made by the product itself and never staged.
OPERATIONS = {
    "access_log",
    "equality_released",
    "erasure_log",
    "expectation_result",
    "load_run",
    "quarantine_row",
    "release_ledger",
    "source_file",
    "table_source",
}


def _broken(verdict: Verdict, file: str) -> set[str]:
    return {result.rule for result in verdict.results if result.source_sha == file and result.failed}


@pytest.mark.parametrize("table", TABLES)
def test_the_example_keeps_every_rule_and_each_breaking_row_breaks_its_rule(world, table):
    suite = suites()[table]
    world.remember()
    for line, row in enumerate((suite.example, *suite.also), start=1):
        world.stage(table, "good", line, row)
    verdict = world.check(table)
    assert _broken(verdict, "good") == set()
    assert verdict.held == {}
    assert {result.rule for result in verdict.results} == {rule.id for rule in suite.rules}

    for rule in suite.rules:
        for line, changes in enumerate(rule.breaks, start=1):
            world.stage(table, rule.id, line, {**suite.example, **changes})
    verdict = world.check(table)
    unbroken = [rule.id for rule in suite.rules if rule.id not in _broken(verdict, rule.id)]
    assert unbroken == []


@pytest.mark.parametrize("table", TABLES)
def test_a_suite_names_its_rules_once_in_plain_words_and_has_an_owner(table):
    suite = suites()[table]
    names = [rule.id for rule in suite.rules]
    assert len(names) == len(set(names))
    assert suite.owner in OWNER_ROLE
    for rule in suite.rules:
        assert rule.breaks, f"{rule.id} has no row that breaks it"
        assert rule.plain.endswith("."), rule.id
        assert rule.plain[0].isupper(), rule.id
        letter = rule.id.split(".")[1][0] if rule.id.startswith(f"{table}.") else "S"
        if rule.id.startswith(f"{table}."):
            assert {"S": "stop", "R": "refuse", "W": "warn"}[letter] == rule.severity, rule.id


@pytest.mark.parametrize("table", TABLES)
def test_a_suite_speaks_of_columns_its_table_has(table):
    columns = {column.name for column in tables()[table].all_columns} | {"unread"}
    suite = suites()[table]
    assert set(suite.example) <= columns
    assert {rule.column for rule in suite.rules if rule.column} <= columns


@pytest.mark.parametrize("table", TABLES)
def test_every_column_that_must_be_filled_has_a_rule_that_says_so(table):
    required = {column.name for column in tables()[table].columns if column.required}
    filled = {rule.expectation.column for rule in suites()[table].rules if isinstance(rule.expectation, Filled)}
    assert required <= filled


def test_every_table_that_a_file_can_feed_has_a_suite():
    fed = {name for name, table in tables().items() if not table.made_by_build}
    assert fed - set(suites()) - OPERATIONS == set()


def test_rules_can_be_listed_without_great_expectations():
    program = (
        "import sys; from expectations.catalogue import rules; assert len(rules()) > 100; "
        "assert 'great_expectations' not in sys.modules and 'sqlalchemy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert rules()[-1].rule == "C-R6"
