"""Whatever happens to an export on its way here, it is read and accounted for line by line, or refused in words."""

from __future__ import annotations

import csv
import io
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import FileProblem
from etl.formats import eventbrite, xero_account_transactions, xero_bills, zoom_webinar_attendee
from etl.text import document_of
from tests.etl.exports import accounts_for, context
from warehouse.tables import tables

TOOLS = (eventbrite, xero_account_transactions, xero_bills, zoom_webinar_attendee)
KNOWN = context(
    accounts=[
        ("xero", "5210", "partner_pay", None),
        ("xero", "Rooms", "income", "grant"),
        ("xero", "5300", "access", None),
    ],
    payees=[("Alex Sample", "partner", "P-7K3QXWBD")],
)
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "--",
            "Yes",
            "No",
            "Total",
            "£5",
            "(5.00)",
            "1e9",
            "9" * 30,
            "31/12/2026",
            "12/31/26 10:00",
            "2026-02-30",
            '"',
            "a@b",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[ModuleType, bytes]:
    tool = draw(st.sampled_from(TOOLS))
    content: bytes = tool.EXAMPLE
    for _ in range(draw(st.integers(1, 3))):
        content = draw(st.sampled_from(CHANGES))(draw, content)
    return tool, content


def cut(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: draw(st.integers(0, len(content)))]


def insert_nul(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, len(content)))
    return content[:at] + b"\0" + content[at:]


def encode_again(draw: st.DrawFn, content: bytes) -> bytes:
    encoding = draw(st.sampled_from(["utf-8-sig", "utf-16", "utf-16-le", "cp1252"]))
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def change_rows(draw: st.DrawFn, content: bytes) -> bytes:
    table = list(csv.reader(io.StringIO(content.decode("utf-8", "replace").replace("\0", ""), newline="")))
    if not table:
        return content
    at = draw(st.integers(0, len(table) - 1))
    match draw(st.sampled_from(["repeat", "remove", "change", "swap", "widen"])):
        case "repeat":
            table.insert(at, table[at])
        case "remove":
            del table[at]
        case "change" if table[at]:
            table[at][draw(st.integers(0, len(table[at]) - 1))] = draw(CELLS)
        case "swap":
            one, other = draw(st.integers(0, 14)), draw(st.integers(0, 14))
            for row in table:
                if max(one, other) < len(row):
                    row[one], row[other] = row[other], row[one]
        case _:
            table[at] = [*table[at], draw(CELLS)]
    target = io.StringIO()
    csv.writer(target).writerows(table)
    return target.getvalue().encode("utf-8", "replace")


CHANGES = (cut, insert_nul, encode_again, change_rows, change_rows, change_rows)


@settings(max_examples=300, deadline=None)
@given(spoilt())
def test_a_spoilt_export_is_accounted_for_line_by_line_or_refused_in_words(case: tuple[ModuleType, bytes]) -> None:
    tool, content = case
    try:
        document = document_of(content)
        if not tool.signature(document):
            return
        reading = tool.read(document, KNOWN)
    except FileProblem as problem:
        assert_in_words(problem)
        return
    assert sorted(set(reading.records)) == sorted(reading.records)
    assert set(reading.ignored) <= set(reading.records)
    assert accounts_for(reading) == set(reading.records)
    staged = {name: set(one.get_column("source_line").to_list()) for name, one in reading.tables.items()}
    assert not any(lines & set(reading.ignored) for lines in staged.values())
    for name, one in reading.tables.items():
        assert set(one.columns) - {"unread", "source_line"} <= {column.name for column in tables()[name].columns}


def assert_in_words(problem: FileProblem) -> None:
    for message in problem.messages:
        assert message.severity == "error"
        assert message.code == message.code.lower().replace("_", "-")
        assert len(message.text) > 40
        assert "example.org" not in message.text


@pytest.mark.parametrize("tool", TOOLS)
def test_every_byte_at_which_an_export_may_be_cut_is_read_or_refused(tool: ModuleType) -> None:
    content: bytes = tool.EXAMPLE
    for end in range(0, len(content), 7):
        try:
            document = document_of(content[:end])
            if tool.signature(document):
                reading = tool.read(document, KNOWN)
                assert accounts_for(reading) == set(reading.records)
        except FileProblem as problem:
            assert_in_words(problem)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_same_export_reads_the_same_whatever_its_encoding_and_line_ends(tool: ModuleType) -> None:
    plain = tool.read(document_of(tool.EXAMPLE), KNOWN)
    text = tool.EXAMPLE.decode()
    for content in (text.encode("utf-16"), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        again = tool.read(document_of(content), KNOWN)
        assert again.records == plain.records
        assert {name: one.rows() for name, one in again.tables.items()} == {
            name: one.rows() for name, one in plain.tables.items()
        }
