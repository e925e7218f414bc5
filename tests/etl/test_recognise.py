from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import FileProblem
from etl.formats import discover
from etl.headings import fold
from etl.reading import Format
from etl.recognise import recognise, two_formats_message, unrecognised_message
from etl.text import document_of, read_document
from tests.conftest import samples


@pytest.mark.parametrize("tool", discover(), ids=lambda tool: tool.KEY)
def test_every_format_knows_its_own_example_and_no_other_does(tool: Format) -> None:
    assert [found.KEY for found in recognise(document_of(tool.EXAMPLE))] == [tool.KEY]


@pytest.mark.parametrize("tool", discover(), ids=lambda tool: tool.KEY)
def test_a_format_knows_its_example_from_its_head_alone(tool: Format, tmp_path: Path) -> None:
    path = tmp_path / "any name at all"
    path.write_bytes(tool.EXAMPLE)
    assert tool.signature(read_document(path, head_only=True))


def test_the_formats_are_whole_and_their_keys_differ() -> None:
    keys = [tool.KEY for tool in discover()]
    assert keys == sorted(set(keys))
    assert all(tool.TITLE and tool.ONE_RECORD_IS for tool in discover())


def test_a_module_that_is_not_a_whole_format_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from etl.formats import eventbrite

    monkeypatch.delattr(eventbrite, "TITLE")
    with pytest.raises(TypeError, match="eventbrite"):
        discover.__wrapped__()


@pytest.mark.parametrize("printed", ["  *Tool's \u00a0 own ID* ", "TOOL\u2019S OWN ID", "<b>Tool's</b> own ID"])
def test_headings_are_compared_as_wordings_are_and_without_stars(printed: str) -> None:
    assert fold(printed) == "tool's own id"


def test_the_files_name_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "attendee_81234567890_2026_05_12.csv"
    path.write_bytes(b"Name,Colour\nAlex Sample,blue\n")
    assert recognise(read_document(path)) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Date,Description,Amount,Balance\n10/02/2026,SHOP,-5.00,995.00\n", ['"Balance"', "bank statement"]),
        ("BEGIN:VCALENDAR\nSUMMARY:Coaching with Alex\n", ["calendar"]),
        ("Donor Name,Donor Email,Financial Type\nAlex,a@example.org,Gift\n", ["CiviCRM", '"Donor Name"']),
        ("Invitee Name,Invitee Email,Event Type Name,Canceled\nAlex,a@example.org,Call,false\n", ["Calendly"]),
        (
            "First Name,Last Name,Email,Registration Time,Approval Status\nAlex,S,a@example.org,,\n",
            ["Zoom registration"],
        ),
        (",Date,Num,Invoice Date,Amount Paid,Memo\nRooms,,,,,\n", ["QuickBooks"]),
    ],
)
def test_an_export_that_is_not_read_yet_is_called_by_its_name(content: str, words: list[str]) -> None:
    text = unrecognised_message(document_of(content.encode()))
    assert all(word in text for word in words)
    assert "template" in text


def test_an_export_that_lacks_a_heading_is_told_which() -> None:
    from etl.formats import xero_bills

    content = xero_bills.EXAMPLE.replace(b"*AccountCode", b"Code")
    text = unrecognised_message(document_of(content))
    assert xero_bills.TITLE in text
    assert '"*AccountCode"' in text


@pytest.mark.parametrize(
    "content",
    [
        "25/12/2026,ALEX SAMPLE RENT,-50.65\n20/12/2026,alex@example.org,25.00\n",
        "Alex Sample,alex@example.org,blue\nSam Example,sam@example.org,red\n",
        "Alex Sample\nSam Example\n",
    ],
)
def test_a_file_without_headings_is_not_quoted(content: str) -> None:
    text = unrecognised_message(document_of(content.encode()))
    assert "no headings" in text
    assert not any(word in text for word in ("Alex", "ALEX", "Sam", "blue", "25", "50.65"))


def test_cells_that_are_no_known_heading_are_not_repeated_beside_those_that_are() -> None:
    text = unrecognised_message(document_of(b"Date,Description,Amount,Alex Sample\n1,2,3,4\n"))
    assert '"Date", "Description", "Amount"' in text
    assert "Alex" not in text


def test_a_file_that_fits_two_formats_names_both() -> None:
    one, other = discover()[:2]
    assert one.TITLE in two_formats_message([one, other])
    assert other.TITLE in two_formats_message([one, other])


def test_real_exports_are_recognised_as_what_they_are_and_never_as_two_things() -> None:
    folder = samples()
    if folder is None:
        return
    wanted = {"zoom_webinar_attendee": "zoom_webinar_attendee", "eventbrite": "eventbrite"}
    for path in sorted(folder.rglob("*.*")):
        try:
            document = read_document(path)
        except FileProblem:
            continue
        keys = [tool.KEY for tool in recognise(document)]
        if wanted_key := wanted.get(path.parent.name):
            assert keys == [wanted_key], path.name
        assert len(keys) <= 1, path.name
        assert unrecognised_message(document)
