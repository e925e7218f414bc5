"""Every wording of the 2021 Census of England and Wales and of the harmonised questions is told for what it asks."""

from __future__ import annotations

import pytest

from etl.equality_headings import BIRTH, LIMITS, asks_about, characteristic_of
from etl.topics import Topic, topic_of

CENSUS_2021 = (
    ("What is your date of birth?", BIRTH),
    ("What is your sex?", "sex"),
    ("Is the gender you identify with the same as your sex registered at birth?", "gender_identity"),
    ("Which of the following best describes your sexual orientation?", "orientation"),
    ("What is your ethnic group?", "ethnicity"),
    ("What is your religion?", "religion"),
    (
        (
            "Do you have any physical or mental health conditions or illnesses lasting or expected to last 12 "
            "months or more?"
        ),
        "disability",
    ),
    (
        "Do any of your conditions or illnesses reduce your ability to carry out day-to-day activities?",
        LIMITS,
    ),
    (
        (
            "Do you look after, or give any help or support to, anyone because they have long-term physical or mental "
            "health conditions or illnesses, or problems related to old age?"
        ),
        "carer",
    ),
)
HARMONISED = (
    (
        (
            "Does your condition or illness/do any of your conditions or illnesses reduce your ability to carry-out "
            "day-to-day activities?"
        ),
        LIMITS,
    ),
    (
        (
            "Are your day-to-day activities limited because of a health problem or disability which has lasted, or is "
            "expected to last, at least 12 months?"
        ),
        LIMITS,
    ),
    (
        (
            "Do you look after, or give any help or support to family members, friends, neighbours or others because "
            "of either: long-term physical or mental ill-health / disability? problems related to old age?"
        ),
        "carer",
    ),
    ("Do you have a long-standing physical or mental impairment, illness or disability?", "disability"),
    ("What was the occupation of your main household earner when you were about aged 14?", "class_background"),
    ("What is your age group?", "age"),
)
# Of the same questionnaire, and about nothing that the equality lists hold.
OTHERS = (
    "What is your country of birth?",
    "What is your main language?",
    "How would you describe your national identity?",
    "How well can you speak English?",
    "Have you previously served in the UK Armed Forces?",
    "One year ago, what was your usual address?",
)


@pytest.mark.parametrize(("wording", "asked"), [*CENSUS_2021, *HARMONISED])
def test_a_census_question_is_about_what_the_census_asks_whatever_its_marks(wording: str, asked: str) -> None:
    wanted = {BIRTH: None, LIMITS: "disability"}.get(asked, asked)
    for printed in (wording, wording.upper(), f"<b>{wording}</b> *", wording.replace("-", "\u2011")):
        assert asks_about(printed) == asked
        assert characteristic_of(printed) == wanted


@pytest.mark.parametrize(("wording", "asked"), [*CENSUS_2021, *HARMONISED])
def test_a_form_and_a_ticket_report_tell_the_same(wording: str, asked: str) -> None:
    assert topic_of(wording, ["Yes", "No", "Prefer not to say"]) == Topic("equality", asked)


@pytest.mark.parametrize("wording", OTHERS)
def test_other_census_questions_are_no_equality_questions(wording: str) -> None:
    assert asks_about(wording) is None


@pytest.mark.parametrize(
    ("wording", "asked"),
    [
        ("How do you look after your long-term condition?", "disability"),
        ("Do you need help or support to manage a disability?", "disability"),
        ("Do you care for someone with a disability?", "carer"),
        ("Are you disabled, or do you have caring responsibilities?", "disability"),
    ],
)
def test_giving_help_is_told_from_needing_it(wording: str, asked: str) -> None:
    assert asks_about(wording) == asked
