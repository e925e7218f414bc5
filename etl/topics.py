"""What a question of a form is about, told from its wording and its answers: a contact, an equality question,
an access need, something that is never kept, or (None) a matter for feedback.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from etl.answers import number_in, worded_scale
from etl.equality_answers import UNMAPPED, characteristics, place
from etl.equality_headings import BIRTH, LIMITS, asks_about
from etl.wording import fold, words_of

Kind = Literal["contact", "equality", "access", "drop"]

_EMAIL_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_POLITE = r"^(?:please |enter |give |tell |us |what is |what's |your |the |attendee |participant )*"
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("first_name", re.compile(_POLITE + r"(?:first|given|fore) ?names?\b(?!.*\b(?:last|sur|family))")),
    ("last_name", re.compile(_POLITE + r"(?:last|family|sur) ?names?\b")),
    (
        "known_as",
        re.compile(_POLITE + r"(?:preferred|known as|chosen)(?: first)?(?: name)?$|\bprefer to be (?:called|known)"),
    ),
    ("full_name", re.compile(_POLITE + r"(?:full |own )?name(?: and surname| and last name| optional| please)*$")),
    ("full_name", re.compile(_POLITE + r"first (?:name )?and (?:last|sur|family) ?name")),
)
_EMAIL = re.compile(r"\be ?mails?\b")
_PHONE = re.compile(r"\b(?:tele)?phone\b|\bmobile\b|\bcontact number\b")
_NEVER = re.compile(
    r"\bpost ?codes?\b|\b(?:home|postal|street|your|full) address\b|^address(?: line)?\b|\bdiagnos|\bmedication\b"
    r"|\bmedical\b|\bbank (?:details|account)\b|\bsort code\b|\baccount number\b|\bnhs number\b"
    r"|\bnational insurance\b|\bpassport\b|\bmarital\b|\bpregnan|\bimmigration\b|\bnationality\b|\btrade union\b"
    r"|\bpolitical\b|\bfree school meals\b|\btype of school\b|\bip address\b|\bemergency contact\b"
)
_HEALTH = re.compile(r"\bhealth conditions?\b")
_ACCESS = re.compile(
    r"\baccess(?:ibility)? (?:needs?|requirements?|adjustments?|arrangements?)\b"
    r"|\breasonable adjustments?\b|\bdietary\b|\ballerg"
)
_DISTINCTIVE = ("ethnicity", "orientation", "religion", "sex")
_COMMON = {"other", "none", UNMAPPED, ""}
_FEW_WORDS = 8
_MOST_WORDINGS = 60


@dataclass(frozen=True)
class Topic:
    """name: for a contact `email`, `full_name`, ...; for equality the characteristic, `birth_date` or
    `disability_limits` (the second part of the disability question); else ''.
    """

    kind: Kind
    name: str = ""


def topic_of(wording: str, answers: Iterable[str], row: str = "") -> Topic | None:
    """What a question is about. `answers` are the texts given; `row` is one line of a grid or of a contact block."""
    said = Counter(answers)
    contact = _contact(words_of(row) or words_of(wording), said)
    if contact or _is_opinion(said):
        return contact
    return _protected(wording, said)


def equality_name(question_id: str, wording: str, topic: Topic | None) -> str | None:
    """What a question of the catalogue that goes to equality asks about: by its id, its answers or its wording."""
    if question_id in {BIRTH, LIMITS, *characteristics()}:
        return question_id
    if topic and topic.kind == "equality":
        return topic.name
    return asks_about(wording)


def _contact(asked: str, said: Counter[str]) -> Topic | None:
    addresses = sum(times for text, times in said.items() if _EMAIL_ADDRESS.fullmatch(text))
    if (said and addresses >= 0.8 * said.total()) or (_EMAIL.search(asked) and 2 * addresses >= max(said.total(), 1)):
        return Topic("contact", "email")
    name = next((name for name, words in _NAMES if words.search(asked)), None)
    if name is not None:
        return Topic("contact", name)
    numbers = sum(times for text, times in said.items() if sum(map(str.isdigit, text)) >= 7)
    if _PHONE.search(asked) and 2 * numbers >= max(said.total(), 1):
        return Topic("contact", "phone")
    return None


def _protected(wording: str, said: Counter[str]) -> Topic | None:
    asked, name = words_of(wording), asks_about(wording)
    if name == BIRTH:
        return Topic("equality", BIRTH)
    is_listed = name in {"disability", LIMITS, "carer"}
    if _NEVER.search(asked) or (_HEALTH.search(asked) and not is_listed):
        return Topic("drop")
    if _ACCESS.search(asked) and not re.search(r"\bmet\b", asked):
        return Topic("access")
    if name is not None and not _is_discussion(name, said):
        return Topic("equality", name)
    name = _answered_characteristic(said)
    return Topic("equality", name) if name else None


def _is_opinion(said: Counter[str]) -> bool:
    """True when the answers rate something: then even "accessible for disabled people" is about the event."""
    if not said:
        return False
    scale = worded_scale(said)
    if scale and re.search(r"agree|satisf|poor|likely|good", fold(" ".join(scale[0]))):
        return True
    numbers = [number_in(text) for text in said]
    return all(number is not None and 0 <= number <= 10 for number in numbers)


def _is_discussion(name: str, said: Counter[str]) -> bool:
    """True when long words answer a question that only mentions a characteristic."""
    lengths = sorted(len(text.split()) for text in said.elements())
    if not lengths or lengths[len(lengths) // 2] <= _FEW_WORDS:
        return False
    characteristic = {LIMITS: "disability", BIRTH: "age"}.get(name, name)
    return all(place(characteristic, text).category == UNMAPPED for text in said)


def _answered_characteristic(said: Counter[str]) -> str | None:
    """A characteristic told by the answers alone: four in five are on one list, in two or more of its groups."""
    if said.total() < 3 or len(said) > _MOST_WORDINGS or any(len(text) < len("man") for text in said):
        return None  # the letters of a quiz are no answers about a person
    for name in _DISTINCTIVE:
        known = {text: category for text in said if (category := place(name, text).category) not in _COMMON}
        times = sum(said[text] for text in known)
        if times >= 0.8 * said.total() and len(set(known.values())) >= 2:
            return name
    return None
