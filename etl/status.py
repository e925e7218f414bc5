"""What a programme's home holds now, in a few lines."""

from __future__ import annotations

from etl.home import Home
from warehouse.policy import policy
from warehouse.store import Store


def status_lines(home: Home, waiting: int) -> list[str]:
    """What is published, what waits in the inbox, what is held back: one line each, no values."""
    store = Store(home.store)
    current = store.current()
    lines = [f"Home: {home.root}", f"Inbox: {waiting:,} file(s) waiting."]
    if current is None:
        return [*lines, "Published: nothing yet. Drop files in the inbox and run voices load."]
    with store.reader(current) as reader:
        files, held = reader.query(
            "select (select count(distinct sha256) from source_file where outcome in ('loaded', 'partly_loaded')), "
            "(select count(distinct (sha256, part, line)) from quarantine_row where state = 'open')"
        ).rows[0]
    problem = policy(home.root / "policy.toml").problem
    if problem:
        lines.append(
            f"Policy: the strictest rule is in force. {problem} No new equality figure is released until it is mended."
        )
    return [
        *lines,
        f"Published: {current.name}, {current.published_at:%d %B %Y %H:%M} UTC, from {files:,} file(s).",
        f"Held back: {held:,} record(s)." + (" See voices quarantine -o held.xlsx" if held else ""),
        f"Builds kept: {len(store.builds())}.",
    ]
