from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FileProblem, Refused
from etl.text import HEAD_ROWS, document_of, read_document, sha256_of

JOINED = datetime.fromisoformat("2026-05-12T10:05:00")


def cells(content: bytes) -> list[tuple[str, ...]]:
    [sheet] = document_of(content).sheets
    return [row.cells for row in sheet.rows]


def lines(content: bytes) -> list[int]:
    [sheet] = document_of(content).sheets
    return [row.line for row in sheet.rows]


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        document_of(content)
    return caught.value


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Ticket,£5 – “now”\n".encode(), "utf-8"),
        ("\ufeffTicket,£5 – “now”\n".encode(), "utf-8"),
        ("Ticket,£5 – “now”\n".encode("cp1252"), "cp1252"),
        ("Ticket,£5 – “now”\n".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "Ticket,£5 – “now”\n".encode("utf-16-be"), "utf-16"),
    ],
)
def test_pounds_dashes_and_quotation_marks_survive_every_encoding(content: bytes, encoding: str) -> None:
    document = document_of(content)
    assert document.encoding == encoding
    assert document.sheets[0].rows[0].cells == ("Ticket", "£5 – “now”")


def test_bytes_of_no_encoding_are_refused_with_their_line() -> None:
    problem = refusal(b"name\nfine\nnot \x81 fine \xff\n").messages[0]
    assert (problem.code, problem.line) == ("not-decodable", 3)


def test_a_file_marked_as_utf8_is_never_read_as_windows_text() -> None:
    assert refusal(b"\xef\xbb\xbfname\ncaf\xe9\n").messages[0].line == 2


def test_two_byte_text_without_its_mark_is_not_guessed() -> None:
    assert refusal("Name,Email\nAlex,alex@example.org\n".encode("utf-16-le")).messages[0].code == "not-decodable"


def test_nul_bytes_are_removed_even_inside_headings_and_counted() -> None:
    document = document_of(b"Na\x00me,Em\x00ail\nAlex Sample,alex@example.org\n")
    assert document.sheets[0].rows[0].cells == ("Name", "Email")
    assert "2 NUL" in document.encoding


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_gives_the_same_rows_and_line_numbers(end: str) -> None:
    content = end.join(["a,b", "1,2", "", "3,4", ""]).encode()
    assert cells(content) == [("a", "b"), ("1", "2"), (), ("3", "4")]
    assert lines(content) == [1, 2, 3, 4]


def test_a_record_over_several_lines_has_its_first_line() -> None:
    content = b'a,b\n"two\nlines",x\nlast,y\n'
    assert cells(content)[1] == ("two\nlines", "x")
    assert lines(content) == [1, 2, 4]


def test_a_quotation_mark_that_is_never_closed_is_refused_and_swallows_nothing() -> None:
    problem = refusal(b'a,b\nfine,1\n"open,2\nlost,3\n').messages[0]
    assert (problem.code, problem.line) == ("unclosed-quote", 3)


def test_a_last_row_without_a_line_end_is_a_row() -> None:
    assert cells(b'a,b\n1,"2"') == [("a", "b"), ("1", "2")]


def test_a_cell_too_long_to_be_a_cell_is_refused() -> None:
    problem = refusal(b"a\n" + b"x" * 200_000 + b"\n").messages[0]
    assert (problem.code, problem.line) == ("not-a-table", 2)


def test_tabs_part_the_cells_of_a_tabbed_file() -> None:
    document = document_of(b"1. Summary\nTitle\tOpen, and friendly\nName\tFirst join\nAlex\t10:00\n")
    assert document.kind == "tsv"
    assert document.sheets[0].rows[1].cells == ("Title", "Open, and friendly")


def test_tabs_inside_the_cells_of_a_comma_file_part_nothing() -> None:
    content = b"Date,Memo\n1/2/2026,SHOP \t ON 1 FEB\n2/2/2026,SHOP \t ON 2 FEB\n"
    assert cells(content)[1] == ("1/2/2026", "SHOP \t ON 1 FEB")


def test_a_first_line_that_names_the_separator_is_obeyed_and_lines_still_count_from_it() -> None:
    assert cells(b"sep=;\r\na;b\r\n1,5;2\r\n") == [("a", "b"), ("1,5", "2")]
    assert lines(b"sep=;\r\na;b\r\n1,5;2\r\n") == [2, 3]


def test_a_calendar_is_text_line_by_line() -> None:
    document = document_of(b"BEGIN:VCALENDAR\r\nSUMMARY:One, two\r\nEND:VCALENDAR\r\n")
    assert document.kind == "text"
    assert document.sheets[0].rows[1].cells == ("SUMMARY:One, two",)


@pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf", b" , ,\n,,\n", b"\xff\xfe"])
def test_a_file_that_holds_nothing_is_refused_as_empty(content: bytes) -> None:
    assert refusal(content).messages[0].code == "empty-file"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n....", "picture (PNG)"),
        (b"\xff\xd8\xff\xe0....", "picture (JPEG)"),
        (b"%PDF-1.7 ....", "PDF"),
        (b"<!DOCTYPE html><html>Sign in</html>", "web page"),
        (bytes(range(1, 9)) * 40, "program"),
    ],
)
def test_what_is_not_an_export_is_refused_by_what_it_is(content: bytes, word: str) -> None:
    assert word in refusal(content).messages[0].text


def test_a_parquet_file_is_a_document_without_sheets() -> None:
    document = document_of(b"PAR1....PAR1")
    assert (document.kind, document.sheets) == ("parquet", ())


def workbook(**sheets: list[list[object]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return target.getvalue()


def test_cells_of_a_workbook_are_text_without_what_excel_adds() -> None:
    whole = 44710029310001.0
    content = workbook(Sheet=[["id", whole, 1e20, 0.1 + 0.2, -2.5, True], [JOINED, "late"]])
    assert cells(content) == [
        ("id", "44710029310001", "100000000000000000000", "0.3", "-2.5", "TRUE"),
        ("2026-05-12 10:05:00", "late", "", "", "", ""),
    ]


def test_days_times_and_spans_of_a_workbook_are_iso() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([date(2026, 5, 12), time(9, 30), timedelta(hours=30, minutes=5)])
    sheet["A2"] = "joined"
    sheet.merge_cells("A2:B2")
    target = io.BytesIO()
    book.save(target)
    assert cells(target.getvalue()) == [("2026-05-12", "09:30:00", "30:05:00"), ("joined", "", "")]


def test_a_cell_with_an_error_is_not_taken_for_an_empty_one() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("First").write_row(0, 0, ["a", "b"])
    sheet = book.add_worksheet("Sums & more")
    sheet.write_row(0, 1, ["pounds", "each"])
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    sheet.write_row(1, 2, [2])
    book.close()
    rows = document_of(target.getvalue()).sheets[1].rows
    assert [row.cells for row in rows] == [("", "pounds", "each"), ("", "#DIV/0!", "2")]


def test_every_worksheet_is_kept_in_order_hidden_ones_too_with_the_row_numbers_of_the_sheet() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "First"
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["B3"] = "here"
    target = io.BytesIO()
    book.save(target)
    document = document_of(target.getvalue())
    assert [sheet.name for sheet in document.sheets] == ["First", "Hidden"]
    assert [(row.line, row.cells) for row in document.sheets[1].rows if not row.is_blank] == [(3, ("", "here"))]


def test_a_locked_workbook_is_refused_with_what_to_do() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 90
    assert refusal(content).messages[0].code == "password"


def test_an_old_workbook_is_refused_with_what_to_do() -> None:
    assert "save as .xlsx" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).messages[0].text


def packed(**names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in names.items():
            package.writestr(name.replace("__", "/"), text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(word__document="x"), "not-an-export"),
        (packed(report="a,b"), "packed-file"),
        (packed(xl__workbook="x"), "damaged-workbook"),
        (b"PK\x03\x04 cut short", "damaged-workbook"),
        (workbook(Sheet=[["a"]])[:800], "damaged-workbook"),
    ],
)
def test_other_packages_are_refused_by_what_they_are(content: bytes, code: str) -> None:
    assert refusal(content).messages[0].code == code


def test_the_content_and_not_the_name_decides_what_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "looks like text.csv"
    path.write_bytes(workbook(Sheet=[["a", 1]]))
    assert read_document(path).kind == "xlsx"
    path.write_bytes(b"a,b\n1,2\n")
    assert read_document(path.rename(tmp_path / "looks like excel.xlsx")).kind == "csv"


def test_the_digest_is_the_digest_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"a,b\n1,2\n" * 200_000)
    wanted = hashlib.sha256(path.read_bytes()).hexdigest()
    assert sha256_of(path) == wanted
    assert read_document(path, head_only=True).sha256 == wanted


def test_the_head_of_a_long_file_is_its_first_rows_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"name,note\n" + 'Zoë,"one,\ntwo"\n'.encode() * 120_000)
    head = read_document(path, head_only=True).sheets[0].rows
    assert len(head) == HEAD_ROWS
    assert head[-1].cells == ("Zoë", "one,\ntwo")


def test_a_head_cut_inside_a_record_or_a_letter_leaves_that_record_out(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    wide = ",".join(["é" * 2000] * 100)
    path.write_bytes(f'{wide}\n{wide}\n"{wide}"\n{wide}\n{wide}\n'.encode())
    head = read_document(path, head_only=True).sheets[0].rows
    assert [len(row.cells) for row in head] == [100, 100]


def test_the_head_of_a_workbook_is_its_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(workbook(Sheet=[["a", str(number)] for number in range(200)]))
    assert len(read_document(path, head_only=True).sheets[0].rows) == HEAD_ROWS


@given(st.binary(max_size=400))
def test_any_bytes_are_a_document_or_a_refusal_in_words(content: bytes) -> None:
    with suppress(FileProblem):
        assert all(row.line >= 1 for sheet in document_of(content).sheets for row in sheet.rows)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=4),
        min_size=1,
    )
)
def test_every_cell_comes_back_as_it_was_written(table: list[list[str]]) -> None:
    quoted = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in [["a", "b"], *table]
    )
    control = sum(1 for mark in quoted[:4096] if mark < " " and mark not in "\t\n\r\f")
    if control <= 40:
        assert cells(quoted.encode()) == [("a", "b"), *map(tuple, table)]
