"""One group that trains or is coached together."""

from __future__ import annotations

from datetime import date

from expectations.lists import ROLE
from expectations.rule import Between, stop, warn, when
from expectations.usual import usual

TABLE = "cohort"
OWNER = "programme_lead"
EXAMPLE = {
    "cohort_code": "C-2026-A",
    "kind": "partner",
    "starts_on": date(2026, 5, 18),
    "ends_on": date(2026, 5, 19),
    "places": 14,
    "is_pilot": False,
}
RULES = (
    *usual(
        key=("cohort_code",),
        twice={"places": 15},
        filled=("cohort_code", "kind", "starts_on", "ends_on", "places", "is_pilot"),
        codes={"kind": ROLE},
        planned=("starts_on", "ends_on"),
        named={"C-S1": "cohort.S1"},
    ),
    stop(
        "cohort.S2",
        "A cohort does not end before it starts.",
        "r.starts_on <= r.ends_on",
        {"starts_on": date(2026, 5, 20)},
        column="ends_on",
    ),
    stop("cohort.S3", "A cohort has between 1 and 60 places.", Between("places", 1, 60), {"places": 0}),
    stop(
        "cohort.S4",
        "A cohort that ended before 1 April 2022 is the pilot.",
        when("r.ends_on < date '2022-04-01'", "r.is_pilot"),
        {"starts_on": date(2021, 5, 11), "ends_on": date(2021, 5, 12)},
        column="is_pilot",
    ),
    warn(
        "cohort.W1",
        "Two cohorts of one kind do not overlap.",
        "not exists (select 1 from found.cohort c where c.kind = r.kind and c.cohort_code <> r.cohort_code "
        "and c.starts_on <= r.ends_on and c.ends_on >= r.starts_on)",
        {"cohort_code": "C-2026-B"},
        column="starts_on",
    ),
)
