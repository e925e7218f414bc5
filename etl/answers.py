"""One respondent's texts under one question, as answers: an option, a number, words, or "not applicable"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from etl.wording import fold

OPTION_LENGTH = 60
TEXT_LENGTH = 2000
WORD_SCALES: tuple[tuple[str, ...], ...] = (
    (
        "strongly disagree|completely disagree|disagree strongly",
        "disagree|tend to disagree|somewhat disagree",
        "neither agree nor disagree|neutral|neither|undecided|neither disagree nor agree",
        "agree|tend to agree|somewhat agree",
        "strongly agree|completely agree|agree strongly",
    ),
    (
        "very poor",
        "poor",
        "average|fair|ok|okay|neutral|acceptable|satisfactory|neither good nor poor",
        "good",
        "excellent",
    ),
    ("very poor", "poor", "average|fair|ok|okay|neutral|acceptable|neither good nor poor", "good", "very good"),
    ("poor", "fair", "good", "very good", "excellent"),
    (
        "very dissatisfied",
        "dissatisfied|somewhat dissatisfied",
        "neither satisfied nor dissatisfied|neutral|neither dissatisfied nor satisfied",
        "satisfied|somewhat satisfied",
        "very satisfied",
    ),
    (
        "very unlikely",
        "unlikely|somewhat unlikely",
        "neither likely nor unlikely|neutral|not sure|neither",
        "likely|somewhat likely",
        "very likely",
    ),
    ("never", "rarely", "sometimes|occasionally", "often", "always"),
    ("not at all", "slightly|a little", "moderately|somewhat|quite", "very", "extremely"),
    ("not at all", "not so|not very", "somewhat|fairly", "very", "extremely"),
)
MIDDLE_BEST: tuple[tuple[str, ...], ...] = (
    (
        "much too short",
        "too short|a little too short",
        "about right|just right",
        "too long|a little too long",
        "much too long",
    ),
    ("too short", "about right|just right", "too long"),
    ("too little", "about right|just right", "too much"),
    ("too few", "about right|just right", "too many"),
    ("too slow", "about right|just right", "too fast"),
)

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_LEADING_NUMBER = re.compile(r"(\d{1,2})\s*(?:[-:=.)(]\s*)\D.*")
_NOT_APPLICABLE = {
    "not applicable",
    "n/a",
    "na",
    "n.a.",
    "does not apply",
    "not applicable to me",
    "not applicable (n/a)",
}
_PRIVATE = re.compile(
    r"\S+@\S+\.\S+"  # an e-mail address
    r"|(?:\+44|\b0)(?:[\s().-]*\d){9,10}\b"  # a UK telephone number
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"  # a UK postcode
    r"|\b\d{3}[ -]?\d{3}[ -]?\d{4}\b",  # an NHS number
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """One row of `feedback_answer`, as far as the answer decides it."""

    reply_state: Literal["answered", "not_applicable"] = "answered"
    option: str | None = None
    number: Decimal | None = None
    text: str | None = None


@dataclass(frozen=True)
class Offered:
    """What a question offers: its kind, its closed list, its scale, and how several answers share a cell."""

    kind: str
    options: tuple[str, ...] = ()
    scale_min: int | None = None
    scale_max: int | None = None
    joined_by: str = ""


def read_answers(offered: Offered, texts: Sequence[str], written: str = "") -> list[Answer]:
    """The answers in these texts (none when all are empty). `written` stood under "Other (please specify)".

    What is not offered is kept as words, without an option or a number.
    """
    if texts and all(is_not_applicable(text) for text in texts) and not written:
        return [Answer("not_applicable")]
    if offered.kind in {"single", "multi"}:
        return _chosen(offered, texts, written)
    words = "; ".join(text for text in (*texts, written) if text)
    if not words:
        return []
    if offered.kind == "yes_no":
        return [_yes_or_no(words)]
    if offered.kind in {"number", "scale"}:
        number = number_in(words)
        if number is None and offered.kind == "scale":
            number = _point(offered, words)
        return [Answer(text=words) if number is None else Answer(number=number)]
    return [Answer(text=words)]


def is_not_applicable(text: str) -> bool:
    """True for "not applicable" in any of its spellings: it leaves the denominator."""
    return fold(text) in _NOT_APPLICABLE


def is_private(text: str) -> bool:
    """True when words hold something like an e-mail address, a telephone number, a postcode or an NHS number."""
    return _PRIVATE.search(text) is not None


def number_in(text: str) -> Decimal | None:
    """The number that this text is, or that stands before its words (`5 - Excellent`); None when there is none."""
    plain = fold(text)
    if _NUMBER.fullmatch(plain):
        return Decimal(plain).normalize() + 0
    leading = _LEADING_NUMBER.fullmatch(plain)
    return Decimal(leading[1]) if leading else None


def worded_scale(texts: Iterable[str]) -> tuple[tuple[str, ...], bool] | None:
    """The known scale that all these texts are points of, lowest point first, and whether its middle is best.

    None when there is none, or when they could be points of two scales at different heights.
    """
    printed = {fold(text): text for text in texts}
    fitting = [(scale, points) for scale in (*WORD_SCALES, *MIDDLE_BEST) if (points := _points(scale, set(printed)))]
    if fitting and all(scale in MIDDLE_BEST for scale, _ in fitting):
        fitting = [min(fitting, key=lambda one: len(one[0]))]
    if len({tuple(points[word] for word in printed) for _, points in fitting}) != 1:
        return None
    scale, points = fitting[0]
    words = {place: printed[word] for word, place in points.items()}
    return (
        tuple(words.get(place, names.split("|")[0].capitalize()) for place, names in enumerate(scale, start=1)),
        scale in MIDDLE_BEST,
    )


def split_joined(text: str, options: Sequence[str], joined_by: str) -> list[str]:
    """The answers joined in one cell, longest option first, so that an option may hold the separator itself.

    What is no option is split at the separator as well when it is `;`; at a comma it stays whole, as a comma
    may be part of it.
    """
    by_fold = {fold(option): option for option in options}
    rest, found, loose = fold(text), [], []
    mark = joined_by.strip()
    while rest:
        option = next(
            (
                one
                for one in sorted(by_fold, key=len, reverse=True)
                if one
                and rest.startswith(one)
                and (len(rest) == len(one) or rest[len(one) :].lstrip().startswith(mark))
            ),
            None,
        )
        if option is not None:
            found.append(by_fold[option])
            rest = rest[len(option) :].lstrip().removeprefix(mark).lstrip()
            continue
        piece, _, rest = rest.partition(mark)
        rest = rest.lstrip()
        loose.append(piece.strip())
    return found + _as_printed(text, [piece for piece in loose if piece], mark)


def _as_printed(text: str, pieces: list[str], mark: str) -> list[str]:
    printed = {fold(piece): piece.strip() for piece in text.split(mark)}
    words = [printed.get(piece, piece) for piece in pieces]
    return words if mark == ";" or len(words) < 2 else [f"{mark} ".join(words)]


@lru_cache(maxsize=256)
def _listed(options: tuple[str, ...]) -> dict[str, str]:
    return {fold(option): code for option, code in option_codes(options).items()}


def _chosen(offered: Offered, texts: Sequence[str], written: str) -> list[Answer]:
    listed = _listed(offered.options)
    pieces: list[str] = []
    for text in (*texts, written):
        if text and fold(text) not in listed and offered.joined_by and offered.kind == "multi":
            pieces += split_joined(text, offered.options, offered.joined_by)
        elif text:
            pieces.append(text)
    chosen = dict.fromkeys(listed[fold(piece)] for piece in pieces if fold(piece) in listed)
    words = list(dict.fromkeys(piece for piece in pieces if fold(piece) not in listed and not is_not_applicable(piece)))
    answers = [Answer(option=code) for code in chosen if not is_not_applicable(code)]
    if words and written and len(answers) == 1 and offered.kind == "single":
        return [Answer(option=answers[0].option, text="; ".join(words))]
    if words:
        answers.append(Answer(text="; ".join(words)))
    return answers


def option_codes(options: Sequence[str]) -> dict[str, str]:
    """Option -> its code: the option itself, cut to 60 characters so that no two are alike."""
    codes: dict[str, str] = {}
    for option in options:
        code, number = option[:OPTION_LENGTH].strip(), 2
        while code in codes.values():
            code, number = f"{option[: OPTION_LENGTH - 4].strip()} ({number})", number + 1
        codes[option] = code
    return codes


def _yes_or_no(text: str) -> Answer:
    said = fold(text)
    if said in {"yes", "y", "true", "1"} or said.startswith("yes,"):
        return Answer(option="yes", number=Decimal(1))
    if said in {"no", "n", "false", "0"} or said.startswith("no,"):
        return Answer(option="no", number=Decimal(0))
    return Answer(text=text)


def _point(offered: Offered, text: str) -> Decimal | None:
    """The height of a worded answer: its place in the declared list, else in the one known scale it fits."""
    said = fold(text)
    places = [fold(option) for option in offered.options if not is_not_applicable(option)]
    low, high = offered.scale_min, offered.scale_max
    if low is None or high is None:
        return None
    if said in places and len(places) == high - low + 1:
        known = _known_order(places)
        return Decimal(low + (known or places).index(said))
    for scale in (*WORD_SCALES, *MIDDLE_BEST):
        points = _points(scale, {said})
        if points and len(scale) == high - low + 1:
            return Decimal(low + points[said] - 1)
    return None


def _known_order(places: list[str]) -> list[str] | None:
    """The declared list from its lowest point, where it is a known scale written from either end."""
    for scale in (*WORD_SCALES, *MIDDLE_BEST):
        points = _points(scale, set(places))
        if points and len(scale) == len(places):
            return sorted(places, key=lambda place: points[place])
    return None


def _points(scale: tuple[str, ...], said: set[str]) -> dict[str, int] | None:
    """Word -> point from 1, when every word said is a point of this scale. "Very useful" is a point of "very"."""
    points = {name: place for place, names in enumerate(scale, start=1) for name in names.split("|")}
    if said and said <= points.keys():
        return {word: points[word] for word in said}
    if "extremely" not in points:
        return None
    found: dict[str, int] = {}
    endings: set[str] = set()
    for word in said:
        start = max((name for name in points if word == name or word.startswith(f"{name} ")), key=len, default=None)
        if start is None:
            return None
        found[word] = points[start]
        endings.add(word.removeprefix(start).strip())
    return found if len(endings) == 1 and said else None
