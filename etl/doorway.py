"""Opens the release door on a home, for the command and for the pages that it serves."""

from __future__ import annotations

from contextlib import suppress

from etl.home import Home
from etl.people import People, read_secret
from etl.run import utc_now
from warehouse.release import Door, DoorSettings
from warehouse.store import Store, StoreBusy

ACCESS_LOG = "access.jsonl"


def open_door(home: Home) -> Door:
    """The door on the home's published build. Names come from the people store, one opened row at a time."""
    _clear_after_a_crash(Store(home.store))
    people = People(home.people, utc_now().date())
    settings = DoorSettings(
        viewer_key=read_secret(home.people / "viewer.key"),
        counting_starts=home.settings.counting_starts,
        policy_file=home.root / "policy.toml",
    )
    return Door(home.store, home.logs / ACCESS_LOG, settings, people.names)


def _clear_after_a_crash(store: Store) -> None:
    """Remove the work of a load that was killed, unless one is at work now: it may hold addresses."""
    with suppress(StoreBusy), store.lock():
        pass
