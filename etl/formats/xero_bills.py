"""Xero bills export: one row is one line of a bill, and the bill's total stands on each of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.accounts import AccountLine, book
from etl.dates import DateOrder, read_day
from etl.errors import refuse
from etl.headings import Header, cell, find_header, first_sheet, fold
from etl.keys import key
from etl.money import PENNY, currency_of, read_sum
from etl.reading import Context, Document, Reading, Row
from etl.report import Message
from etl.staff_answers import date_order

KEY = "xero_bills"
TITLE = "Xero bills export"
ONE_RECORD_IS = "one line of one bill"
EXAMPLE = b"""\
*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,PaidDate,Total,InvoiceAmountPaid,\
InvoiceAmountDue,*Description,*Quantity,*UnitAmount,LineAmount,*AccountCode,Currency
Meeting Rooms - North,rooms@example.org,MR-2211,PO-14,23/06/2026,23/07/2026,,140.00,0.00,140.00,Hall,2,60.00,120.00,\
5300,GBP
Meeting Rooms - North,rooms@example.org,MR-2211,PO-14,23/06/2026,23/07/2026,,140.00,0.00,140.00,Tea,10,2.00,20.00,\
5300,GBP
Clear Captions,captions@example.org,CC-88,,24/06/2026,24/07/2026,30/06/2026,95.50,95.50,0.00,Captions,1,95.50,95.50,\
5310,GBP
"""

_MUST = ("contactname", "invoicenumber", "invoicedate", "accountcode")
_ZERO = Decimal(0)
# Numbers that several payees are likely to use; they name a bill only together with its payee.
_COMMON_NUMBER = re.compile(r"(inv(oice)?)?[\s#:-]*\d{1,4}", re.IGNORECASE)
_DOCUMENT_LENGTH = 60


@dataclass(frozen=True)
class _Line:
    """One line of a bill; net and tax in pounds, tax None when the line says nothing of it."""

    row: Row
    payee: str
    number: str
    net: Decimal
    tax: Decimal | None


def signature(document: Document) -> bool:
    """The four headings of Xero's bills, with or without their stars."""
    return first_sheet(document, _has_header) is not None


def _has_header(rows: Sequence[Row]) -> bool:
    return find_header(rows, _is_header) is not None


def _is_header(header: Header) -> bool:
    return header.has(*_MUST)


def read(document: Document, context: Context) -> Reading:
    """Ledger lines. Raises Refused when a bill's lines do not add up to its total, or for other money than pounds."""
    rows = first_sheet(document, _has_header) or ()
    header = find_header(rows, _is_header)
    if header is None:
        raise AssertionError("read() is called only for a document whose signature fits")
    body = [row for row in rows if row.line > header.row.line and row.cells]
    data = [row for row in body if not row.is_blank]
    _refuse_structure(header, data)
    day_place = header.place("invoicedate")
    order = date_order(document, context, KEY, (cell(row, day_place) for row in data), usual="dmy") or "dmy"
    lines = [_line(header, row) for row in data]
    bills: dict[tuple[str, str], list[_Line]] = {}
    for line in lines:
        bills.setdefault((fold(line.number), fold(line.payee)), []).append(line)
    for bill in bills.values():
        _refuse_open_total(header, bill)
    booked = book("xero", _account_lines(header, bills, order), context.known)
    return Reading(
        tables=booked.tables,
        records=[row.line for row in body],
        ignored={**{row.line: "blank" for row in body if row.is_blank}, **booked.ignored},
        messages=[*booked.messages, *_messages(data)],
        dropped=_dropped(header),
        subject="bills",
    )


def _refuse_structure(header: Header, rows: Iterable[Row]) -> None:
    if header.place("total", "lineamount", "unitamount") is None:
        raise refuse(
            "missing-column",
            "The columns Total, LineAmount and UnitAmount are all missing, so no amount can be read. Export the bills "
            "from Xero again with all their columns.",
            line=header.row.line,
        )
    currency, kind = header.place("currency"), header.place("type")
    for row in rows:
        if any(extra.strip() for extra in row.cells[header.width :]):
            raise refuse(
                "too-wide",
                f"Line {row.line} has more cells than there are headings, so its columns cannot be told apart. Export "
                "the bills from Xero again.",
                line=row.line,
            )
        if cell(row, currency).upper() not in {"", "GBP"} or _has_other_sign(header, row):
            raise refuse(
                "currency",
                f"Line {row.line} is not in pounds, and Voices keeps pounds only. Export the bills in pounds alone.",
                line=row.line,
                column="Currency",
            )
        if fold(cell(row, kind)).startswith("sales"):
            raise refuse(
                "not-bills",
                "These are sales invoices, not bills. Export Bills to pay from Xero; money in comes with the Account "
                "Transactions report.",
                line=row.line,
                column="Type",
            )


def _has_other_sign(header: Header, row: Row) -> bool:
    amounts = (cell(row, header.place(name)) for name in ("total", "lineamount", "unitamount"))
    return any(currency_of(amount) not in {"", "GBP"} for amount in amounts)


def _line(header: Header, row: Row) -> _Line:
    net = _amount(header, row, "lineamount")
    if net is None:
        unit, quantity = _amount(header, row, "unitamount"), _amount(header, row, "quantity")
        if unit is None:
            raise _not_a_sum(row, "LineAmount")
        net = (unit * (Decimal(1) if quantity is None else quantity)).quantize(PENNY)
    return _Line(
        row=row,
        payee=cell(row, header.place("contactname")),
        number=cell(row, header.place("invoicenumber")),
        net=net,
        tax=_amount(header, row, "taxamount"),
    )


def _amount(header: Header, row: Row, name: str) -> Decimal | None:
    printed = cell(row, header.place(name))
    if not printed:
        return None
    amount = read_sum(printed)
    if amount is None:
        raise _not_a_sum(row, name)
    return amount


def _not_a_sum(row: Row, name: str) -> Exception:
    return refuse(
        "not-a-sum",
        f"The amount in line {row.line} under {name} is missing or cannot be read, so the bill cannot be proved. "
        "Export the bills from Xero again.",
        line=row.line,
        column=name,
    )


def _refuse_open_total(header: Header, bill: Sequence[_Line]) -> None:
    """Total is the bill's, with tax; lines are printed with or without it."""
    totals = {_amount(header, line.row, "total") for line in bill}
    if totals == {None}:
        return
    net = sum((line.net for line in bill), _ZERO)
    taxed = net + sum((line.tax or _ZERO for line in bill), _ZERO)
    if len(totals) == 1 and totals & {net, taxed}:
        return
    known = [total for total in totals if total is not None]
    differs = f" by £{abs(known[0] - taxed):,.2f}" if len(totals) == 1 else ""
    raise refuse(
        "total-differs",
        f"The bill that begins in line {bill[0].row.line} has {len(bill)} line(s) that differ{differs} from its Total. "
        "Nothing of the file was loaded. Export the bills from Xero again.",
        line=bill[0].row.line,
        column="Total",
    )


def _account_lines(header: Header, bills: dict[tuple[str, str], list[_Line]], order: DateOrder) -> list[AccountLine]:
    payees_of: dict[str, set[str]] = {}
    for number, payee in bills:
        payees_of.setdefault(number, set()).add(payee)
    found = []
    for (number, payee), bill in bills.items():
        is_common = len(payees_of[number]) > 1 or _COMMON_NUMBER.fullmatch(number) is not None
        document = _document_id(bill[0].number, payee if is_common else "")
        includes_tax = _amount(header, bill[0].row, "total") == sum((line.net for line in bill), _ZERO)
        for ordinal, line in enumerate(bill, 1):
            booked_on = read_day(cell(line.row, header.place("invoicedate")), order)
            tax = line.tax or _ZERO
            unread = [] if booked_on else ["booked_on"]
            found.append(
                AccountLine(
                    line=line.row.line,
                    account=cell(line.row, header.place("accountcode")),
                    document_id=document,
                    ordinal=ordinal,
                    booked_on=booked_on,
                    payee=line.payee,
                    reference=cell(line.row, header.place("reference")),
                    out=(line.net if includes_tax else line.net + tax).quantize(PENNY),
                    net=(line.net - tax if includes_tax else line.net).quantize(PENNY),
                    is_invoice=True,
                    unread=unread if number else [*unread, "document_id"],
                )
            )
    return found


def _document_id(number: str, payee: str) -> str:
    if not payee:
        return number[:_DOCUMENT_LENGTH]
    mark = key("ledger_line", payee)[:6]
    return f"{number[: _DOCUMENT_LENGTH - len(mark) - 1]} {mark}"


def _dropped(header: Header) -> list[str]:
    used = {*_MUST, "total", "lineamount", "unitamount", "quantity", "taxamount", "currency", "type"}
    return [text.strip() for text in header.row.cells if text.strip() and fold(text) not in used]


def _messages(rows: Sequence[Row]) -> list[Message]:
    if not rows:
        return []
    text = (
        "Bills and the Account Transactions report of one period hold the same costs. Load one of the two for each "
        "period, or they count twice."
    )
    return [Message("info", "bills-or-transactions", text)]
