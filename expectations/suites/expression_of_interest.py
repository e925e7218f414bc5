"""One time one person put their hand up."""

from __future__ import annotations

from datetime import date

from expectations.lists import EOI_SOURCE
from expectations.rule import stop, utc, warn, when
from expectations.usual import usual

TABLE = "expression_of_interest"
OWNER = "programme_lead"
EXAMPLE = {
    "eoi_key": "eoi-1",
    "eoi_ref": "I-0171",
    "person_key": "P-PARTNER1",
    "received_at": utc("2026-05-14 08:30"),
    "source": "event",
    "event_key": "event-1",
    "org_code": "O-HILL",
    "wants_coach": True,
    "wants_be_coached": False,
    "wants_host": False,
    "wants_membership": False,
    "wants_hear_more": True,
    "message": None,
    "assigned_to": "JS1",
    "status": "new",
    "closed_on": None,
}
_WANTS = ("wants_coach", "wants_be_coached", "wants_host", "wants_membership", "wants_hear_more")
RULES = (
    *usual(
        key=("eoi_key",),
        twice={"source": "member"},
        filled=("eoi_key", "person_key", "received_at", "source", *_WANTS, "status"),
        codes={
            "source": EOI_SOURCE,
            "status": (
                "new",
                "in_conversation",
                "on_hold",
                "on_pathway",
                "closed_not_now",
                "closed_no_reply",
                "closed_declined",
            ),
        },
        happened=("closed_on",),
        happened_at=("received_at",),
        found={
            "event_key": "event.event_key",
            "org_code": "organisation.org_code",
            "person_key": "person.person_key",
        },
        named={"C-S6.person_key": "expression_of_interest.S1"},
    ),
    stop(
        "expression_of_interest.S2",
        "An enquiry asks for at least one thing.",
        " or ".join(f"r.{column}" for column in _WANTS),
        dict.fromkeys(_WANTS, False),
        column="wants_hear_more",
    ),
    stop(
        "expression_of_interest.S3",
        "A closed enquiry says when it was closed.",
        when("starts_with(r.status, 'closed')", "r.closed_on is not null"),
        {"status": "closed_not_now"},
        column="closed_on",
    ),
    stop(
        "expression_of_interest.S4",
        "An enquiry is not closed before it came.",
        "r.received_at::date <= r.closed_on",
        {"status": "closed_not_now", "closed_on": date(2026, 5, 13)},
        column="closed_on",
    ),
    warn(
        "expression_of_interest.W1",
        "Nobody puts their hand up twice within 30 days.",
        "not exists (select 1 from found.expression_of_interest e where e.person_key = r.person_key "
        "and e.eoi_key <> r.eoi_key and abs(date_diff('day', e.received_at, r.received_at)) <= 30)",
        {"eoi_key": "eoi-2", "eoi_ref": "I-0172"},
        column="person_key",
    ),
    warn(
        "expression_of_interest.W2",
        "Fewer than five enquiries of a file have no source recorded.",
        "r.source <> 'not_recorded' or r.source_sha not in "
        "(select source_sha from $rows where source = 'not_recorded' group by 1 having count(*) >= 5)",
        *({"eoi_key": f"eoi-{n}", "source": "not_recorded"} for n in range(5)),
        column="source",
    ),
)
