"""The same row again changes nothing, a newer one replaces, an older one never does."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.build import make_tables
from warehouse.load import Loaded, load, retire_form
from warehouse.tables import key_sql, tables

JANUARY, FEBRUARY = "2026-01-31", "2026-02-28"


class Bench:
    """An empty build, and `passed` tables filled by hand."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("attach ':memory:' as build")
        self.connection.execute("create schema passed; create schema staged")
        self.connection.execute("create table staged.file_line (source_sha text, source_line bigint)")
        make_tables(self.connection, "build")

    def passing(self, name: str, *rows: dict[str, object]) -> Loaded:
        """Load these rows, and only these; `file`, `line` and `as_of` say where and when each comes from."""
        table = tables()[name]
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.all_columns)
        self.connection.execute(f"create or replace table passed.{name} ({columns})")
        for given in rows:
            row = {"source_sha": "file one", "source_part": "", "source_line": 2, "as_of": JANUARY, "run_id": "r"}
            row |= {"is_void": False, **given}
            names = ", ".join(f'"{column}"' for column in row)
            self.connection.execute(
                f"insert into passed.{name} ({names}) values ({', '.join('?' * len(row))})", list(row.values())
            )
        if table.key_column and table.key_parts:
            self.connection.execute(f"update passed.{name} set {table.key_column} = {key_sql(table)}")
        return load(self.connection, [name])

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What a select over the build gives."""
        return self.connection.execute(sql).fetchall()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.connection.close()


def _fund(**more: object) -> dict[str, object]:
    return {"month_end": JANUARY, "restricted": 100, "free": 50, "agreed_by": "finance_lead", **more}


def _event(**more: object) -> dict[str, object]:
    return {"event_key": "E", "title": "Spring", "kind": "webinar", "platform": "zoom", **more}


def test_the_same_row_from_another_file_is_a_duplicate_and_changes_nothing(bench: Bench) -> None:
    bench.passing("funds_position", _fund())

    again = bench.passing("funds_position", _fund(source_sha="file two", as_of=FEBRUARY))

    assert again == Loaded({}, {"file two": 1})
    assert bench.rows("select source_sha from build.funds_position") == [("file one",)]


def test_a_newer_row_replaces_the_older_one(bench: Bench) -> None:
    bench.passing("funds_position", _fund(free=50))

    newer = bench.passing("funds_position", _fund(free=75, source_sha="file two", as_of=FEBRUARY))

    assert newer.written == {("file two", "funds_position"): 1}
    assert bench.rows("select free, source_sha from build.funds_position") == [(75, "file two")]


def test_an_older_row_never_replaces_a_newer_one(bench: Bench) -> None:
    bench.passing("funds_position", _fund(free=75, as_of=FEBRUARY))

    older = bench.passing("funds_position", _fund(free=50, source_sha="file two", as_of=JANUARY))

    assert older == Loaded({}, {"file two": 1})
    assert bench.rows("select free from build.funds_position") == [(75,)]


@pytest.mark.parametrize("newer_first", [True, False])
def test_two_files_of_one_run_end_as_the_newer_in_either_order(bench: Bench, newer_first: bool) -> None:
    old = _fund(free=50, as_of=JANUARY)
    new = _fund(free=75, source_sha="file two", as_of=FEBRUARY)

    loaded = bench.passing("funds_position", *([new, old] if newer_first else [old, new]))

    assert bench.rows("select free, source_sha from build.funds_position") == [(75, "file two")]
    assert loaded.duplicates == {"file one": 1}


def test_a_row_that_is_missing_from_a_newer_file_is_kept(bench: Bench) -> None:
    bench.passing("funds_position", _fund(), _fund(month_end=FEBRUARY, source_line=3))

    bench.passing("funds_position", _fund(free=75, source_sha="file two", as_of=FEBRUARY))

    assert bench.rows("select count(*) from build.funds_position") == [(2,)]


@pytest.mark.parametrize("staff_first", [True, False])
def test_the_staff_list_names_an_event_that_a_tool_reported_in_either_order(bench: Bench, staff_first: bool) -> None:
    """The tool knows how many came and when it ended; the staff list owns the title and gives the code."""
    tool = _event(title="spring webinar 2", tool_unique_count=41, source_sha="tool", as_of=FEBRUARY)
    staff = _event(title="Working well", event_code="EV-2026-01", source_sha="staff", as_of=JANUARY)
    later = {"as_of": "2026-03-31"}

    first, second = (staff, tool) if staff_first else (tool, {**staff, **later})
    bench.passing("event", first)
    bench.passing("event", second)

    assert bench.rows("select title, event_code, tool_unique_count from build.event") == [
        ("Working well", "EV-2026-01", 41)
    ]


def test_two_reports_of_one_event_in_one_run_fill_each_other(bench: Bench) -> None:
    bench.passing(
        "event",
        _event(tool_unique_count=41, as_of=JANUARY),
        _event(event_code="EV-2026-01", source_sha="staff", as_of=FEBRUARY),
    )

    assert bench.rows("select event_code, tool_unique_count from build.event") == [("EV-2026-01", 41)]


def test_a_row_entered_in_error_is_marked_and_not_deleted(bench: Bench) -> None:
    bench.passing("funds_position", _fund())

    bench.passing("funds_position", _fund(is_void=True, source_sha="file two", as_of=FEBRUARY))

    assert bench.rows("select is_void from build.funds_position") == [(True,)]


ANSWER = {
    "form_code": "F-EV01",
    "version": 1,
    "question_id": "wants",
    "response_key": "r",
    "reply_state": "answered",
    "text_review": "hold",
}


@pytest.mark.parametrize("newer_first", [True, False])
def test_an_edited_response_leaves_none_of_its_older_ticks(bench: Bench, newer_first: bool) -> None:
    old = [
        {**ANSWER, "option_code": "coach", "source_sha": "old"},
        {**ANSWER, "option_code": "host", "source_sha": "old"},
    ]
    new = [{**ANSWER, "option_code": "coach", "source_sha": "new", "as_of": FEBRUARY}]

    for rows in (new, old) if newer_first else (old, new):
        bench.passing("feedback_answer", *rows)

    assert bench.rows("select option_code from build.feedback_answer") == [("coach",)]


def test_an_edited_response_in_the_same_run_leaves_none_of_its_older_ticks(bench: Bench) -> None:
    bench.passing(
        "feedback_answer",
        {**ANSWER, "option_code": "host", "source_sha": "old"},
        {**ANSWER, "option_code": "coach", "source_sha": "new", "as_of": FEBRUARY},
    )

    assert bench.rows("select option_code from build.feedback_answer") == [("coach",)]


def test_a_declared_form_takes_the_place_of_the_guessed_one_inside_its_open_days(bench: Bench) -> None:
    guessed = {**ANSWER, "form_code": "F-0A0A0A0A"}
    bench.passing(
        "feedback_answer",
        {**guessed, "response_key": "inside", "submitted_on": "2026-05-13"},
        {**guessed, "response_key": "outside", "submitted_on": "2025-05-13"},
        {**ANSWER, "response_key": "declared", "submitted_on": "2026-05-13"},
    )
    bench.connection.execute(
        "create schema known; create table known.feedback_question as "
        "select 'F-EV01' as form_code, date '2026-05-12' as opened_on, date '2026-05-26' as closed_on"
    )

    retire_form(bench.connection, "F-0A0A0A0A", "F-EV01")

    assert bench.rows("select response_key from build.feedback_answer order by 1") == [("declared",), ("outside",)]
