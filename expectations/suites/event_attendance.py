"""One unbroken stretch of one attendee's presence at one event."""

from __future__ import annotations

from expectations.rule import Between, stop, utc, warn, when
from expectations.usual import usual

TABLE = "event_attendance"
OWNER = "events_lead"
EXAMPLE = {
    "attendance_key": "attendance-1",
    "event_key": "event-1",
    "attendee_key": "attendee-1",
    "person_key": "P-PARTNER1",
    "role": "attendee",
    "joined_at": utc("2026-05-12 09:02"),
    "left_at": utc("2026-05-12 10:29"),
    "segment": 1,
    "evidence": "join_log",
    "stated_minutes": None,
}
RULES = (
    *usual(
        key=("attendance_key",),
        twice={"role": "host"},
        filled=("attendance_key", "event_key", "attendee_key", "role", "segment", "evidence"),
        codes={
            "role": ("host", "panelist", "attendee", "phone", "bot"),
            "evidence": ("join_log", "total_only", "check_in", "staff_list"),
        },
        happened_at=("joined_at", "left_at"),
        found={"event_key": "event.event_key", "person_key": "person.person_key"},
        named={"C-S3.evidence": "event_attendance.S4"},
    ),
    stop(
        "event_attendance.S1",
        "People join within three hours of the event.",
        "r.joined_at between "
        "(select min(e.starts_at) from found.event e where e.event_key = r.event_key) - interval 3 hour and "
        "(select max(coalesce(e.ends_at, e.starts_at)) from found.event e where e.event_key = r.event_key) "
        "+ interval 3 hour",
        {"joined_at": utc("2026-05-12 05:00")},
        column="joined_at",
    ),
    stop(
        "event_attendance.S2",
        "A row of a join log says when the person joined.",
        when("r.evidence = 'join_log'", "r.joined_at is not null"),
        {"joined_at": None},
        column="joined_at",
    ),
    stop(
        "event_attendance.S3",
        "Minutes given by the tool are between 0 and 1,440.",
        Between("stated_minutes", 0, 1440),
        {"stated_minutes": 1441},
    ),
    warn(
        "event_attendance.W1",
        "Nobody leaves before they join (they count as present, minutes unknown).",
        "r.joined_at <= r.left_at",
        {"left_at": utc("2026-05-12 09:00")},
        column="left_at",
    ),
    warn(
        "event_attendance.W2",
        "Fewer than five attendees of a file have no e-mail address.",
        "r.person_key is not null or r.source_sha not in (select source_sha from $rows "
        "where person_key is null and role <> 'bot' group by 1 having count(distinct attendee_key) >= 5)",
        *({"attendance_key": f"k-{n}", "attendee_key": f"a-{n}", "person_key": None} for n in range(5)),
        column="person_key",
    ),
    warn("event_attendance.W3", "No bot joined.", "r.role <> 'bot'", {"role": "bot"}, column="role"),
)
