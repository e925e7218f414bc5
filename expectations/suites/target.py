"""One agreed level for one metric and period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.lists import OWNER_ROLE
from expectations.rule import refuse, stop, warn, when
from expectations.usual import usual

TABLE = "target"
OWNER = "programme_lead"
EXAMPLE = {
    "metric_id": "paid_within_30_days",
    "period_from": date(2026, 4, 1),
    "period_to": date(2027, 3, 31),
    "level": Decimal("95.0000"),
    "direction": "at_least",
    "owner": "finance_lead",
    "agreed_on": date(2026, 3, 20),
    "why": "Late pay harms people on benefits",
}
RULES = (
    *usual(
        key=("metric_id", "period_from"),
        twice={"level": Decimal("96.0000")},
        filled=("metric_id", "period_from", "period_to", "level", "direction", "owner", "agreed_on", "why"),
        codes={"direction": ("at_least", "at_most"), "owner": OWNER_ROLE},
        happened=("agreed_on",),
        planned=("period_from", "period_to"),
        named={"C-S6.why": "target.S3"},
    ),
    stop(
        "target.S2",
        "A period does not end before it starts.",
        "r.period_from <= r.period_to",
        {"period_to": date(2026, 3, 31)},
        column="period_to",
    ),
    refuse(
        "target.R1",
        "Nobody sets a target to cut access, travel or carer payments.",
        when("r.direction = 'at_most'", "not regexp_matches(r.metric_id, '(access|travel|carer)')"),
        {"metric_id": "access_cost", "direction": "at_most"},
        column="direction",
    ),
    warn(
        "target.W1",
        "A target's period is still running.",
        "r.period_to >= $today",
        {"period_to": date(2026, 6, 30)},
        column="period_to",
    ),
)
