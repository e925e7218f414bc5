"""A catalogue entry for a form that nobody has declared: made from its headings and its answers.

It lets a form load the first time it is met. A person confirms it; a guessed question is never trended.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.answers import is_not_applicable, is_private, number_in, worded_scale
from etl.asked import Asked, Form
from etl.questions import Question, unique_ids
from etl.topics import Topic
from etl.wording import ID_LENGTH, WORDING_LENGTH, fold, fold_wording, slug

_FIRST_DAY = date(2019, 1, 1)  # nothing of this programme happened before it

_GOES_TO = {"contact": "drop", "drop": "drop", "equality": "equality", "access": "drop"}
_RATING = re.compile(
    r"\brat(?:e|ed|ing)\b|\bsatisf|\blikely\b|\bhelpful\b|\buseful\b|\boverall\b|\bconfiden|\bscore\b|\bscale\b|\bagree\b"
    r"|\bimpression\b|\bquality\b|\benjoy|\brecommend"
    r"|\bhow (?:well|good|clear|easy|difficult|relevant|welcome|much did)\b"
)
_COUNT = re.compile(r"\bhow many\b|\bnumber of\b|\bhow long\b|\bhours?\b|\bminutes\b|\byears?\b|\bcosts?\b|\brank\b")
_OVERALL = re.compile(r"\boverall\b|\bhow satisfied (?:are|were) you(?: with (?:the|this|our|today's) [\w-]+)?\W*$")
_ADVERSE = re.compile(
    r"\btoo\b|\bnot\b|\bdifficult\b|\bhard to\b|\bconfus|\bunclear\b|\bdissatisf|\bdisappoint|\bwaste\b"
)
_OPEN = re.compile(
    r"\banything\b|\bcomments?\b|\bsuggest|\btell us\b|\bwhat could\b|\bwhat would you (?:change|improve)\b|\bwhy\b"
    r"|\bplease (?:explain|describe|say)\b|\bfeedback\b|\bin your own words\b|\bhow could\b"
)
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.!?]|(?:\S+\s+){12,}\S+")
_HEIGHTS = (5, 7, 10)
_LONGEST_OPTION = 80
_MOST_OPTIONS = 20


def guess_code(form: Form) -> str:
    """The code of an undeclared form: the same for every export with the same headings in the same order."""
    wordings = "\n".join(map(fold_wording, form.headings))
    return f"F-{hashlib.sha256(wordings.encode()).hexdigest()[:8].upper()}"


def guess(form: Form, topics: Sequence[Topic | None], *, is_named: bool, today: date) -> list[Question]:
    """One entry for each question asked, in order."""
    days = [response.submitted_on for response in form.responses if response.submitted_on]
    opened_on = min((day for day in days if _FIRST_DAY <= day <= today), default=today)
    ids = unique_ids(map(_id, form.asked), ID_LENGTH)
    code = guess_code(form)
    guessed = []
    for asked, topic, question_id in zip(form.asked, topics, ids, strict=True):
        entry = Question(
            form_code=code,
            version=1,
            question_id=question_id,
            wording=asked.shown[:WORDING_LENGTH],
            kind="text",
            polarity="none",
            goes_to=_GOES_TO[topic.kind] if topic else "feedback",
            opened_on=opened_on,
            is_named=is_named and topic is None,
        )
        guessed.append(entry if topic else _with_kind(entry, asked, form))
    return _with_headline(guessed)


def _id(asked: Asked) -> str:
    """An id from the wording; of a grid's line, from the line first, as its question is the same for all."""
    if not asked.row:
        return slug(asked.shown)
    line = slug(asked.row, 2 * ID_LENGTH // 3)
    question = asked.shown.removesuffix(asked.row)
    return f"{slug(question, ID_LENGTH - 1 - len(line))}_{line}".strip("_")


def _with_kind(entry: Question, asked: Asked, form: Form) -> Question:
    texts = [text for response in form.responses for text in asked.answers(response.cells)]
    said = [text for text in texts if not is_not_applicable(text)]
    if asked.labels:
        return replace(entry, kind="multi", options=asked.labels)
    if asked.joined_by and asked.closes and said and all(text.endswith(asked.joined_by.strip()) for text in said):
        mark = asked.joined_by.strip()
        pieces = {piece.strip() for text in said for piece in text.split(mark) if piece.strip()}
        if all(len(piece) <= _LONGEST_OPTION and not is_private(piece) for piece in pieces):
            return replace(entry, kind="multi", options=tuple(sorted(pieces, key=fold)))
    if asked.is_open or not said:
        return entry
    if all(fold(text) in {"yes", "no"} for text in said):
        return replace(entry, kind="yes_no", options=("Yes", "No"))
    return _rated(entry, said) or _counted(entry, said) or _repeated(entry, said) or entry


def _rated(entry: Question, said: list[str]) -> Question | None:
    """A scale: words of a known one, or small whole numbers under a wording that asks for a rating."""
    polarity = "lower_better" if _ADVERSE.search(fold(entry.wording)) else "higher_better"
    if found := worded_scale(dict.fromkeys(said)):
        points, is_middle_best = found
        polarity = "middle_best" if is_middle_best else polarity
        return replace(entry, kind="scale", scale_min=1, scale_max=len(points), polarity=polarity, options=points)
    numbers = [number_in(text) for text in said]
    whole = [int(number) for number in numbers if number is not None and number == int(number)]
    wording = fold(entry.wording)
    is_rating = _RATING.search(wording) and not _COUNT.search(wording)
    if len(whole) < len(said) or not is_rating or min(whole) < 0 or max(whole) > _HEIGHTS[-1]:
        return None
    lowest = 0 if min(whole) == 0 else 1
    highest = _HEIGHTS[-1] if lowest == 0 else next(height for height in _HEIGHTS if max(whole) <= height)
    return replace(entry, kind="scale", scale_min=lowest, scale_max=highest, polarity=polarity)


def _counted(entry: Question, said: list[str]) -> Question | None:
    return replace(entry, kind="number") if all(number_in(text) is not None for text in said) else None


def _repeated(entry: Question, said: list[str]) -> Question | None:
    """A closed list: short answers that most people share. What one person alone wrote is no option."""
    times = Counter(fold(text) for text in said)
    printed = {fold(text): text for text in reversed(said)}
    options = [text for folded, text in printed.items() if times[folded] > 1]
    shared = sum(times[fold(text)] for text in options)
    if (
        _OPEN.search(fold(entry.wording))
        or len(options) < 2
        or len(options) > _MOST_OPTIONS
        or shared < 0.6 * len(said)
        or any(len(text) > _LONGEST_OPTION or _SENTENCE.fullmatch(text) or is_private(text) for text in options)
    ):
        return None
    return replace(entry, kind="single", options=tuple(sorted(options, key=fold)))


def _with_headline(guessed: list[Question]) -> list[Question]:
    """Mark the one scale that clearly asks for an overall judgement, if there is one."""
    overall = [
        place
        for place, entry in enumerate(guessed)
        if entry.kind == "scale" and entry.polarity == "higher_better" and _OVERALL.search(fold(entry.wording))
    ]
    first = next((place for place in overall if "satisf" in fold(guessed[place].wording)), None)
    chosen = overall[0] if first is None and overall else first
    return [replace(entry, is_headline=True) if place == chosen else entry for place, entry in enumerate(guessed)]
