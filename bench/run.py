"""Three ways of loading one file of claim lines, timed in one run on one machine.

    plain     DuckDB: create table as select * from read_csv(...), checked by nothing
    voices    voices load: read, checked by every rule, merged, figures worked out, published
    pandas    pandas.read_csv, a like set of rules in Great Expectations on pandas, then into DuckDB

    python -m bench.run [FOLDER] [LINES]        default: build/bench and 5,000,000 lines

Each way has a process of its own, and says itself what the system counted of it.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

from bench.generate import CLAIMS, LINES, generate
from bench.plain import load_plainly
from bench.with_pandas import load_with_pandas

_FOLDER = Path("build") / "bench"
_GOAL = 2.5
_GOAL_MEMORY = 1500


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, processor seconds and peak memory in MB."""

    wall: float
    cpu: float
    peak: float


def main(folder: Path, lines: int) -> None:
    """Write the file where it is not there yet, load it in the three ways and print what each took."""
    sheets, work = folder / f"sheets-{lines}", folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _apart(generate, sheets, lines)
    claims = sheets / CLAIMS
    _say(f"{claims.stat().st_size / 1e6:,.0f} MB, {lines:,} claim lines, {os.cpu_count()} processors")
    home, plain, pandas = work / "home", work / "plain.duckdb", work / "pandas.duckdb"
    others = [str(path) for path in sorted(sheets.glob("*.csv")) if path != claims]
    _apart(load_with_voices, others, str(home))  # the people, matches and sessions that claims name: not timed
    taken = {
        "plain": _apart(load_plainly, str(claims), str(plain)),
        "voices": _apart(load_with_voices, [str(claims)], str(home)),
        "pandas": _apart(load_with_pandas, str(claims), str(pandas)),
    }
    newest = max((home / "store").glob("wh_*.duckdb"))
    rows = {"plain": _rows(plain, "claims"), "voices": _rows(newest, "payment"), "pandas": _rows(pandas, "claims")}
    shutil.rmtree(work)
    _tell(taken, rows, lines)


def load_with_voices(paths: Sequence[str], home: str) -> None:
    """What `voices load` does, from its own door. RuntimeError unless everything is loaded."""
    from etl.cli import main as voices

    if code := voices(["load", *paths, "--home", home, "--quiet"]):
        raise RuntimeError(f"voices load ended with {code}")


def _apart(work: Callable[..., object], *arguments: object) -> Taken:
    """Do it in a new process."""
    _say(f"{work.__name__} ...")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, work, *arguments).result()


def _measured(work: Callable[..., object], *arguments: object) -> Taken:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what the ways print, DuckDB's progress bar too, is no result
    begun = time.monotonic()
    work(*arguments)
    wall = time.monotonic() - begun
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _rows(database: Path, table: str) -> int:
    with duckdb.connect(database, read_only=True) as connection:
        ((rows,),) = connection.execute(f"select count(*) from {table}").fetchall()
    return int(rows)


def _tell(taken: dict[str, Taken], rows: dict[str, int], lines: int) -> None:
    plain, voices = taken["plain"], taken["voices"]
    _say(f"{'way':<8}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}{'wall x plain':>14}{'cpu x plain':>13}{'rows':>13}")
    for way, one in taken.items():
        ratios = f"{one.wall / plain.wall:>14.2f}{one.cpu / plain.cpu:>13.2f}"
        _say(f"{way:<8}{one.wall:>9.1f}{one.cpu:>9.1f}{one.peak:>9,.0f}{ratios}{rows[way]:>13,}")
    _say(
        f"voices: {voices.wall / plain.wall:.2f} x plain (goal {_GOAL}), {voices.peak:,.0f} MB (goal {_GOAL_MEMORY:,})"
    )
    if set(rows.values()) != {lines}:
        sys.exit("Not every row arrived.")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER, int(sys.argv[2]) if len(sys.argv) > 2 else LINES)
