"""One data incident, rights request, objection, complaint or mediation."""

from __future__ import annotations

from datetime import date

from expectations.lists import OWNER_ROLE
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "assurance_case"
OWNER = "data_steward"
EXAMPLE = {
    "case_ref": "K-0004",
    "kind": "access",
    "received_on": date(2026, 6, 2),
    "acknowledged_on": date(2026, 6, 3),
    "closed_on": date(2026, 6, 20),
    "due_on": date(2026, 7, 2),
    "told_regulator": "not_needed",
    "owner": "data_steward",
    "lesson": None,
}
RULES = (
    *usual(
        key=("case_ref",),
        twice={"closed_on": date(2026, 6, 21)},
        filled=("case_ref", "kind", "received_on", "due_on", "told_regulator", "owner"),
        codes={
            "kind": (
                "incident",
                "access",
                "rectification",
                "erasure",
                "objection_equality",
                "complaint",
                "mediation",
            ),
            "told_regulator": ("not_needed", "told", "considering"),
            "owner": OWNER_ROLE,
        },
        happened=("received_on", "acknowledged_on", "closed_on"),
        planned=("due_on",),
        named={"C-S6.owner": "assurance_case.S3"},
    ),
    stop(
        "assurance_case.S1",
        "A case is not closed before it came.",
        "r.received_on <= r.closed_on",
        {"closed_on": date(2026, 6, 1)},
        column="closed_on",
    ),
    stop(
        "assurance_case.S2",
        "A case is not due before it came.",
        "r.received_on <= r.due_on",
        {"due_on": date(2026, 6, 1)},
        column="due_on",
    ),
    stop(
        "assurance_case.S4",
        "A closed incident gives its lesson.",
        when("r.kind = 'incident' and r.closed_on is not null", "r.lesson is not null"),
        {"kind": "incident"},
        column="lesson",
    ),
    warn(
        "assurance_case.W1",
        "No open case is due within seven days.",
        "r.closed_on is not null or r.due_on not between $today and $today + 7",
        {"closed_on": None},
        column="due_on",
    ),
    warn(
        "assurance_case.W2",
        "No open case is overdue.",
        "r.closed_on is not null or r.due_on >= $today",
        {"closed_on": None, "due_on": date(2026, 6, 30)},
        column="due_on",
    ),
    warn(
        "assurance_case.W3",
        "An incident has a decision on telling the regulator.",
        "r.kind <> 'incident' or r.told_regulator <> 'considering'",
        {"kind": "incident", "lesson": "Check addresses", "told_regulator": "considering"},
        column="told_regulator",
    ),
)
