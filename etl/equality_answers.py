"""What an answer to an equality question means: which category of which list, or that nothing was said.

The tables are in `equality_answers.toml`. Wordings are looked up, never interpreted: what is not there is
`unmapped`, and the steward sees how many there are.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from etl.wording import fold

ReplyState = Literal["answered", "prefer_not_to_say", "no_reply"]
UNMAPPED = "unmapped"
PART = " | "

_BIRTHS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y")
_PUNCTUATION = re.compile(r"[^\w+]+")
_LINKING = {"or", "and", "of", "a", "the"}
_EXAMPLES = re.compile(r"\s*\((?:for example|e\.g\.|eg|such as|includes|including|please)[^)]*\)")
_NHS_CODE = re.compile(r"([a-hj-npr-sz])(?:\s*[-:.)]\s*(.*))?")
_STROKE = re.compile(r"\s*/\s*")
_AGES = re.compile(r"(\d{1,3})(?:\s*(?:-|to)\s*(\d{1,3}))?(?: years?(?: old)?)?")
_WORDS_OF_2011 = ("english/welsh/scottish", "asian/asian british", "black/african/caribbean", "mixed/multiple")


class Placed(NamedTuple):
    """Where an answer stands. category is '' unless reply_state is `answered`."""

    list_version: str
    category: str
    reply_state: ReplyState


def characteristics() -> tuple[str, ...]:
    """Every characteristic that has a list."""
    return tuple(name for name, entry in _tables().items() if isinstance(entry, dict))


def place(characteristic: str, text: str) -> Placed:
    """Which category this answer means. The two parts of the disability question are joined by " | ".

    Ages, and ranges of ages inside one of the seven bands, are that band. Raises KeyError for an unknown
    characteristic.
    """
    version: str = _tables()[characteristic]["list"]
    parts = [fold(part) for part in text.split(PART.strip())]
    if not any(parts):
        return Placed(version, "", "no_reply")
    if characteristic == "disability":
        return _disability(version, parts)
    said = parts[0]
    if characteristic == "ethnicity":
        if coded := _nhs(said):
            return coded
        version = "2011-18" if any(words in _STROKE.sub("/", said) for words in _WORDS_OF_2011) else version
    if _is_not_said(said):
        return Placed(version, "", "prefer_not_to_say")
    return Placed(version, _category(characteristic, said), "answered")


def band_of_birth(born: str, on: date) -> str:
    """The age band, as its label, that a date of birth means on a day; '' when it cannot be read or has no band.

    Read day first, as people write it here; a date that only fits month first is read so.
    """
    printed = re.split(r"[ T]", born, maxsplit=1)[0]
    day = next((day for shape in _BIRTHS if (day := _day(printed, shape))), None)
    if day is None:
        return ""
    code = age_band(str(on.year - day.year - ((on.month, on.day) < (day.month, day.day))))
    return next((one["label"] for one in _tables()["age"]["category"] if one["code"] == code), "")


def _day(text: str, shape: str) -> date | None:
    try:
        return datetime.strptime(text, shape).replace(tzinfo=UTC).date()
    except ValueError:
        return None


def age_band(said: str) -> str:
    """The band of an age in years (`37`), or of a range inside one band (`35-39`); '' when there is none."""
    shape = _AGES.fullmatch(said)
    if shape is None:
        return ""
    ages = [int(number) for number in shape.groups() if number]
    found = {next((code for low, high, code in _BANDS if low <= age <= high), "") for age in ages}
    return found.pop() if len(found) == 1 else ""


_BANDS = (
    (16, 24, "16_24"),
    (25, 34, "25_34"),
    (35, 44, "35_44"),
    (45, 54, "45_54"),
    (55, 64, "55_64"),
    (65, 74, "65_74"),
    (75, 120, "75_plus"),
)


def _disability(version: str, parts: list[str]) -> Placed:
    """Disabled = a lasting condition that limits daily life (GSS, measuring disability for the Equality Act 2010)."""
    first, second = parts[0], " ".join(parts[1:])
    if len(parts) == 1:
        return _disability_in_one(version, first)
    if first == "no" or first.startswith("no,"):
        return Placed(version, "not_disabled", "answered")
    if _is_not_said(first) or _is_not_said(second):
        return Placed(version, "", "prefer_not_to_say")
    if not second:
        return Placed(version, "", "no_reply")
    return Placed(version, _category("disability", second), "answered")


def _disability_in_one(version: str, said: str) -> Placed:
    """A form that asks one question only, yes or no, has no "a lot" and "a little": it is a list of its own."""
    if said in {"yes", "no"}:
        return Placed("yes-no", "disabled" if said == "yes" else "not_disabled", "answered")
    if _is_not_said(said):
        return Placed(version, "", "prefer_not_to_say")
    return Placed(version, _category("disability", said), "answered")


def _nhs(said: str) -> Placed | None:
    """A category of the NHS list (2001, 16+1), which is sent as its letter."""
    found = _NHS_CODE.fullmatch(said)
    if found is None:
        return None
    letter = found[1].upper()
    if letter == "Z":
        return Placed("nhs-16+1", "", "prefer_not_to_say")
    code = next(one["code"] for one in _tables()["ethnicity"]["category"] if one.get("nhs") == letter)
    return Placed("nhs-16+1", code, "answered")


def _category(characteristic: str, said: str) -> str:
    if characteristic == "gender_identity" and said in {"yes", "no"}:
        return "same" if said == "yes" else "different"
    listed = _by_wording(characteristic).get(_bare(said))
    return listed or (age_band(said) if characteristic == "age" else "") or UNMAPPED


def _is_not_said(said: str) -> bool:
    return _bare(said) in _not_said()


def _bare(text: str) -> str:
    """A wording without examples, punctuation and the words that forms vary."""
    words = _PUNCTUATION.sub(" ", _EXAMPLES.sub("", text.replace("-", " "))).split()
    return " ".join(word for word in words if word not in _LINKING) or text


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("etl").joinpath("equality_answers.toml").read_text("utf-8"))


@cache
def _not_said() -> frozenset[str]:
    return frozenset(_bare(fold(wording)) for wording in _tables()["not_said"])


@cache
def _by_wording(characteristic: str) -> dict[str, str]:
    """Bare wording -> category code. Raises ValueError when one wording would mean two categories."""
    found: dict[str, str] = {}
    table = _tables()[characteristic]
    for one in table["category"]:
        for wording in _wordings(one, table.get("under", {})):
            if found.setdefault(_bare(fold(wording)), one["code"]) != one["code"]:
                raise ValueError(f"{characteristic}: one wording means two categories")
    return found


def _wordings(one: dict[str, Any], under: dict[str, list[str]]) -> list[str]:
    plain = [one["label"], one["code"].replace("_", " "), *one["wordings"]]
    after = [*plain, *one.get("under_only", [])]
    above = [*under.get(one.get("under", ""), []), *under.get(one.get("also_under", ""), [])]
    return [*plain, *(f"{group} {wording}" for group in above for wording in after)]
