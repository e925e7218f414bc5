"""What every step of one run shares, and the lock that keeps two runs apart."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version

from etl.equality import EqualityStore
from etl.errors import Busy
from etl.home import Home
from etl.people import People
from etl.progress import Progress
from warehouse.store import Store, StoreBusy


@dataclass(frozen=True)
class RunFacts:
    """What the run itself is: its name, when it began (UTC), which build it makes and with which program."""

    run_id: str
    started_at: datetime
    build_no: int
    code_version: str
    today: date


@dataclass(frozen=True)
class Run:
    """One run: its facts, the stores it writes and how it shows itself."""

    home: Home
    store: Store
    facts: RunFacts
    people: People
    equality: EqualityStore
    progress: Progress


@contextmanager
def begun(home: Home, progress: Progress, today: date | None) -> Iterator[Run]:
    """Hold the home for one run. Raises Busy when another run holds it."""
    store = Store(home.store, home.settings.keep_builds)
    open_to_others = os.umask(0o077)  # what a run writes, its work file too, is its owner's alone
    try:
        with store.lock():
            now = utc_now()
            current = store.current()
            facts = RunFacts(
                run_id=f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
                started_at=now,
                build_no=current.number + 1 if current else 1,
                code_version=version("voices"),
                today=today or now.date(),
            )
            people = People(home.people, facts.today)
            yield Run(home, store, facts, people, EqualityStore(home.people), progress)
    except StoreBusy as error:
        raise Busy(str(error)) from error
    finally:
        os.umask(open_to_others)


def utc_now() -> datetime:
    """Now in UTC, without a zone, as the warehouse keeps moments."""
    return datetime.now(UTC).replace(tzinfo=None)
