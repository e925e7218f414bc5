"""Sums of money as tools print them, to Decimal: never through a float."""

from __future__ import annotations

import re
from decimal import Decimal

PENNY = Decimal("0.01")

_TOO_MUCH = Decimal(10**9)  # such a "sum" is an account number or an id
_SYMBOLS = {"£": "GBP", "$": "USD", "€": "EUR"}
_SUM = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<symbol>[£$€]|GBP|USD|EUR)?\s*(?P<inner>[+-])?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?P<code>GBP|USD|EUR)?\s*"
    r"(?P<after>-)?(?P<close>\))?",
    re.IGNORECASE,
)


def read_sum(text: str) -> Decimal | None:
    """The amount; negative for `-`, U+2212, a trailing minus or brackets. None when the text is not a sum
    or is a thousand million and more.

    A comma is read only as a mark between thousands: `1.960,17` and `12,5` are not understood rather than guessed.
    """
    found = _found(text)
    if found is None:
        return None
    amount = Decimal(found["number"].replace(",", ""))
    if amount >= _TOO_MUCH:
        return None
    minuses = [found["sign"] == "-", found["inner"] == "-", bool(found["after"]), bool(found["open"])]
    return -amount if any(minuses) else amount


def currency_of(text: str) -> str:
    """The three letters of the currency that the text itself names, or ''."""
    found = _found(text)
    printed = (found["symbol"] or found["code"] or "") if found else ""
    return _SYMBOLS.get(printed, printed.upper())


def _found(text: str) -> re.Match[str] | None:
    found = _SUM.fullmatch(text.replace("\u2212", "-").replace("\xa0", " ").strip())
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["inner"]):
        return None
    return found
