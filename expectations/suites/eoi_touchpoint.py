"""One contact about one expression of interest."""

from __future__ import annotations

from datetime import date

from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "eoi_touchpoint"
OWNER = "programme_lead"
EXAMPLE = {
    "touch_key": "touch-1",
    "eoi_key": "eoi-1",
    "on_day": date(2026, 5, 18),
    "direction": "out",
    "channel": "phone",
    "ordinal": None,
    "is_automatic": False,
    "outcome": "spoke",
    "by_staff": "JS1",
    "next_due_on": date(2026, 7, 6),
}
RULES = (
    *usual(
        key=("touch_key",),
        twice={"outcome": "left_message"},
        filled=("touch_key", "eoi_key", "on_day", "direction", "channel", "is_automatic", "outcome", "by_staff"),
        codes={
            "direction": ("out", "in"),
            "channel": ("email", "phone", "meeting", "other"),
            "outcome": ("spoke", "left_message", "replied", "booked_call", "not_now", "no_reply"),
        },
        happened=("on_day",),
        planned=("next_due_on",),
        found={"eoi_key": "expression_of_interest.eoi_key"},
        named={"C-S5.eoi_key": "eoi_touchpoint.S1"},
    ),
    stop(
        "eoi_touchpoint.S2",
        "Nobody answers an enquiry before it came.",
        "r.on_day >= (select min(e.received_at)::date from found.expression_of_interest e where e.eoi_key = r.eoi_key)",
        {"on_day": date(2026, 5, 13)},
        column="on_day",
    ),
    stop(
        "eoi_touchpoint.S3",
        "The next contact is not due before this one.",
        "r.next_due_on >= r.on_day",
        {"next_due_on": date(2026, 5, 17)},
        column="next_due_on",
    ),
    stop(
        "eoi_touchpoint.S4",
        "What comes in is not automatic.",
        when("r.direction = 'in'", "not r.is_automatic"),
        {"direction": "in", "is_automatic": True},
        column="is_automatic",
    ),
    warn(
        "eoi_touchpoint.W1",
        "An open enquiry's next contact is not overdue.",
        "r.next_due_on >= $today or r.next_due_on is null "
        "or exists (select 1 from found.eoi_touchpoint t where t.eoi_key = r.eoi_key  and t.on_day > r.on_day) "
        "or not exists (select 1 from found.expression_of_interest e where e.eoi_key = r.eoi_key "
        "and not starts_with(e.status, 'closed') and e.status <> 'on_pathway')",
        {"on_day": date(2026, 5, 30), "next_due_on": date(2026, 6, 1)},
        column="next_due_on",
    ),
    warn(
        "eoi_touchpoint.W2",
        "Five contacts of ours have brought at least one reply.",
        "(select count(*) filter (where x.direction = 'out') < 5 or count(*) filter (where x.direction = 'in') > 0 "
        "from $rows x where x.source_sha = r.source_sha and x.eoi_key = r.eoi_key)",
        *({"touch_key": f"touch-{n}", "on_day": date(2026, 5, 18 + n)} for n in range(5)),
        column="eoi_key",
    ),
)
