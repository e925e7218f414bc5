from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from etl.errors import NeedsAnswer, Refused
from etl.formats import ms_forms
from tests.etl.exports import column, document, read, rows
from tests.etl.form_exports import (
    FRONT,
    catalogue,
    codes,
    everything_kept,
    lines,
    question,
    responses,
    said,
)

OVERALL = {"kind": "scale", "scale_min": 1, "scale_max": 5, "polarity": "higher_better", "is_headline": True}


def test_every_answer_and_every_ticked_option_is_one_row() -> None:
    reading = read(ms_forms, ms_forms.EXAMPLE)
    assert said(reading) == [
        (2, "overall_how_was_the_event", None, "5", None),
        (2, "what_will_you_take_away", "New ideas", None, None),
        (2, "what_will_you_take_away", "People to stay in touch with", None, None),
        (2, "what_could_we_do_better", None, None, "More time to talk"),
        (3, "overall_how_was_the_event", None, "4", None),
        (3, "what_will_you_take_away", "New ideas", None, None),
        (4, "overall_how_was_the_event", None, "3", None),
        (4, "what_could_we_do_better", None, None, "Start on time"),
    ]
    assert reading.records == [2, 3, 4]
    assert not reading.ignored


def test_options_are_parted_at_the_tools_own_separator_and_never_at_a_comma_or_a_stroke() -> None:
    reading = read(ms_forms, responses(["What do you do?"], ["Cell/Molecular Biology;Policy, research;"], ["Other;"]))
    assert column(reading, "feedback_answer", "option_code") == ["Cell/Molecular Biology", "Policy, research", "Other"]


def test_a_declared_option_may_hold_the_separator_itself() -> None:
    known = catalogue({"question_id": "why", "wording": "Why?", "kind": "multi", "options": "Cost; or time\nOther"})
    reading = read(ms_forms, responses(["Why?"], ["Other;Cost; or time;"]), known)
    assert column(reading, "feedback_answer", "option_code") == ["Other", "Cost; or time"]


def test_times_are_month_first_and_on_the_owners_clock() -> None:
    content = lines([*FRONT, "Why?"], ["1", "7/27/26 23:20:00", "7/27/26 23:30:00", "anonymous", "", "Words"])
    [answer] = rows(read(ms_forms, content), "feedback_answer")
    assert answer["submitted_on"] == date(2026, 7, 27)
    assert answer["as_of"] == datetime.fromisoformat("2026-07-27T22:30:00")


def test_days_that_can_only_stand_first_are_read_day_first() -> None:
    content = lines(
        [*FRONT, "Why?"],
        ["1", "27/07/2026 19:00", "27/07/2026 19:01", "anonymous", "", "Words"],
        ["2", "02/08/2026 19:00", "02/08/2026 19:01", "anonymous", "", "Words"],
    )
    assert column(read(ms_forms, content), "feedback_answer", "submitted_on") == [date(2026, 7, 27), date(2026, 8, 2)]


def test_a_file_with_both_date_orders_is_refused() -> None:
    content = lines(
        [*FRONT, "Why?"],
        ["1", "7/27/26 19:00", "7/27/26 19:01", "anonymous", "", "Words"],
        ["2", "27/7/26 19:00", "27/7/26 19:01", "anonymous", "", "Words"],
    )
    with pytest.raises(Refused):
        read(ms_forms, content)


def test_a_time_that_cannot_be_read_is_left_to_the_checks() -> None:
    content = lines([*FRONT, "Why?"], ["1", "", "soon", "anonymous", "", "Words"])
    assert column(read(ms_forms, content), "feedback_answer", "unread") == ["submitted_on"]


def test_a_workbook_and_the_csv_saved_from_it_give_the_same_rows() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet, moment = book.add_worksheet("Sheet1"), book.add_format({"num_format": "m/d/yy h:mm:ss"})
        sheet.write_row(0, 0, [*FRONT, "How satisfied were you?\n"])
        sheet.write_row(1, 0, [7])
        sheet.write_datetime(1, 1, datetime.fromisoformat("2026-07-27T19:01:10"), moment)
        sheet.write_datetime(1, 2, datetime.fromisoformat("2026-07-27T19:06:23"), moment)
        sheet.write_row(1, 3, ["anonymous", "", 4])
    text = lines(
        [*FRONT, "How satisfied were you?"], ["7", "7/27/26 19:01:10", "7/27/26 19:06:23", "anonymous", "", "4"]
    )
    assert rows(read(ms_forms, buffer.getvalue()), "feedback_answer") == rows(read(ms_forms, text), "feedback_answer")


def test_words_of_agreement_become_points_and_not_applicable_leaves_the_count() -> None:
    reading = read(
        ms_forms,
        responses(["I felt welcome"], ["Strongly Agree"], ["Neither agree nor disagree"], ["Not Applicable\n"], [""]),
    )
    assert [(row["reply_state"], row["number_value"]) for row in rows(reading, "feedback_answer")] == [
        ("answered", "5"),
        ("answered", "3"),
        ("not_applicable", None),
    ]
    assert question(reading, "i_felt_welcome")["scale_max"] == 5
    assert reading.ignored == {6: "incomplete_response"}


def test_words_that_fit_two_scales_at_different_heights_stay_words() -> None:
    reading = read(ms_forms, responses(["The room"], ["Good"], ["Excellent"]))
    assert question(reading, "the_room")["kind"] == "text"
    assert column(reading, "feedback_answer", "number_value") == [None, None]


def test_about_right_is_the_best_point_of_its_scale() -> None:
    guessed = question(read(ms_forms, responses(["The length"], ["Too long"], ["About right"])), "the_length")
    assert (guessed["kind"], guessed["polarity"], guessed["scale_max"]) == ("scale", "middle_best", 3)


def test_an_adverse_statement_is_better_the_lower_it_is() -> None:
    guessed = question(read(ms_forms, responses(["The price was too high"], ["Agree"])), "the_price_was_too_high")
    assert guessed["polarity"] == "lower_better"


def test_only_a_clear_overall_rating_becomes_the_headline() -> None:
    reading = read(
        ms_forms,
        responses(
            ["How many events did you join?", "Overall, how satisfied were you?", "Overall quality of sound"],
            ["3", "5", "4"],
            ["1", "4", "2"],
        ),
    )
    headlines = [row["question_id"] for row in rows(reading, "feedback_question") if row["is_headline"]]
    assert headlines == ["overall_how_satisfied_were_you"]
    assert question(reading, "how_many_events_did_you_join")["kind"] == "number"


def test_what_one_person_alone_wrote_is_no_option() -> None:
    given = [["A member"], ["A member"], ["A guest"], ["A guest"], ["Chair of Hilltop"]]
    reading = read(ms_forms, responses(["You are"], *given))
    assert question(reading, "you_are")["options"] == "A guest\nA member"
    assert said(reading)[-1] == (6, "you_are", None, None, "Chair of Hilltop")


def test_written_words_wait_for_review_and_words_with_an_address_are_held() -> None:
    reading = read(ms_forms, responses(["Anything else?"], ["Thank you"], ["Call 0161 496 0000"]))
    assert column(reading, "feedback_answer", "text_review") == ["not_reviewed", "hold"]


def test_the_guess_is_the_same_for_every_export_of_one_form_and_says_that_it_is_one() -> None:
    first = read(ms_forms, responses(["Why?", "How?"], ["One", "Two"]))
    later = read(ms_forms, responses(["Why?\n", "How?\xa0"], ["One", "Two"], ["More", "Words"]))
    assert first.subject == later.subject
    assert first.subject is not None
    assert first.subject.startswith("F-")
    assert len(first.subject) == 10
    assert codes(first) == ["form-guessed"]
    assert set(column(first, "feedback_answer", "response_key")) <= set(
        column(later, "feedback_answer", "response_key")
    )


def test_a_form_without_responses_makes_no_entry() -> None:
    reading = read(ms_forms, responses(["Why?", "How?"]))
    assert reading.records == []
    assert rows(reading, "feedback_question") == []


def test_two_copies_of_one_form_may_use_the_same_ids() -> None:
    spring = lines([*FRONT, "Why?"], ["1", "5/12/26 19:01:00", "5/12/26 19:02:00", "anonymous", "", "Spring"])
    autumn = lines([*FRONT, "Why?"], ["1", "9/12/26 19:01:00", "9/12/26 19:02:00", "anonymous", "", "Autumn"])
    keys = [column(read(ms_forms, content), "feedback_answer", "response_key") for content in (spring, autumn)]
    assert keys[0] != keys[1]


def test_a_declared_form_brings_its_ids_its_kinds_its_event_and_retires_the_guess() -> None:
    content = responses(["Overall, how was\nthe <b>event</b>?\xa0", "Why?"], ["4", "Words"])
    known = catalogue(OVERALL, {"question_id": "why", "wording": "why?"})
    reading = read(ms_forms, content, known)
    assert said(reading) == [(3, "overall", None, "4", None), (3, "why", None, None, "Words")]
    assert set(column(reading, "feedback_answer", "event_key")) == {"event-1"}
    assert reading.subject == "F-EV02"
    assert reading.retired_forms == [read(ms_forms, content).subject]
    assert rows(reading, "feedback_question") == []


def test_a_question_that_the_catalogue_does_not_list_is_not_loaded_and_is_spoken_of() -> None:
    reading = read(ms_forms, responses(["Overall, how was the event?", "And?"], ["4", "Secret"]), catalogue(OVERALL))
    assert codes(reading) == ["question-not-declared"]
    assert "Secret" not in everything_kept(reading)
    assert reading.dropped == ["Email", "Name", "And?"]


def test_a_form_that_lacks_a_declared_wording_is_another_form() -> None:
    known = catalogue(OVERALL, {"question_id": "why", "wording": "Why?"})
    reading = read(ms_forms, responses(["Overall, how was the event?"], ["4"]), known)
    assert codes(reading) == ["form-guessed"]


def test_a_declared_form_whose_days_fit_no_response_is_another_form() -> None:
    known = catalogue({**OVERALL, "opened_on": date(2026, 9, 1)})
    reading = read(ms_forms, responses(["Overall, how was the event?"], ["4"]), known)
    assert reading.subject != "F-EV02"
    assert "F-EV02" in reading.messages[0].text


def test_of_two_declared_copies_the_days_decide() -> None:
    spring = {**OVERALL, "closed_on": date(2026, 5, 31)}
    autumn = {**OVERALL, "form_code": "F-EV07", "opened_on": date(2026, 9, 1)}
    reading = read(ms_forms, responses(["Overall, how was the event?"], ["4"]), catalogue(autumn, spring))
    assert reading.subject == "F-EV02"


def test_two_declared_forms_that_fit_equally_well_are_a_question_that_staff_can_answer() -> None:
    content = responses(["Overall, how was the event?"], ["4"])
    entries = (OVERALL, {**OVERALL, "form_code": "F-EV07"})
    with pytest.raises(NeedsAnswer, match="F-EV02, F-EV07"):
        read(ms_forms, content, catalogue(*entries))
    answer = (document(content).sha256, "which_form", "F-EV07", "2026-05-13")
    assert read(ms_forms, content, catalogue(*entries, answers=[answer])).subject == "F-EV07"


def test_the_later_of_two_versions_wins() -> None:
    known = catalogue(OVERALL, {**OVERALL, "version": 2})
    reading = read(ms_forms, responses(["Overall, how was the event?"], ["4"]), known)
    assert column(reading, "feedback_answer", "version") == [2]


def test_a_worded_answer_gets_its_place_in_the_declared_list() -> None:
    known = catalogue({**OVERALL, "options": "Excellent\nVery good\nGood\nFair\nPoor"})
    reading = read(ms_forms, responses(["Overall, how was the event?"], ["Very good"], ["5 - excellent"]), known)
    assert column(reading, "feedback_answer", "number_value") == ["4", "5"]


def test_an_option_that_is_not_declared_is_kept_as_words() -> None:
    known = catalogue({"kind": "single", "options": "Good\nBad"})
    reading = read(ms_forms, responses(["Overall, how was the event?"], ["good"], ["So-so"]), known)
    assert said(reading) == [(2, "overall", "Good", None, None), (3, "overall", None, None, "So-so")]


def test_numbers_under_a_declared_list_of_words_are_refused() -> None:
    known = catalogue({"kind": "single", "options": "Good\nBad"})
    with pytest.raises(Refused, match="actual answer text"):
        read(ms_forms, responses(["Overall, how was the event?"], ["1"], ["2"]), known)


def test_hard_topics_are_coded_from_their_declared_option() -> None:
    known = catalogue({"question_id": "hard_topic", "kind": "single", "options": "What it costs\nSomething else"})
    reading = read(ms_forms, responses(["Overall, how was the event?"], ["What it costs"], ["Something else"]), known)
    assert column(reading, "feedback_answer", "hard_topic") == ["cost", "other"]


def test_a_response_completed_again_later_replaces_the_earlier_one() -> None:
    content = lines(
        [*FRONT, "Why?"],
        ["1", "5/12/26 19:00", "5/12/26 19:09", "anonymous", "", "Later"],
        ["1", "5/12/26 19:00", "5/12/26 19:01", "anonymous", "", "Earlier"],
    )
    reading = read(ms_forms, content)
    assert [words for *_, words in said(reading)] == ["Later"]
    assert reading.ignored == {3: "incomplete_response"}
    assert "response-changed-later" in codes(reading)


def test_an_id_that_repeats_without_a_time_refuses_the_file() -> None:
    content = lines([*FRONT, "Why?"], ["1", "", "", "", "", "One"], ["1", "", "", "", "", "Two"])
    with pytest.raises(Refused, match="lines 2, 3"):
        read(ms_forms, content)


def test_the_same_line_twice_stays_twice_for_the_loader_to_count() -> None:
    line = ["1", "5/12/26 19:00", "5/12/26 19:01", "anonymous", "", "Words"]
    reading = read(ms_forms, lines([*FRONT, "Why?"], line, line))
    assert len(set(column(reading, "feedback_answer", "response_key"))) == 1
    assert not reading.ignored


def test_points_and_feedback_of_a_quiz_are_dropped() -> None:
    headings = [*FRONT, "Total points", "Quiz feedback", "Why?", "Points - Why?", "Feedback - Why?"]
    content = lines(headings, ["1", "5/12/26 19:00", "5/12/26 19:01", "anonymous", "", "10", "", "Words", "10", "Fine"])
    reading = read(ms_forms, content)
    assert [words for *_, words in said(reading)] == ["Words"]
    assert reading.dropped == [
        "Total points", "Quiz feedback", "Points - Why?", "Feedback - Why?", "Email", "Name"
    ]  # fmt: skip


def test_a_filled_cell_without_a_heading_refuses_the_file() -> None:
    with pytest.raises(Refused, match="Line 2"):
        read(ms_forms, responses(["Why?"], ["Words", "slipped"]))


def test_a_published_copy_without_the_front_columns_is_known_by_its_headings() -> None:
    headings = ["Which of these describes you?\n", "The event was well run", "Anything else to tell us?\n"]
    same = ["A guest", "Agree", ""]
    reading = read(ms_forms, lines(headings, same, same, ["A member", "Disagree", "Thanks"]))
    assert reading.records == [4, 5, 6]  # two headings end with a line end
    assert len(set(column(reading, "feedback_answer", "response_key"))) == 3
    assert set(column(reading, "feedback_answer", "submitted_on")) == {None}


@pytest.mark.parametrize("first", ["Respondent ID", "Timestamp", "#", "Submission Date"])
def test_other_tools_with_a_line_end_in_a_heading_are_not_taken_for_ours(first: str) -> None:
    assert not ms_forms.signature(document(lines([first, "How was the event?\n", "What was best for you?"])))


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
