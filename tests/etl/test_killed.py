"""A load can be killed at any instant: the files, and what people see, are as they were."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from etl.demo import write_exports, write_settings
from etl.home import open_home
from etl.text import sha256_of
from tests.store_content import content

KILLS = 10


def _load(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "etl.cli", "load", "--home", str(home), "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _digests(*folders: Path) -> set[str]:
    return {
        sha256_of(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".reason.txt") and not path.name.startswith(".")
    }


def _first_files(home: Path, exports: Path) -> None:
    for name in ("people", "organisations", "events"):
        for path in exports.rglob(f"*{name}*"):
            shutil.copy(path, home / "inbox")


def test_a_load_killed_at_ten_random_moments_loses_nothing_and_ends_the_same(tmp_path: Path) -> None:
    """Undisturbed home and killed home share one secret, so that equal files must give equal stores."""
    exports = tmp_path / "exports"
    write_exports(exports)
    homes = [tmp_path / "undisturbed", tmp_path / "killed"]
    for home in homes:
        home.mkdir()
        write_settings(home)
        open_home(home)
        (home / "people" / "key").write_bytes(b"k" * 32)
        (home / "people" / "equality.key").write_bytes(b"e" * 32)
        _first_files(home, exports)
        assert _load(home).wait() in {0, 10}
        for path in exports.rglob("*"):
            if path.is_file():
                shutil.copy(path, home / "inbox")
    undisturbed, killed = homes
    waiting = _digests(killed / "inbox")
    before = content(killed)

    began = time.monotonic()
    _load(undisturbed).wait()
    lasts = time.monotonic() - began
    moments = random.Random(7)
    for _ in range(KILLS):
        running = _load(killed)
        try:
            running.wait(timeout=moments.uniform(0.05, 0.95) * lasts)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()

        assert waiting <= _digests(killed / "inbox", killed / "done", killed / "refused")
        assert _published_answers(killed)
        if _digests(killed / "inbox") >= waiting:
            assert content(killed) in (before, content(undisturbed))
    _load(killed).wait()

    assert content(killed) == content(undisturbed)


def _published_answers(home: Path) -> bool:
    pointer = (home / "store" / "CURRENT").read_text(encoding="utf-8")
    build = home / "store" / pointer.split('"build": "')[1].split('"')[0]
    with duckdb.connect(build, read_only=True) as connection:
        return connection.execute("select count(*) from organisation").fetchone() is not None
