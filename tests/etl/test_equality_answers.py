from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.equality_answers import band_of_birth, characteristics, place

PROJECT = Path(__file__).resolve().parents[2]
ETHNICITIES = [
    ("Bangladeshi", "asian_bangladeshi"),
    ("Chinese", "asian_chinese"),
    ("Indian", "asian_indian"),
    ("Pakistani", "asian_pakistani"),
    ("Any other Asian background", "asian_other"),
    ("African", "black_african"),
    ("Caribbean", "black_caribbean"),
    ("Any other Black, Black British, or Caribbean background", "black_other"),
    ("White and Asian", "mixed_white_asian"),
    ("White and Black African", "mixed_white_black_african"),
    ("White and Black Caribbean", "mixed_white_black_caribbean"),
    ("Any other Mixed or Multiple background", "mixed_other"),
    ("English, Welsh, Scottish, Northern Irish or British", "white_british"),
    ("Irish", "white_irish"),
    ("Gypsy or Irish Traveller", "white_gypsy_traveller"),
    ("Roma", "white_roma"),
    ("Any other White background", "white_other"),
    ("Arab", "other_arab"),
    ("Any other ethnic group", "other_any"),
]


@pytest.mark.parametrize(("wording", "category"), ETHNICITIES)
def test_each_of_the_nineteen_categories_of_the_census_is_placed(wording: str, category: str) -> None:
    assert place("ethnicity", wording) == ("2021-19", category, "answered")


@pytest.mark.parametrize(
    ("wording", "category"),
    [
        ("White: English, Welsh, Scottish, Northern Irish or British", "white_british"),
        ("White - British", "white_british"),
        ("Asian or Asian British – Indian", "asian_indian"),
        ("Black, Black British, Caribbean or African: Caribbean", "black_caribbean"),
        ("Mixed or Multiple ethnic groups: Any other background", "mixed_other"),
        ("Other ethnic group - Arab", "other_arab"),
        ("Other ethnic group: Chinese", "asian_chinese"),
    ],
)
def test_a_category_may_stand_behind_the_name_of_its_group(wording: str, category: str) -> None:
    assert place("ethnicity", wording).category == category


def test_the_list_of_2011_is_told_by_its_strokes() -> None:
    wording = "White - English / Welsh / Scottish / Northern Irish / British"
    assert place("ethnicity", wording) == ("2011-18", "white_british", "answered")
    assert place("ethnicity", "Asian/Asian British: Pakistani").list_version == "2011-18"


@pytest.mark.parametrize(
    ("letter", "category"),
    list(zip("ABCDEFGHJKLMNPRS", [
        "white_british", "white_irish", "white_other", "mixed_white_black_caribbean", "mixed_white_black_african",
        "mixed_white_asian", "mixed_other", "asian_indian", "asian_pakistani", "asian_bangladeshi", "asian_other",
        "black_caribbean", "black_african", "black_other", "asian_chinese", "other_any",
    ], strict=True)),
)  # fmt: skip
def test_each_letter_of_the_nhs_list_is_placed(letter: str, category: str) -> None:
    assert place("ethnicity", letter) == ("nhs-16+1", category, "answered")
    assert place("ethnicity", f"{letter} - words").category == category


def test_not_stated_in_the_nhs_list_is_preferring_not_to_say() -> None:
    assert place("ethnicity", "Z") == ("nhs-16+1", "", "prefer_not_to_say")


@pytest.mark.parametrize("wording", ["White", "Asian", "Mixed", "Other", "Human", "British", "T", "Q"])
def test_a_wording_that_is_in_no_list_is_unmapped_and_never_guessed(wording: str) -> None:
    assert place("ethnicity", wording) == ("2021-19", "unmapped", "answered")


@pytest.mark.parametrize("characteristic", characteristics())
def test_not_saying_and_not_replying_are_two_different_facts_everywhere(characteristic: str) -> None:
    assert place(characteristic, "Prefer not to say")[1:] == ("", "prefer_not_to_say")
    assert place(characteristic, "I'd rather not say.")[1:] == ("", "prefer_not_to_say")
    assert place(characteristic, " \u00a0")[1:] == ("", "no_reply")
    assert place(characteristic, "Quagga")[1:] == ("unmapped", "answered")


@pytest.mark.parametrize(
    ("answer", "category", "state"),
    [
        ("Yes | Yes, a lot", "limited_a_lot", "answered"),
        ("Yes | Yes, a little", "limited_a_little", "answered"),
        ("Yes | Not at all", "not_disabled", "answered"),
        ("No | ", "not_disabled", "answered"),
        ("Yes | ", "", "no_reply"),
        ("Yes | Prefer not to say", "", "prefer_not_to_say"),
        ("Prefer not to say | ", "", "prefer_not_to_say"),
        (" | ", "", "no_reply"),
        ("Yes | Sometimes", "unmapped", "answered"),
    ],
)
def test_disabled_is_a_lasting_condition_that_limits_daily_life(answer: str, category: str, state: str) -> None:
    assert place("disability", answer) == ("gss-2q", category, state)


def test_a_disability_question_of_yes_and_no_is_a_list_of_its_own() -> None:
    assert place("disability", "Yes") == ("yes-no", "disabled", "answered")
    assert place("disability", "No") == ("yes-no", "not_disabled", "answered")


@pytest.mark.parametrize(
    ("answer", "category"),
    [("37", "35_44"), ("35-39", "35_44"), ("16 to 24", "16_24"), ("75+", "75_plus"), ("75 and over", "75_plus"),
     ("18-29", "unmapped"), ("> 60", "unmapped"), ("12", "unmapped"), ("64 years old", "55_64")],
)  # fmt: skip
def test_an_age_is_placed_when_it_lies_in_one_band(answer: str, category: str) -> None:
    assert place("age", answer).category == category


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("14/05/1991", "25-34"),
        ("13/05/1991", "35-44"),
        ("1991-05-13", "35-44"),
        ("05/13/1991", "35-44"),
        ("1991-05-14 00:00:00", "25-34"),
        ("14/05/2015", ""),
        ("last spring", ""),
    ],
)
def test_a_date_of_birth_becomes_a_band_on_the_very_birthday(born: str, band: str) -> None:
    assert band_of_birth(born, date(2026, 5, 13)) == band


@pytest.mark.parametrize(
    ("characteristic", "answer", "category"),
    [
        ("sex", "Female", "female"),
        ("gender", "Woman (including trans women)", "woman"),
        ("gender", "Non-binary", "non_binary"),
        ("gender_identity", "Yes", "same"),
        ("gender_identity", "No, different", "different"),
        ("orientation", "Straight or Heterosexual", "straight"),
        ("orientation", "Gay woman or lesbian", "gay_lesbian"),
        ("religion", "No religion", "none"),
        ("religion", "Christian (all denominations)", "christian"),
        ("religion", "Any other religion or belief", "other"),
        ("carer", "9 hours a week or less", "up_to_9"),
        ("carer", "Yes, 50 or more hours a week", "50_or_more"),
        ("class_background", "Modern professional occupations such as: teacher, nurse", "unmapped"),
        ("class_background", "Modern professional occupations (such as teacher or nurse)", "professional"),
        ("class_background", "Technical and craft occupations", "working_class"),
    ],
)
def test_usual_wordings_of_other_characteristics_are_placed(characteristic: str, answer: str, category: str) -> None:
    assert place(characteristic, answer).category == category


def test_our_categories_are_those_that_the_policy_groups() -> None:
    policy = tomllib.loads((PROJECT / "warehouse" / "policy.toml").read_text("utf-8"))
    answers = tomllib.loads((PROJECT / "etl" / "equality_answers.toml").read_text("utf-8"))
    for characteristic in characteristics():
        ours = {one["code"] for one in answers[characteristic]["category"]}
        if characteristic == "disability":
            ours.add(place("disability", "Yes").category)  # asked yes or no only, so of no part
        assert ours == set(_codes(policy["equality"]["characteristics"][characteristic]))


def _codes(entry: object) -> Iterator[str]:
    if isinstance(entry, dict):
        for name, value in entry.items():
            if name in {"codes", "reference_codes"}:
                yield from value
            else:
                yield from _codes(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _codes(value)
