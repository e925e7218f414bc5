"""CSV as people really save it: encodings, line ends, quotes, blank rows; and the lines that messages speak of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.errors import Refused
from etl.template_csv import clean
from tests.etl.template_room import cleared, opened, room, staged

HEADER = "Reference,Date,Cycle,Step,About,Full note,Safe summary,Went well?,Will change?,Owner,Checked?"
ROW = "L-0{n},26/06/2026,PD-03,study,training,{note},Café was too small,mixed,yes,programme_lead,yes"


def _text(*notes: str, between: str = "\n", header: str = HEADER) -> str:
    return between.join([header, *(ROW.format(n=number, note=note) for number, note in enumerate(notes, 10))]) + between


@pytest.fixture(scope="module")
def whole_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One room for all tests of this file."""
    with room(tmp_path_factory.mktemp("room") / "work.duckdb") as connection:
        yield connection


@pytest.fixture
def work(whole_room: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """An empty room to stage in."""
    return cleared(whole_room)


def _lines(work: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[object, ...]]:
    staged(work, path)
    return [
        tuple(row)
        for row in work.execute(
            "select source_line, entry_ref, full_text from staged.learning_entry order by 1"
        ).fetchall()
    ]


@pytest.mark.parametrize(
    "content",
    [
        _text("a", "b").encode(),
        _text("a", "b").encode("utf-8-sig"),
        _text("a", "b").encode("utf-16"),
        _text("a", "b").encode("cp1252"),
        _text("a", "b", between="\r\n").encode(),
        _text("a", "b", between="\r").encode(),
        _text("a", "b").replace("\n", "\r\n", 1).encode(),
        _text("a", "b").replace(",", ";").encode(),
        _text("a", "b").replace(",", "\t").encode(),
        _text("a\0", "b").encode(),
        _text("a", "b").rstrip("\n").encode(),
        (_text("a", "b") + "\n\n").encode(),
        ("sep=;\n" + _text("a", "b").replace(",", ";")).encode(),
    ],
    ids=[
        "plain", "byte order mark", "UTF-16", "Windows text", "Windows lines", "old Mac lines", "mixed lines",
        "semicolons", "tabs", "NUL", "no last line end", "empty lines at the end", "sep line",
    ],
)  # fmt: skip
def test_the_same_rows_come_from_every_way_of_saving_them(
    work: duckdb.DuckDBPyConnection, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    first = 3 if content.startswith(b"sep") else 2
    assert _lines(work, path) == [(first, "L-010", "a"), (first + 1, "L-011", "b")]
    assert work.execute("select distinct summary from staged.learning_entry").fetchall() == [("Café was too small",)]


def test_what_was_taken_out_of_a_file_is_said(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(_text("a\0\0").encode("cp1252"))
    assert [message.code for message in opened(work, path).messages] == ["nul-removed", "windows-text"]


def test_lines_are_counted_as_a_spreadsheet_counts_them_with_breaks_in_cells_and_blank_rows_between(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    first, second, third = (ROW.format(n=n, note=note) for n, note in ((10, '"one\ntwo, three"'), (11, "b"), (12, "c")))
    path.write_text(f"\n{HEADER}\n{first}\n\n{second}\n,,,,,,,,,,\n{third}\n", encoding="utf-8")
    (stage,) = staged(work, path)
    rows = work.execute("select source_line, entry_ref, full_text from staged.learning_entry order by 1").fetchall()
    assert rows == [(3, "L-010", "one\ntwo, three"), (6, "L-011", "b"), (8, "L-012", "c")]
    assert (stage.read, stage.ignored()) == (5, 2)


def test_a_sheet_of_headings_alone_has_no_records(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEADER + "\n")
    (stage,) = staged(work, path)
    assert (stage.read, stage.ignored()) == (0, 0)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
@pytest.mark.parametrize("place", ["{blank}a", "a{blank}", '"{blank}a"'])
def test_a_blank_at_the_edge_of_a_cell_is_seen_wherever_it_stands(
    work: duckdb.DuckDBPyConnection, tmp_path: Path, blank: str, place: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(_text("plain", place.format(blank=blank)), encoding="utf-8")
    assert [note for _, _, note in _lines(work, path)] == ["plain", "a"]


@pytest.mark.parametrize(("around", "is_bare"), [("x y", True), ("x ,", False), (", y", False), ("x \n", False)])
@pytest.mark.parametrize("before_the_meeting", [1, 2])
def test_a_blank_where_two_pieces_of_a_long_file_meet_is_judged_by_what_stands_on_both_sides(
    tmp_path: Path, around: str, is_bare: bool, before_the_meeting: int
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a" * (2**20 - before_the_meeting) + around + "b\n")
    assert clean(path, tmp_path / "copy.csv").is_bare is is_bare


@pytest.mark.parametrize(
    ("spoilt", "code", "line"),
    [
        (_text("a", "b, c", "d", "e, f, g"), "ragged-row", 3),
        (_text("a", "b").replace(",programme_lead,yes\nL-011", "\nL-011"), "ragged-row", 2),
        (_text("a", '"b" c'), "unclosed-quote", 3),
    ],
    ids=["wider", "narrower", "quote"],
)
def test_rows_that_do_not_fit_refuse_the_file_and_say_where(
    work: duckdb.DuckDBPyConnection, tmp_path: Path, spoilt: str, code: str, line: int
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(spoilt, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        opened(work, path)
    (message,) = refused.value.messages
    assert (message.code, message.line) == (code, line)
    assert "Café" not in message.text
    assert work.execute("select 1 as still_usable").fetchall() == [(1,)]


def test_every_ragged_line_is_listed(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(_text("a", "b, c", "d", "e, f, g"), encoding="utf-8")
    with pytest.raises(Refused, match="lines 3, 5"):
        opened(work, path)


def test_a_column_without_a_heading_may_be_empty_but_not_filled(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(_text("a").replace("\n", ",\n"), encoding="utf-8")
    assert _lines(work, path) == [(2, "L-010", "a")]
    path.write_text(_text("a", header=HEADER + ",").rstrip("\n") + ",left over\n", encoding="utf-8")
    with pytest.raises(Refused, match="1 row has something in a column without a heading"):
        opened(work, path)


def test_no_copy_of_a_file_is_left_behind(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ((database,),) = work.execute("select path from duckdb_databases() where database_name = 'work'").fetchall()
    path = tmp_path / "log.csv"
    path.write_bytes(_text("a").encode("utf-16"))
    opened(work, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["log.csv"]
    assert {entry.name for entry in Path(database).parent.iterdir()} <= {"work.duckdb", "work.duckdb.wal"}
