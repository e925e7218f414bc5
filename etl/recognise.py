"""Which format is this file? All that match, by signature; not knowing, and knowing two, are answers as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.formats import discover
from etl.headings import HEADER_WITHIN, Header, fold
from etl.reading import Document, Format, Row
from etl.text import document_of

_SHOWN = 8

# Headings of exports that no format reads yet: they make the refusal helpful, and decide nothing.
_OTHER_TOOLS: dict[str, tuple[str, str]] = {
    "zoom_meeting_participants": (
        "Zoom meeting participants report",
        (
            "Name (Original Name)|User Email|Join Time|Leave Time|Duration (Minutes)|Total Duration (Minutes)|Guest"
            "|Recording Consent|In waiting room"
        ),
    ),
    "zoom_poll": ("Zoom poll report", "#|User Name|User Email|Submitted Date/Time|Submitted Time|Poll Report"),
    "zoom_registration": (
        "Zoom registration report",
        "First Name|Last Name|Email|Registration Time|Approval Status",
    ),
    "teams_attendance": (
        "Microsoft Teams attendance report",
        (
            "1. Summary|2. Participants|3. In-Meeting Activities|1. Zusammenfassung|2. Teilnehmer|First Join|Last Leave"
            "|In-Meeting Duration|Participant ID (UPN)|Meeting title|Erster Beitritt|Letztes Verlassen"
        ),
    ),
    "surveymonkey": (
        "SurveyMonkey export",
        "Respondent ID|RespondentID|Collector ID|CollectorID|Start Date|End Date|IP Address|Custom Data 1",
    ),
    "ms_forms": (
        "Microsoft Forms workbook",
        "ID|Start time|Completion time|Email|Name|Last modified time|Total points|Quiz feedback",
    ),
    "google_forms": ("Google Forms export", "Timestamp|Email Address|Score"),
    "typeform": (
        "Typeform export",
        "#|Network ID|Start Date (UTC)|Submit Date (UTC)|Response Type|Stage Date (UTC)|Submitted At|Token|Ending",
    ),
    "jotform": ("JotForm export", "Submission Date|Submission ID|IP"),
    "slido": ("Slido poll results per user", "User ID|User Name|User Email|User company|Total Correct Answers"),
    "calendly": (
        "Calendly export",
        (
            "User Name|Invitee Name|Invitee Email|Event Type Name|Start Date & Time|End Date & Time"
            "|Event Created Date & Time|Canceled|Marked as No-Show|Event UUID"
        ),
    ),
    "ics": ("calendar file (ICS)", "BEGIN:VCALENDAR"),
    "outlook_calendar_csv": (
        "Outlook calendar export",
        "Subject|Start Date|Start Time|End Date|End Time|Meeting Organizer|Show time as",
    ),
    "icf_log": (
        "ICF coaching log",
        (
            "ICF Client Coaching Log|Client Name|Contact Information|Individual/Group|Number in Group|Start Date"
            "|End Date|Paid hours|Pro-bono hours"
        ),
    ),
    "xero_contacts": ("Xero contacts export", "*ContactName|AccountNumber|EmailAddress|BankAccountName"),
    "quickbooks_report": (
        "QuickBooks report",
        "Date|Num|Invoice Date|Original Amount|Amount Paid|Paid Amount|Type|Name|Memo|Account",
    ),
    "sage_daybook": ("Sage day book", "Type|Account|Date|Ref|Details|Net|Tax|Gross"),
    "bank": (
        "bank statement",
        (
            "Date|Transaction Date|Transaction Type|Type|Sort Code|Account Number|Transaction Description|Description"
            "|Debit Amount|Credit Amount|Balance|Amount|Paid out|Paid in|Merchant/Description|Debit/Credit"
            "|Counter Party|Reference"
        ),
    ),
    "civicrm": ("CiviCRM export", "Donor Name|First Name|Donor Email|Financial Type|Amount"),
    "salesforce_report": ("Salesforce report", "Confidential Information - Do Not Distribute"),
    "expensify": ("Expensify export", "Report Name|Submitter|Timestamp|Merchant|Amount|Category|Receipt|Attendees"),
}


@dataclass(frozen=True)
class _Layout:
    """What one known export's header row looks like. Headings are kept as they are printed."""

    title: str
    headings: tuple[str, ...]
    is_read: bool


def recognise(document: Document) -> list[Format]:
    """Every format whose signature the file carries. The file's name decides nothing."""
    return [one for one in discover() if one.signature(document)]


def unrecognised_message(document: Document) -> str:
    """A sentence for staff about a file of no known format: what it looks like and what to do.

    It repeats only cells that are headings of some known export: in a file without headings the first row
    is somebody's data.
    """
    row, seen = _most_like_a_header(document)
    if row is None or not seen:
        return (
            "Voices does not know this kind of file: no headings that it knows were found in the first "
            f"{HEADER_WITHIN} rows. {_if_headless(document)}Export it again with its heading row, or copy the rows "
            "into one of the staff templates; `voices formats` lists what can be read."
        )
    layout, missing = _nearest(seen)
    found = f"Voices does not know this kind of file. Headings it knows in line {row.line}: {_listed(seen)}. "
    if not layout.is_read:
        return (
            f"{found}It looks most like this: {layout.title}. Voices cannot read that yet. Copy the rows into one "
            "of the staff templates; `voices formats` lists what can be read."
        )
    return (
        f"{found}The nearest export that Voices reads is {layout.title}; of its headings, these are missing: "
        f"{_listed(missing)}. Export the file again with all its columns and do not rename headings."
    )


def two_formats_message(formats: Sequence[Format]) -> str:
    """A sentence for staff about a file that fits several formats."""
    return (
        f"This file fits {len(formats)} kinds of export: {', '.join(one.TITLE for one in formats)}. "
        "Say which one it is in the file answers template (question which_format), and drop both files again."
    )


def _most_like_a_header(document: Document) -> tuple[Row | None, tuple[str, ...]]:
    known = _vocabulary()
    best: tuple[Row | None, tuple[str, ...]] = (None, ())
    for row in _first_rows(document):
        seen = tuple(known[name] for name in dict.fromkeys(map(fold, row.cells)) if name in known)
        if len(seen) > len(best[1]):
            best = (row, seen)
    return best


def _first_rows(document: Document) -> Iterator[Row]:
    for sheet in document.sheets:
        yield from sheet.rows[:HEADER_WITHIN]


def _if_headless(document: Document) -> str:
    first = next((row for row in _first_rows(document) if not row.is_blank), None)
    if first is not None and any(any(mark.isdigit() for mark in cell) for cell in first.cells):
        return "Its first row looks like data, not headings. "
    return ""


def _nearest(seen: Sequence[str]) -> tuple[_Layout, list[str]]:
    """The layout that shares most headings with the file, and of two that share as many the one better covered."""
    names = {fold(heading) for heading in seen}

    def likeness(layout: _Layout) -> tuple[int, float, bool]:
        shared = sum(fold(heading) in names for heading in layout.headings)
        return shared, shared / len(layout.headings), layout.is_read

    layout = max(_layouts(), key=likeness)
    return layout, [heading for heading in layout.headings if fold(heading) not in names]


def _listed(headings: Sequence[str]) -> str:
    shown = ", ".join(f'"{heading.strip()}"' for heading in headings[:_SHOWN])
    more = len(headings) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


@cache
def _vocabulary() -> dict[str, str]:
    """Folded heading -> heading as printed, of every known export."""
    return {fold(heading): heading for layout in _layouts() for heading in layout.headings}


@cache
def _layouts() -> tuple[_Layout, ...]:
    formats = discover()
    read = [_Layout(one.TITLE, _headings(document_of(one.EXAMPLE)), is_read=True) for one in formats]
    keys = {one.KEY for one in formats}
    others = [
        _Layout(title, tuple(headings.split("|")), is_read=False)
        for key, (title, headings) in _OTHER_TOOLS.items()
        if key not in keys
    ]
    return tuple(layout for layout in (*read, *others) if layout.headings)


def _headings(example: Document) -> tuple[str, ...]:
    """The example's header row: the first of its fullest rows."""
    rows = [row for sheet in example.sheets for row in sheet.rows]
    fullest = max(rows, key=lambda row: len(_filled(row.cells)), default=None)
    return () if fullest is None else tuple(_filled(Header(fullest).row.cells))


def _filled(cells: Iterable[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]
