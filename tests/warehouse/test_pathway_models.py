"""Journeys, enquiries and populations on a few rows that can be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

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
    store.given("event", "| event_key | starts_at |", "| E1 | 2026-05-12 10:00:00 |")
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


INTERESTS = (
    "| eoi_key | eoi_ref | person_key | received_at | source | status "
    "| wants_coach | wants_be_coached | wants_host | wants_membership | wants_hear_more |"
)


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
