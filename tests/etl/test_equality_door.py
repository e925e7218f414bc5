"""What a run hands to the quarterly release: the programme's own settings and the build it makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from etl.equality import Said
from etl.equality_door import release_figures
from etl.home import open_home
from etl.progress import on_screen
from etl.run import begun
from warehouse.tables import create_sql, tables

PEOPLE = [f"P-{number:08d}" for number in range(40)]


def test_whose_part_was_over_before_counting_starts_is_in_no_head_count_and_the_ledger_names_the_build(
    tmp_path: Path,
) -> None:
    (tmp_path / "voices.toml").write_text("counting_starts = 2022-04-01\n", encoding="utf-8")
    with begun(open_home(tmp_path), on_screen(quiet=True), date(2026, 7, 10)) as run, duckdb.connect() as build:
        for name in ("equality_released", "release_ledger"):
            build.execute(create_sql(tables()[name]))
        build.execute(
            "create table population_member (population text, person_key text, entered_on date, left_on date)"
        )
        build.executemany(
            "insert into population_member values ('trained', ?, date '2021-10-01', ?)",
            [[person, date(2022, 2, 1) if place < 10 else None] for place, person in enumerate(PEOPLE)],
        )
        run.equality.put(Said(person, "disability", "gss", "not_disabled", "answered") for person in PEOPLE)

        release_figures(build, run)

        assert build.execute("select distinct head_count from equality_released").fetchall() == [(30,)]
        assert build.execute("select build_no, code_version from release_ledger").fetchall() == [
            (1, run.facts.code_version)
        ]
        assert run.equality.counted() == {
            "disability|trained|2026-06-30|1": {run.equality.token(person) for person in PEOPLE[10:]}
        }

        build.execute("delete from equality_released; delete from release_ledger")  # as if it was never published
        build.execute("delete from population_member where person_key = 'P-00000039'")
        release_figures(build, run)

        assert build.execute("select distinct head_count from equality_released").fetchall() == [(29,)]
        assert len(run.equality.counted()["disability|trained|2026-06-30|1"]) == 29
