"""The models, each on a few rows that can be counted by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

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


def test_a_row_entered_in_error_is_nowhere(store):
    store.given("event", "| event_key | title | is_void |", "| E1 | Spring | true |")
    store.given("event_attendance", "| event_key | attendee_key | role | is_void |", "| E1 | A1 | attendee | true |")
    store.given(
        "event_registration", "| event_key | attendee_key | status | is_void |", "| E1 | A1 | registered | true |"
    )
    store.given(
        "application", "| application_key | role | opened_on | is_void |", "| J1 | partner | 2026-05-01 | true |"
    )
    store.given("expression_of_interest", "| eoi_key | received_at | is_void |", f"| I1 | {at('10:00:00')} | true |")
    store.given("payment", "| payment_key | claim_ref | amount | is_void |", "| L1 | CL-1 | 60 | true |")
    store.given("coaching_session", "| session_key | status | is_void |", "| S1 | held | true |")
    store.given("coaching_match", "| match_key | match_ref | is_void |", "| M1 | M-1 | true |")
    store.given("feedback_answer", "| form_code | version | response_key | is_void |", "| F-1 | 1 | R1 | true |")
    store.model()
    empty = (
        "dated_event attendee registrant journey stage_span eoi_progress claim_line claim session_state pair response"
    )
    for model in empty.split():
        assert store.rows(f"select count(*) from {model}") == [(0,)], model


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


JOURNEYS = "| application_key | person_key | role | opened_on | region |"
STAGES = "| application_key | stage | entered_on | reason |"


def test_a_journeys_furthest_and_current_step_and_the_days_a_later_step_implies(store):
    store.given("application", JOURNEYS, "| J1 | P-1 | partner | 2026-01-05 | london |")
    store.given(
        "pathway_stage",
        STAGES,
        "| J1 | screened | 2026-02-01 | |",
        "| J1 | trained | 2026-03-01 | |",
        "| J1 | paused | 2026-04-01 | personal |",
    )
    store.model()
    found = store.rows(
        "select furthest_step, current_step, current_since, current_reason, is_open, ended_on, "
        "screened_on, selected_on, trained_on, active_on, matched_on from journey"
    )
    screened, trained, paused = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
    assert found == [("trained", "paused", paused, "personal", True, None, screened, trained, trained, None, None)]
    assert store.rows("select stage, entered_on, until_on from stage_span order by entered_on") == [
        ("enquired", date(2026, 1, 5), screened),
        ("screened", screened, trained),
        ("trained", trained, paused),
        ("paused", paused, None),
    ]


def test_an_end_closes_a_journey_even_on_the_day_of_its_last_step(store):
    store.given("application", JOURNEYS, "| J1 | P-1 | partner | 2026-01-05 | london |")
    store.given("pathway_stage", STAGES, "| J1 | matched | 2026-02-01 | |", "| J1 | left | 2026-02-01 | finished |")
    store.model()
    assert store.rows("select furthest_step, current_step, is_open, ended_on from journey") == [
        ("matched", "left", False, date(2026, 2, 1))
    ]


def test_a_journey_without_a_recorded_step_stands_at_its_beginning(store):
    store.given("application", JOURNEYS, "| J1 | P-1 | client | 2026-01-05 | london |")
    store.model()
    assert store.rows("select furthest_step, current_step, current_since, is_open from journey") == [
        ("enquired", "enquired", date(2026, 1, 5), True)
    ]


def test_a_matched_client_is_never_trained_or_active(store):
    store.given("application", JOURNEYS, "| J1 | P-1 | client | 2026-01-05 | london |")
    store.given("pathway_stage", STAGES, "| J1 | matched | 2026-02-01 | |")
    store.model()
    assert store.rows("select trained_on, active_on, matched_on from journey") == [(None, None, date(2026, 2, 1))]


def test_each_person_is_in_a_population_once_from_their_first_day(store):
    store.given(
        "application",
        JOURNEYS,
        "| J1 | P-1 | partner | 2026-01-05 | london |",
        "| J2 | P-1 | partner | 2026-06-05 | london |",
        "| J3 | P-3 | client | 2026-01-05 | london |",
    )
    store.given(
        "pathway_stage",
        STAGES,
        "| J1 | selected | 2026-02-01 | |",
        "| J1 | left | 2026-03-01 | moved_on |",
        "| J2 | trained | 2026-07-01 | |",
        "| J3 | matched | 2026-02-02 | |",
    )
    store.given("event", *EVENT)
    store.given(
        "event_attendance",
        "| event_key | attendee_key | person_key | role | evidence |",
        "| E1 | A1 | P-9 | attendee | check_in |",
        "| E1 | A2 | P-8 | host | check_in |",
    )
    store.model()
    first, second = date(2026, 2, 1), date(2026, 7, 1)
    assert store.rows("select * from population_member where population <> 'enquirers' order by 1, 2") == [
        ("clients", "P-3", date(2026, 2, 2), None),
        ("event_attendees", "P-9", date(2026, 5, 12), date(2026, 5, 12)),
        ("screened", "P-1", first, None),
        ("selected", "P-1", first, None),
        ("trained", "P-1", second, None),
    ]
    assert store.rows(
        "select person_key, entered_on from population_member where population = 'enquirers' order by 1"
    ) == [
        ("P-1", date(2026, 1, 5)),
        ("P-3", date(2026, 1, 5)),
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


INTERESTS = "| eoi_key | eoi_ref | person_key | received_at | source | status | wants_coach | wants_be_coached | wants_host | wants_membership | wants_hear_more |"


def enquiry(
    key: str, person: str, received: str, status: str = "new", wants: str = "true | false | false | false | false"
) -> str:
    return f"| {key} | | {person} | {received} | event | {status} | {wants} |"


def test_the_first_answer_is_a_person_writing_out_counted_in_working_days(store):
    store.given("expression_of_interest", INTERESTS, enquiry("I1", "P-1", "2026-04-30 12:00:00"))
    store.given(
        "eoi_touchpoint",
        "| eoi_key | on_day | direction | is_automatic |",
        "| I1 | 2026-04-30 | out | true |",
        "| I1 | 2026-05-01 | in | false |",
        "| I1 | 2026-05-05 | out | false |",
        "| I1 | 2026-05-20 | out | false |",
    )
    store.model()
    # Thursday to Tuesday over a weekend and the bank holiday of 4 May: Friday and Tuesday.
    assert store.rows("select first_answer_on, working_days_to_answer, result from eoi_progress") == [
        (date(2026, 5, 5), 2, "in_conversation")
    ]


@pytest.mark.parametrize(
    ("received", "day"), [("2026-06-30 23:30:00", 1), ("2026-06-30 22:30:00", 30), ("2026-01-31 23:30:00", 31)]
)
def test_an_enquiry_is_received_on_its_day_in_london(store, received, day):
    store.given("expression_of_interest", INTERESTS, enquiry("I1", "P-1", received))
    store.model()
    assert store.rows("select day(received_on) from eoi_progress") == [(day,)]


def test_what_became_of_an_enquiry_is_the_furthest_it_reached(store):
    host = "false | false | true | false | false"
    join = "false | false | false | true | false"
    store.given(
        "expression_of_interest",
        INTERESTS,
        enquiry("I1", "P-1", "2026-04-01 12:00:00", "closed_not_now"),
        enquiry("I2", "P-1", "2026-05-01 12:00:00"),
        enquiry("I3", "P-3", "2026-05-01 12:00:00", "in_conversation"),
        enquiry("I4", "P-4", "2026-05-01 12:00:00", wants=host),
        enquiry("I5", "P-5", "2026-05-01 12:00:00", wants=join),
        enquiry("I6", "P-6", "2026-05-01 12:00:00"),
        enquiry("I7", "P-7", "2026-05-01 12:00:00", "closed_declined"),
        enquiry("I8", "P-8", "2026-05-01 12:00:00", wants=host),
    )
    store.connection.execute("update expression_of_interest set org_code = 'O-HILL' where eoi_key in ('I4', 'I5')")
    store.given(
        "organisation", "| org_code | client_agreement_on | member_since |", "| O-HILL | 2026-06-01 | 2026-06-01 |"
    )
    store.given(
        "application",
        "| application_key | person_key | role | eoi_key | opened_on |",
        "| J1 | P-1 | partner | | 2026-05-10 |",
        "| J6 | P-6 | partner | | 2026-05-10 |",
        "| J8 | P-8 | client | I8 | 2026-05-10 |",
    )
    store.given("pathway_stage", STAGES, "| J1 | screened | 2026-05-20 | |", "| J6 | enquired | 2026-05-10 | |")
    store.model()
    assert dict(store.rows("select eoi_key, result from eoi_progress")) == {
        "I1": "closed_not_now",
        "I2": "partner_journey",
        "I3": "in_conversation",
        "I4": "client_or_host",
        "I5": "membership",
        "I6": "no_first_answer",
        "I7": "closed_declined",
        "I8": "client_or_host",
    }


def test_an_enquiry_for_several_things_is_counted_once_as_more_than_one(store):
    store.given(
        "expression_of_interest",
        INTERESTS,
        enquiry("I123456789", "P-1", "2026-05-01 12:00:00", wants="true | false | false | true | false"),
    )
    store.model()
    assert store.rows("select interest, reference from eoi_progress") == [("more_than_one", "I12345")]


CLAIMS = (
    "| payment_key | claim_ref | person_key | kind | amount | work_on | claim_received_on | claim_valid_on "
    "| approved_on | paid_on | declined_by_choice |"
)


def test_a_claim_is_paid_when_its_last_line_is(store):
    store.given(
        "payment",
        CLAIMS,
        "| L1 | CL-1 | P-1 | session_fee | 60.00 | 2026-05-01 | 2026-05-04 | 2026-05-04 | 2026-05-06 | 2026-05-08 | false |",
        "| L2 | CL-1 | P-1 | travel | 12.50 | 2026-05-02 | 2026-05-04 | 2026-05-05 | 2026-05-06 | 2026-05-20 | false |",
        "| L3 | CL-2 | P-1 | session_fee | 60.00 | 2026-05-03 | 2026-05-04 | | | | false |",
        "| L4 | CL-3 | P-1 | session_fee | 0.00 | 2026-05-03 | | | | | true |",
    )
    store.model()
    found = store.rows(
        "select claim_ref, cast(amount as double), work_on, valid_on, paid_on, desk from claim order by 1"
    )
    assert found == [
        ("CL-1", 72.5, date(2026, 5, 2), date(2026, 5, 5), date(2026, 5, 20), "paid"),
        ("CL-2", 60.0, date(2026, 5, 3), None, None, "checking"),
    ]
    assert store.rows("select payment_key from claim_line where is_taking_part") == [("L2",)]


LEDGER = "| ledger_key | claim_ref | payment_key | person_key | amount | booked_on | category |"


def test_the_accounts_say_when_a_claim_was_paid_only_where_one_line_fits(store):
    unpaid = "2026-05-04 | 2026-05-04 | | | false |"
    store.given(
        "payment",
        CLAIMS,
        f"| L1 | CL-1 | P-1 | session_fee | 60.00 | 2026-05-01 | {unpaid}",
        f"| L2 | CL-2 | P-2 | session_fee | 60.00 | 2026-05-01 | {unpaid}",
        f"| L3 | CL-3 | P-3 | session_fee | 60.00 | 2026-05-01 | {unpaid}",
        f"| L4 | CL-4 | P-4 | session_fee | 60.00 | 2026-05-01 | {unpaid}",
        f"| L5 | CL-5 | P-5 | session_fee | 60.00 | 2026-05-01 | {unpaid}",
        f"| L6 | CL-6 | P-5 | session_fee | 60.00 | 2026-05-01 | {unpaid}",
        f"| L7 | CL-7 | P-7 | session_fee | 60.00 | 2026-05-01 | {unpaid}",
    )
    store.given(
        "ledger_line",
        LEDGER,
        "| G1 | | L1 | | 60.00 | 2026-05-11 | partner_pay |",
        "| G2 | CL-2 | | | 60.00 | 2026-05-12 | partner_pay |",
        "| G3 | | | P-3 | 60.00 | 2026-05-13 | partner_pay |",
        "| G4 | | | P-4 | 60.00 | 2026-05-14 | partner_pay |",
        "| G5 | | | P-4 | 60.00 | 2026-05-15 | partner_pay |",
        "| G6 | | | P-5 | 60.00 | 2026-05-16 | partner_pay |",
        "| G7 | | | P-7 | 60.00 | 2026-05-03 | partner_pay |",
    )
    store.model()
    assert dict(store.rows("select payment_key, paid_on from claim_line")) == {
        "L1": date(2026, 5, 11),
        "L2": date(2026, 5, 12),
        "L3": date(2026, 5, 13),
        "L4": None,
        "L5": None,
        "L6": None,
        "L7": None,
    }


def test_training_is_complete_only_with_every_day(store):
    store.given(
        "activity",
        "| activity_key | kind | cohort_code | on_day |",
        "| T1 | training_day | C-1 | 2026-05-11 |",
        "| T2 | training_day | C-1 | 2026-05-12 |",
        "| T3 | supervision | C-1 | 2026-05-13 |",
    )
    store.given(
        "activity_attendance",
        "| activity_key | person_key | status |",
        "| T1 | P-1 | attended |",
        "| T2 | P-1 | attended |",
        "| T1 | P-2 | attended |",
        "| T2 | P-2 | part |",
        "| T1 | P-3 | offered |",
        "| T3 | P-4 | attended |",
    )
    store.model()
    assert store.rows("select person_key, attended, is_complete, last_on from trainee order by 1") == [
        ("P-1", 2, True, date(2026, 5, 12)),
        ("P-2", 1, False, date(2026, 5, 12)),
        ("P-3", 0, False, date(2026, 5, 12)),
    ]


# As gov.uk/bank-holidays printed them for England and Wales.
BANK_HOLIDAYS = {
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("year", sorted(BANK_HOLIDAYS))
def test_englands_bank_holidays_are_not_working_days(store, year):
    store.model()
    found = store.rows(
        "select strftime(day, '%m-%d') from calendar_day "
        "where year(day) = ? and not is_working and isodow(day) < 6 order by day",
        [year],
    )
    assert [day for (day,) in found] == BANK_HOLIDAYS[year].split()


def test_summer_time_begins_and_ends_when_londons_clocks_do(store):
    store.model()
    london = ZoneInfo("Europe/London")
    for begins, ends in store.rows("select starts_at, ends_at from summer_time where year < 2038"):
        for moment, before, after in ((begins, 0, 1), (ends, 1, 0)):
            for step, hours in ((-1, before), (0, after)):
                local = datetime.fromisoformat(f"{moment + timedelta(seconds=step)}+00:00").astimezone(london)
                assert local.utcoffset() == timedelta(hours=hours), moment


def test_a_programme_year_runs_from_april_and_a_quarter_is_the_calendars(store):
    store.model()
    found = store.rows("select kind, from_on, to_on from period where label in ('2026 Q4', '2023-24') order by 1")
    assert found == [
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2023, 4, 1), date(2024, 3, 31)),
    ]
