"""The home folder of one programme: where its files are, and what `voices.toml` says."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.dates import DateOrder
from etl.errors import UsageError

DEFAULT_HOME = "voices-home"
SETTINGS = """\
# Voices: settings of this programme. Every line may be left out.
# programme = "Voices for Improvement"
# time_zone = "Europe/London"          # the zone that tools without one print their times in
# counting_starts = 2022-04-01         # figures about people leave out what happened before this day
# invented = false                     # true labels every page: these people are made up
# keep_builds = 8                      # how many published builds stay, so that old figures can be shown again
#
# [date_orders]                        # which comes first in a tool's exports, the day or the month, where that is
# zoom_webinar_attendee = "dmy"        # not what is usual: "dmy" or "mdy", by the format's key (voices formats)
"""


@dataclass(frozen=True)
class HomeSettings:
    """`voices.toml`, read once. counting_starts is None when nothing is left out. date_orders: by format key."""

    programme: str = "Voices for Improvement"
    time_zone: str = "Europe/London"
    counting_starts: date | None = None
    invented: bool = False
    keep_builds: int = 8
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)


@dataclass(frozen=True)
class Home:
    """The folders of one programme. Made on first use; only its owner can read them."""

    root: Path
    settings: HomeSettings

    @property
    def inbox(self) -> Path:
        """Files that wait to be loaded."""
        return self.root / "inbox"

    @property
    def done(self) -> Path:
        """Originals that were loaded."""
        return self.root / "done"

    @property
    def refused(self) -> Path:
        """Originals that were not loaded, each with its reason beside it."""
        return self.root / "refused"

    @property
    def store(self) -> Path:
        """The published builds."""
        return self.root / "store"

    @property
    def people(self) -> Path:
        """Names, addresses and the equality store: never opened by a page."""
        return self.root / "people"

    @property
    def logs(self) -> Path:
        """Run and access logs, without values."""
        return self.root / "logs"


def find_home(given: str | None) -> Path:
    """The home folder: as given, else VOICES_HOME, else ./voices-home."""
    return Path(given or os.environ.get("VOICES_HOME") or DEFAULT_HOME).expanduser().resolve()


def open_home(root: Path) -> Home:
    """The home at `root`, its folders made where they are missing.

    Raises UsageError, naming every wrong line of `voices.toml` at once.
    """
    home = Home(root, _read_settings(root / "voices.toml"))
    try:
        for folder in (home.root, home.inbox, home.done, home.refused, home.store, home.people, home.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"The home folder {root} cannot be made ({error.strerror}). "
            "Choose another with --home DIR or the variable VOICES_HOME."
        ) from error
    if not (root / "voices.toml").exists():
        (root / "voices.toml").write_text(SETTINGS, encoding="utf-8")
    return home


def _read_settings(path: Path) -> HomeSettings:
    if not path.exists():
        return HomeSettings()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path} cannot be read ({error}). Mend it, or delete it to use the defaults.") from error
    wrong = [problem for name, value in found.items() for problem in _problems(name, value)]
    if wrong:
        raise UsageError(f"{path} has {len(wrong)} wrong setting(s): " + "; ".join(wrong))
    return HomeSettings(**found)


_KIND_WORDS = {
    str: "text in quotes",
    date: "day such as 2022-04-01",
    bool: "true or false",
    int: "whole number",
    dict: "table of its own, [date_orders]",
}
_KINDS: dict[str, type] = {
    "programme": str,
    "time_zone": str,
    "counting_starts": date,
    "invented": bool,
    "keep_builds": int,
    "date_orders": dict,
}


def _problems(name: str, value: Any) -> Iterable[str]:
    kind = _KINDS.get(name)
    if kind is None:
        yield f"{name} is not a setting (settings are {', '.join(sorted(_KINDS))})"
    elif type(value) is not kind:
        yield f"{name} must be {_KIND_WORDS[kind]}"
    elif name == "time_zone" and not _is_zone(str(value)):
        yield "time_zone must be a name such as Europe/London"
    elif name == "keep_builds" and isinstance(value, int) and value < 2:
        yield "keep_builds must be 2 or more"
    elif isinstance(value, dict):
        yield from _order_problems(value)


def _order_problems(orders: Mapping[str, Any]) -> Iterable[str]:
    from etl.formats import discover

    keys = [tool.KEY for tool in discover()]
    for key, order in orders.items():
        if key not in keys:
            yield f"date_orders.{key} is not a tool's export (they are {', '.join(keys)})"
        elif order not in get_args(DateOrder):
            yield f'date_orders.{key} must be "dmy" or "mdy"'


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
