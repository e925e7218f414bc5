"""Xero Account Transactions report: a section per account, each with its total; one row is one line of an account.

Debit and Credit are net of tax: what was paid is debit - credit + tax (exports.md 4.15). The report's own totals
must agree to the penny.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from etl.accounts import AccountLine, book
from etl.dates import DateOrder, read_day
from etl.errors import Refused, refuse
from etl.headings import Header, cell, find_header, first_sheet, fold
from etl.keys import key
from etl.money import PENNY, read_sum
from etl.reading import Context, Document, IgnoredReason, Reading, Row
from etl.staff_answers import date_order

KEY = "xero_account_transactions"
TITLE = "Xero Account Transactions report"
ONE_RECORD_IS = "one line of one account"
EXAMPLE = b"""\
Account Transactions
Voices for Improvement (example)
For the period 1 April 2026 to 30 June 2026

Date,Source,Description,Reference,Debit,Credit,Running Balance,Gross,Tax
Partner pay (5210),,,,,,,,
Opening Balance,,,,120.00,0.00,120.00,,
22 Jun 2026,Spend Money,Alex Sample - June session,CL-0204,60.00,0.00,180.00,60.00,0.00
26 Jun 2026,Receive Money,Alex Sample - paid twice,CL-0204,0.00,10.00,170.00,(10.00),0.00
Total Partner pay (5210),,,,60.00,10.00,50.00,50.00,0.00
Closing Balance,,,,170.00,0.00,170.00,,

Rooms,,,,,,,,
23 Jun 2026,Payable Invoice,"Meeting Rooms - North - hall,
two days",R-0071,"1,000.00",0.00,"1,000.00","1,200.00",200.00
Total Rooms,,,,"1,000.00",0.00,"1,000.00","1,200.00",200.00

Total,,,,"1,060.00",10.00,"1,050.00","1,250.00",200.00
"""

_TITLE_WITHIN = 10
_NEEDED = ("date", "description", "debit", "credit")
_SUMS = ("debit", "credit", "gross", "tax")
_CURRENCY = re.compile(r"(.*\S)\s*\(([a-z]{3})\)")
_INVOICES = {"receivable invoice", "receivable credit note", "accounts receivable invoice"}
_ZERO = Decimal(0)
_FROM_TO = re.compile(r"for the period (?:from )?(?P<from>.+?) to (?P<to>.+)", re.IGNORECASE)
_ENDED = re.compile(r"for the (?:(?P<count>\d+) )?(?P<unit>month|year|quarter)s? ended (?P<to>.+)", re.IGNORECASE)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass
class _Section:
    """One account as printed: where it begins, its lines' sums, and whether its total has been met."""

    line: int
    account: str
    sums: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(_SUMS, _ZERO))
    opening: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(_SUMS, _ZERO))
    has_lines: bool = False
    is_closed: bool = False


def signature(document: Document) -> bool:
    """A first cell `Account Transactions` near the top, and headings with Date and Description beneath."""
    return first_sheet(document, _is_report) is not None


def _is_report(rows: Sequence[Row]) -> bool:
    has_title = any(fold(cell(row, 0)) == "account transactions" for row in rows[:_TITLE_WITHIN])
    return has_title and find_header(rows, _is_header) is not None


def _is_header(header: Header) -> bool:
    return header.has("date", "description")


def read(document: Document, context: Context) -> Reading:
    """Ledger lines and income. Raises Refused when totals, period or headings do not hold."""
    rows = first_sheet(document, _is_report) or ()
    header = find_header(rows, _is_header)
    if header is None:
        raise AssertionError("read() is called only for a document whose signature fits")
    places = _places(header)
    body = [row for row in rows if row.line > header.row.line and not row.is_blank]
    printed = [cell(row, places["date"]) for row in body]
    order = date_order(document, context, KEY, printed, usual="dmy") or "dmy"
    first_day, last_day = _period([row for row in rows if row.line < header.row.line], order)
    report = _Report(places, order)
    for row in body:
        report.take(row)
    report.finish()
    _refuse_outside(report.lines, first_day, last_day)
    booked = book("xero", report.lines, context.known)
    return Reading(
        tables=booked.tables,
        records=sorted([line.line for line in report.lines] + list(report.ignored)),
        ignored={**report.ignored, **booked.ignored},
        messages=booked.messages,
        dropped=[one for one in ("Source", "Description", "Reference", "Running Balance") if fold(one) in places],
        subject=f"{first_day.isoformat()} to {last_day.isoformat()}",
    )


def _places(header: Header) -> dict[str, int]:
    """Heading -> column. A heading may carry its currency, `Debit (GBP)`; no other than pounds is read."""
    places: dict[str, int] = {}
    for place, name in enumerate(header.names):
        bare, currency = name, "gbp"
        if found := _CURRENCY.fullmatch(name):
            bare, currency = found[1], found[2]
        if currency != "gbp" and bare in _SUMS:
            raise refuse(
                "currency",
                f"The report is in {currency.upper()}, and Voices keeps pounds only. Export it in pounds.",
                line=header.row.line,
                column=bare.title(),
            )
        places.setdefault(bare, place)
    missing = [name.title() for name in _NEEDED if name not in places]
    if missing:
        raise refuse(
            "missing-column",
            f"The headings in line {header.row.line} lack {', '.join(missing)}. Add these columns to the report in "
            "Xero and export it again.",
            line=header.row.line,
        )
    return places


def _period(rows: Iterable[Row], order: DateOrder) -> tuple[date, date]:
    for text in (" ".join(cell(row, 0).split()) for row in rows):
        if found := _FROM_TO.fullmatch(text):
            first, last = read_day(found["from"], order), read_day(found["to"], order)
        elif found := _ENDED.fullmatch(text):
            last = read_day(found["to"], order)
            first = last and _months_back(last, int(found["count"] or 1) * _MONTHS[found["unit"].lower()])
        else:
            continue
        if first and last and first <= last:
            return first, last
    raise refuse(
        "no-period",
        "The line that says which period the report is for (For the period ... to ...) is missing or cannot be read. "
        "Export the report from Xero again and leave its first lines as they are.",
    )


def _months_back(last: date, months: int) -> date:
    """The first day of the `months` months that end on `last`."""
    after = last + timedelta(days=1)
    years, month = divmod(after.year * 12 + after.month - 1 - months, 12)
    return date(years, month + 1, min(after.day, 28))


class _Report:
    """Takes the rows one by one, from the first account to the grand total, and proves every total on the way."""

    def __init__(self, places: dict[str, int], order: DateOrder) -> None:
        self.lines: list[AccountLine] = []
        self.ignored: dict[int, IgnoredReason] = {}
        self._places = places
        self._order = order
        self._section: _Section | None = None
        self._sections: list[_Section] = []
        self._same: Counter[str] = Counter()

    def take(self, row: Row) -> None:
        """One row that is not blank."""
        label = cell(row, 0)
        name = fold(label)
        is_alone = not any(text.strip() for text in row.cells[1:])
        is_dated = read_day(self._text(row, "date"), self._order) is not None
        if name in {"opening balance", "closing balance"}:
            self._take_balance(row, is_opening=name.startswith("opening"))
        elif name == "net movement" or (name.startswith("total") and self._is_total(row, name, is_alone=is_alone)):
            self._take_total(row, name)
        elif is_alone and not is_dated:
            self._begin(_Section(row.line, label))
        else:
            self._take_line(row)

    def finish(self) -> None:
        """After the last row. Raises Refused when the last section has no total: the file was cut."""
        self._refuse_open()

    def _text(self, row: Row, name: str) -> str:
        return cell(row, self._places.get(name))

    def _is_total(self, row: Row, name: str, *, is_alone: bool) -> bool:
        of_section = self._section is not None and name == f"total {fold(self._section.account)}"
        has_sums = any(self._text(row, column) for column in _SUMS)
        return of_section or (not is_alone and has_sums)

    def _begin(self, section: _Section) -> None:
        self._refuse_open()
        self._section = section
        self._sections.append(section)

    def _refuse_open(self) -> None:
        if self._section and self._section.has_lines and not self._section.is_closed:
            raise refuse(
                "no-total",
                f"The account that begins in line {self._section.line} has no total, so rows may be missing. Export "
                "the report from Xero again.",
                line=self._section.line,
            )

    def _take_balance(self, row: Row, *, is_opening: bool) -> None:
        self.ignored[row.line] = "opening_balance"
        if is_opening and self._section:
            self._section.opening = self._sums(row)

    def _take_total(self, row: Row, name: str) -> None:
        self.ignored[row.line] = "total_row"
        if name == "net movement":
            return
        printed = self._sums(row)
        if name in {"total", "grand total"}:
            self._prove(row, printed, self._sections, "The report's grand total")
        elif self._section is None or self._section.is_closed:
            raise _stray(row)
        else:
            self._prove(row, printed, [self._section], f"The account that begins in line {self._section.line}")
            self._section.is_closed = True

    def _prove(self, row: Row, printed: dict[str, Decimal], sections: Sequence[_Section], what: str) -> None:
        for column in _SUMS:
            if not self._text(row, column):
                continue
            moved = sum((section.sums[column] for section in sections), _ZERO)
            opened = sum((section.opening[column] for section in sections), _ZERO)
            if printed[column] not in {moved, moved + opened}:
                raise refuse(
                    "total-differs",
                    f"{what} does not add up: its total in line {row.line} and its lines differ by "
                    f"£{abs(printed[column] - moved):,.2f} in {column.title()}. Nothing of the file was loaded. Export "
                    "the report from Xero again.",
                    line=row.line,
                    column=column.title(),
                )

    def _sums(self, row: Row) -> dict[str, Decimal]:
        return {column: self._amount(row, column) for column in _SUMS}

    def _amount(self, row: Row, column: str) -> Decimal:
        printed = self._text(row, column)
        amount = read_sum(printed) if printed else _ZERO
        if amount is None or amount != amount.quantize(PENNY):
            raise refuse(
                "not-a-sum",
                f"The amount in line {row.line} under {column.title()} cannot be read, so the totals cannot be proved. "
                "Export the report from Xero again.",
                line=row.line,
                column=column.title(),
            )
        return amount

    def _take_line(self, row: Row) -> None:
        section = self._section
        if section is None or section.is_closed:
            raise _stray(row)
        sums = self._sums(row)
        if sums["debit"] and sums["credit"]:
            raise refuse(
                "both-sides",
                f"Line {row.line} has both a debit and a credit. Export the report from Xero again.",
                line=row.line,
            )
        section.has_lines = True
        for column, amount in sums.items():
            section.sums[column] += amount
        net = sums["debit"] - sums["credit"]
        out = self._paid(row, net, sums)
        booked_on = read_day(self._text(row, "date"), self._order)
        reference = self._text(row, "reference")
        document = key("ledger_line", "xero", section.account, booked_on, out.quantize(PENNY), reference)
        self._same[document] += 1
        self.lines.append(
            AccountLine(
                line=row.line,
                account=section.account,
                document_id=document,
                ordinal=self._same[document],
                booked_on=booked_on,
                payee=self._text(row, "description"),
                reference=reference,
                out=out,
                net=net,
                is_invoice=fold(self._text(row, "source")) in _INVOICES,
                unread=[] if booked_on else ["booked_on"],
            )
        )

    def _paid(self, row: Row, net: Decimal, sums: dict[str, Decimal]) -> Decimal:
        """With tax: debit - credit + tax, which is what Gross says where the report has it."""
        paid = net + sums["tax"]
        if not self._text(row, "gross"):
            return paid
        gross = abs(sums["gross"])
        if self._text(row, "tax") and gross not in {abs(paid), abs(net) + abs(sums["tax"])}:
            raise refuse(
                "gross-differs",
                f"In line {row.line} Gross is not Debit or Credit with Tax. Export the report from Xero again.",
                line=row.line,
                column="Gross",
            )
        return gross.copy_sign(net) if net else sums["gross"]


def _stray(row: Row) -> Refused:
    return refuse(
        "no-account",
        f"Line {row.line} stands under no account, so part of the report is missing. Export it from Xero again.",
        line=row.line,
    )


def _refuse_outside(lines: Iterable[AccountLine], first: date, last: date) -> None:
    outside = [line.line for line in lines if line.booked_on and not first <= line.booked_on <= last]
    if outside:
        raise refuse(
            "outside-period",
            f"{len(outside)} line(s) lie outside the period that the report states (first in line {outside[0]}), so "
            "its days or its first lines were changed. Export the report from Xero again.",
            line=outside[0],
            column="Date",
        )
