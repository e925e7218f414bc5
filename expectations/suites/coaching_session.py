"""One planned or held meeting of one pair."""

from __future__ import annotations

from datetime import date

from expectations.lists import SESSION_STATUS
from expectations.rule import Between, Holds, stop, utc, warn, when
from expectations.usual import usual

TABLE = "coaching_session"
OWNER = "programme_lead"
EXAMPLE = {
    "session_key": "session-1",
    "match_key": "match-1",
    "on_day": date(2026, 6, 16),
    "start_at": utc("2026-06-16 13:00"),
    "slot": 1,
    "planned_mins": 60,
    "held_mins": 60,
    "mode": "video",
    "paid_kind": "paid",
    "funded_by": "client",
    "status": "held",
    "recorded_on": date(2026, 6, 16),
}
_MISSED = ("missed_client", "missed_partner")
RULES = (
    *usual(
        key=("session_key",),
        twice={"held_mins": 45},
        filled=("session_key", "match_key", "on_day", "slot", "mode", "paid_kind", "funded_by", "status"),
        codes={
            "mode": ("video", "phone", "in_person", "not_recorded"),
            "paid_kind": ("paid", "pro_bono", "not_recorded"),
            "funded_by": ("client", "grant", "none", "not_recorded"),
            "status": SESSION_STATUS,
        },
        happened=("recorded_on",),
        planned=("on_day",),
        planned_at=("start_at",),
        found={"match_key": "coaching_match.match_key"},
        named={"C-S5.match_key": "coaching_session.S1"},
    ),
    stop(
        "coaching_session.S2",
        "A session lies between the pair's start and 30 days after its end.",
        "(select bool_or(r.on_day >= m.matched_on and (m.ended_on is null or r.on_day <= m.ended_on + 30)) "
        "from found.coaching_match m where m.match_key = r.match_key)",
        {"on_day": date(2026, 6, 1)},
        column="on_day",
    ),
    stop(
        "coaching_session.S3",
        "A session that was held or missed is not in the future.",
        when(f"r.status in {('held', *_MISSED)}", "r.on_day <= $today"),
        {"on_day": date(2026, 7, 2)},
        column="on_day",
    ),
    stop(
        "coaching_session.S4",
        "A session lasts between 5 and 300 minutes.",
        Between("held_mins", 5, 300),
        {"held_mins": 301},
    ),
    stop(
        "coaching_session.S5",
        "A session that was held says when a person confirmed it.",
        when("r.status = 'held'", "r.recorded_on is not null"),
        {"recorded_on": None},
        column="recorded_on",
    ),
    warn(
        "coaching_session.W1",
        "Within seven days a booking is recorded as held or not.",
        "r.status <> 'booked' or r.on_day >= $today - 7",
        {"status": "booked"},
        column="status",
    ),
    warn(
        "coaching_session.W2",
        "No side misses three sessions in a row.",
        f"r.status not in {_MISSED} or hash(r.match_key, r.on_day, r.slot) not in "
        "(select hash(match_key, on_day, slot) from (select match_key, on_day, slot, status, "
        "lag(status, 1) over pair as one, lag(status, 2) over pair as two from "
        "(select distinct match_key, on_day, slot, status from found.coaching_session where match_key is not null) "
        f"window pair as (partition by match_key order by on_day, slot)) where status in {_MISSED} "
        "and one = status and two = status)",
        *(
            {
                "session_key": f"session-m{n}",
                "on_day": date(2026, 6, 17 + n),
                "status": "missed_client",
                "held_mins": None,
            }
            for n in range(3)
        ),
        column="status",
    ),
    warn(
        "coaching_session.W3",
        "A session that was held gives its minutes.",
        when("r.status = 'held'", "r.held_mins is not null"),
        {"held_mins": None},
        column="held_mins",
    ),
    warn(
        "coaching_session.W4",
        "No two held sessions of one partner overlap.",
        Holds(
            "r.status <> 'held' or r.session_key not in (select session_key from $aside)",
            "select session_key from (select session_key, start_at, max(start_at + to_minutes(held_mins)) over "
            "(partition by partner_key order by start_at, session_key "
            "rows between unbounded preceding and 1 preceding) as busy_until from "
            "(select session_key, arg_max(match_key, as_of) as match_key, arg_max(start_at, as_of) as start_at, "
            "arg_max(held_mins, as_of) as held_mins from found.coaching_session "
            "where status = 'held' and start_at is not null group by session_key) "
            "join (select match_key, any_value(partner_key) as partner_key from found.coaching_match group by 1) "
            "using (match_key)) where start_at < busy_until",
        ),
        {"session_key": "session-2", "slot": 2},
        column="start_at",
    ),
)
