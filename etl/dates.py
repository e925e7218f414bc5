"""Days and times as tools print them, read by the order that the format declares, never by a guess.

Years outside 2000-2100 are not read: spreadsheets print year 9 for 2009 and 1899 for an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

DateOrder = Literal["dmy", "mdy"]

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_CLOCK = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?(?:\s*(?P<zone>Z|UTC|GMT)?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?)?)?"
)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}}){_CLOCK}", re.IGNORECASE)
_NUMBERS = re.compile(
    rf"(?P<one>\d{{1,2}})[/.-](?P<two>\d{{1,2}})[/.-](?P<year>\d{{4}}|\d{{2}}){_CLOCK}", re.IGNORECASE
)
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_MONTH_FIRST = re.compile(
    rf"{_DAY_NAME}(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"{_DAY_NAME}(?P<day>\d{{1,2}})[\s-]+(?P<name>[a-z]{{3,9}})\.?,?[\s-]+(?P<year>\d{{4}}|\d{{2}}){_CLOCK}",
    re.IGNORECASE,
)
_YEARS = range(2000, 2101)


def read_moment(text: str, order: DateOrder, zone: str) -> datetime | None:
    """The moment in UTC without zone, as the warehouse keeps it; None when the text is not a day or time.

    A printed offset is obeyed; otherwise the time is taken as the clock of `zone`. A day alone is its midnight.
    """
    found = _match(text)
    if found is None:
        return None
    moment = _moment(found, order, _offset(found) or ZoneInfo(zone))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def read_day(text: str, order: DateOrder) -> date | None:
    """The day printed, whatever time stands beside it; None when the text is not a day."""
    found = _match(text)
    moment = _moment(found, order, UTC) if found else None
    return moment.date() if moment else None


def orders_shown(texts: Iterable[str]) -> set[DateOrder]:
    """The orders that dates in numbers prove: a 27 in the first place is a day. Empty when none proves anything."""
    shown: set[DateOrder] = set()
    for found in filter(None, (_NUMBERS.fullmatch(" ".join(text.split())) for text in texts)):
        if int(found["one"]) > 12:
            shown.add("dmy")
        if int(found["two"]) > 12:
            shown.add("mdy")
    return shown


def is_ambiguous(text: str) -> bool:
    """True for a date in numbers that reads as two days, such as 09/02/2026."""
    found = _NUMBERS.fullmatch(" ".join(text.split()))
    return found is not None and int(found["one"]) <= 12 and int(found["two"]) <= 12 and found["one"] != found["two"]


def _match(text: str) -> re.Match[str] | None:
    text = " ".join(text.split())
    return next(
        (
            found
            for shape in (_YEAR_FIRST, _NUMBERS, _MONTH_FIRST, _DAY_FIRST)
            if (found := shape.fullmatch(text)) is not None
        ),
        None,
    )


def _moment(found: re.Match[str], order: DateOrder, zone: tzinfo) -> datetime | None:
    parts = found.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    month, day = _month_and_day(parts, order)
    hour = _hour(int(parts["hour"] or 0), parts["half"])
    if year not in _YEARS or month is None or hour is None:
        return None
    try:
        return datetime(year, month, day, hour, int(parts["minute"] or 0), int(parts["second"] or 0), tzinfo=zone)
    except ValueError:
        return None


def _month_and_day(parts: dict[str, str | None], order: DateOrder) -> tuple[int | None, int]:
    if name := parts.get("name"):
        return _MONTHS.get(name[:3].lower()), int(parts["day"] or 0)
    if one := parts.get("one"):
        two = parts["two"] or ""
        return (int(two), int(one)) if order == "dmy" else (int(one), int(two))
    return int(parts["month"] or 0), int(parts["day"] or 0)


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour
    is_afternoon = half.lower() == "p"
    if 1 <= hour <= 12:
        return hour % 12 + (12 if is_afternoon else 0)
    return hour if is_afternoon == (hour >= 13) else None  # "13:05 PM" and "00:15 AM" are printed too


def _offset(found: re.Match[str]) -> tzinfo | None:
    printed = found["offset"]
    if printed:
        digits = printed[1:].replace(":", "")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        span = timedelta(hours=hours, minutes=minutes)
        if span >= timedelta(hours=24):
            return None
        return timezone(-span if printed[0] == "-" else span)
    return UTC if found["zone"] else None
