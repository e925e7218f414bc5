"""One file's way through a run: what was found, what it was recognised as, what it gave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from etl.errors import FileProblem, NeedsAnswer
from etl.inbox import Waiting
from etl.known import FileBefore
from etl.reading import Document, Format
from etl.report import FileReport, Message, Outcome


@dataclass(frozen=True)
class Unusable:
    """A record for the people or the equality store that cannot be used: its place, and the columns that are wrong."""

    store: str
    line: int
    columns: str


@dataclass(frozen=True)
class Mend:
    """A row of a mended sheet: where it stands there, and the held record it was written from (digest shortened)."""

    part: str
    line: int
    from_sha: str
    from_line: int


@dataclass
class Work:
    """A file on its way. `settled` files have their outcome and take no further part in the run."""

    found: Waiting
    report: FileReport
    before: FileBefore | None = None
    head: Document | None = None
    format: Format | None = None
    template: str | None = None
    as_of: datetime | None = None
    subject: str | None = None
    dropped: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    retired_forms: list[str] = field(default_factory=list)
    equality: pl.DataFrame | None = None
    tallies: pl.DataFrame | None = None
    unusable: list[Unusable] = field(default_factory=list)
    mends: list[Mend] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    settled: bool = False

    @property
    def sha256(self) -> str:
        """The file's digest: the only name that counts."""
        return self.report.sha256

    def settle(self, outcome: Outcome, *messages: Message) -> None:
        """Give the file its outcome; nothing of it is loaded in this run."""
        self.report.outcome = outcome
        self.report.messages.extend(messages)
        self.settled = True

    def settle_problem(self, problem: FileProblem) -> None:
        """Refuse the file, or ask about it, with every message of the problem."""
        self.settle("needs_answer" if isinstance(problem, NeedsAnswer) else "refused", *problem.messages)

    @property
    def error_codes(self) -> str | None:
        """The codes of its errors, in order: what the steward's page shows as the reason."""
        codes = sorted({message.code for message in self.report.messages if message.severity == "error"})
        return ", ".join(codes)[:300] or None

    @property
    def is_news(self) -> bool:
        """True when the file ended otherwise than the last time it was met, or was not met before."""
        if self.report.outcome == "already_loaded":
            return False
        if self.before is None:
            return True
        now = (self.report.outcome, self.error_codes, self.subject)
        return now != (self.before.outcome, self.before.reason, self.before.subject)

    def count(self, read: int, ignored: int) -> None:
        """Note how many data records the file has, and how many of them are not data."""
        self.report.rows.read = read
        self.report.rows.ignored = ignored
