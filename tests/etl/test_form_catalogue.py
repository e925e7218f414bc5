from __future__ import annotations

from datetime import date

import pytest

from etl.errors import NeedsAnswer, Refused
from etl.formats import ms_forms
from tests.etl.exports import column, document, read, rows
from tests.etl.form_exports import (
    catalogue,
    codes,
    everything_kept,
    responses,
    said,
)

OVERALL = {"kind": "scale", "scale_min": 1, "scale_max": 5, "polarity": "higher_better", "is_headline": True}


def test_a_declared_option_may_hold_the_separator_itself() -> None:
    known = catalogue({"question_id": "why", "wording": "Why?", "kind": "multi", "options": "Cost; or time\nOther"})
    reading = read(ms_forms, responses(["Why?"], ["Other;Cost; or time;"]), known)
    assert column(reading, "feedback_answer", "option_code") == ["Other", "Cost; or time"]


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
