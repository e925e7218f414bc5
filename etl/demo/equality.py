"""The equality questions as the demonstration's forms ask them, and how its invented people answer."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from etl.demo.dice import Dice

PREFER_NOT = "Prefer not to say"


@dataclass(frozen=True)
class Category:
    """One answer of one list: its code, label, groups at ladder levels 2 and 3, and share of our people."""

    code: str
    label: str
    level_2: str
    level_3: str
    weight: float


@dataclass(frozen=True)
class Characteristic:
    """One list of answers with the wording of the question that asks for it."""

    name: str
    version: str
    question: str
    categories: tuple[Category, ...]


QUESTIONS = {
    "ethnicity": "What is your ethnic group?",
    "disability": (
        "Do you have any physical or mental health conditions or illnesses lasting or expected to last"
        " 12 months or more?"
    ),
    "sex": "What is your sex?",
    "orientation": "Which of these best describes your sexual orientation?",
    "religion": "What is your religion?",
    "carer": (
        "Do you look after, or give any help or support to, anyone because of long-term conditions, illness"
        " or problems related to old age?"
    ),
    "age": "What is your age group?",
}


def _read() -> tuple[Characteristic, ...]:
    """equality.csv: the lists of the Census 2021 and the GSS, with an invented share of our people for each answer."""
    lines = files("etl.demo").joinpath("equality.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    found = []
    for name, question in QUESTIONS.items():
        mine = [row for row in rows if row["characteristic"] == name]
        categories = tuple(
            Category(row["category"], row["label"], row["level_2"], row["level_3"], float(row["weight"]))
            for row in mine
        )
        found.append(Characteristic(name, mine[0]["version"], question, categories))
    return tuple(found)


CHARACTERISTICS = _read()
BY_NAME = {one.name: one for one in CHARACTERISTICS}

LIMITS_QUESTION = "Does your condition or illness reduce your ability to carry out day-to-day activities?"
LIMITS = {"limited_a_lot": "Yes, a lot", "limited_a_little": "Yes, a little"}


def truthful_answers(dice: Dice) -> dict[str, str]:
    """What one invented person would say to each question: characteristic name to category code."""
    return {
        one.name: dice.pick({category.code: category.weight for category in one.categories}) for one in CHARACTERISTICS
    }


def given_answers(truth: dict[str, str], dice: Dice) -> dict[str, str]:
    """What they put on the form: a category code, "prefer_not", or "" for a question left empty.

    About three quarters of the answers are declared: some skip the page, some would rather not say.
    """
    mood = dice.pick({"open": 0.80, "private": 0.09, "skips": 0.11})
    if mood == "skips":
        return dict.fromkeys(truth, "")
    silent = 0.8 if mood == "private" else 0.05
    return {
        name: dice.pick({"prefer_not": 0.8, "": 0.2}) if dice.chance(silent) else code for name, code in truth.items()
    }


def label(name: str, code: str) -> str:
    """The words of an answer as a form prints them."""
    if code in ("", "prefer_not"):
        return PREFER_NOT if code else ""
    return next(category.label for category in BY_NAME[name].categories if category.code == code)


def disability_cells(code: str) -> tuple[str, str]:
    """The two cells of the two-part question. "Not disabled" has no condition, so no second answer."""
    if code in ("", "prefer_not"):
        return (PREFER_NOT if code else "", "")
    return ("Yes", LIMITS[code]) if code in LIMITS else ("No", "")
