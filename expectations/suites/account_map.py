"""What one account means."""

from __future__ import annotations

from datetime import date

from expectations.lists import INCOME_KIND, OWNER_ROLE
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "account_map"
OWNER = "finance_lead"
EXAMPLE = {
    "system": "xero",
    "account": "5210",
    "category": "partner_pay",
    "income_kind": None,
    "fund": "F1",
    "confirmed_by": "finance_lead",
    "confirmed_on": date(2026, 3, 4),
}
RULES = (
    *usual(
        key=("system", "account"),
        twice={"category": "access"},
        filled=("system", "account", "category", "confirmed_by", "confirmed_on"),
        codes={
            "category": (
                "partner_pay",
                "partner_expense",
                "access",
                "delivery_cost",
                "income",
                "out_of_scope",
            ),
            "income_kind": INCOME_KIND,
            "confirmed_by": OWNER_ROLE,
        },
        happened=("confirmed_on",),
        named={
            "C-S1": "account_map.S1",
            "C-S3.category": "account_map.S2",
            "C-S6.confirmed_by": "account_map.S3",
        },
    ),
    stop(
        "account_map.S4",
        "An income account says which kind of income.",
        when("r.category = 'income'", "r.income_kind is not null"),
        {"category": "income"},
        column="income_kind",
    ),
    warn(
        "account_map.W1",
        "An account keeps its meaning once lines were loaded.",
        "not exists (select 1 from found.ledger_line l where l.system = r.system and l.account = r.account "
        "and l.category <> r.category)",
        {"category": "access"},
        column="category",
    ),
)
