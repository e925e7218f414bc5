"""One registrant of one event."""

from __future__ import annotations

from decimal import Decimal

from expectations.lists import EOI_SOURCE
from expectations.rule import Between, stop, utc, warn
from expectations.usual import usual

TABLE = "event_registration"
OWNER = "events_lead"
EXAMPLE = {
    "registration_key": "registration-1",
    "event_key": "event-1",
    "attendee_key": "attendee-1",
    "person_key": "P-PARTNER1",
    "org_code": "O-HILL",
    "registered_at": utc("2026-05-02 18:04"),
    "status": "registered",
    "tickets": 1,
    "ticket_type": "General",
    "face_value": Decimal("0.00"),
    "heard_from": "member",
    "platform": "zoom",
}
RULES = (
    *usual(
        key=("registration_key",),
        twice={"status": "cancelled"},
        filled=("registration_key", "event_key", "attendee_key", "status", "tickets", "platform"),
        codes={
            "status": ("registered", "pending", "waitlisted", "cancelled", "refunded", "denied"),
            "heard_from": EOI_SOURCE,
        },
        happened_at=("registered_at",),
        found={
            "event_key": "event.event_key",
            "org_code": "organisation.org_code",
            "person_key": "person.person_key",
        },
        named={"C-S6.attendee_key": "event_registration.S1"},
    ),
    stop(
        "event_registration.S2",
        "A registration is not later than the day after the event.",
        "r.registered_at <= (select max(coalesce(e.ends_at, e.starts_at)) from found.event e "
        "where e.event_key = r.event_key) + interval 1 day",
        {"registered_at": utc("2026-05-14 09:00")},
        column="registered_at",
    ),
    stop(
        "event_registration.S3",
        "A registration has between 1 and 20 tickets.",
        Between("tickets", 1, 20),
        {"tickets": 0},
    ),
    stop(
        "event_registration.S4",
        "The price printed on a ticket is between £0 and £2,000.",
        Between("face_value", 0, 2000),
        {"face_value": Decimal("2500.00")},
    ),
    warn(
        "event_registration.W1",
        "Fewer than ten registrants of a file have no e-mail address.",
        "r.person_key is not null or r.source_sha not in "
        "(select source_sha from $rows where person_key is null group by 1 having count(*) >= 10)",
        *({"registration_key": f"r-{n}", "attendee_key": f"a-{n}", "person_key": None} for n in range(10)),
        column="person_key",
    ),
)
