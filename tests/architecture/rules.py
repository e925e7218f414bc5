"""The import rules of the design, as a function from source text to broken rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch

OURS = {"etl", "expectations", "warehouse", "dashboard", "bench", "tests"}

# Who may import what of ours. The first pattern that fits a module decides.
MAY_IMPORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("warehouse.*", ("warehouse.*",)),
    ("expectations.*", ("expectations.*",)),
    (
        "dashboard.views.*",
        (
            "dashboard.views.*",
            "dashboard.cards*",
            "dashboard.charts*",
            "dashboard.words*",
            "dashboard.style",
            "dashboard.page",
            "warehouse.released",
        ),
    ),
    ("dashboard.*", ("dashboard.*", "warehouse.release", "warehouse.released")),
    ("etl.formats.*", ("etl.*",)),
    ("etl.demo.*", ("etl.*",)),
    (
        "etl.*",
        (
            "etl.*",
            "expectations.check",
            "expectations.catalogue",
            "warehouse.*",
            "dashboard.serve",
        ),
    ),
    ("bench.*", ("bench.*", "etl.cli")),
)

# Which modules may import which library.
OWNERS: dict[str, tuple[str, ...]] = {
    "duckdb": ("warehouse.*", "etl.*", "expectations.*", "bench.*"),
    "great_expectations": ("expectations.judge", "expectations.dialect", "bench.*"),
    "sqlalchemy": ("expectations.dialect", "expectations.judge"),
    "duckdb_engine": ("expectations.dialect",),
    "pandas": ("bench.*",),
    "streamlit": ("dashboard.*",),
    "plotly": ("dashboard.charts*", "dashboard.style"),
    "polars": ("etl.*", "warehouse.*", "dashboard.*"),
    "sqlite3": ("etl.people*", "etl.equality*"),
}

NO_ROOM_CALLED = {"utils", "common", "core", "helpers"}


def broken_rules(module: str, source: str) -> list[str]:
    """Every rule that a module with this dotted name and this text breaks, in words."""
    tree = ast.parse(source)
    broken = [
        f"{module} is called {part}: name the room for what it does"
        for part in module.split(".")
        if part in NO_ROOM_CALLED
    ]
    for name in _imported(tree, module):
        if name.split(".")[0] in OURS and not _may_import(module, name):
            broken.append(f"{module} may not import {name}")
        owners = OWNERS.get(name.split(".")[0])
        if owners and not any(fnmatch(module, owner) for owner in owners):
            broken.append(f"{module} may not import {name.split('.')[0]}: it belongs to {', '.join(owners)}")
    if module.startswith("dashboard.views"):
        broken += [f"{module} may not use {name}: {why}" for name, why in _forbidden_in_a_page(tree)]
    return broken


def _may_import(module: str, name: str) -> bool:
    for pattern, allowed in MAY_IMPORT:
        if fnmatch(module, pattern) or fnmatch(module + ".", pattern):
            return any(fnmatch(name, one) or fnmatch(name + ".", one) for one in allowed)
    return False


def _imported(tree: ast.AST, module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], *filter(None, [base])])
            yield from (_resolved(base, alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"importlib.import_module", "__import__"}:
            if node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)
            elif module != "etl.formats" and not module.endswith((".discovery", ".catalogue")):
                yield "a module whose name is made up at run time"


def _resolved(base: str, name: str) -> str:
    """`from etl import inbox` imports a room; `from etl.inbox import drop` imports from one."""
    return f"{base}.{name}" if base in OURS else base


def _forbidden_in_a_page(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("cache_"):
            yield node.attr, "a page's cache can hand one role's answer to another"
        if isinstance(node, ast.Attribute) and node.attr in {"connection", "connect", "execute"}:
            yield node.attr, "a page never holds a connection"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"open", "Path"}:
            yield ast.unparse(node.func), "a page reads no file"
