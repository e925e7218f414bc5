"""Who was at an event, for how long, and what they replied: a few rows that can be counted by hand."""

from __future__ import annotations

import pytest

EVENT = ("| event_key | title | starts_at | ends_at |", "| E1 | Spring | 2026-05-12 10:00:00 | 2026-05-12 11:30:00 |")
STRETCHES = "| event_key | attendee_key | person_key | role | evidence | joined_at | left_at | stated_minutes |"


def at(clock: str) -> str:
    return f"2026-05-12 {clock}"


def stretch(joined: str, left: str, who: str = "A1") -> str:
    return f"| E1 | {who} | | attendee | join_log | {joined and at(joined)} | {left and at(left)} | |"


def minutes(store) -> object:
    store.model()
    found = store.rows("select minutes from attendee")
    assert len(found) == 1
    return found[0][0]


def test_two_devices_at_once_count_their_minutes_once(store):
    store.given("event", *EVENT)
    store.given("event_attendance", STRETCHES, stretch("10:00:00", "10:30:00"), stretch("10:10:00", "10:45:00"))
    assert minutes(store) == 45


def test_a_stretch_inside_another_adds_nothing(store):
    store.given("event", *EVENT)
    rows = [stretch("10:00:00", "11:00:00"), stretch("10:10:00", "10:20:00"), stretch("10:30:00", "10:40:00")]
    store.given("event_attendance", STRETCHES, *rows)
    assert minutes(store) == 60


@pytest.mark.parametrize(("back", "expected"), [("10:11:00", 20), ("10:11:01", 19)])
def test_a_gap_of_a_minute_is_bridged_and_a_longer_one_is_not(store, back, expected):
    store.given("event", *EVENT)
    store.given("event_attendance", STRETCHES, stretch("10:00:00", "10:10:00"), stretch(back, "10:20:00"))
    assert minutes(store) == expected


def test_minutes_are_clipped_to_the_event(store):
    store.given("event", *EVENT)
    store.given("event_attendance", STRETCHES, stretch("09:40:00", "12:00:00"))
    assert minutes(store) == 90


def test_without_the_events_end_minutes_are_not_clipped_after_it(store):
    store.given("event", "| event_key | title | starts_at |", "| E1 | Spring | 2026-05-12 10:00:00 |")
    store.given("event_attendance", STRETCHES, stretch("09:40:00", "12:00:00"))
    assert minutes(store) == 120


@pytest.mark.parametrize(("joined", "left"), [("10:20:00", "10:10:00"), ("10:20:00", ""), ("", "10:20:00")])
def test_a_time_that_cannot_be_true_makes_the_minutes_unknown_not_none(store, joined, left):
    store.given("event", *EVENT)
    store.given("event_attendance", STRETCHES, stretch("10:00:00", "10:05:00"), stretch(joined, left))
    assert minutes(store) is None


def test_a_check_in_is_present_with_minutes_unknown(store):
    store.given("event", *EVENT)
    store.given("event_attendance", STRETCHES, "| E1 | A1 | | attendee | check_in | | | |")
    assert minutes(store) is None
    assert store.rows("select is_counted from attendee") == [(True,)]


def test_a_join_log_is_believed_before_a_total_and_a_total_before_a_check_in(store):
    store.given("event", *EVENT)
    total = "| E1 | A1 | | attendee | total_only | | | 25 |"
    store.given("event_attendance", STRETCHES, total, "| E1 | A1 | | attendee | check_in | | | |")
    assert minutes(store) == 25
    store.given("event_attendance", STRETCHES, stretch("10:00:00", "10:30:00"))
    assert minutes(store) == 30


def test_a_join_log_that_cannot_be_read_is_not_replaced_by_a_total(store):
    store.given("event", *EVENT)
    total = "| E1 | A1 | | attendee | total_only | | | 25 |"
    store.given("event_attendance", STRETCHES, total, stretch("10:00:00", ""))
    assert minutes(store) is None


@pytest.mark.parametrize(
    ("starts", "day"),
    [("2026-06-30 23:30:00", "2026-07-01"), ("2026-01-30 23:30:00", "2026-01-30"), ("", "2026-05-12")],
)
def test_an_event_is_on_its_day_in_london_else_on_the_day_its_tool_says(store, starts, day):
    store.given("event", "| event_key | starts_at |", f"| E1 | {starts} |")
    store.given("event_alias", "| system | event_key | on_day |", "| zoom | E1 | 2026-05-12 |")
    store.model()
    assert store.rows("select cast(event_on as text) from dated_event") == [(day,)]


def test_hosts_panelists_and_bots_are_not_counted_as_attendees(store):
    store.given("event", *EVENT)
    store.given(
        "event_attendance",
        "| event_key | attendee_key | role | evidence |",
        "| E1 | A1 | host | check_in |",
        "| E1 | A2 | panelist | check_in |",
        "| E1 | A3 | bot | check_in |",
        "| E1 | A4 | attendee | check_in |",
        "| E1 | A5 | phone | check_in |",
        "| E1 | A1 | attendee | join_log |",
    )
    store.model()
    found = store.rows("select attendee_key, role, is_counted, segments from attendee order by 1")
    assert found == [
        ("A1", "host", False, 2),
        ("A2", "panelist", False, 1),
        ("A3", "bot", False, 1),
        ("A4", "attendee", True, 1),
        ("A5", "phone", True, 1),
    ]


def test_two_records_judged_one_person_are_one_attendee_until_that_is_undone(store):
    store.given("event", *EVENT)
    store.given(
        "event_attendance",
        "| event_key | attendee_key | person_key | role | evidence | joined_at | left_at |",
        f"| E1 | A1 | P-1 | attendee | join_log | {at('10:00:00')} | {at('10:20:00')} |",
        f"| E1 | A2 | P-2 | attendee | join_log | {at('10:10:00')} | {at('10:30:00')} |",
    )
    store.given("person_merge", "| old_key | kept_key | decided_on |", "| P-2 | P-1 | 2026-06-01 |")
    store.model()
    assert store.rows("select person_key, minutes from attendee") == [("P-1", 30)]
    store.connection.execute("update person_merge set undone_on = date '2026-06-02'")
    store.model()
    assert store.rows("select person_key, minutes from attendee order by 1") == [("P-1", 20), ("P-2", 20)]


def test_a_registrant_who_cancelled_every_registration_is_not_registered(store):
    store.given(
        "event_registration",
        "| event_key | attendee_key | person_key | status | org_code |",
        "| E1 | A1 | P-1 | cancelled | |",
        "| E1 | A2 | P-2 | registered | O-HILL |",
        "| E1 | A3 | | waitlisted | |",
        "| E1 | A4 | P-4 | denied | |",
    )
    store.model()
    assert store.rows("select who, is_registered, org_code from registrant order by 1") == [
        ("A3", True, None),
        ("P-1", False, None),
        ("P-2", True, "O-HILL"),
        ("P-4", False, None),
    ]


QUESTIONS = (
    "| form_code | version | question_id | kind | scale_min | scale_max | polarity | options | is_headline | goes_to "
    "| event_key |"
)
ANSWERS = "| form_code | version | question_id | response_key | reply_state | number_value | option_code |"


@pytest.mark.parametrize(
    ("polarity", "value", "points", "is_positive"),
    [
        ("higher_better", 4, 4, True),
        ("higher_better", 3, 3, False),
        ("lower_better", 2, 4, True),
        ("lower_better", 5, 1, False),
        ("middle_best", 3, 5, True),
        ("middle_best", 1, 3, False),
    ],
)
def test_a_headline_answer_is_turned_so_that_more_is_better(store, polarity, value, points, is_positive):
    store.given(
        "feedback_question", QUESTIONS, f"| F-1 | 1 | overall | scale | 1 | 5 | {polarity} | | true | feedback | E1 |"
    )
    store.given("feedback_answer", ANSWERS, f"| F-1 | 1 | overall | R1 | answered | {value} | |")
    store.model()
    assert store.rows("select event_key, headline_value, points, is_positive from response") == [
        ("E1", value, points, is_positive)
    ]


@pytest.mark.parametrize(
    ("option", "points", "is_positive"),
    [("Very good", 3, True), ("good", 2, True), ("Poor", 1, False), ("Else", None, None)],
)
def test_a_headline_of_listed_options_counts_them_in_order(store, option, points, is_positive):
    store.given(
        "feedback_question", QUESTIONS, "| F-1 | 1 | overall | single | | | lower_better | x | true | feedback | E1 |"
    )
    store.connection.execute(
        "update feedback_question set options = 'Very good' || chr(10) || 'Good' || chr(10) || 'Poor'"
    )
    store.given("feedback_answer", ANSWERS, f"| F-1 | 1 | overall | R1 | answered | | {option} |")
    store.model()
    assert store.rows("select points, is_positive from response") == [(points, is_positive)]


def test_a_response_that_skipped_the_headline_still_counts_as_a_reply(store):
    store.given(
        "feedback_question", QUESTIONS, "| F-1 | 1 | overall | scale | 1 | 5 | higher_better | | true | feedback | E1 |"
    )
    store.given(
        "feedback_answer",
        ANSWERS,
        "| F-1 | 1 | overall | R1 | skipped | | |",
        "| F-1 | 1 | why | R1 | answered | | |",
        "| F-1 | 1 | why | R2 | answered | | |",
    )
    store.model()
    assert store.rows("select response_key, points from response order by 1") == [("R1", None), ("R2", None)]
