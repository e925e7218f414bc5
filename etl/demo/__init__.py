"""The demonstration: an invented programme's exports in the real tools' layouts, and what is true in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from etl.demo import exports
from etl.demo.dice import last_quarter_end
from etl.demo.facts import Facts, facts_of
from etl.demo.world import COUNTING_STARTS, build

SETTINGS = f"""\
# Voices: settings of the demonstration. Every person in it is invented.
programme = "Voices for Improvement"
time_zone = "Europe/London"
counting_starts = {COUNTING_STARTS.isoformat()}
invented = true
"""


def write_exports(folder: Path, scale: int = 1, seed: int = 1, until: date | None = None) -> None:
    """Two years of an invented programme's exports, in `folder`: about 60 files at scale 1.

    scale: how many times as many people and events; past ten, events grow larger instead of more numerous.
    until: the last day of a quarter, by default of the latest that is over. The same scale, seed and day
        give the same bytes. Raises UsageError for any other day, or one before 31 March 2024.
    """
    exports.write(folder, build(scale, seed, until or latest_quarter_end()))


def facts(scale: int = 1, seed: int = 1, until: date | None = None, today: date | None = None) -> Facts:
    """What is true in the same demonstration, counted without reading any file; see `etl.demo.facts`.

    today: the day from which lateness is counted, by default the day after `until`.
    """
    end = until or latest_quarter_end()
    return facts_of(build(scale, seed, end), today or end + timedelta(days=1))


def write_settings(home: Path) -> None:
    """`voices.toml` of a demonstration: counting starts on 1 April 2022, and pages say that people are invented."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "voices.toml").write_text(SETTINGS, encoding="utf-8")


def latest_quarter_end() -> date:
    """The day the demonstration ends by default."""
    return last_quarter_end(datetime.now(UTC).date())
