from __future__ import annotations

from datetime import datetime

import pytest

from etl.formats import ms_forms
from tests.etl.exports import column, read, rows
from tests.etl.form_exports import (
    catalogue,
    codes,
    everything_kept,
    responses,
    said,
)


def test_an_anonymous_form_never_carries_a_person() -> None:
    reading = read(ms_forms, responses(["Why?"], ["Words"], email="anonymous", name="Anonymous"))
    assert column(reading, "feedback_answer", "person_key") == [None]
    assert reading.contacts is None
    assert reading.dropped == ["Email", "Name"]


def test_addresses_in_the_tools_own_column_make_a_named_form() -> None:
    reading = read(ms_forms, responses(["Why?"], ["Words"], email="Alex@example.org", name="Alex Sample"))
    assert column(reading, "feedback_answer", "person_key") == ["Alex@example.org"]
    assert reading.contacts is not None
    assert reading.contacts.rows() == [("Alex@example.org", "Alex Sample", None, None)]


def test_names_and_addresses_that_everybody_typed_go_to_the_people_store_only() -> None:
    headings = ["Your e-mail", "First name", "Surname", "Mobile number", "Why?"]
    given = ["alex@example.org", "Alex", "Sample", "07700 900123", "Words"]
    reading = read(ms_forms, responses(headings, given))
    assert reading.contacts is not None
    assert reading.contacts.rows() == [("alex@example.org", "Alex Sample", None, "07700 900123")]
    assert said(reading) == [(2, "why", None, None, "Words")]
    assert "07700" not in everything_kept(reading)
    assert "Sample" not in everything_kept(reading)


def test_an_address_that_only_some_left_names_nobody_and_is_dropped() -> None:
    given = (["alex@example.org", "Words"], ["", "More words"])
    reading = read(ms_forms, responses(["Your e-mail, if you like", "Why?"], *given))
    assert column(reading, "feedback_answer", "person_key") == [None, None]
    assert "example.org" not in everything_kept(reading)
    assert reading.contacts is None
    assert "Your e-mail, if you like" in reading.dropped


def test_equality_questions_of_an_anonymous_form_are_set_aside() -> None:
    given = (["Words", "Indian", "37"], ["More words", "White British", "62"])
    reading = read(ms_forms, responses(["Why?", "What is your ethnic group?", "Age"], *given))
    assert reading.equality is None
    assert reading.moved == ["What is your ethnic group?", "Age"]
    assert "equality-set-aside" in codes(reading)
    assert "Indian" not in everything_kept(reading)
    assert not any("Indian" in message.text for message in reading.messages)


def test_answers_about_a_person_are_told_even_under_a_vague_wording() -> None:
    given = (["Indian"], ["White British"], ["African"], ["Indian"])
    reading = read(ms_forms, responses(["How would you describe yourself?"], *given))
    assert reading.moved == ["How would you describe yourself?"]
    assert set(reading.ignored.values()) == {"out_of_scope"}


def test_a_rating_that_mentions_a_characteristic_is_feedback() -> None:
    wording = "The venue was accessible for disabled people"
    reading = read(ms_forms, responses([wording], ["Agree"], ["Strongly agree"]))
    assert reading.moved == []
    assert column(reading, "feedback_answer", "number_value") == ["4", "5"]


def test_a_long_comment_on_a_characteristic_is_feedback() -> None:
    words = "I would have liked to hear more about how race was treated in the second talk of the day"
    reading = read(ms_forms, responses(["What did you think of how race was discussed?"], [words]))
    assert [text for *_, text in said(reading)] == [words]


def test_equality_questions_of_a_named_form_go_to_their_store_with_the_two_parts_joined() -> None:
    headings = [
        "Do you have any physical or mental health conditions or illnesses lasting or expected to last 12 months?",
        "Does your condition or illness reduce your ability to carry out day-to-day activities?",
        "What is your sex?",
        "Your date of birth",
    ]
    content = responses(headings, ["Yes", "Yes, a little", "", "13/05/1986"], email="alex@example.org")
    reading = read(ms_forms, content)
    assert reading.equality is not None
    assert sorted(reading.equality.rows()) == [
        ("alex@example.org", "age", "35-44", 2),
        ("alex@example.org", "disability", "Yes | Yes, a little", 2),
        ("alex@example.org", "sex", "", 2),
    ]
    assert "1986" not in str(reading.tables) + str(reading.equality.rows())
    assert rows(reading, "feedback_answer") == []
    assert reading.ignored == {}


def test_access_needs_and_postcodes_are_never_kept() -> None:
    given = ["Words", "A large-print copy", "M1 1AA"]
    reading = read(ms_forms, responses(["Why?", "Do you have any access needs?", "Your postcode"], given))
    assert [text for *_, text in said(reading)] == ["Words"]
    assert "large-print" not in everything_kept(reading)
    assert {"Do you have any access needs?", "Your postcode"} <= set(reading.dropped)


EOI = (
    {"question_id": "full_name", "wording": "Your name"},
    {"question_id": "email", "wording": "Your e-mail"},
    {
        "question_id": "wants",
        "wording": "What would you like?",
        "kind": "multi",
        "options": "Become a Lived Experience Partner\nBe coached\nHear more\nNothing, thank you",
    },
    {"question_id": "source", "wording": "How did you hear about us?", "kind": "single", "options": "An event\nOther"},
    {"question_id": "message", "wording": "Anything to tell us?"},
)
INTEREST = tuple(
    {**entry, "form_code": "F-EOI", "goes_to": "eoi", "is_named": True, "event_key": None} for entry in EOI
)
ASKED = [entry["wording"] for entry in EOI]


def test_an_expression_of_interest_says_who_wants_what_and_since_when() -> None:
    given = ["Alex Sample", "alex@example.org", "Be coached;Hear more;", "An event", "Is there a place?"]
    reading = read(ms_forms, responses(ASKED, given), catalogue(*INTEREST))
    [row] = rows(reading, "expression_of_interest")
    wants = {name for name, value in row.items() if name.startswith("wants_") and value}
    assert wants == {"wants_be_coached", "wants_hear_more"}
    assert (row["person_key"], row["source"], row["status"]) == ("alex@example.org", "event", "new")
    assert row["received_at"] == datetime.fromisoformat("2026-05-12T18:11:00")
    assert row["message"] == "Is there a place?"
    assert reading.contacts is not None
    assert reading.contacts.rows() == [("alex@example.org", "Alex Sample", None, None)]
    assert rows(reading, "feedback_answer") == []


@pytest.mark.parametrize(("typed", "found"), [(" hilltop  CARERS", "O-HILL"), ("Hilltop Carers Ltd", None), ("", None)])
def test_an_enquirers_organisation_is_kept_when_it_is_on_our_list(typed: str, found: str | None) -> None:
    asks = {**INTEREST[-1], "question_id": "organisation", "wording": "Your organisation?"}
    known = catalogue(*INTEREST, asks, organisations=[("O-HILL", "Hilltop Carers", None)])
    given = ["Alex Sample", "alex@example.org", "Hear more;", "", "", typed]
    reading = read(ms_forms, responses([*ASKED, "Your organisation?"], given), known)
    [row] = rows(reading, "expression_of_interest")
    assert row["org_code"] == found
    assert "Ltd" not in everything_kept(reading)


def test_who_declines_has_not_put_their_hand_up() -> None:
    given = ["Alex Sample", "alex@example.org", "Nothing, thank you;", "", ""]
    reading = read(ms_forms, responses(ASKED, given), catalogue(*INTEREST))
    assert rows(reading, "expression_of_interest") == []


def test_a_wish_that_cannot_be_told_is_spoken_of_and_left_to_the_checks() -> None:
    given = ["Alex Sample", "alex@example.org", "Something quite different;", "", ""]
    reading = read(ms_forms, responses(ASKED, given), catalogue(*INTEREST))
    [row] = rows(reading, "expression_of_interest")
    assert not any(value for name, value in row.items() if name.startswith("wants_"))
    assert codes(reading) == ["wish-not-understood"]


def test_the_same_response_gives_the_same_key_whatever_is_added_to_the_file() -> None:
    one = ["Alex Sample", "alex@example.org", "Hear more;", "", ""]
    two = ["Sam Sample", "sam@example.org", "Be coached;", "", ""]
    known = catalogue(*INTEREST)
    first = column(read(ms_forms, responses(ASKED, one), known), "expression_of_interest", "eoi_key")
    both = column(read(ms_forms, responses(ASKED, one, two), known), "expression_of_interest", "eoi_key")
    assert first == both[:1]
    assert len(set(both)) == 2


def test_nothing_in_a_message_is_somebodys_answer() -> None:
    given = ["Zebedee", "zebedee@example.org", "Quaggas;", "Wombats", "Narwhals"]
    reading = read(ms_forms, responses(ASKED, given), catalogue(*INTEREST[:3]))
    spoken = " ".join(message.text for message in reading.messages).lower()
    assert not any(word in spoken for word in ("zebedee", "quaggas", "wombats", "narwhals"))
