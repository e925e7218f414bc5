"""How the dashboard says things: numbers, days, money, ranges, how sure we are, and what is held back.

Numerals throughout, a comma from 1,000, ranges with "to" or "between", days as 9 February 2022.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from warehouse.released import Cell, Reason

PERCENT_FROM = 23
"""Below this many answers, people read "x of y", not a percentage."""

ZONE = ZoneInfo("Europe/London")

HELD_BACK = "held back"
TOO_FEW = "too few to show"
CANNOT_SAY = "too few to say"
NOT_RECORDED = "not recorded"

_WITHHELD: Mapping[Reason, str] = {
    "small": HELD_BACK,
    "protects_another": HELD_BACK,
    "everyone_or_no_one": HELD_BACK,
    "base_too_small": CANNOT_SAY,
    "not_allowed": HELD_BACK,
    "too_few_to_show": TOO_FEW,
}
_WHY: Mapping[Reason, str] = {
    "small": "too few people stand behind the figure",
    "protects_another": "with it, another figure could be worked out",
    "everyone_or_no_one": "it would tell something of everyone or of no one",
    "base_too_small": "too few people are counted in all",
    "not_allowed": "it is for other readers",
    "too_few_to_show": "too few people gave this answer, or nobody did",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:^@&=-]|(?<=www)\.)")


def plain(text: str) -> str:
    """Text from a file, so that no character of it is read as Markdown, a link or an icon."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def unmarked(text: str) -> str:
    """A sentence without its Markdown, for the text alternative of a chart."""
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*\*", "", text))


def number(value: float | int | str | None) -> str:
    """1234 as 1,234; a half as 0.5; text as it is; nothing recorded as words."""
    if value is None:
        return NOT_RECORDED
    if isinstance(value, str):
        return value
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}"


def count(value: float | int | None, one: str, many: str) -> str:
    """1 person, 58 people."""
    return f"{number(value)} {one if value == 1 else many}"


def percent(share: float | int | None) -> str:
    """A share between 0 and 1 as a whole percentage, or with one decimal for a comparator below 1%."""
    if share is None:
        return NOT_RECORDED
    return f"{share * 100:.0f}%"


def span(low: float, high: float) -> str:
    """The likely range of a share, for a table: 43% to 69%."""
    return f"{low * 100:.0f}% to {high * 100:.0f}%"


def between(low: float, high: float) -> str:
    """The likely range of a share, for a sentence: between 43% and 69%."""
    return f"between {low * 100:.0f}% and {high * 100:.0f}%"


def money(pounds: float | int | None) -> str:
    """£18,400; with pence only below £100 and where there are any."""
    if pounds is None:
        return NOT_RECORDED
    sign = "-" if pounds < 0 else ""
    size = abs(pounds)
    if size < 100 and size != int(size):
        return f"{sign}£{size:,.2f}"
    return f"{sign}£{size:,.0f}"


def day(value: date | datetime | str | None) -> str:
    """9 February 2022, from a day, a moment or its ISO text."""
    found = _as_date(value)
    if found is None:
        return NOT_RECORDED
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def moment(value: datetime | None) -> str:
    """23 November 2026 at 6:10am, in the programme's own time."""
    if value is None:
        return NOT_RECORDED
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    local = aware.astimezone(ZONE)
    clock = f"{local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"
    return f"{day(local)} at {clock}"


def period(label: str) -> str:
    """ "2026 Q2" as April to June 2026, "2025-26" as April 2025 to March 2026; other labels as they are."""
    if quarter := re.fullmatch(r"(\d{4}) Q([1-4])", label):
        first = int(quarter[2]) * 3 - 3
        return f"{_MONTHS[first]} to {_MONTHS[first + 2]} {quarter[1]}"
    if year := re.fullmatch(r"(\d{4})-(\d{2})", label):
        return f"April {year[1]} to March {int(year[1]) + 1}"
    return label


def period_end(label: str) -> date | None:
    """The last day of "2026 Q2" or "2025-26"; None for other labels."""
    if quarter := re.fullmatch(r"(\d{4}) Q([1-4])", label):
        last = int(quarter[2]) * 3
        return date(int(quarter[1]), last, 30 if last in {6, 9} else 31)
    if year := re.fullmatch(r"(\d{4})-(\d{2})", label):
        return date(int(year[1]) + 1, 3, 31)
    return None


def month(label: str) -> str:
    """ "2026-05" as May 2026; other labels as they are."""
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-01)?", label):
        return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    return label


def short_month(iso: str) -> str:
    """2026-07-20 as Jul 2026, where there is little room."""
    found = _as_date(iso)
    return f"{_MONTHS[found.month - 1][:3]} {found.year}" if found else NOT_RECORDED


def listing(items: Iterable[str], none: str = "none") -> str:
    """one, two and three."""
    found = list(items)
    if not found:
        return none
    if len(found) == 1:
        return found[0]
    return f"{', '.join(found[:-1])} and {found[-1]}"


_NAMES = {
    "yorkshire_humber": "Yorkshire and the Humber",
    "east_of_england": "East of England",
    "north_east": "North East",
    "north_west": "North West",
    "east_midlands": "East Midlands",
    "west_midlands": "West Midlands",
    "south_east": "South East",
    "south_west": "South West",
    "partner": "Lived Experience Partners",
    "client": "Clients",
}


def label(code: str) -> str:
    """A stored code as words: no_record as No record, south_west as South West; words stay as they are."""
    if code in _NAMES:
        return _NAMES[code]
    text = code.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Text from a catalogue as a sentence: a capital and a full stop."""
    said = text.strip()
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?', '!')) else '.'}" if said else ""


def x_of_y(n: float | int | str | None, of: float | int | str | None) -> str:
    """12 of 19."""
    return f"{number(n)} of {number(of)}"


def cut(text: str, most: int) -> str:
    """Text of at most `most` characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",.;: ") + "…"


def withheld(cell: Cell) -> str:
    """What stands in the place of a figure that is not shown."""
    return _WITHHELD[cell.withheld] if cell.withheld else NOT_RECORDED


def held_back_line(reasons: Mapping[Reason, int]) -> str:
    """The *Held back* row of How we know: how many cells, and why. Never left out."""
    if not any(reasons.values()):
        return "None."
    parts = [f"{number(many)} because {_WHY[reason]}" for reason, many in reasons.items() if many]
    total = sum(reasons.values())
    return f"{count(total, 'figure', 'figures')}: {'; '.join(parts)}. Held back is not zero."


Word = Literal["firm", "some doubt", "weak", "cannot say"]
_ICONS: Mapping[Word, str] = {
    "firm": "check_circle",
    "some doubt": "contrast",
    "weak": "help",
    "cannot say": "block",
}


@dataclass(frozen=True)
class Sure:
    """How sure we are, in a word that follows from a rule and a reason with its numbers."""

    word: Word
    why: str

    @property
    def line(self) -> str:
        """The line under every answer."""
        return f":material/{_ICONS[self.word]}: **How sure: {self.word}.** {self.why}"


def counted(why: str) -> Sure:
    """Every record was counted, so nothing is estimated."""
    return Sure("firm", why)


def asked(
    answered: float | int,
    of: float | int,
    *,
    low: float | None,
    high: float | None,
    who: str = "people",
    chosen: bool = False,
    rounded: bool = False,
) -> Sure:
    """Answers that people chose to give. rounded: the number is itself to about the nearest 5.

    Firm: a range within 5 points either way and 80% answered. Some doubt: within 15 and 60%. Weak: less, or
    people who chose themselves whether to reply (`chosen`). Cannot say: fewer than 10 answers.
    """
    told = f"{'About ' if rounded else ''}{number(answered)} of {number(of)} {who} told us"
    if answered < 10:
        return Sure("cannot say", f"{told}, which is too few to speak for them.")
    rate = answered / of if of else 0.0
    told = f"{told} ({percent(rate)})."
    if low is None or high is None:
        return Sure("weak", told)
    reach = (high - low) / 2
    most = max(1, round(reach * 100))
    why = f"{told} A share can be out by up to {most} {'point' if most == 1 else 'points'} either way."
    if reach <= 0.05 and rate >= 0.8 and not chosen:
        return Sure("firm", why)
    if reach <= 0.15 and rate >= 0.6 and not chosen:
        return Sure("some doubt", why)
    return Sure("weak", f"{why} Those who reply choose to, and may not be typical." if chosen else why)


def _as_date(value: date | datetime | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}", value):
        return date.fromisoformat(value[:10])
    return None
