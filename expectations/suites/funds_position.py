"""One month end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.lists import OWNER_ROLE
from expectations.rule import stop, warn
from expectations.usual import usual

TABLE = "funds_position"
OWNER = "finance_lead"
EXAMPLE = {
    "month_end": date(2026, 6, 30),
    "restricted": Decimal("42000.00"),
    "free": Decimal("8500.00"),
    "agreed_by": "finance_lead",
}
ALSO = ({**EXAMPLE, "month_end": date(2026, 5, 31), "free": Decimal("9000.00")},)
_BEFORE = "found.funds_position f where f.month_end < r.month_end"
RULES = (
    *usual(
        key=("month_end",),
        twice={"free": Decimal("8600.00")},
        filled=("month_end", "restricted", "free", "agreed_by"),
        codes={"agreed_by": OWNER_ROLE},
        happened=("month_end",),
        named={"C-S6.agreed_by": "funds_position.S3"},
    ),
    stop(
        "funds_position.S1",
        "The day is the last of a month.",
        "r.month_end = last_day(r.month_end)",
        {"month_end": date(2026, 6, 29)},
        column="month_end",
    ),
    stop(
        "funds_position.S2",
        "Both sums are between £0 and £5,000,000.",
        "coalesce(r.restricted between 0 and 5000000, true) and coalesce(r.free between 0 and 5000000, true)",
        {"free": Decimal("-1.00")},
        column="free",
    ),
    warn(
        "funds_position.W1",
        "No month is missing.",
        f"not exists (select 1 from {_BEFORE}) or last_day(r.month_end - interval 1 month) in "
        "(select month_end from found.funds_position where month_end is not null)",
        {"month_end": date(2026, 2, 28)},
        {"month_end": date(2026, 4, 30)},
        column="month_end",
    ),
    warn(
        "funds_position.W2",
        "The money held changes by at most half in a month.",
        "(select abs((r.restricted + r.free) - arg_max(f.restricted + f.free, f.month_end)) "
        f"<= arg_max(f.restricted + f.free, f.month_end) / 2 from {_BEFORE})",
        {"restricted": Decimal("1000.00")},
        column="restricted",
    ),
)
