"""One adjustment one person asked for."""

from __future__ import annotations

from datetime import date

from expectations.lists import ADJUSTMENT, HEALTH_WORDS
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "access_request"
OWNER = "programme_lead"
EXAMPLE = {
    "access_key": "access-1",
    "person_key": "P-PARTNER1",
    "for_kind": "event",
    "target": "event-1",
    "adjustment": "captions",
    "how": "live captions please",
    "consent_on": date(2026, 5, 1),
    "asked_on": date(2026, 5, 1),
    "needed_by": date(2026, 5, 12),
    "status": "arranged",
    "settled_on": date(2026, 5, 8),
    "met": "yes",
}
RULES = (
    *usual(
        key=("access_key",),
        twice={"how": "captions on screen"},
        filled=(
            "access_key",
            "person_key",
            "for_kind",
            "adjustment",
            "consent_on",
            "asked_on",
            "needed_by",
            "status",
        ),
        codes={
            "for_kind": ("everything", "event", "activity", "session", "claiming"),
            "adjustment": ADJUSTMENT,
            "status": ("asked", "arranged", "could_not", "not_needed"),
            "met": ("yes", "partly", "no", "not_asked"),
        },
        happened=("consent_on", "asked_on", "settled_on"),
        planned=("needed_by",),
        found={"person_key": "person.person_key"},
        named={"C-S6.consent_on": "access_request.S1"},
    ),
    stop(
        "access_request.S2",
        "Nothing is needed before it is asked for.",
        "r.asked_on <= r.needed_by",
        {"needed_by": date(2026, 4, 30)},
        column="needed_by",
    ),
    stop(
        "access_request.S3",
        "A settled request says when it was settled.",
        when("r.status <> 'asked'", "r.settled_on is not null"),
        {"settled_on": None},
        column="settled_on",
    ),
    stop(
        "access_request.S4",
        "What the adjustment is for is known.",
        when(
            "r.for_kind not in ('everything', 'claiming')",
            "r.target in (select event_key from found.event where r.for_kind = 'event' "
            "union all select activity_key from found.activity where r.for_kind = 'activity' "
            "union all select session_key from found.coaching_session where r.for_kind = 'session')",
        ),
        {"target": "nowhere"},
        column="target",
    ),
    warn(
        "access_request.W1",
        "What is needed within 14 days is arranged.",
        "r.status <> 'asked' or r.needed_by not between $today and $today + 14",
        {"status": "asked", "needed_by": date(2026, 7, 5)},
        column="needed_by",
    ),
    warn(
        "access_request.W2",
        "The instruction names no health condition.",
        f"not regexp_matches(lower(r.how), '\\b({'|'.join(HEALTH_WORDS)})\\b')",
        {"how": "captions because of an illness"},
        column="how",
    ),
    warn(
        "access_request.W3",
        "Within 14 days the person was asked whether it worked.",
        "r.met is not null or r.needed_by >= $today - 14",
        {"met": None},
        column="met",
    ),
)
