"""What a programme's home holds now, in a few lines."""

from __future__ import annotations

from etl.doorway import open_door
from etl.home import Home
from warehouse.policy import policy
from warehouse.released import Cell, Released, Viewer
from warehouse.store import Store


def status_lines(home: Home, waiting: int) -> list[str]:
    """What is published, what waits in the inbox, what was held back: one line each, no values.

    The counts come through the release door, as the steward would see them.
    """
    store = Store(home.store)
    current = store.current()
    lines = [f"Home: {home.root}", f"Inbox: {waiting:,} file(s) waiting."]
    if current is None:
        return [*lines, "Published: nothing yet. Drop files in the inbox and run voices load."]
    problem = policy(home.root / "policy.toml").problem
    if problem:
        lines.append(
            f"Policy: the strictest rule is in force. {problem} No new equality figure is released until it is mended."
        )
    met = open_door(home).release("load_health", Viewer("command", frozenset({"steward"})), page="status")
    held = _sum(met, "quarantined")
    return [
        *lines,
        f"Published: {current.name}, {current.published_at:%d %B %Y %H:%M} UTC.",
        f"Files met: {len(met.rows):,}. Records loaded: {_sum(met, 'loaded'):,}; held back when loaded: {held:,}."
        + (" See voices quarantine -o held.xlsx" if held else ""),
        f"Builds kept: {len(store.builds())}.",
    ]


def _sum(released: Released, column: str) -> int:
    cells = [row[column] for row in released.rows]
    return sum(int(cell.value or 0) for cell in cells if isinstance(cell, Cell))
