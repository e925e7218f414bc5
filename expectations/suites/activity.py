"""One training day, supervision or other gathering."""

from __future__ import annotations

from datetime import date

from expectations.lists import ACTIVITY_KIND
from expectations.rule import Between, stop, warn, when
from expectations.usual import usual

TABLE = "activity"
OWNER = "programme_lead"
EXAMPLE = {
    "activity_key": "activity-1",
    "activity_code": "A-2026-07",
    "kind": "supervision",
    "title": "June supervision",
    "on_day": date(2026, 6, 23),
    "mins": 90,
    "cohort_code": "C-2026-A",
    "places": 14,
    "partners_designed": False,
    "partners_delivered": True,
    "partners_analysed": False,
    "is_paid": True,
}
_ONE = {**EXAMPLE, "kind": "peer_coaching", "cohort_code": None}
ALSO = (
    {**_ONE, "activity_key": "activity-2", "activity_code": "A-2026-08", "on_day": date(2026, 6, 30)},
    {**_ONE, "activity_key": "activity-3", "activity_code": "A-2026-09", "on_day": date(2026, 7, 21)},
    {**_ONE, "activity_key": "activity-4", "activity_code": "A-2026-10", "on_day": date(2026, 6, 25)},
    {**_ONE, "activity_key": "activity-5", "activity_code": "A-2026-11", "on_day": date(2026, 6, 26)},
    {**_ONE, "activity_key": "activity-6", "activity_code": "A-2026-12", "on_day": date(2026, 6, 29)},
)
_PAID = ("training_day", "supervision", "co_design", "co_analysis", "recruitment_panel")
RULES = (
    *usual(
        key=("activity_key",),
        twice={"title": "Supervision"},
        filled=(
            "activity_key",
            "activity_code",
            "kind",
            "title",
            "on_day",
            "partners_designed",
            "partners_delivered",
            "partners_analysed",
            "is_paid",
        ),
        codes={"kind": ACTIVITY_KIND},
        planned=("on_day",),
        found={"cohort_code": "cohort.cohort_code"},
        named={"C-S1": "activity.S1", "C-S6.title": "activity.S4"},
    ),
    stop("activity.S2", "An activity lasts between 10 and 600 minutes.", Between("mins", 10, 600), {"mins": 5}),
    stop(
        "activity.S3",
        "A training day names its cohort.",
        when("r.kind = 'training_day'", "r.cohort_code is not null"),
        {"kind": "training_day", "cohort_code": None},
        column="cohort_code",
    ),
    warn(
        "activity.W1",
        "Attendance has come within seven days of the activity.",
        "r.on_day >= $today - 7 or r.activity_key in "
        "(select activity_key from found.activity_attendance where activity_key is not null)",
        {"activity_key": "activity-8", "title": "May supervision", "on_day": date(2026, 5, 26)},
        column="activity_code",
    ),
    warn(
        "activity.W2",
        "Partners are paid for this kind of activity.",
        f"r.is_paid or r.kind not in {_PAID}",
        {"is_paid": False},
        column="is_paid",
    ),
    warn(
        "activity.W3",
        "No two activities share title and day.",
        "not exists (select 1 from found.activity a where a.title = r.title and a.on_day = r.on_day "
        "and a.activity_code <> r.activity_code)",
        {"activity_key": "activity-8", "activity_code": "A-2026-18"},
        column="title",
    ),
)
