"""Data moves left to right only, and each library has one owner."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rules import broken_rules
from tests.conftest import PROJECT

ROOMS = ("etl", "expectations", "warehouse", "dashboard", "bench")


def _modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
        for room in ROOMS
        for path in sorted((PROJECT / room).rglob("*.py"))
    }


def test_no_module_of_ours_breaks_an_import_rule() -> None:
    broken = [
        rule for module, path in _modules().items() for rule in broken_rules(module, path.read_text(encoding="utf-8"))
    ]

    assert broken == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("warehouse.release", "from etl.people import People"),
        ("warehouse.store", "import dashboard.app"),
        ("expectations.check", "from warehouse.tables import tables"),
        ("expectations.suites.payment", "import etl.keys"),
        ("dashboard.app", "from warehouse.store import Store"),
        ("dashboard.cards", "import duckdb"),
        ("dashboard.views.reach", "from warehouse.release import Door"),
        ("dashboard.views.reach", "from dashboard.app import door"),
        ("dashboard.views.reach", "import streamlit as st\n@st.cache_data\ndef rows(): ..."),
        ("dashboard.views.reach", "import streamlit as st\nst.connection('x')"),
        ("dashboard.views.reach", "rows = open('file').read()"),
        ("dashboard.views.reach", "def late():\n    from warehouse.store import Store"),
        ("etl.formats.zoom", "from warehouse.load import load"),
        ("etl.pipeline", "from dashboard.app import main"),
        ("etl.pipeline", "import streamlit"),
        ("etl.pipeline", "import great_expectations as gx"),
        ("etl.pipeline", "from expectations.suites.payment import RULES"),
        ("etl.stage", "import importlib\nimportlib.import_module('dashboard.app')"),
        ("etl.utils", ""),
        ("warehouse.release", "from . import store\nfrom ..etl import people"),
    ],
)
def test_a_broken_import_rule_is_found(module: str, source: str) -> None:
    assert broken_rules(module, source) != []


@pytest.mark.parametrize("module", ["etl.cli", "dashboard.app", "warehouse.release", "expectations.catalogue"])
def test_great_expectations_is_not_loaded_by_what_does_not_check(module: str) -> None:
    """Its import takes seconds, which nobody who only looks should wait for."""
    program = f"import sys, {module}; sys.exit('great_expectations' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
