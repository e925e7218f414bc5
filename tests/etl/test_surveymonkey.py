from __future__ import annotations

from datetime import date

import pytest

from etl.errors import Refused
from etl.formats import surveymonkey
from tests.etl.exports import column, document, read, rows
from tests.etl.form_exports import catalogue, codes, everything_kept, lines, question, said

FRONT = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address")
OWN = ("1001", "C1", "07/27/2026 07:01:10 PM", "07/27/2026 07:06:23 PM", "192.0.2.1")
OTHER = ("1002", "C1", "07/28/2026 07:01:10 PM", "07/28/2026 07:06:23 PM", "192.0.2.2")
BLANKS = ("", "", "", "", "")


def survey(upper: tuple[str, ...], lower: tuple[str, ...], *given: tuple[str, ...]) -> str:
    own = [OWN, OTHER]
    return lines(
        [*FRONT, *upper],
        [*BLANKS, *lower],
        *([*front, *answers] for front, answers in zip(own[: len(given)], given, strict=True)),
    )


def test_every_answer_tick_and_grid_line_is_one_row_and_the_second_heading_row_is_nobody() -> None:
    reading = read(surveymonkey, surveymonkey.EXAMPLE)
    assert reading.records == [3, 4, 5]
    assert reading.ignored == {5: "incomplete_response"}
    assert said(reading) == [
        (3, "how_satisfied_were_you_with_the_event", None, "5", None),
        (3, "how_far_do_you_agree_i_felt_welcome", None, "4", None),
        (3, "how_far_do_you_agree_i_could_follow_it", None, "5", None),
        (3, "what_will_you_take_away", "New ideas", None, None),
        (3, "what_will_you_take_away", "People to meet", None, None),
        (3, "anything_else", None, None, "Thank you"),
        (4, "how_satisfied_were_you_with_the_event", None, "4", None),
        (4, "how_far_do_you_agree_i_felt_welcome", None, "2", None),
        (4, "how_far_do_you_agree_i_could_follow_it", None, "4", None),
        (4, "what_will_you_take_away", "People to meet", None, None),
        (4, "what_will_you_take_away", None, None, "A quiet hour"),
    ]
    assert question(reading, "how_satisfied_were_you_with_the_event")["is_headline"]


def test_addresses_of_machines_and_collectors_are_kept_nowhere() -> None:
    reading = read(surveymonkey, surveymonkey.EXAMPLE)
    assert reading.dropped[:3] == ["Collector ID", "IP Address", "Custom Data 1"]
    assert "192.0.2" not in everything_kept(reading)
    assert "450001" not in everything_kept(reading)


def test_a_heading_that_is_repeated_means_the_same_as_one_left_empty() -> None:
    lower = ("New ideas", "People", "Response")
    given = (("New ideas", "People", "5"), ("", "People", "4"))
    left_empty = read(surveymonkey, survey(("Take away?", "", "Overall"), lower, *given))
    repeated = read(surveymonkey, survey(("Take away?", "Take away?", "Overall"), lower, *given))
    assert said(left_empty) == said(repeated)
    assert left_empty.subject == repeated.subject


def test_a_copy_with_one_heading_row_gives_the_same_answers() -> None:
    two = survey(("Take away?", "", "Overall"), ("New ideas", "People", "Response"), ("New ideas", "People", "5"))
    one = lines(
        [*FRONT, "Take away? - New ideas", "Take away? - People", "Overall"], [*OWN, "New ideas", "People", "5"]
    )
    assert [row[1:] for row in said(read(surveymonkey, one))] == [row[1:] for row in said(read(surveymonkey, two))]


def test_a_single_dash_in_a_question_is_part_of_it() -> None:
    content = lines([*FRONT, "Workshop - did you like it?", "Overall"], [*OWN, "Very much so indeed", "5"])
    assert column(read(surveymonkey, content), "feedback_question", "wording")[0] == "Workshop - did you like it?"


def test_a_second_heading_row_that_is_all_empty_is_still_a_heading_row() -> None:
    reading = read(surveymonkey, survey(("Overall",), ("",), ("5",)))
    assert reading.records == [3]
    assert reading.ignored == {}


def test_words_under_other_belong_to_the_question_beside_them() -> None:
    known = catalogue({"question_id": "why", "wording": "Why?", "kind": "single", "options": "Cost\nSomething else"})
    content = survey(("Why?", ""), ("Response", "Other (please specify)"), ("Cost", ""), ("", "Something else"))
    reading = read(surveymonkey, content, known)
    assert column(reading, "feedback_answer", "option_code") == ["Cost", "Something else"]
    unknown = survey(("Why?", ""), ("Response", "Other (please specify)"), ("Other", "My own words"))
    known = catalogue({"question_id": "why", "wording": "Why?", "kind": "single", "options": "Cost\nOther"})
    assert said(read(surveymonkey, unknown, known)) == [(3, "why", "Other", None, "My own words")]


def test_other_where_nobody_wrote_anything_changes_no_question() -> None:
    headings = ("Why?", ""), ("Response", "Other (please specify)")
    silent = read(surveymonkey, survey(*headings, ("Cost", "")))
    spoken = read(surveymonkey, survey(*headings, ("Cost", "My own words")))
    assert column(silent, "feedback_question", "question_id") == ["why"]
    assert silent.subject == spoken.subject


def test_own_words_never_become_options_however_often_they_repeat() -> None:
    upper, lower = ("Please go on", "Anything else?"), ("Open-Ended Response", "Response")
    content = lines(
        [*FRONT, *upper], [*BLANKS, *lower], *([str(1000 + n), *OWN[1:], "Fine", "No, thanks"] for n in range(6))
    )
    assert {row["kind"] for row in rows(read(surveymonkey, content), "feedback_question")} == {"text"}


def test_a_line_of_a_grid_may_be_declared_with_square_brackets_or_a_dash() -> None:
    content = survey(("Agree?", ""), ("Welcome", "Clear"), ("Agree", "Disagree"))
    scale = {"kind": "scale", "scale_min": 1, "scale_max": 5, "polarity": "higher_better"}
    known = catalogue(
        {**scale, "question_id": "welcome", "wording": "Agree? [Welcome]"},
        {**scale, "question_id": "clear", "wording": "Agree? - Clear"},
    )
    reading = read(surveymonkey, content, known)
    assert [(row[1], row[3]) for row in said(reading)] == [("welcome", "4"), ("clear", "2")]


def test_answers_joined_in_one_cell_are_parted_by_the_declared_options_only() -> None:
    known = catalogue({"wording": "Why?", "kind": "multi", "options": "Cost, or time\nPeople\nIdeas"})
    content = survey(("Why?",), ("Response",), ("People, Cost, or time",), ("Cats, dogs, Ideas",))
    reading = read(surveymonkey, content, known)
    assert [row[2] or row[4] for row in said(reading)] == ["People", "Cost, or time", "Ideas", "Cats, dogs"]


def test_ticks_exported_as_numbers_are_refused() -> None:
    content = survey(("Why?", "", ""), ("Cost", "Time", "People"), ("1", "", "3"), ("", "2", "3"))
    with pytest.raises(Refused, match="actual answer text"):
        read(surveymonkey, content)


def test_ticks_exported_as_ones_are_refused() -> None:
    content = survey(("Why?", "", ""), ("Cost", "Time", "People"), ("1", "", "1"), ("", "1", "1"))
    with pytest.raises(Refused, match="actual answer text"):
        read(surveymonkey, content)


def test_a_grid_of_ratings_is_loaded_as_numbers() -> None:
    content = survey(("Please rate:", "", ""), ("Speed", "Quality", "Support"), ("5", "4", "3"), ("4", "4", "2"))
    reading = read(surveymonkey, content)
    assert column(reading, "feedback_answer", "number_value") == ["5", "4", "3", "4", "4", "2"]
    assert {row["kind"] for row in rows(reading, "feedback_question")} == {"scale"}


def test_heading_rows_of_different_width_are_refused() -> None:
    content = lines([*FRONT, "Overall"], [*BLANKS, "Response", "Response"], [*OWN, "5"])
    with pytest.raises(Refused, match="line 2 has 7"):
        read(surveymonkey, content)


def test_the_tools_own_dates_are_month_first_whatever_a_date_question_does() -> None:
    content = survey(("When did you join?",), ("Response",), ("13/02/2025",), ("02/03/2025",))
    reading = read(surveymonkey, content)
    assert column(reading, "feedback_answer", "submitted_on") == [date(2026, 7, 27), date(2026, 7, 28)]
    assert column(reading, "feedback_answer", "text_value") == ["13/02/2025", "02/03/2025"]


def test_a_response_begun_and_not_finished_is_ignored() -> None:
    begun = ("1003", "C1", "07/28/2026 07:01:10 PM", "", "192.0.2.3", "5")
    reading = read(surveymonkey, lines([*FRONT, "Overall"], [*BLANKS, "Response"], [*OWN, "4"], list(begun)))
    assert reading.records == [3, 4]
    assert reading.ignored == {4: "incomplete_response"}


def test_a_survey_taken_up_again_replaces_the_earlier_response() -> None:
    again = ("1001", "C1", "07/27/2026 07:01:10 PM", "07/29/2026 09:00:00 AM", "192.0.2.1", "2")
    reading = read(surveymonkey, lines([*FRONT, "Overall"], [*BLANKS, "Response"], [*OWN, "4"], list(again)))
    assert column(reading, "feedback_answer", "number_value") == ["2"]
    assert reading.ignored == {3: "incomplete_response"}


NAMED = ("Respondent ID", "End Date", "Email Address", "First Name", "Last Name", "Why?")
ALEX = ("1001", "07/27/2026 07:06:23 PM", "alex@example.org", "Alex", "Sample", "Words")


def test_addresses_in_the_tools_columns_name_nobody_unless_the_form_is_declared_named() -> None:
    content = lines(NAMED, ["", "", "", "", "", "Open-Ended Response"], ALEX)
    guessed = read(surveymonkey, content)
    assert column(guessed, "feedback_answer", "person_key") == [None]
    assert guessed.contacts is None
    assert {"Email Address", "First Name", "Last Name"} <= set(guessed.dropped)
    declared = read(surveymonkey, content, catalogue({"wording": "Why?", "is_named": True}))
    assert column(declared, "feedback_answer", "person_key") == ["alex@example.org"]
    assert declared.contacts is not None
    assert declared.contacts.rows() == [("alex@example.org", "Alex Sample", None, None)]


def test_a_block_of_contact_lines_is_recognised_line_by_line() -> None:
    content = survey(
        ("Please leave your details", "", "", "Why?"),
        ("Name", "Email Address", "Phone Number", "Open-Ended Response"),
        ("Alex Sample", "alex@example.org", "07700 900123", "Words"),
        ("Sam Sample", "sam@example.org", "", "More words"),
    )
    reading = read(surveymonkey, content)
    assert [text for *_, text in said(reading)] == ["Words", "More words"]
    assert reading.contacts is not None
    assert reading.contacts.height == 2
    assert "Sample" not in everything_kept(reading)


def test_html_nul_bytes_and_the_old_windows_encoding_do_not_hide_a_declared_question() -> None:
    known = catalogue({"question_id": "why", "wording": "Was it “clear” – or not?"})
    content = survey(("Was it<br>“clear” – or not?",), ("Response",), ("Words",)).encode("cp1252")
    reading = read(surveymonkey, content.replace(b"Words", b"Wo\x00rds"), known)
    assert said(reading) == [(3, "why", None, None, "Words")]


def test_equality_questions_of_an_anonymous_survey_are_set_aside() -> None:
    reading = read(
        surveymonkey, survey(("Overall", "Gender"), ("Response", "Response"), ("5", "Female"), ("4", "Male"))
    )
    assert reading.moved == ["Gender"]
    assert "equality-set-aside" in codes(reading)
    assert "Female" not in everything_kept(reading)


def test_columns_that_moved_give_the_same_answers_to_a_declared_form() -> None:
    known = catalogue({"question_id": "why", "wording": "Why?"}, {"question_id": "how", "wording": "How?"})
    one = survey(("Why?", "How?"), ("Response", "Response"), ("Because", "So"))
    two = survey(("How?", "Why?"), ("Response", "Response"), ("So", "Because"))
    answers = [sorted(map(str, said(read(surveymonkey, content, known)))) for content in (one, two)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("heading", ["ID", "Timestamp", "#", "Order no.", "Respondent"])
def test_a_file_that_does_not_begin_with_the_respondents_id_is_not_ours(heading: str) -> None:
    assert not surveymonkey.signature(document(lines([heading, "Overall"], ["", "Response"], ["1", "5"])))
