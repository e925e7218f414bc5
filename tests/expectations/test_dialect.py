"""The library works inside the run's own connection, and leaves it as it found it."""

from __future__ import annotations

import duckdb
import pytest
import sqlalchemy
from sqlalchemy.pool import StaticPool

from expectations.dialect import URL, sharing


@pytest.fixture
def connection():
    made = duckdb.connect()
    made.execute("create schema checking")
    made.execute("create table checking.t as select i as n, 'row ' || i as words from range(3) r(i)")
    yield made
    made.close()


@pytest.fixture
def engine(connection):
    return sqlalchemy.create_engine(URL, creator=sharing(connection), poolclass=StaticPool)


def test_a_result_can_be_read_after_another_statement_and_after_closing(connection, engine):
    with engine.connect() as session:
        first = session.execute(sqlalchemy.text("select n from checking.t order by n"))
        session.execute(sqlalchemy.text("select 1"))
    assert [row[0] for row in first.fetchall()] == [0, 1, 2]


def test_columns_are_found_in_views_and_tables(connection, engine):
    connection.execute("create view checking.v as select *, n > 1 as ok_0 from checking.t")
    names = [column["name"] for column in sqlalchemy.inspect(engine).get_columns("v", schema="checking")]
    assert names == ["n", "words", "ok_0"]


def test_no_table_is_said_to_have_a_key_so_that_the_catalogue_is_not_asked(connection, engine):
    connection.execute("create table checking.keyed (n int primary key)")
    found = sqlalchemy.inspect(engine).get_pk_constraint("keyed", schema="checking")
    assert found["constrained_columns"] == []


def test_throwing_the_engine_away_leaves_the_connection_open(connection, engine):
    with engine.connect() as session:
        session.execute(sqlalchemy.text("select 1"))
    engine.dispose()
    assert connection.execute("select count(*) from checking.t").fetchall() == [(3,)]


def test_nothing_is_rolled_back_or_committed_on_its_own(connection, engine):
    connection.begin()
    connection.execute("insert into checking.t values (3, 'row 3')")
    with engine.connect() as session:
        assert session.execute(sqlalchemy.text("select count(*) from checking.t")).scalar() == 4
        session.commit()
    connection.rollback()
    assert connection.execute("select count(*) from checking.t").fetchall() == [(3,)]
