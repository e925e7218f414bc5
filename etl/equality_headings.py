"""Which question asks about a protected characteristic? Such a column goes to the equality store, or nowhere."""

from __future__ import annotations

import re

from etl.headings import fold

# In this order: "same as the sex registered at birth" asks about gender identity, not about sex.
_CHARACTERISTICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("gender_identity", re.compile(r"(same|different).*\b(birth|registered)\b|\btrans(gender)?\b")),
    ("orientation", re.compile(r"sexual(ity| orientation| identity)")),
    ("ethnicity", re.compile(r"\bethnic|\brace\b")),
    (
        "disability",
        re.compile(
            r"\bdisab(led|ility|ilities)\b|\b(long[- ]term|long[- ]lasting)\b.*condition|\bimpairment"
            r"|\bday[- ]to[- ]day activities\b"
        ),
    ),
    ("gender", re.compile(r"\bgender\b")),
    ("sex", re.compile(r"\bsex\b")),
    ("religion", re.compile(r"\breligio|\bfaith\b")),
    ("carer", re.compile(r"\b(unpaid )?carer\b|\bcaring responsib|\bcare for\b|\bunpaid care\b|\blook after\b.*\bill")),
    ("class_background", re.compile(r"\bage(d)? (of )?14\b|\bwere 14\b|\bfree school meals?\b|\bsocio-?economic\b")),
    ("age", re.compile(r"^age\b|\bage (group|band|range|bracket)\b|\byour age\b|\bhow old\b")),
)
_BIRTH = re.compile(r"\b(date|year) of birth\b|\bbirth ?(date|day)\b|\bdob\b")


def characteristic_of(heading: str) -> str | None:
    """The characteristic that a question asks about, as the equality lists name it, or None."""
    asked = fold(heading)
    return next((name for name, words in _CHARACTERISTICS if words.search(asked)), None)


def is_birth_date(heading: str) -> bool:
    """True for a heading that asks for a date of birth, which is never kept."""
    return _BIRTH.search(fold(heading)) is not None
