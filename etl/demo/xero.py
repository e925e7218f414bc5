"""Xero exports: the account transactions report of each quarter, and the bills export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.demo.money import Bill, Entry
from etl.demo.sheets import write_rows

ORGANISATION = "Voices demonstration (invented)"
WIDE = ("Date", "Source", "Description", "Reference", "Debit", "Credit", "Running Balance", "Gross", "Tax")
NOTHING = Decimal(0)
DELIVERY_CODE = "5300"


def write_transactions(
    path: Path, start: date, until: date, entries: Sequence[Entry], *, slip: Decimal = NOTHING
) -> None:
    """The report of one quarter. Accounts run on from the first of April, so later quarters open with a balance.

    slip: pounds by which the first section's printed total is wrong; not zero makes a file to refuse.
    """
    opened = date(start.year - (start.month < 4), 4, 1)
    rows = [["Account Transactions"], [ORGANISATION]]
    rows += [[f"For the period {_long(start)} to {_long(until)}"], [], list(WIDE), []]
    debits = credits_ = gross = tax = running = NOTHING
    sections: dict[str, list[Entry]] = {}
    for entry in entries:
        if opened <= entry.on <= until:
            sections.setdefault(entry.account, []).append(entry)
    for account, booked in sorted(sections.items()):
        before = sum((e.net for e in booked if e.on < start), NOTHING)
        inside = [e for e in booked if e.on >= start]
        rows.append([account])
        if before:
            rows.append(["Opening Balance", "", "", "", *_sides(before), _money(before), "0.00", "0.00"])
        balance = before
        for entry in inside:
            balance += entry.net
            rows.append(_line(entry, balance))
        debit = sum((max(e.net, NOTHING) for e in inside), NOTHING)
        credit = sum((max(-e.net, NOTHING) for e in inside), NOTHING)
        taxed = sum((e.tax for e in inside), NOTHING)
        printed = [debit + slip, credit, balance, debit - credit + taxed, taxed]
        slip = NOTHING
        rows.append([f"Total {account}", "", "", "", *(_money(amount) for amount in printed)])
        if before:
            rows.append(["Closing Balance", "", "", "", *_sides(balance), _money(balance), "0.00", "0.00"])
        rows.append([])
        debits, credits_, running = debits + debit, credits_ + credit, running + balance
        gross, tax = gross + debit - credit + taxed, tax + taxed
    rows.append(["Total", "", "", "", *(_money(amount) for amount in (debits, credits_, running, gross, tax))])
    write_rows(path, [row + [""] * (len(WIDE) - len(row)) for row in rows])


def _line(entry: Entry, balance: Decimal) -> list[str]:
    return [
        f"{entry.on:%d %b %Y}",
        entry.source,
        f"{entry.payee} - {entry.text}" if entry.text else entry.payee,
        entry.reference,
        *_sides(entry.net),
        _money(balance),
        _money(entry.net + entry.tax),
        _money(entry.tax),
    ]


def _sides(amount: Decimal) -> list[str]:
    return [_money(max(amount, NOTHING)), _money(max(-amount, NOTHING))]


def _money(amount: Decimal) -> str:
    return f"({-amount:,.2f})" if amount < 0 else f"{amount:,.2f}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def write_bills(path: Path, bills: Sequence[Bill]) -> None:
    """Every bill, one row per line; the bill's total stands on each of its lines."""
    headings = "*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,PaidDate,Total"
    headings += (
        ",InvoiceAmountPaid,InvoiceAmountDue,*Description,*Quantity,*UnitAmount,LineAmount,*AccountCode,Currency"
    )
    rows = [headings.split(",")]
    for bill in bills:
        paid = bill.total if bill.paid else NOTHING
        for text, amount in bill.lines:
            rows.append(
                [
                    bill.supplier,
                    "accounts@example.com",
                    bill.number,
                    "",
                    f"{bill.on:%d/%m/%Y}",
                    f"{bill.due:%d/%m/%Y}",
                    f"{bill.paid:%d/%m/%Y}" if bill.paid else "",
                    f"{bill.total:.2f}",
                    f"{paid:.2f}",
                    f"{bill.total - paid:.2f}",
                    text,
                    "1",
                    f"{amount:.2f}",
                    f"{amount:.2f}",
                    DELIVERY_CODE,
                    "GBP",
                ]
            )
    write_rows(path, rows, bom=True)
