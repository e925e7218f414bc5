"""One person invited to one activity."""

from __future__ import annotations

from expectations.lists import ENDS
from expectations.rule import Between, stop, warn, when
from expectations.usual import usual

TABLE = "activity_attendance"
OWNER = "programme_lead"
EXAMPLE = {"activity_key": "activity-1", "person_key": "P-PARTNER1", "status": "attended", "mins": 90}
_ABSENT = ("absent", "absent_told_us")
RULES = (
    *usual(
        key=("activity_key", "person_key"),
        twice={"status": "part"},
        filled=("activity_key", "person_key", "status"),
        codes={"status": ("offered", "attended", "part", *_ABSENT)},
        found={"activity_key": "activity.activity_key", "person_key": "person.person_key"},
        named={"C-S1": "activity_attendance.S4", "C-S5.activity_key": "activity_attendance.S1"},
    ),
    stop(
        "activity_attendance.S2",
        "Nobody has attended an activity that is still to come.",
        when(
            "r.status in ('attended', 'part')",
            "(select coalesce(min(a.on_day) <= $today, true) from found.activity a "
            "where a.activity_key = r.activity_key)",
        ),
        {"activity_key": "activity-3"},
        column="status",
    ),
    stop(
        "activity_attendance.S3",
        "Minutes present are between 0 and 600.",
        Between("mins", 0, 600),
        {"mins": 601},
    ),
    warn(
        "activity_attendance.W1",
        "Whoever attended had a journey that was open.",
        "r.status not in ('attended', 'part') or exists (select 1 from found.application a "
        "join found.activity d on d.activity_key = r.activity_key left join (select application_key, "
        f"min(entered_on) as on_day from found.pathway_stage where stage in {ENDS} group by all) gone "
        "on gone.application_key = a.application_key where a.person_key = r.person_key "
        "and (gone.on_day is null or gone.on_day >= d.on_day))",
        {"activity_key": "activity-2", "person_key": "P-CLIENT01"},
        column="person_key",
    ),
    warn(
        "activity_attendance.W2",
        "Nobody is absent three times in a row from one kind of activity.",
        f"r.status not in {_ABSENT} or hash(r.activity_key, r.person_key) not in "
        "(select hash(activity_key, person_key) from (select p.activity_key, p.person_key, "
        f"p.status in {_ABSENT} as away, lag(away, 1) over own as one, lag(away, 2) over own as two "
        "from (select distinct activity_key, person_key, status from found.activity_attendance) p "
        "join (select distinct activity_key, kind, on_day from found.activity) a using (activity_key) "
        "window own as (partition by p.person_key, a.kind order by a.on_day)) where away and one and two)",
        *({"activity_key": key, "status": "absent"} for key in ("activity-4", "activity-5", "activity-6")),
        column="status",
    ),
)
