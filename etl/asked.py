"""A form as its tool exports it: what was asked, in which columns, and what each respondent left there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from etl.errors import refuse
from etl.reading import Document, IgnoredReason, Row
from etl.wording import clean, fold


@dataclass(frozen=True)
class Asked:
    """One question of a form, and the cells that answer it.

    columns: places of the cells. labels: what a filled cell of each column stands for, when several columns
        share one question (a cell that repeats its label, or only ticks it, chooses that label); empty when the
        cell holds the answer itself.
    other: the place of "Other (please specify)", or None.
    row: what one line of a grid says; the wording then holds the question and the line.
    also: other ways in which the catalogue may write the wording.
    joined_by: what stands between several answers in one cell ('' when a cell holds one answer).
    closes: a cell with several answers ends with `joined_by` as well.
    is_open: the tool says that answers are in the respondent's own words.
    """

    wording: str
    columns: tuple[int, ...]
    labels: tuple[str, ...] = ()
    other: int | None = None
    row: str = ""
    also: tuple[str, ...] = ()
    joined_by: str = ""
    closes: bool = False
    is_open: bool = False

    @property
    def shown(self) -> str:
        """The wording, cleaned, as messages and the catalogue show it."""
        return clean(self.wording)

    def answers(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The texts given by one respondent, without blanks; a joined cell is one text. Leaves `other` out."""
        texts = [_cell(cells, place) for place in self.columns]
        if not self.labels:
            return tuple(text for text in texts if text)
        return tuple(
            label if _is_tick(text, label) else text for text, label in zip(texts, self.labels, strict=True) if text
        )

    def written(self, cells: Sequence[str]) -> str:
        """What stands under "Other (please specify)"; '' when nothing does."""
        return "" if self.other is None else _cell(cells, self.other)


@dataclass(frozen=True)
class Response:
    """One respondent's line.

    tool_id: the tool's own id, unique inside the form ('' when the export has none).
    copy_mark: what tells equal ids of two copies of one form apart, such as the time the respondent began.
    completed_at: the moment in UTC; submitted_on: the day on the form's own clock. Both None when not printed.
    changed_at: the moment in UTC when a complete response was changed, where the tool tells.
    unread: columns of `feedback_answer` whose text could not be understood.
    """

    line: int
    cells: tuple[str, ...]
    tool_id: str = ""
    copy_mark: str = ""
    completed_at: datetime | None = None
    submitted_on: date | None = None
    changed_at: datetime | None = None
    email: str = ""
    full_name: str = ""
    unread: str = ""

    @property
    def as_of(self) -> datetime | None:
        """How fresh the response is: the moment in UTC of its last word."""
        return self.changed_at or self.completed_at


@dataclass(frozen=True)
class Form:
    """One export of one form.

    headings: what stands over each column of an answer, whatever the answers are: the form is known by them.
    has_ids: whether the tool gives every response an id. emails_name: whether an e-mail address in the tool's
        own column is reason enough to take an undeclared form for a named one.
    contact_headings: the tool's own columns of addresses and names, dropped unless the form is a named one.
    ignored: records that are not complete responses. dropped: headings that are never stored.
    """

    document: Document
    headings: tuple[str, ...]
    asked: tuple[Asked, ...]
    responses: tuple[Response, ...]
    has_ids: bool
    emails_name: bool
    ignored: dict[int, IgnoredReason] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    contact_headings: tuple[str, ...] = ()


def require_headings(rows: Sequence[Row], headed: Collection[int]) -> None:
    """Refuse a file with a filled cell in a column without heading: its columns may have slipped."""
    for row in rows:
        if any(cell.strip() for place, cell in enumerate(row.cells) if place not in headed):
            raise refuse(
                "cell-without-heading",
                f"Line {row.line} has a filled cell in a column without a heading, so its answers may stand under the "
                "wrong questions. Nothing was loaded. Export the responses again and drop that file.",
                line=row.line,
            )


def _cell(cells: Sequence[str], place: int) -> str:
    return clean(cells[place]) if place < len(cells) else ""


def _is_tick(text: str, label: str) -> bool:
    return fold(text) in {fold(label), "1", "x", "yes", "true", "checked", "selected", "✓", "✔"}
