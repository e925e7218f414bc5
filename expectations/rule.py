"""A rule: the sentence a steward reads, and the expectation on staged rows that decides it.

Rules are only declared here. `expectations/judge.py` turns them into Great Expectations when a check runs,
so that whoever only wants to read the rules pays nothing for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Severity = Literal["stop", "refuse", "warn"]
Row = Mapping[str, object]


@dataclass(frozen=True)
class FromToday:
    """A day counted from the day of the load; negative is before it."""

    days: int = 0


Bound = int | float | date | datetime | FromToday


@dataclass(frozen=True)
class Filled:
    """The column is not empty."""

    column: str


@dataclass(frozen=True)
class OneOf:
    """The column, where filled, holds one of the values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """The column, where filled, lies between low and high, both included."""

    column: str
    low: Bound
    high: Bound


@dataclass(frozen=True)
class Holds:
    """The SQL is not false for the row `r`. Unknown (null) passes, as an empty value is another rule's matter.

    `r.<column>` the row · `$rows` the staged rows of this table · `found.<table>` what is known and not held
    back · `$today` the day of the load · `$values` a number made of everything the row says · `$aside` the
    result of the second query, which is worked out once; a rule that compares all rows with each other
    needs it to be quick.
    """

    sql: str
    aside: str = ""

    def lookups(self) -> frozenset[str]:
        """The tables whose known rows the answer depends on."""
        return frozenset(re.findall(r"\bfound\.(\w+)", f"{self.sql} {self.aside}"))


Expectation = Filled | OneOf | Between | Holds


@dataclass(frozen=True)
class Rule:
    """One rule of one table.

    id: `payment.S3`, or for a rule of every table `C-S3.kind` (the column named where there is one).
    severity: stop holds the record, refuse the whole file, warn loads and reports.
    plain: what is right, as a sentence; it never holds a value.
    breaks: rows that break it, each as changes to the suite's EXAMPLE; together they make one file.
    """

    id: str
    severity: Severity
    plain: str
    expectation: Expectation
    breaks: tuple[Row, ...]
    column: str | None = None

    @property
    def lookups(self) -> frozenset[str]:
        """The tables whose known rows the answer depends on."""
        return self.expectation.lookups() if isinstance(self.expectation, Holds) else frozenset()


def stop(name: str, plain: str, holds: str | Expectation, *breaks: Row, column: str | None = None) -> Rule:
    """A rule that holds the record back: it goes to quarantine, the rest of the file is loaded."""
    return _rule(name, "stop", plain, holds, breaks, column=column)


def refuse(name: str, plain: str, holds: str | Expectation, *breaks: Row, column: str | None = None) -> Rule:
    """A rule that refuses the whole file."""
    return _rule(name, "refuse", plain, holds, breaks, column=column)


def warn(name: str, plain: str, holds: str | Expectation, *breaks: Row, column: str | None = None) -> Rule:
    """A rule that loads the row and tells the table's owner."""
    return _rule(name, "warn", plain, holds, breaks, column=column)


def when(condition: str, then: str) -> str:
    """SQL: where the condition is true, `then` must be true as well (an unknown `then` is not)."""
    return f"not coalesce({condition}, false) or coalesce({then}, false)"


def utc(text: str) -> datetime:
    """A moment in UTC as the warehouse holds it, from "2026-05-12 09:00"."""
    return datetime.fromisoformat(text)


def _rule(
    name: str,
    severity: Severity,
    plain: str,
    holds: str | Expectation,
    breaks: tuple[Row, ...],
    *,
    column: str | None,
) -> Rule:
    expectation = Holds(holds) if isinstance(holds, str) else holds
    if column is None and not isinstance(expectation, Holds):
        column = expectation.column
    return Rule(name, severity, plain, expectation, breaks, column)
