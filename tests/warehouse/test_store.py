"""Builds are numbered, published in one step, and readable only."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.engine.duckdb import QueryFailed, Reader
from warehouse.store import Store, StoreBroken, StoreBusy


def _write(path: Path, number: int) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create or replace table seen as select ? as number", [number])
        connection.execute("checkpoint")


def _publish(store: Store, number: int) -> None:
    with store.lock():
        path = store.begin()
        _write(path, number)
        store.publish(path)


def _seen(store: Store) -> int:
    build = store.current()
    assert build is not None
    with store.reader(build) as reader:
        return int(reader.query("select number from seen").rows[0][0])


def test_an_empty_store_has_no_build(tmp_path: Path) -> None:
    assert Store(tmp_path / "store").current() is None


def test_publishing_moves_the_pointer_to_the_next_number(tmp_path: Path) -> None:
    store = Store(tmp_path)
    _publish(store, 1)
    _publish(store, 2)
    current = store.current()
    assert current is not None
    assert (current.number, current.name, _seen(store)) == (2, "wh_000002", 2)


def test_a_new_build_begins_as_a_copy_of_the_published_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    _publish(store, 7)
    with store.lock(), duckdb.connect(str(store.begin())) as connection:
        assert connection.execute("select number from seen").fetchall() == [(7,)]


def test_a_load_that_stops_before_publishing_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    _publish(store, 1)
    with store.lock():
        _write(store.begin(), 2)
        store.work_path("abc").touch()
    assert _seen(store) == 1
    with store.lock():
        left = {entry.name for entry in tmp_path.iterdir()}
    assert left == {"wh_000001.duckdb", "CURRENT", ".lock"}


def test_a_build_that_was_named_but_never_pointed_to_is_swept_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    _publish(store, 1)
    _write(tmp_path / "wh_000002.duckdb", 2)
    assert [build.number for build in store.builds()] == [1]
    _publish(store, 3)
    assert (_seen(store), [build.number for build in store.builds()]) == (3, [1, 2])


def test_a_work_file_made_before_the_build_begins_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        store.work_path("abc").touch()
        store.begin()
        assert store.work_path("abc").exists()


def test_an_open_reader_keeps_its_build_while_a_new_one_is_published(tmp_path: Path) -> None:
    store = Store(tmp_path, keep=1)
    _publish(store, 1)
    build = store.current()
    assert build is not None
    with store.reader(build) as reader:
        _publish(store, 2)
        assert not build.path.exists()
        assert reader.query("select number from seen").rows == ((1,),)
    assert _seen(store) == 2


def test_only_the_last_builds_stay(tmp_path: Path) -> None:
    store = Store(tmp_path, keep=2)
    for number in (1, 2, 3, 4):
        _publish(store, number)
    assert [build.number for build in store.builds()] == [3, 4]


def test_two_loads_cannot_hold_one_store(tmp_path: Path) -> None:
    first, second = Store(tmp_path), Store(tmp_path)
    with first.lock(), pytest.raises(StoreBusy, match="Another load"), second.lock():
        pass
    with second.lock():
        pass


def test_a_killed_load_lets_the_store_go(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys; from warehouse.store import Store\n"
        "store = Store(pathlib.Path(sys.argv[1]))\n"
        "with store.lock():\n    store.begin().write_bytes(b'half'); os._exit(9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert ended.returncode == 9
    _publish(Store(tmp_path), 5)
    assert _seen(Store(tmp_path)) == 5


def test_a_crash_just_before_the_pointer_moves_leaves_the_published_build(tmp_path: Path) -> None:
    store = Store(tmp_path)
    _publish(store, 1)
    script = (
        "import os, pathlib, sys; from warehouse.store import Store\n"
        "store = Store(pathlib.Path(sys.argv[1]))\n"
        "store._point_to = lambda final: os._exit(9)\n"
        "with store.lock():\n    store.publish(store.begin())\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == 9
    assert (tmp_path / "wh_000002.duckdb").exists()
    assert _seen(store) == 1
    assert [build.number for build in store.builds()] == [1]


def test_a_build_with_writes_still_waiting_is_not_published(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.lock():
        path = store.begin()
        _write(path, 1)
        path.with_name(path.name + ".wal").touch()
        with pytest.raises(StoreBroken, match="checkpoint"):
            store.publish(path)
    assert store.current() is None


@pytest.mark.parametrize("pointer", ["", "[]", '{"build": 3}', '{"build": "wh_000009.duckdb"}', '{"build": "../x"}'])
def test_a_damaged_pointer_is_said_and_never_guessed(tmp_path: Path, pointer: str) -> None:
    store = Store(tmp_path)
    _publish(store, 1)
    (tmp_path / "CURRENT").write_text(pointer)
    with pytest.raises(StoreBroken):
        store.current()


def test_only_the_owner_may_open_what_the_store_holds(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    _publish(store, 1)
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o700
    for name in ("wh_000001.duckdb", "CURRENT", ".lock"):
        assert stat.S_IMODE((tmp_path / "store" / name).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "sql",
    [
        "create table hole (a integer)",
        "select * from read_text('{folder}/CURRENT')",
        "attach '{folder}/other.duckdb'",
        "copy seen to '{folder}/out.csv'",
        "set threads = 8",
        "install httpfs",
        "select * from local_rows",
    ],
)
def test_a_reader_can_only_read_its_own_build(tmp_path: Path, sql: str) -> None:
    store = Store(tmp_path)
    _publish(store, 1)
    build = store.current()
    assert build is not None
    with store.reader(build) as reader, pytest.raises(QueryFailed):
        reader.query(sql.format(folder=tmp_path))


def test_every_query_has_a_time_limit(tmp_path: Path) -> None:
    _write(tmp_path / "build.duckdb", 1)
    with Reader(tmp_path / "build.duckdb") as one, Reader(tmp_path / "build.duckdb") as two:
        for reader in (one, two):
            limit = reader.query("select current_setting('max_execution_time'), current_setting('TimeZone')")
            assert limit.rows == ((20_000, "UTC"),)


def test_a_reader_takes_named_values(tmp_path: Path) -> None:
    _write(tmp_path / "build.duckdb", 4)
    with Reader(tmp_path / "build.duckdb") as reader:
        answer = reader.query("select number, $day as day from seen", {"day": date(2026, 1, 2)})
    assert answer.as_dicts() == [{"number": 4, "day": date(2026, 1, 2)}]


def test_the_engine_is_the_version_whose_files_we_write() -> None:
    assert duckdb.__version__ == "2.0.0"
