"""The declared tables: how their files are read, and the SQL that is written from them."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import keys
from warehouse.tables import (
    COMMON,
    create_sql,
    digest_sql,
    key_sql,
    load_order,
    merged_sql,
    parse,
    tables,
)

TINY = """-- One row is one thing.
-- key thing_key: code, seen_on
-- unique: code, seen_on
-- keeps: state=unsure, note
-- refers: owner -> organisation.org_code
create table thing (
    thing_key text not null, -- per | identity
    code text not null,      -- pub | the code
    seen_on date,            -- int | the day
    state text not null,     -- int | one of sure, unsure
    note text,               -- spc | words
    owner text               -- int | whose
);
"""

EARLIEST, LATEST = datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-01-01")
LEFT_AT = datetime.fromisoformat("2026-05-12T10:00:00")
NO_SPECIAL_FOLDING = st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="Σİ")


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        yield opened


def test_a_file_gives_its_grain_key_columns_and_classes():
    thing = parse("thing", TINY)
    assert thing.grain == "One row is one thing."
    assert (thing.key_column, thing.key_parts) == ("thing_key", ("code", "seen_on"))
    assert thing.keeps == ("state", "note")
    assert thing.unknown == {"state": "unsure"}
    assert [(c.name, c.type, c.required, c.sensitivity) for c in thing.columns] == [
        ("thing_key", "text", True, "per"),
        ("code", "text", True, "pub"),
        ("seen_on", "date", False, "int"),
        ("state", "text", True, "int"),
        ("note", "text", False, "spc"),
        ("owner", "text", False, "int"),
    ]
    assert thing.refers[0].table == "organisation"


@pytest.mark.parametrize(
    ("wrong", "right", "line"),
    [
        ("-- per | identity", "identity", 7),
        ("code text not null", "code varchar not null", 8),
        ("-- keeps: state=unsure, note", "-- holds: note", 4),
        ("create table thing", "create table other", 6),
    ],
)
def test_a_file_out_of_form_is_refused_with_its_line(wrong, right, line):
    with pytest.raises(ValueError, match=f"warehouse/schema/thing.sql line {line}:"):
        parse("thing", TINY.replace(wrong, right, 1))


def test_a_header_that_names_an_absent_column_is_refused():
    with pytest.raises(ValueError, match="does not have: colour"):
        parse("thing", TINY.replace("-- unique: code, seen_on", "-- unique: code, colour"))


def test_every_table_can_be_made_and_carries_its_comments(connection):
    connection.execute("create schema made")
    for name in load_order():
        connection.execute(create_sql(tables()[name], "made"))
    made = connection.execute("select table_name, comment from duckdb_tables() where schema_name = 'made'").fetchall()
    assert dict(made) == {name: table.grain for name, table in tables().items()}
    uncommented = connection.execute(
        "select count(*) from duckdb_columns() where schema_name = 'made' and comment is null"
    ).fetchone()
    assert uncommented == (0,)
    payment = connection.execute(
        "select data_type, is_nullable, comment from duckdb_columns() "
        "where schema_name = 'made' and table_name = 'payment' and column_name = 'amount'"
    ).fetchone()
    assert payment == ("DECIMAL(12,2)", False, "per | pounds")


def test_common_columns_belong_to_every_table_that_files_feed():
    common = {column.name for column in COMMON}
    for name, table in tables().items():
        held = {column.name for column in table.all_columns}
        assert (common <= held) is not table.made_by_build, name


def test_referenced_tables_load_first():
    place = {name: number for number, name in enumerate(load_order())}
    assert set(place) == set(tables())
    for name, table in tables().items():
        assert all(place[reference.table] < place[name] for reference in table.refers), name


def test_nothing_about_one_persons_equality_answer_has_a_column():
    refused = {"ethnicity", "disability", "religion", "orientation", "date_of_birth", "postcode", "email", "full_name"}
    for table in tables().values():
        assert not refused & {column.name for column in table.columns}, table.name


@settings(max_examples=150, deadline=None)
@given(
    event=st.one_of(st.none(), st.text(NO_SPECIAL_FOLDING, max_size=12)),
    joined=st.one_of(st.none(), st.datetimes(EARLIEST, LATEST)),
    segment=st.integers(0, 99999),
)
def test_the_key_in_sql_is_the_key_in_python(connection, event, joined, segment):
    table = tables()["event_attendance"]
    made = connection.execute(
        f"select {key_sql(table, 's')} from (select $event::text as event_key, 'A1 ' as attendee_key, "
        "$joined::timestamp as joined_at, timestamp '2026-05-12 10:00:00' as left_at, $segment::integer as segment) s",
        {"event": event, "joined": joined, "segment": segment},
    ).fetchone()
    expected = keys.key("event_attendance", event, "A1 ", joined, LEFT_AT, segment)
    assert made == (expected,)


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2026, 5, 12), None])
def test_days_in_a_key_are_iso(connection, day):
    made = connection.execute(
        f"select {key_sql(parse('thing', TINY))} from (select 'X-1' as code, $day::date as seen_on)", {"day": day}
    ).fetchone()
    assert made == (keys.key("thing", "X-1", day),)


def test_a_key_that_comes_with_the_row_is_left_as_it_is():
    assert key_sql(tables()["event"], "s") == 's."event_key"'
    with pytest.raises(ValueError, match="no key column"):
        key_sql(tables()["organisation"])


def test_a_digest_changes_with_any_column_and_tells_empty_from_blank(connection):
    digest = digest_sql(parse("thing", TINY), "s")

    def of(note: str, void: str = "false", key: str = "'k'") -> int:
        row = f"select {key} as thing_key, 'X' as code, date '2026-05-12' as seen_on, 'sure' as state"
        found = connection.execute(
            f"select {digest} from ({row}, {note} as note, null as owner, {void} as is_void) s"
        ).fetchone()
        return int(found[0])

    assert of("'a'") == of("'a'")
    assert of("'a'", key="'other'") == of("'a'")
    assert len({of("'a'"), of("'b'"), of("''"), of("null"), of("'a'", void="true")}) == 5


@pytest.mark.parametrize(
    ("column", "held", "arriving", "expected"),
    [
        ("coaching_session.status", "'held'", "'booked'", "held"),
        ("coaching_session.status", "'booked'", "'held'", "held"),
        ("coaching_session.status", "'booked'", "'booked'", "booked"),
        ("coaching_session.held_mins", "60", "null", 60),
        ("coaching_session.held_mins", "60", "45", 45),
        ("organisation.also_known_as", "'Old'", "null", None),
    ],
)
def test_a_fresher_row_changes_only_what_it_knows(connection, column, held, arriving, expected):
    table, column = column.split(".")
    merged = merged_sql(tables()[table], column, "o", "n")
    found = connection.execute(
        f"select {merged} from (select {held} as {column}) o, (select {arriving} as {column}) n"
    ).fetchone()
    assert found == (expected,)


@pytest.mark.parametrize(
    ("held_code", "arriving_code", "expected"),
    [("null", "'EV-2026-02'", "new"), ("'EV-2026-02'", "null", "old"), ("null", "null", "new")],
)
def test_the_staff_lists_title_is_not_changed_by_a_tool(connection, held_code, arriving_code, expected):
    merged = merged_sql(tables()["event"], "title", "o", "n")
    found = connection.execute(
        f"select {merged} from (select {held_code} as event_code, 'old' as title) o, "
        f"(select {arriving_code} as event_code, 'new' as title) n"
    ).fetchone()
    assert found == (expected,)
