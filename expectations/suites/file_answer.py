"""One answer staff gave about a file the loader could not place."""

from __future__ import annotations

from datetime import date

from expectations.lists import OWNER_ROLE
from expectations.rule import Between, FromToday, stop, when
from expectations.usual import FIRST_DAY, usual

TABLE = "file_answer"
OWNER = "data_steward"
EXAMPLE = {
    "fingerprint": "f" * 64,
    "question": "date_order",
    "answer": "dmy",
    "answered_by": "data_steward",
    "answered_on": date(2026, 6, 30),
}
RULES = (
    *usual(
        key=("fingerprint", "question"),
        twice={"answer": "mdy"},
        filled=("fingerprint", "question", "answer", "answered_by", "answered_on"),
        codes={
            "question": (
                "which_format",
                "which_event",
                "which_form",
                "whose_log",
                "date_order",
                "column_map",
            ),
            "answered_by": OWNER_ROLE,
        },
        named={"C-S1": "file_answer.S1", "C-S6.answered_by": "file_answer.S3"},
    ),
    stop(
        "file_answer.S2",
        "The answer fits its question: a date order is dmy or mdy, any other answer is not blank.",
        "trim(r.answer) <> '' and " + when("r.question = 'date_order'", "r.answer in ('dmy', 'mdy')"),
        {"answer": "ymd"},
        column="answer",
    ),
    stop(
        "file_answer.S4",
        "An answer was given on or before today.",
        Between("answered_on", FIRST_DAY, FromToday()),
        {"answered_on": date(2026, 7, 2)},
    ),
)
