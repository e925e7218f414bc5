"""The other models on a few rows that can be counted by hand: claims, training, the calendar, void rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest


def test_a_row_entered_in_error_is_nowhere(store):
    store.given("event", "| event_key | title | is_void |", "| E1 | Spring | true |")
    store.given("event_attendance", "| event_key | attendee_key | role | is_void |", "| E1 | A1 | attendee | true |")
    store.given(
        "event_registration", "| event_key | attendee_key | status | is_void |", "| E1 | A1 | registered | true |"
    )
    store.given(
        "application", "| application_key | role | opened_on | is_void |", "| J1 | partner | 2026-05-01 | true |"
    )
    store.given("expression_of_interest", "| eoi_key | received_at | is_void |", "| I1 | 2026-05-12 10:00:00 | true |")
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


CLAIMS = (
    "| payment_key | claim_ref | person_key | kind | amount | work_on | claim_received_on | claim_valid_on "
    "| approved_on | paid_on | declined_by_choice |"
)


def test_a_claim_is_paid_when_its_last_line_is(store):
    store.given(
        "payment",
        CLAIMS,
        "| L1 | CL-1 | P-1 | other | 60 | 2026-05-01 | 2026-05-04 | 2026-05-04 | 2026-05-06 | 2026-05-08 | false |",
        "| L2 | CL-1 | P-1 | travel | 12.50 | 2026-05-02 | 2026-05-04 | 2026-05-05 | 2026-05-06 | 2026-05-20 | false |",
        "| L3 | CL-2 | P-1 | session_fee | 60.00 | 2026-05-03 | 2026-05-04 | | | | false |",
        "| L4 | CL-3 | P-1 | session_fee | 0.00 | 2026-05-03 | | | | | true |",
        "| L5 | CL-4 | P-1 | session_fee | 60.00 | 2026-05-03 | 2026-05-04 | 2026-05-04 | | 2026-05-08 | false |",
        "| L6 | CL-4 | P-1 | travel | 5.00 | 2026-05-03 | 2026-05-04 | 2026-05-04 | | | false |",
    )
    store.model()
    found = store.rows(
        "select claim_ref, cast(amount as double), work_on, valid_on, paid_on, desk from claim order by 1"
    )
    assert found == [
        ("CL-1", 72.5, date(2026, 5, 2), date(2026, 5, 5), date(2026, 5, 20), "paid"),
        ("CL-2", 60.0, date(2026, 5, 3), None, None, "checking"),
        ("CL-4", 65.0, date(2026, 5, 3), date(2026, 5, 4), None, "approval"),
    ]
    assert store.rows("select payment_key from claim_line where is_taking_part order by 1") == [("L2",), ("L6",)]


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
