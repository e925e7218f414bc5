from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from etl.errors import Refused
from etl.formats import ms_forms
from tests.etl.exports import column, document, read, rows
from tests.etl.form_exports import (
    FRONT,
    codes,
    lines,
    question,
    responses,
    said,
)


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
