"""One body on one count day."""

from __future__ import annotations

from datetime import date

from expectations.rule import Between, stop, warn
from expectations.usual import usual

TABLE = "governance_body"
OWNER = "chair"
EXAMPLE = {
    "body": "advisory_group",
    "counted_on": date(2026, 6, 30),
    "seats": 12,
    "filled": 11,
    "lived_experience_seats": 8,
    "openly_recruited": 9,
    "lived_experience_panel": True,
    "collection_code": None,
}
_COUNTS = ("seats", "filled", "lived_experience_seats", "openly_recruited")
RULES = (
    *usual(
        key=("body", "counted_on"),
        twice={"filled": 10},
        filled=("body", "counted_on", *_COUNTS, "lived_experience_panel"),
        codes={"body": ("board", "advisory_group", "partnership_group", "selection_panel")},
        happened=("counted_on",),
    ),
    stop(
        "governance_body.S1",
        "No more seats are filled than there are.",
        "r.filled between 0 and r.seats",
        {"filled": 13},
        column="filled",
    ),
    stop(
        "governance_body.S2",
        "Lived experience seats are among those filled.",
        "r.lived_experience_seats between 0 and r.filled",
        {"lived_experience_seats": 12},
        column="lived_experience_seats",
    ),
    stop(
        "governance_body.S3",
        "Openly recruited seats are among those filled.",
        "r.openly_recruited between 0 and r.filled",
        {"openly_recruited": 12},
        column="openly_recruited",
    ),
    stop("governance_body.S4", "A body has between 1 and 60 seats.", Between("seats", 1, 60), {"seats": 61}),
    warn(
        "governance_body.W1",
        "A body was counted within the last 13 months.",
        "r.counted_on >= $today - interval 13 month",
        {"counted_on": date(2025, 5, 1)},
        column="counted_on",
    ),
)
