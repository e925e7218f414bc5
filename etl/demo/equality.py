"""The equality questions as the demonstration's forms ask them, and how its invented people answer."""

from __future__ import annotations

from dataclasses import dataclass

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


def _ethnicity() -> tuple[Category, ...]:
    groups = {
        ("asian", "abmo"): ("Bangladeshi 2", "Chinese 1", "Indian 5", "Pakistani 4", "Other Asian 2"),
        ("black", "abmo"): ("African 9", "Caribbean 8", "Other Black 2"),
        ("mixed", "abmo"): (
            "White and Asian 1",
            "White and Black African 1",
            "White and Black Caribbean 3",
            "Other Mixed or Multiple 1",
        ),
        ("white", "white"): (
            "English, Welsh, Scottish, Northern Irish or British 46",
            "Irish 3",
            "Gypsy or Irish Traveller 1",
            "Roma 1",
            "Other White 6",
        ),
        ("other", "abmo"): ("Arab 2", "Any other ethnic group 2"),
    }
    found: list[Category] = []
    for (level_2, level_3), entries in groups.items():
        for entry in entries:
            label, weight = entry.rsplit(" ", 1)
            code = f"ET{len(found) + 1:02d}"
            found.append(Category(code, label, level_2, level_3, float(weight)))
    return tuple(found)


CHARACTERISTICS = (
    Characteristic("ethnicity", "2021-19", "What is your ethnic group?", _ethnicity()),
    Characteristic(
        "disability",
        "gss-2q",
        "Do you have any physical or mental health conditions or illnesses lasting or expected to last"
        " 12 months or more?",
        (
            Category("limited_a_lot", "Limited a lot", "disabled", "", 24),
            Category("limited_a_little", "Limited a little", "disabled", "", 24),
            Category("not_disabled", "Not disabled", "not_disabled", "", 52),
        ),
    ),
    Characteristic(
        "sex",
        "census-2021",
        "What is your sex?",
        (Category("female", "Female", "", "", 63), Category("male", "Male", "", "", 37)),
    ),
    Characteristic(
        "orientation",
        "census-2021",
        "Which of these best describes your sexual orientation?",
        (
            Category("straight", "Straight or heterosexual", "straight", "", 84),
            Category("gay_or_lesbian", "Gay or lesbian", "lgbo", "", 7),
            Category("bisexual", "Bisexual", "lgbo", "", 7),
            Category("other", "Other sexual orientation", "lgbo", "", 2),
        ),
    ),
    Characteristic(
        "religion",
        "census-2021",
        "What is your religion?",
        (
            Category("none", "No religion", "none", "", 40),
            Category("christian", "Christian", "christian", "", 34),
            Category("buddhist", "Buddhist", "another", "", 2),
            Category("hindu", "Hindu", "another", "", 4),
            Category("jewish", "Jewish", "another", "", 2),
            Category("muslim", "Muslim", "another", "", 13),
            Category("sikh", "Sikh", "another", "", 3),
            Category("other", "Any other religion", "another", "", 2),
        ),
    ),
    Characteristic(
        "carer",
        "census-2021",
        "Do you look after, or give any help or support to, anyone because of long-term conditions,"
        " illness or problems related to old age?",
        (
            Category("no", "No", "no", "no", 56),
            Category("up_to_9", "9 hours a week or less", "up_to_19", "yes", 14),
            Category("10_19", "10 to 19 hours a week", "up_to_19", "yes", 9),
            Category("20_34", "20 to 34 hours a week", "20_or_more", "yes", 7),
            Category("35_49", "35 to 49 hours a week", "20_or_more", "yes", 6),
            Category("50_or_more", "50 or more hours a week", "20_or_more", "yes", 8),
        ),
    ),
    Characteristic(
        "age",
        "bands-7",
        "What is your age group?",
        (
            Category("16-24", "16-24", "16-34", "", 9),
            Category("25-34", "25-34", "16-34", "", 17),
            Category("35-44", "35-44", "35-64", "", 22),
            Category("45-54", "45-54", "35-64", "", 23),
            Category("55-64", "55-64", "35-64", "", 17),
            Category("65-74", "65-74", "65+", "", 9),
            Category("75+", "75+", "65+", "", 3),
        ),
    ),
)
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
