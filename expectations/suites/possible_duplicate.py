"""One pair of people who may be one."""

from __future__ import annotations

from decimal import Decimal

from expectations.lists import OWNER_ROLE
from expectations.rule import Between, stop, utc, warn, when
from expectations.usual import usual

TABLE = "possible_duplicate"
OWNER = "data_steward"
EXAMPLE = {
    "person_a": "P-PARTNER1",
    "person_b": "P-PARTNER2",
    "score": Decimal("0.9000"),
    "reason": "same_phone",
    "decision": "open",
    "decided_by": None,
    "decided_on": None,
}
RULES = (
    *usual(
        key=("person_a", "person_b"),
        twice={"reason": "same_name_new_email"},
        filled=("person_a", "person_b", "decision"),
        codes={
            "reason": ("same_name_new_email", "same_phone", "similar_name_same_organisation"),
            "decision": ("open", "same", "different"),
            "decided_by": OWNER_ROLE,
        },
        happened=("decided_on",),
        found={"person_a": "person.person_key", "person_b": "person.person_key"},
    ),
    stop(
        "possible_duplicate.S1",
        "The two people are different, and in order.",
        "r.person_a < r.person_b",
        {"person_b": "P-PARTNER1"},
        column="person_b",
    ),
    stop(
        "possible_duplicate.S2",
        "Likeness is between 0 and 1.",
        Between("score", 0, 1),
        {"score": Decimal("1.1000")},
    ),
    stop(
        "possible_duplicate.S3",
        "A decision says who took it and when.",
        when("r.decision <> 'open'", "r.decided_by is not null and r.decided_on is not null"),
        {"decision": "same"},
        column="decided_by",
    ),
    warn(
        "possible_duplicate.W1",
        "A pair is decided within 30 days.",
        "r.decision <> 'open' or r.as_of >= $today - interval 30 day",
        {"as_of": utc("2026-05-01 00:00")},
        column="decision",
    ),
)
