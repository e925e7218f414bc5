"""One run, top to bottom: find → read → map → check → load → publish.

Nothing that a reader sees changes before the last step, and no file leaves the inbox before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from etl import inbox
from etl.accounting import hold_unusable, prove_rows, settle_loaded, settle_refused
from etl.equality_door import keep_equality, release_figures
from etl.home import Home
from etl.known import files_before
from etl.look import look
from etl.map_files import read_files
from etl.progress import Progress, on_screen
from etl.report import Message, RunReport
from etl.run import Run, begun, utc_now
from etl.run_ledger import record_checks, record_mends, record_people, record_run
from etl.stage import stage_known, staged_tables
from etl.work import Work
from etl.workshop import open_work, workshop
from expectations.check import check, getting_ready
from warehouse.build import make_lineage, make_models
from warehouse.load import load as merge
from warehouse.load import retire_form
from warehouse.tables import load_order


def load(
    home: Home, paths: Sequence[Path], *, progress: Progress | None = None, today: date | None = None
) -> RunReport:
    """Load the files in the inbox, or copies of `paths`, and publish a new build if anything is new.

    Raises Busy when another load is at work, UsageError for a path that is not there. A file's own problem
    is in its report, never raised.
    """
    with begun(home, progress or on_screen(quiet=True), today) as run:
        found = inbox.drop(home, paths) if paths else inbox.waiting(home)
        works = _looked_into(run, found)
        published = None
        if any(not work.settled or work.is_news for work in works):
            building = run.store.begin()
            if _built(run, works, building):
                published = run.store.publish(building).name
            else:
                building.unlink()
        for work in works:
            _put_away(home, work)
        return RunReport(run.facts.run_id, published, [work.report for work in works])


def check_only(
    home: Home, paths: Sequence[Path], *, progress: Progress | None = None, today: date | None = None
) -> RunReport:
    """The same as `load` up to the moment before anything is kept: no file, store or name is changed."""
    with begun(home, progress or on_screen(quiet=True), today) as run:
        works = _looked_into(run, [inbox.Waiting(path, path.name) for path in inbox.existing(paths)])
        if any(not work.settled for work in works):
            building = run.store.begin()
            with workshop(run.store.work_path(run.facts.run_id), building) as connection:
                _read_checked_and_merged(connection, run, works)
            building.unlink()
        return RunReport(run.facts.run_id, None, [work.report for work in works])


def _put_away(home: Home, work: Work) -> None:
    """One file that cannot be moved stays in the inbox, and the next load finds it loaded; the others go."""
    try:
        inbox.put_away(home, work.found, work.report)
    except OSError as error:
        work.report.messages.append(
            Message("warning", "not-put-away", f"The file could not be moved out of the inbox ({error.strerror}).")
        )


def _looked_into(run: Run, found: Sequence[inbox.Waiting]) -> list[Work]:
    before = files_before(run.store)
    works: list[Work] = []
    for one in run.progress.over(found, "Looking at files"):
        works.append(look(one, before, {work.sha256 for work in works}))
    return works


def _built(run: Run, works: Sequence[Work], building: Path) -> bool:
    """Make the new build; True when it holds anything that the published one does not."""
    with workshop(run.store.work_path(run.facts.run_id), building) as connection:
        _read_checked_and_merged(connection, run, works)
        if not any(work.is_news for work in works):
            return False
        accepted = [work for work in works if work.report.outcome in {"loaded", "partly_loaded", "empty"}]
        run.people.keep(work.sha256 for work in accepted)
        keep_equality(run.equality, accepted)
        record_people(connection, run.people)
        record_run(connection, run.facts, utc_now(), [work for work in works if work.is_news])
    with open_work(building) as connection:
        run.progress.step("Working out the figures")
        make_lineage(connection)
        make_models(connection)
        release_figures(connection, run)
        connection.execute("checkpoint")
    return True


def _read_checked_and_merged(connection: duckdb.DuckDBPyConnection, run: Run, works: Sequence[Work]) -> None:
    with getting_ready():
        read_files(connection, run, works)
    tables = staged_tables(connection, load_order())
    stage_known(connection, run.people)
    run.progress.step(f"Checking {len(tables)} tables")
    verdict = check(connection, tables, run.facts.today)
    hold_unusable([work for work in works if not work.settled], connection, verdict)
    settle_refused([work for work in works if not work.settled], connection, verdict)
    run.progress.step("Loading")
    open_works = [work for work in works if not work.settled]
    for work in open_works:
        for guessed in work.retired_forms:
            retire_form(connection, guessed, work.subject or "")
    loaded = merge(connection, tables)
    settle_loaded(open_works, connection, verdict, loaded)
    prove_rows(open_works, connection, tables)
    record_checks(connection, run.facts, verdict)
    record_mends(connection, run.facts, open_works)
