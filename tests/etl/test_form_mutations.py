"""Damaged exports: whatever happens to a file, it is read with every record accounted for, or refused in words."""

from __future__ import annotations

import csv
import io
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import FileProblem
from etl.formats import ms_forms, surveymonkey
from etl.reading import Document, Reading
from etl.text import document_of
from tests.etl.exports import context

CONTEXT = context()
ODD = (
    *("", " ", "\u00a0", "\n", ";", "a;b;", "'", '"', "<b>", "\u202e", "£", "=1+1", "x" * 3000),
    *("1", "13", "0", "-1", "1e9", "5/13/26", "13/5/26", "31/31/26", "2026-02-30", "anonymous", "alex@example.org"),
    *("n/a", "Not applicable", "Strongly agree", "Prefer not to say", "Respondent ID", "Other (please specify)"),
    *("Response", "What is your sex?", "Your e-mail"),
)


def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The file after a few accidents to its cells, rows, columns and bytes."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.integers(1, max(1, len(rows) - 1)))
        accident = draw(st.sampled_from(("heading", "cell", "more", "row", "twice", "swap", "column", "blank")))
        if accident == "heading":
            rows[0][draw(st.integers(0, len(rows[0]) - 1))] = draw(st.sampled_from(ODD))
        elif accident == "cell" and rows[row]:
            rows[row][draw(st.integers(0, len(rows[row]) - 1))] = draw(st.sampled_from(ODD))
        elif accident == "more":
            rows[row].append(draw(st.sampled_from(ODD)))
        elif accident == "row" and len(rows) > 3:
            del rows[row]
        elif accident == "twice":
            rows.insert(row, list(rows[row]))
        elif accident == "swap":
            rows.append(rows.pop(row))
        elif accident == "column":
            place = draw(st.integers(1, 12))
            rows = [one[:place] + one[place + 1 :] for one in rows]
        else:
            rows.insert(row, [])
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    changed = bytearray(text.getvalue().encode())
    for place in draw(st.lists(st.integers(0, len(changed) - 1), max_size=2)):
        changed[place] = draw(st.integers(0, 255))
    return bytes(changed)


@pytest.mark.parametrize("tool", [ms_forms, surveymonkey], ids=lambda tool: tool.KEY)
@settings(max_examples=220, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_export_is_read_whole_or_refused_in_words(tool: ModuleType, data: st.DataObject) -> None:
    content = data.draw(st.composite(damaged)(tool.EXAMPLE))
    try:
        document = document_of(content)
        if not tool.signature(document):
            return
        reading = tool.read(document, CONTEXT)
    except FileProblem as problem:
        refused = problem.messages
    else:
        refused = ()
        account_for(reading, document)
    assert all(message.text and message.code for message in refused)


def account_for(reading: Reading, document: Document) -> None:
    """Every record is one of the file's lines, and has rows or is ignored, never both."""
    lines = {row.line for sheet in document.sheets for row in sheet.rows}
    assert sorted(set(reading.records)) == reading.records
    assert set(reading.records) <= lines
    assert set(reading.ignored) <= set(reading.records)
    for table in reading.tables.values():
        told = set(table.get_column("source_line").to_list())
        assert told <= set(reading.records) - set(reading.ignored)
    silent = set(reading.records) - set(reading.ignored)
    silent -= {line for table in reading.tables.values() for line in table.get_column("source_line").to_list()}
    assert not silent or reading.contacts is not None
