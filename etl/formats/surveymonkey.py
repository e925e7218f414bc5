"""SurveyMonkey: responses with one or two heading rows, in which one question may take several columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.asked import Asked, Form, Response, require_headings
from etl.dates import read_day, read_moment
from etl.errors import refuse
from etl.forms import numbers_for_labels, read_form
from etl.headings import Header, cell, first_sheet
from etl.reading import Context, Document, IgnoredReason, Reading, Row
from etl.staff_answers import date_order
from etl.wording import clean, fold

KEY = "surveymonkey"
TITLE = "SurveyMonkey responses"
ONE_RECORD_IS = "one response to one survey"
EXAMPLE = (
    b"Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
    b"How satisfied were you with the event?,How far do you agree?,,What will you take away?,,,Anything else?\r\n"
    b",,,,,,,,,Response,I felt welcome,I could follow it,New ideas,People to meet,Other (please specify),"
    b"Open-Ended Response\r\n"
    b"11400000001,450001,07/27/2026 07:01:10 PM,07/27/2026 07:06:23 PM,192.0.2.1,,,,,5,Agree,Strongly agree,New ideas,"
    b"People to meet,,Thank you\r\n"
    b"11400000002,450001,07/27/2026 07:03:00 PM,07/27/2026 07:04:41 PM,192.0.2.2,,,,,4,Disagree,Agree,,"
    b"People to meet,A quiet hour,\r\n"
    b"11400000003,450001,07/28/2026 08:15:30 AM,,192.0.2.3,,,,,3,,,,,,\r\n"
)

_IDS = {"respondent id", "respondentid"}
_COMPLETED = ("end date", "enddate")
_STARTED = ("start date", "startdate")
_CONTACT = ("email address", "email", "first name", "firstname", "last name", "lastname")
_NEVER_KEPT = re.compile(r"collector ?id|ip address|custom data(?: \d+)?|date (?:created|modified)")
_OPEN_ANSWER = "open-ended response"
_ANSWER = {"", "response", _OPEN_ANSWER}
_OTHER = re.compile(r"other\b.*\bspecify\b.*")
_SEPARATOR = " - "


@dataclass
class _Group:
    """One question with its columns: place and what the second heading row says."""

    wording: str
    columns: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Layout:
    """The heading rows: the tool's own columns by name, the questions, and where the records begin.

    printed: name of an own column -> its heading as printed.
    """

    front: Mapping[str, int]
    printed: Mapping[str, str]
    groups: tuple[_Group, ...]
    headed: frozenset[int]
    last_line: int


def signature(document: Document) -> bool:
    """The first heading is the respondent's id."""
    return first_sheet(document, _is_ours) is not None


def read(document: Document, context: Context) -> Reading:
    """One reading of all complete responses; see `etl.forms.read_form`."""
    rows = first_sheet(document, _is_ours)
    if rows is None:
        raise refuse("no-headings", "This file has no heading row of SurveyMonkey. Export the responses again.")
    layout = _layout(document, rows)
    records = [row for row in rows if row.line > layout.last_line]
    require_headings(records, layout.headed)
    asked = tuple(one for group in layout.groups for one in _asked(group, records))
    ignored = _ignored(records, layout.front)
    response = _reader(document, context, records, layout.front)
    form = Form(
        document=document,
        headings=tuple(f"{group.wording}{_SEPARATOR}{label}" for group in layout.groups for _, label in group.columns),
        asked=asked,
        responses=tuple(response(row) for row in records if row.line not in ignored),
        has_ids=True,
        emails_name=False,
        ignored=ignored,
        dropped=tuple(layout.printed[name] for name in layout.front if _NEVER_KEPT.fullmatch(name)),
        contact_headings=tuple(layout.printed[name] for name in layout.front if name in _CONTACT),
    )
    return read_form(form, context)


def _is_ours(rows: Sequence[Row]) -> bool:
    header = _first(rows)
    return header is not None and header.names[0] in _IDS and header.width > 1


def _first(rows: Sequence[Row]) -> Header | None:
    return next((Header(row) for row in rows if not row.is_blank), None)


def _layout(document: Document, rows: Sequence[Row]) -> _Layout:
    """Read one or two heading rows. A second row whose first cell is empty is a heading row, never a respondent."""
    start = next(place for place, row in enumerate(rows) if not row.is_blank)
    upper, after = rows[start], rows[start + 1 : start + 2]
    lower = after[0] if after and not cell(after[0], 0) else None
    if lower is not None:
        _require_same_width(document, upper, lower)
    front: dict[str, int] = {}
    for place, name in enumerate(Header(upper).names):
        is_own = name in {*_IDS, *_STARTED, *_COMPLETED, *_CONTACT} or _NEVER_KEPT.fullmatch(name)
        if not is_own or name in front or (lower is not None and cell(lower, place)):
            break
        front[name] = place
    headings = _two_rows(upper, lower, len(front)) if lower and not lower.is_blank else _one_row(upper, len(front))
    groups = _groups(headings)
    headed = frozenset({*front.values(), *(place for group in groups for place, _ in group.columns)})
    printed = {name: cell(upper, place) for name, place in front.items()}
    return _Layout(front, printed, tuple(groups), headed, (lower or upper).line)


def _require_same_width(document: Document, upper: Row, lower: Row) -> None:
    widths = Header(upper).width, Header(lower).width
    too_wide = widths[1] > len(upper.cells)
    too_short = document.kind != "xlsx" and not lower.is_blank and len(lower.cells) < widths[0]
    if too_wide or too_short:
        raise refuse(
            "heading-rows-disagree",
            f"The two heading rows disagree: line {upper.line} has {len(upper.cells)} columns, line {lower.line} has "
            f"{len(lower.cells)}. Nothing was loaded. Export the responses again and drop that file unopened.",
            line=lower.line,
        )


def _two_rows(upper: Row, lower: Row, first: int) -> list[tuple[int, str, str]]:
    """Place, question, label. An empty upper cell goes on with the question on its left."""
    width = max(Header(upper).width, Header(lower).width)
    headings, question = [], ""
    for place in range(first, width):
        above, below = clean(cell(upper, place)), clean(cell(lower, place))
        question = above or question
        if question and (above or below):
            headings.append((place, question, below))
    return headings


def _one_row(upper: Row, first: int) -> list[tuple[int, str, str]]:
    """Place, question, label, where both stand in one cell with ` - ` between them for two columns or more."""
    printed = [clean(text) for text in upper.cells[: Header(upper).width]]
    halves = [text.rpartition(_SEPARATOR) for text in printed]
    headings: list[tuple[int, str, str]] = []
    for place in range(first, len(printed)):
        question, _, label = halves[place]
        near = [halves[at][0] for at in (place - 1, place + 1) if first <= at < len(printed)]
        goes_on = bool(headings) and fold(headings[-1][1]) == fold(question)
        if question and (question in near or (goes_on and _OTHER.fullmatch(fold(label)))):
            headings.append((place, question, label))
        elif printed[place]:
            headings.append((place, printed[place], ""))
    return headings


def _groups(headings: Sequence[tuple[int, str, str]]) -> list[_Group]:
    """Columns of one question together. Its text may be repeated over each column instead of left empty."""
    groups: list[_Group] = []
    for place, question, label in headings:
        said = {fold(known) for _, known in groups[-1].columns} if groups else set()
        is_new = not groups or fold(groups[-1].wording) != fold(question)
        is_repeated = fold(label) in said and not _OTHER.fullmatch(fold(label))
        if is_new or fold(label) in _ANSWER or is_repeated:
            groups.append(_Group(question))
        groups[-1].columns.append((place, label))
    return groups


def _asked(group: _Group, records: Sequence[Row]) -> list[Asked]:
    """The questions of one group: one with a list to tick, one with an answer, or one for each line of a grid."""
    answers = [place for place, label in group.columns if fold(label) in _ANSWER]
    other = _other(group, records)
    labelled = [(place, label) for place, label in group.columns if place not in answers and place != other]
    if answers and not labelled:
        is_open = any(fold(label) == _OPEN_ANSWER for _, label in group.columns)
        return [Asked(group.wording, (answers[0],), other=other, joined_by=", ", is_open=is_open)]
    if labelled and not answers and _is_ticked(labelled, records):
        places, labels = zip(*labelled, strict=True)
        return [Asked(group.wording, places, labels=labels, other=other)]
    if _is_numbered(labelled, records):
        raise numbers_for_labels(group.wording)
    return [_line(group.wording, place, label) for place, label in group.columns]


def _other(group: _Group, records: Sequence[Row]) -> int | None:
    """Where words stand under "Other (please specify)"; an "Other" that only repeats its label is one more option."""
    named = [(place, label) for place, label in group.columns if _OTHER.fullmatch(fold(label))]
    is_option = len(named) == 1 and any(cell(row, named[0][0]) for row in records) and _is_ticked(named, records)
    return named[-1][0] if named and not is_option else None


def _line(question: str, place: int, label: str) -> Asked:
    if fold(label) in _ANSWER:
        return Asked(question, (place,))
    return Asked(f"{question}{_SEPARATOR}{label}", (place,), row=label, also=(f"{question} [{label}]",))


def _is_ticked(labelled: Sequence[tuple[int, str]], records: Sequence[Row]) -> bool:
    """True when every filled cell repeats the label above it: a list to tick, not a grid."""
    return all(
        fold(text) == fold(label) for place, label in labelled for row in records if (text := clean(cell(row, place)))
    )


def _is_numbered(labelled: Sequence[tuple[int, str]], records: Sequence[Row]) -> bool:
    """True when a list to tick holds the numbers of its options: each column one number, its own or 1."""
    columns = [{text for row in records if (text := cell(row, place))} for place, _ in labelled]
    filled = [(number, texts.copy().pop()) for number, texts in enumerate(columns, start=1) if len(texts) == 1]
    if len(filled) < 2 or any(len(texts) > 1 for texts in columns):
        return False
    is_partial = any(0 < sum(bool(cell(row, place)) for place, _ in labelled) < len(labelled) for row in records)
    own = all(text == str(number) for number, text in filled)
    return is_partial and (own or all(text == "1" for _, text in filled))


def _ignored(records: Sequence[Row], front: Mapping[str, int]) -> dict[int, IgnoredReason]:
    """Blank lines, and responses that were begun and not finished: they have no end date."""
    place = next((front[name] for name in _COMPLETED if name in front), None)
    ignored: dict[int, IgnoredReason] = {row.line: "blank" for row in records if row.is_blank}
    for row in records:
        if place is not None and row.line not in ignored and not cell(row, place):
            ignored[row.line] = "incomplete_response"
    return ignored


def _reader(
    document: Document, context: Context, records: Sequence[Row], front: Mapping[str, int]
) -> Callable[[Row], Response]:
    """How one row becomes a response. The tool's own dates have the month first; a date asked for may not."""
    zone = context.settings.time_zone
    started, completed = (
        next((front[name] for name in names if name in front), None) for names in (_STARTED, _COMPLETED)
    )
    printed = [cell(row, place) for row in records for place in (started, completed) if place is not None]
    order = date_order(document, context, KEY, printed, "mdy") or "mdy"
    email, first, last = (
        next((front[name] for name in names if name in front), None)
        for names in (_CONTACT[:2], _CONTACT[2:4], _CONTACT[4:])
    )

    def response(row: Row) -> Response:
        ended = cell(row, completed)
        submitted_on = read_day(ended, order)
        return Response(
            line=row.line,
            cells=row.cells,
            tool_id=cell(row, 0).removesuffix(".0"),
            completed_at=read_moment(ended, order, zone),
            submitted_on=submitted_on,
            email=cell(row, email),
            full_name=f"{cell(row, first)} {cell(row, last)}".strip(),
            unread="submitted_on" if ended and submitted_on is None else "",
        )

    return response
