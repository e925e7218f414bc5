"""Accounts lines to ledger lines and income: what each account means, and who was paid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from etl.headings import fold
from etl.money import PENNY
from etl.reading import IgnoredReason, Known
from etl.report import Message

_Schema = Mapping[str, pl.DataType | type[pl.DataType]]

_LEDGER: _Schema = {
    "system": pl.String,
    "document_id": pl.String,
    "line": pl.Int64,
    "booked_on": pl.Date,
    "account": pl.String,
    "category": pl.String,
    "person_key": pl.String,
    "amount": pl.Decimal(12, 2),
    "claim_ref": pl.String,
    "source_line": pl.Int64,
    "unread": pl.String,
}
_INCOME: _Schema = {
    "income_ref": pl.String,
    "kind": pl.String,
    "amount": pl.Decimal(12, 2),
    "invoiced_on": pl.Date,
    "received_on": pl.Date,
    "source_line": pl.Int64,
    "unread": pl.String,
}
_SHOWN = 6
_CLAIM = re.compile(r"\bCL-[A-Z0-9-]{2,20}\b")
_REFERENCE = re.compile(r"[A-Z]{1,4}-[A-Z0-9-]{2,20}")
_CODE_FIRST = re.compile(r"(?P<code>\d{2,10})\s*[-–:.]?\s+(?P<name>\S.*)")
_CODE_LAST = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<code>\d{2,10})[)\]]")


@dataclass
class AccountLine:
    """One line of an account.

    out: pounds with tax, money out positive. net: the same without tax. is_invoice: income that is asked for, not
    yet here. payee: what is printed of whom and what for. `unread` names the columns that could not be understood.
    """

    line: int
    account: str
    document_id: str
    ordinal: int
    booked_on: date | None
    payee: str
    reference: str
    out: Decimal
    net: Decimal
    is_invoice: bool = False
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Booked:
    """What accounts lines became."""

    tables: dict[str, pl.DataFrame]
    ignored: dict[int, IgnoredReason]
    messages: list[Message]


@dataclass(frozen=True)
class _Meaning:
    account: str
    category: str
    income_kind: str | None


def book(system: str, lines: Sequence[AccountLine], known: Known) -> Booked:
    """Lines by what their account means: ledger lines, income, or none of ours (ignored).

    A line whose account is not in the account map keeps an empty category, so that a check holds it back.
    """
    meanings = _meanings(system, known.accounts)
    payees = {fold(text): (kind, person) for text, kind, person in _rows(known.payees, _PAYEE)}
    ledger: list[dict[str, object]] = []
    income: dict[str, list[AccountLine]] = {}
    kinds: dict[str, str | None] = {}
    ignored: dict[int, IgnoredReason] = {}
    unmapped: dict[str, list[int]] = {}
    strangers: list[int] = []
    for line in lines:
        if not line.out and not line.unread:
            ignored[line.line] = "out_of_scope"  # a note between lines, or a line for nothing
            continue
        meaning = next((meanings[name] for name in _names(line.account) if name in meanings), None)
        if meaning is None:
            unmapped.setdefault(line.account, []).append(line.line)
        elif meaning.category == "out_of_scope":
            ignored[line.line] = "out_of_scope"
            continue
        elif meaning.category == "income":
            reference = _income_reference(system, line)
            income.setdefault(reference, []).append(line)
            kinds.setdefault(reference, meaning.income_kind)
            continue
        kind, person = _payee(line.payee, payees)
        if meaning and meaning.category == "partner_pay" and not kind:
            strangers.append(line.line)
        ledger.append(_ledger_row(system, line, meaning, person))
    tables = {
        "ledger_line": _frame(ledger, _LEDGER),
        "income": _frame(_income_rows(income, kinds), _INCOME),
    }
    messages = [*_unmapped_message(system, unmapped), *_stranger_message(strangers)]
    return Booked({name: frame for name, frame in tables.items() if frame.height}, ignored, messages)


_PAYEE = ("payee_text", "payee_kind", "person_key")
_ACCOUNT = ("system", "account", "category", "income_kind")


def _rows(frame: pl.DataFrame, columns: Sequence[str]) -> list[tuple[str, ...]]:
    return frame.select(columns).rows() if frame.height else []


def _meanings(system: str, accounts: pl.DataFrame) -> dict[str, _Meaning]:
    return {
        fold(account): _Meaning(account, category, kind)
        for of_system, account, category, kind in _rows(accounts, _ACCOUNT)
        if of_system == system
    }


def _names(printed: str) -> Iterable[str]:
    """What the account map may call an account printed `Travel (429)`, `429 - Travel` or `Travel`."""
    yield fold(printed)
    for shape in (_CODE_FIRST, _CODE_LAST):
        if found := shape.fullmatch(printed.strip()):
            yield fold(found["code"])
            yield fold(found["name"])


def _payee(printed: str, payees: Mapping[str, tuple[str, str]]) -> tuple[str, str | None]:
    """The kind of payee and, for a partner, the person. The wording stops at one of the ` - `; a name may hold one."""
    parts = " ".join(printed.split()).split(" - ")
    for length in range(len(parts), 0, -1):
        found = payees.get(fold(" - ".join(parts[:length])))
        if found:
            kind, person = found
            return kind, person if kind == "partner" else None
    return "", None


def _ledger_row(system: str, line: AccountLine, meaning: _Meaning | None, person: str | None) -> dict[str, object]:
    claim = _CLAIM.search(line.reference.upper())
    return {
        "system": system,
        "document_id": line.document_id,
        "line": line.ordinal,
        "booked_on": line.booked_on,
        "account": meaning.account if meaning else line.account,
        "category": meaning.category if meaning else None,
        "person_key": person,
        "amount": line.out.quantize(PENNY),
        "claim_ref": claim[0] if claim else None,
        "source_line": line.line,
        "unread": ",".join(line.unread),
    }


def _income_reference(system: str, line: AccountLine) -> str:
    reference = line.reference.upper()
    return reference if _REFERENCE.fullmatch(reference) else f"{system}-{line.document_id}-{line.ordinal}"


def _income_rows(
    income: Mapping[str, Sequence[AccountLine]], kinds: Mapping[str, str | None]
) -> list[dict[str, object]]:
    """One row per line; the lines of one reference are one sum of money, and say the same."""
    rows: list[dict[str, object]] = []
    for reference, lines in income.items():
        booked = [line for line in lines if line.booked_on]
        same: dict[str, object] = {
            "income_ref": reference,
            "kind": kinds[reference],
            "amount": -sum((line.net for line in lines), Decimal(0)).quantize(PENNY),
            "invoiced_on": min((line.booked_on for line in booked if line.is_invoice and line.booked_on), default=None),
            "received_on": max(
                (line.booked_on for line in booked if not line.is_invoice and line.booked_on), default=None
            ),
        }
        rows += [{**same, "source_line": line.line, "unread": ",".join(line.unread)} for line in lines]
    return rows


def _frame(rows: Sequence[Mapping[str, object]], schema: _Schema) -> pl.DataFrame:
    return pl.DataFrame({name: [row[name] for row in rows] for name in schema}, schema=schema)


def _unmapped_message(system: str, unmapped: Mapping[str, Sequence[int]]) -> list[Message]:
    if not unmapped:
        return []
    names = ", ".join(f'"{name}"' for name in list(unmapped)[:_SHOWN])
    more = f" and {len(unmapped) - _SHOWN} more" if len(unmapped) > _SHOWN else ""
    lines = sum(map(len, unmapped.values()))
    text = (
        f"{lines} line(s) stand in {len(unmapped)} account(s) that are not in the accounts list: {names}{more}. Add "
        f"each to the accounts template (System: {system}) with what it means, and drop this file again."
    )
    return [Message("warning", "account-not-listed", text, min(min(each) for each in unmapped.values()), "Account")]


def _stranger_message(lines: Sequence[int]) -> list[Message]:
    if not lines:
        return []
    text = (
        f"{len(lines)} line(s) of partner pay have a payee who is not in the payees list (first in line {lines[0]}). "
        "Add the wording to the payees template, and drop this file again."
    )
    return [Message("warning", "payee-not-listed", text, lines[0], "Description")]
