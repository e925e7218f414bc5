"""One event on one day."""

from __future__ import annotations

from expectations.rule import stop, utc, warn
from expectations.usual import usual

TABLE = "event"
OWNER = "events_lead"
EXAMPLE = {
    "event_key": "event-1",
    "event_code": "EV-2026-02",
    "title": "Working together well",
    "kind": "webinar",
    "starts_at": utc("2026-05-12 09:00"),
    "ends_at": utc("2026-05-12 10:30"),
    "platform": "zoom",
    "tool_unique_count": 1,
    "time_zone": "Europe/London",
}
RULES = (
    *usual(
        key=("event_key",),
        twice={"title": "Working together"},
        filled=("event_key", "title", "kind", "platform"),
        codes={
            "kind": ("webinar", "open_meeting", "conference", "workshop"),
            "platform": ("zoom", "teams", "eventbrite", "in_person", "other"),
        },
        planned_at=("starts_at", "ends_at"),
        named={"C-S6.title": "event.S2"},
    ),
    stop(
        "event.S1",
        "An event code looks like EV-2026-02.",
        "regexp_full_match(r.event_code, 'EV-[0-9]{4}-[0-9]{2}[A-Z]?')",
        {"event_code": "EV-26"},
        column="event_code",
    ),
    stop(
        "event.S3",
        "An event ends after it starts, and within three days.",
        "r.ends_at > r.starts_at and r.ends_at <= r.starts_at + interval 3 day",
        {"ends_at": utc("2026-05-12 08:00")},
        column="ends_at",
    ),
    warn(
        "event.W1",
        "The same title is not used twice on one day.",
        "not exists (select 1 from found.event e where lower(trim(e.title)) = lower(trim(r.title)) "
        "and e.starts_at::date = r.starts_at::date and e.event_key <> r.event_key)",
        {"event_key": "event-2"},
        column="title",
    ),
    warn(
        "event.W2",
        "Attendance has come within seven days of the event.",
        "r.starts_at is null or r.starts_at >= $today - interval 7 day "
        "or r.event_key in (select event_key from found.event_attendance where event_key is not null)",
        {"event_key": "event-unseen", "title": "Another event"},
        column="event_key",
    ),
    warn(
        "event.W3",
        "Our count of people differs from the tool's own by at most two.",
        "abs(r.tool_unique_count - (select count(distinct attendee_key) from found.event_attendance a "
        "where a.event_key = r.event_key and a.role in ('attendee', 'phone'))) <= 2",
        {"tool_unique_count": 9},
        column="tool_unique_count",
    ),
)
