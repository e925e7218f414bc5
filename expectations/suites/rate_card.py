"""One rate from one day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.lists import OWNER_ROLE, PAYMENT_KIND
from expectations.rule import Between, stop, warn
from expectations.usual import usual

TABLE = "rate_card"
OWNER = "finance_lead"
EXAMPLE = {
    "rate_version": "2026-1",
    "kind": "session_fee",
    "unit": "session",
    "rate": Decimal("60.00"),
    "from_on": date(2026, 4, 1),
    "agreed_by": "finance_lead",
}
RULES = (
    *usual(
        key=("rate_version", "kind", "unit"),
        twice={"rate": Decimal("61.00")},
        filled=("rate_version", "kind", "unit", "rate", "from_on", "agreed_by"),
        codes={
            "kind": PAYMENT_KIND,
            "unit": ("hour", "half_day", "day", "session", "mile"),
            "agreed_by": OWNER_ROLE,
        },
        planned=("from_on",),
        named={"C-S1": "rate_card.S1", "C-S6.agreed_by": "rate_card.S3"},
    ),
    stop(
        "rate_card.S2",
        "A rate is between 1p and £500.",
        Between("rate", 0.01, 500),
        {"rate": Decimal("501.00")},
    ),
    warn(
        "rate_card.W1",
        "A rate is not lower than the one before.",
        "not exists (select 1 from found.rate_card c where c.kind = r.kind and c.unit = r.unit "
        "and c.from_on < r.from_on and c.rate > r.rate)",
        {"rate_version": "2026-2", "rate": Decimal("55.00"), "from_on": date(2026, 6, 1)},
        column="rate",
    ),
)
