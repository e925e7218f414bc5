"""One line of an account the programme uses, as booked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.rule import Holds, stop, warn, when
from expectations.usual import usual

TABLE = "ledger_line"
OWNER = "finance_lead"
EXAMPLE = {
    "ledger_key": "ledger-1",
    "system": "xero",
    "document_id": "B-77",
    "line": 1,
    "booked_on": date(2026, 6, 26),
    "account": "5210",
    "category": "partner_pay",
    "person_key": "P-PARTNER1",
    "amount": Decimal("60.00"),
    "claim_ref": "CL-0204",
    "payment_key": "payment-1",
    "bank_confirmed_on": None,
}
_LINE = ("source_sha", "system", "booked_on", "account", "amount", "person_key", "claim_ref")
RULES = (
    *usual(
        key=("ledger_key",),
        twice={"amount": Decimal("61.00")},
        filled=("ledger_key", "system", "document_id", "line", "booked_on", "account", "category", "amount"),
        codes={
            "system": ("xero", "quickbooks", "sage", "expenses", "bank"),
            "category": ("partner_pay", "partner_expense", "access", "delivery_cost"),
        },
        happened=("booked_on", "bank_confirmed_on"),
        money=("amount",),
        found={"person_key": "person.person_key", "payment_key": "payment.payment_key"},
        named={"C-S6.document_id": "ledger_line.S2"},
    ),
    stop(
        "ledger_line.S1",
        "Pay to a partner names a payee who is confirmed.",
        when("r.category = 'partner_pay'", "r.person_key is not null"),
        {"person_key": None},
        column="person_key",
    ),
    stop(
        "ledger_line.S4",
        "The account is in the account map.",
        "hash(r.system, r.account) in (select hash(system, account) from found.account_map)",
        {"account": "9999"},
        column="account",
    ),
    warn(
        "ledger_line.W1",
        "Pay to a partner matches a claim.",
        "r.category <> 'partner_pay' or r.payment_key is not null "
        "or r.claim_ref in (select claim_ref from found.payment where claim_ref is not null) "
        "or exists (select 1 from found.payment p where p.person_key = r.person_key and p.amount = r.amount "
        "and p.claim_valid_on between r.booked_on - 120 and r.booked_on)",
        {"payment_key": None, "claim_ref": "CL-9999", "amount": Decimal("61.50")},
        column="claim_ref",
    ),
    warn(
        "ledger_line.W2",
        "No two lines of a file are the same.",
        Holds(
            f"hash({', '.join(f'r.{column}' for column in _LINE)}) not in (select line from $aside)",
            f"select hash({', '.join(_LINE)}) as line from $rows group by 1 "
            "having count(*) > 1 and min(hash(ledger_key)) <> max(hash(ledger_key))",
        ),
        {},
        {"ledger_key": "ledger-2", "document_id": "B-78"},
        column="amount",
    ),
)
