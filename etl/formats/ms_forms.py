"""Microsoft Forms: one workbook (or CSV saved from it) of responses to one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from etl.asked import Asked, Form, Response, require_headings
from etl.dates import read_day, read_moment
from etl.errors import refuse
from etl.forms import read_form
from etl.headings import Header, cell, first_sheet
from etl.reading import Context, Document, Reading, Row
from etl.staff_answers import date_order
from etl.wording import clean, fold

KEY = "ms_forms"
TITLE = "Microsoft Forms responses"
ONE_RECORD_IS = "one response to one form"
EXAMPLE = (
    b"ID,Start time,Completion time,Email,Name,Overall how was the event?,"
    b"What will you take away?,What could we do better?\r\n"
    b"1,7/27/26 19:01:10,7/27/26 19:06:23,anonymous,,5,New ideas;People to stay in touch with;,More time to talk\r\n"
    b"2,7/27/26 19:03:00,7/27/26 19:04:41,anonymous,,4,New ideas;,\r\n"
    b"4,7/28/26 8:15:30,7/28/26 8:17:02,anonymous,,3,,Start on time\r\n"
)

_FRONT = (
    "id",
    "start time",
    "completion time",
    "email",
    "name",
    "total points",
    "quiz feedback",
    "grade posted time",
    "last modified time",
    "language",
)
_MUST = ("id", "start time", "completion time")
_DROPPED = {"total points", "quiz feedback", "grade posted time", "language"}
_OTHERS = {"respondent id", "respondentid", "timestamp", "#", "submission date", "token"}
_MARKS = ("points - ", "feedback - ")


def signature(document: Document) -> bool:
    """The tool's own front columns; or a published copy without them, told by headings that end with a line end."""
    return first_sheet(document, _is_ours) is not None


def read(document: Document, context: Context) -> Reading:
    """One reading of all responses; see `etl.forms.read_form`."""
    rows = first_sheet(document, _is_ours)
    header = _header(rows or ())
    if rows is None or header is None:
        raise refuse("no-headings", "This file has no heading row of Microsoft Forms. Export the responses again.")
    records = [row for row in rows if row.line > header.row.line]
    require_headings(records, {place for place, name in enumerate(header.names) if name})
    front = _front(header)
    asked, dropped = _asked(header, len(front))
    reader = _reader(document, context, records, front)
    form = Form(
        document=document,
        headings=tuple(one.wording for one in asked),
        asked=asked,
        responses=tuple(reader(row) for row in records if not row.is_blank),
        has_ids="id" in front,
        emails_name=True,
        ignored={row.line: "blank" for row in records if row.is_blank},
        dropped=dropped,
        contact_headings=tuple(clean(header.row.cells[front[name]]) for name in ("email", "name") if name in front),
    )
    return read_form(form, context)


def _is_ours(rows: Sequence[Row]) -> bool:
    header = _header(rows)
    if header is None:
        return False
    names = header.names
    return names[: len(_MUST)] == _MUST or (names[0] not in _OTHERS and _is_published_copy(header))


def _header(rows: Sequence[Row]) -> Header | None:
    return next((Header(row) for row in rows if not row.is_blank), None)


def _is_published_copy(header: Header) -> bool:
    """Forms ends some headings with a line end; the others are questions or statements of several words."""
    cells = header.row.cells[: header.width]
    worded = sum(len(cell.split()) >= 3 for cell in cells)
    return (
        len(cells) >= 3
        and all(cell.strip() for cell in cells)
        and any(cell.endswith(("\n", "\r")) for cell in cells)
        and 2 * worded >= len(cells)
    )


def _front(header: Header) -> dict[str, int]:
    """The tool's own columns before the first question: name -> place."""
    front: dict[str, int] = {}
    for place, name in enumerate(header.names):
        if name not in _FRONT or name in front or not (front or name == "id"):
            break
        front[name] = place
    return front


def _asked(header: Header, first: int) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """The questions, and the headings that are not kept: the tool's own marks and those of a quiz."""
    printed = header.row.cells
    wordings = {fold(cell) for cell in printed[first:]}
    asked, dropped = [], [clean(cell) for cell in printed[:first] if fold(cell) in _DROPPED]
    for place in range(first, header.width):
        mark = next((mark for mark in _MARKS if fold(printed[place]).startswith(mark)), "")
        if mark and fold(printed[place]).removeprefix(mark) in wordings:
            dropped.append(clean(printed[place]))
        else:
            asked.append(Asked(printed[place], (place,), joined_by=";", closes=True))
    return tuple(asked), tuple(dropped)


def _reader(
    document: Document, context: Context, records: Sequence[Row], front: Mapping[str, int]
) -> Callable[[Row], Response]:
    """How one row becomes a response. Forms prints its owner's clock, the month first, without a zone."""
    zone = context.settings.time_zone
    times = [front[name] for name in ("start time", "completion time", "last modified time") if name in front]
    printed = [cell(row, place) for row in records for place in times]
    order = date_order(document, context, KEY, printed, "mdy") or "mdy"

    def response(row: Row) -> Response:
        completed = cell(row, front.get("completion time"))
        submitted_on = read_day(completed, order)
        started = read_moment(cell(row, front.get("start time")), order, zone)
        return Response(
            line=row.line,
            cells=row.cells,
            tool_id=cell(row, front.get("id")).removesuffix(".0"),
            copy_mark=started.isoformat() if started else "",
            completed_at=read_moment(completed, order, zone),
            submitted_on=submitted_on,
            changed_at=read_moment(cell(row, front.get("last modified time")), order, zone),
            email=cell(row, front.get("email")),
            full_name=cell(row, front.get("name")),
            unread="submitted_on" if completed and submitted_on is None else "",
        )

    return response
