"""Which question asks about a protected characteristic? Such a column goes to the equality store, or nowhere."""

from __future__ import annotations

import re

from etl.wording import words_of

BIRTH = "birth_date"
LIMITS = "disability_limits"

# In this order: "same as the sex registered at birth" asks about gender identity, not about sex, and help given to
# somebody with a long-term condition is a carer's.
_CHARACTERISTICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (BIRTH, re.compile(r"\b(date|year) of birth\b|\bbirth ?(date|day)\b|\bdob\b")),
    (
        "carer",
        re.compile(
            r"\b(?:care for|look after|help or support to)\b(?! (?:your|manage)\b)"
            r".*\b(?:anyone|someone|person|people|family|others)\b"
            r".*\b(?:conditions?|ill|illness(?:es)?|disab(?:led|ility|ilities)|old age)\b"
        ),
    ),
    (LIMITS, re.compile(r"\b(?:reduc|limit)\w* your\b|\bday to day activities\b")),
    ("disability", re.compile(r"\b(?:conditions?|illness(?:es)?)\b.*\b(?:12|twelve) months\b|\bexpected to last\b")),
    ("class_background", re.compile(r"\bmain (?:household )?earner\b|\bwere (?:aged )?(?:about )?14\b")),
    ("gender_identity", re.compile(r"(same|different).*\b(birth|registered)\b|\btrans(gender)?\b")),
    ("orientation", re.compile(r"sexual(ity| orientation| identity)")),
    ("ethnicity", re.compile(r"\bethnic|\brace\b")),
    ("disability", re.compile(r"\bdisab(led|ility|ilities)\b|\blong (term|lasting)\b.*condition|\bimpairment")),
    ("gender", re.compile(r"\bgender\b")),
    ("sex", re.compile(r"\bsex\b")),
    ("religion", re.compile(r"\breligio|\bfaith\b")),
    (
        "carer",
        re.compile(r"\b(unpaid )?carer\b|\bcaring responsib|\bcare for\b|\bunpaid care\b|\blook after\b.*\bill"),
    ),
    ("class_background", re.compile(r"\bage(d)? (of )?14\b|\bfree school meals?\b|\bsocio ?economic\b")),
    ("age", re.compile(r"^age\b|\bage (group|band|range|bracket)\b|\byour age\b|\bhow old\b")),
)


def asks_about(wording: str) -> str | None:
    """What a question asks about: a characteristic as the equality lists name it, BIRTH, LIMITS (the second part of
    the disability question: how much it limits daily life), or None.
    """
    asked = words_of(wording)
    return next((name for name, words in _CHARACTERISTICS if words.search(asked)), None)


def characteristic_of(heading: str) -> str | None:
    """The characteristic that a question asks about, as the equality lists name it, or None.

    Both parts of the disability question are about disability. A date of birth is no answer: see `is_birth_date`.
    """
    name = asks_about(heading)
    return {BIRTH: None, LIMITS: "disability"}.get(name, name) if name else None


def is_birth_date(heading: str) -> bool:
    """True for a heading that asks for a date of birth, which is never kept."""
    return asks_about(heading) == BIRTH
