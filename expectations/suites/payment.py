"""One line of one claim by one Lived Experience Partner."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.lists import PAYMENT_KIND
from expectations.rule import Holds, refuse, stop, warn, when
from expectations.usual import usual

TABLE = "payment"
OWNER = "finance_lead"
EXAMPLE = {
    "payment_key": "payment-1",
    "claim_ref": "CL-0204",
    "line": 1,
    "person_key": "P-PARTNER1",
    "kind": "session_fee",
    "work_on": date(2026, 6, 16),
    "session_key": "session-1",
    "activity_key": None,
    "amount": Decimal("60.00"),
    "claim_received_on": date(2026, 6, 18),
    "claim_valid_on": date(2026, 6, 18),
    "approved_on": date(2026, 6, 22),
    "paid_on": date(2026, 6, 26),
    "declined_by_choice": False,
    "paid_to": "self",
    "rate_version": "2026-1",
    "fund": "F1",
}
RULES = (
    *usual(
        key=("payment_key",),
        twice={"amount": Decimal("61.00")},
        filled=(
            "payment_key",
            "claim_ref",
            "line",
            "person_key",
            "kind",
            "work_on",
            "amount",
            "declined_by_choice",
            "paid_to",
        ),
        codes={"kind": PAYMENT_KIND, "paid_to": ("self", "nominated", "voucher")},
        happened=("work_on", "claim_received_on", "claim_valid_on", "approved_on", "paid_on"),
        found={
            "session_key": "coaching_session.session_key",
            "activity_key": "activity.activity_key",
            "person_key": "person.person_key",
        },
        named={"C-S5.person_key": "payment.S5"},
    ),
    stop(
        "C-S4.amount",
        "Amount is between 1p and £50,000, unless the person chose not to be paid.",
        "r.declined_by_choice or abs(r.amount) between 0.01 and 50000",
        {"amount": Decimal("60000.00")},
        column="amount",
    ),
    stop(
        "payment.S1",
        "A claim is not complete before it is received.",
        "r.claim_received_on <= r.claim_valid_on",
        {"claim_received_on": date(2026, 6, 19)},
        column="claim_valid_on",
    ),
    stop(
        "payment.S2",
        "A claim is complete, then approved, then paid.",
        "coalesce(r.claim_valid_on <= r.approved_on, true) and coalesce(r.approved_on <= r.paid_on, true) "
        "and coalesce(r.claim_valid_on <= r.paid_on, true)",
        {"paid_on": date(2026, 6, 20)},
        column="paid_on",
    ),
    stop(
        "payment.S3",
        "A payment that someone chose not to take has no claim dates and no amount.",
        when(
            "r.declined_by_choice",
            "r.amount = 0 and r.claim_received_on is null and r.claim_valid_on is null "
            "and r.approved_on is null and r.paid_on is null",
        ),
        {"declined_by_choice": True},
        column="declined_by_choice",
    ),
    refuse(
        "payment.R2",
        "A claim reference belongs to one person.",
        Holds(
            "hash(r.source_sha, r.claim_ref) not in (select claim from $aside)",
            "select hash(source_sha, claim_ref) as claim from $rows group by 1 "
            "having min(hash(person_key)) <> max(hash(person_key))",
        ),
        {},
        {"payment_key": "payment-2", "line": 2, "person_key": "P-CLIENT01"},
        column="claim_ref",
    ),
    warn(
        "payment.W1",
        "A complete claim is paid within 30 days.",
        "r.paid_on is not null or r.claim_valid_on > $today - 30",
        {"claim_received_on": date(2026, 5, 1), "claim_valid_on": date(2026, 5, 1), "paid_on": None},
        column="claim_valid_on",
    ),
    warn(
        "payment.W2",
        "A session fee is not below the rate card.",
        "r.kind <> 'session_fee' or r.declined_by_choice or r.amount >= (select min(rate) "
        "from found.rate_card c where c.rate_version = r.rate_version and c.kind = r.kind "
        "and c.unit = 'session')",
        {"amount": Decimal("40.00")},
        column="amount",
    ),
    warn(
        "payment.W3",
        "The same person is not paid the same amount twice for one day and kind of work.",
        Holds(
            "hash(r.source_sha, r.person_key, r.work_on, r.kind, r.amount) not in (select paid from $aside)",
            "select hash(source_sha, person_key, work_on, kind, amount) as paid from $rows group by 1 "
            "having count(*) > 1 and min(hash(payment_key)) <> max(hash(payment_key))",
        ),
        {},
        {"payment_key": "payment-2", "line": 2},
        column="amount",
    ),
    warn(
        "payment.W4",
        "One line is at most £1,000.",
        "r.amount <= 1000",
        {"amount": Decimal("1200.00")},
        column="amount",
    ),
    warn(
        "payment.W5",
        "A session fee names its session.",
        "r.kind <> 'session_fee' or r.session_key is not null",
        {"session_key": None},
        column="session_key",
    ),
)
