"""One sum of money in for the programme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.lists import INCOME_KIND
from expectations.rule import Between, stop, warn
from expectations.usual import usual

TABLE = "income"
OWNER = "finance_lead"
EXAMPLE = {
    "income_key": "income-1",
    "income_ref": "IN-0019",
    "kind": "client_fee",
    "org_code": "O-HILL",
    "amount": Decimal("1800.00"),
    "invoiced_on": date(2026, 6, 1),
    "due_on": date(2026, 7, 1),
    "received_on": date(2026, 6, 24),
    "covers_from": date(2026, 6, 1),
    "covers_to": date(2026, 11, 30),
    "sessions_bought": 6,
    "is_restricted": False,
}
RULES = (
    *usual(
        key=("income_key",),
        twice={"amount": Decimal("1900.00")},
        filled=("income_key", "income_ref", "kind", "amount"),
        codes={"kind": INCOME_KIND},
        happened=("invoiced_on", "received_on"),
        planned=("due_on", "covers_from", "covers_to"),
        found={"org_code": "organisation.org_code"},
        named={"C-S6.income_ref": "income.S1"},
    ),
    stop(
        "income.S2",
        "Income was invoiced or has come.",
        "r.invoiced_on is not null or r.received_on is not null",
        {"invoiced_on": None, "received_on": None},
        column="received_on",
    ),
    stop(
        "income.S3",
        "The work paid for does not end before it starts.",
        "r.covers_from <= r.covers_to",
        {"covers_to": date(2026, 5, 31)},
        column="covers_to",
    ),
    stop(
        "income.S4",
        "An invoice is not due before it is sent.",
        "r.invoiced_on <= r.due_on",
        {"due_on": date(2026, 5, 31)},
        column="due_on",
    ),
    stop(
        "income.S5",
        "A sum is between 1p and £2,000,000.",
        Between("amount", 0.01, 2_000_000),
        {"amount": Decimal("0.00")},
    ),
    warn(
        "income.W1",
        "Money comes within 30 days of being due.",
        "r.received_on is not null or r.due_on is null or r.due_on >= $today - 30",
        {"received_on": None, "due_on": date(2026, 5, 31), "invoiced_on": date(2026, 5, 1)},
        column="received_on",
    ),
    warn(
        "income.W2",
        "A client's fee names an organisation that has a pair.",
        # The accounts give the money, the staff list the organisation: either may come first.
        "r.kind <> 'client_fee' or exists (select 1 from found.income i "
        "join found.application a on a.org_code = i.org_code "
        "join found.coaching_match m on m.client_key = a.application_key where i.income_key = r.income_key)",
        {"income_key": "income-9", "org_code": None},
        column="org_code",
    ),
    warn(
        "income.W3",
        "One organisation does not pay the same sum twice on one day.",
        "not exists (select 1 from found.income i where i.org_code = r.org_code and i.amount = r.amount "
        "and i.received_on = r.received_on and i.income_ref <> r.income_ref)",
        {"income_key": "income-2", "income_ref": "IN-0020"},
        column="amount",
    ),
)
