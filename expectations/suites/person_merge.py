"""One decided merge of two people."""

from __future__ import annotations

from datetime import date

from expectations.rule import stop
from expectations.usual import usual

TABLE = "person_merge"
OWNER = "data_steward"
EXAMPLE = {
    "old_key": "P-PARTNER3",
    "kept_key": "P-PARTNER1",
    "decided_on": date(2026, 3, 5),
    "undone_on": None,
}
RULES = (
    *usual(
        key=("old_key",),
        twice={"kept_key": "P-PARTNER2"},
        filled=("old_key", "kept_key", "decided_on"),
        happened=("decided_on", "undone_on"),
        found={"old_key": "person.person_key", "kept_key": "person.person_key"},
        named={"C-S1": "person_merge.S4"},
    ),
    stop(
        "person_merge.S1",
        "Nobody is merged with themselves.",
        "r.old_key <> r.kept_key",
        {"kept_key": "P-PARTNER3"},
        column="kept_key",
    ),
    stop(
        "person_merge.S2",
        "The person who stays is not merged into another.",
        "r.undone_on is not null or r.kept_key not in (select old_key from found.person_merge "
        "where undone_on is null and old_key is not null)",
        {"old_key": "P-CLIENT02", "kept_key": "P-PARTNER3"},
        column="kept_key",
    ),
    stop(
        "person_merge.S3",
        "A merge is not undone before it is decided.",
        "r.decided_on <= r.undone_on",
        {"undone_on": date(2026, 3, 4)},
        column="undone_on",
    ),
)
