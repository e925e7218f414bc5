from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.dates import is_ambiguous, orders_shown, read_day, read_moment
from etl.equality_headings import characteristic_of, is_birth_date
from etl.events import heard_from
from etl.money import currency_of, read_sum

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("05/12/2026 09:00:00 AM", "2026-05-12 08:00"),
        ("Mar 22, 2025 19:13:27", "2025-03-22 19:13:27"),
        ("Feb 9, 2022 10:01 AM", "2022-02-09 10:01"),
        ("9/9/26 18:01", "2026-09-09 17:01"),
        ("2017-01-27 15:51:40+00:00", "2017-01-27 15:51:40"),
        ("2020/10/30 3:08:44 PM GMT+1", "2020-10-30 14:08:44"),
        ("2026-05-12T10:00:00.123Z", "2026-05-12 10:00"),
        ("Thursday, October 08, 2026 09:12 AM GMT-04:00", "2026-10-08 13:12"),
        ("12/31/2026 12:05 AM", "2026-12-31 00:05"),
        ("12/31/2026 12:05 PM", "2026-12-31 12:05"),
        ("12/31/2026 00:05 AM", "2026-12-31 00:05"),
        ("12/31/2026 13:05 PM", "2026-12-31 13:05"),
        ("02 Sep 2026", "2026-09-01 23:00"),
    ],
)
def test_a_printed_moment_is_utc(printed: str, wanted: str) -> None:
    assert read_moment(printed, "mdy", LONDON) == datetime.fromisoformat(wanted)


@pytest.mark.parametrize(
    "printed",
    ["", "--", "oops", "0009-02-02", "1899-12-31", "2101-01-01", "2026-02-30", "13/13/2026", "10:00", "25:61", "45292"],
)
def test_what_is_no_day_between_2000_and_2100_is_not_read(printed: str) -> None:
    assert read_moment(printed, "dmy", LONDON) is None
    assert read_day(printed, "mdy") is None


def test_the_order_is_the_declared_one_and_never_a_guess() -> None:
    assert read_day("05/12/2026", "dmy") == date(2026, 12, 5)
    assert read_day("05/12/2026", "mdy") == date(2026, 5, 12)
    assert read_day("13/05/2026", "mdy") is None


def test_the_hour_that_comes_twice_in_autumn_is_the_first_of_the_two() -> None:
    assert read_moment("25/10/2026 01:30", "dmy", LONDON) == datetime.fromisoformat("2026-10-25 00:30")


@given(st.datetimes(datetime.fromisoformat("2000-01-02"), datetime.fromisoformat("2100-12-30")))
def test_a_moment_printed_in_any_usual_way_is_that_moment(at: datetime) -> None:
    at = at.replace(microsecond=0)
    for shape, order in (
        ("%Y-%m-%d %H:%M:%S", "dmy"),
        ("%d/%m/%Y %H:%M:%S", "dmy"),
        ("%m/%d/%Y %I:%M:%S %p", "mdy"),
        ("%b %d, %Y %I:%M:%S %p", "mdy"),
        ("%d %B %Y %H:%M:%S", "dmy"),
    ):
        assert read_moment(f"{at:{shape}}", "dmy" if order == "dmy" else "mdy", "UTC") == at
        assert read_day(f"{at:{shape}}", "dmy" if order == "dmy" else "mdy") == at.date()


def test_only_days_above_twelve_prove_an_order() -> None:
    assert orders_shown(["05/12/2026", "2026-05-13", "", "x"]) == set()
    assert orders_shown(["13/05/2026 10:00", "05/12/2026"]) == {"dmy"}
    assert orders_shown(["13/05/2026", "5/13/26"]) == {"dmy", "mdy"}
    assert [is_ambiguous(text) for text in ("05/12/2026", "05/05/2026", "13/05/2026", "5 Dec 2026")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("1,850.00", "1850.00"),
        ("(95.00)", "-95.00"),
        ("£12.00-", "-12.00"),
        ("\u22125", "-5"),
        ("-£3.01", "-3.01"),
        ("+ £1,100.00", "1100.00"),
        ("GBP 12.50", "12.50"),
        (".5", "0.5"),
        (" 1 ", "1"),
    ],
)
def test_a_printed_sum_is_an_exact_decimal(printed: str, wanted: str) -> None:
    assert read_sum(printed) == Decimal(wanted)


@pytest.mark.parametrize("printed", ["", "five", "1.960,17", "12,5", "1,2345", "(5", "1e5", "5 5", "1000000000", "--5"])
def test_what_may_mean_two_sums_or_none_is_not_read(printed: str) -> None:
    assert read_sum(printed) is None


def test_a_sum_says_its_own_currency() -> None:
    assert [currency_of(text) for text in ("£5", "$5", "5 EUR", "5", "x")] == ["GBP", "USD", "EUR", "", ""]


@given(st.decimals(Decimal("-999999.99"), Decimal("999999.99"), places=2))
def test_a_sum_printed_in_any_usual_way_is_that_sum(amount: Decimal) -> None:
    size = abs(amount)
    for printed in (f"{amount:,.2f}", f"({size:,.2f})" if amount < 0 else f"£{size:,.2f}"):
        assert read_sum(printed) == amount


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("What is your ethnic group?", "ethnicity"),
        ("Race", "ethnicity"),
        ("Do you consider yourself disabled?", "disability"),
        ("Any long-term physical or mental health condition?", "disability"),
        ("Does it reduce your day-to-day activities?", "disability"),
        ("Gender", "gender"),
        ("What is your sex?", "sex"),
        ("Is your gender the same as the sex you were registered at birth?", "gender_identity"),
        ("Sexual orientation", "orientation"),
        ("Religion or belief", "religion"),
        ("Are you an unpaid carer?", "carer"),
        ("What is your age group?", "age"),
        ("Age", "age"),
        ("When you were 14, what work did the main earner do?", "class_background"),
        ("What message do you take home?", None),
        ("Job stage", None),
        ("Organisation", None),
        ("Date of birth", None),
    ],
)
def test_a_question_about_a_characteristic_is_told_by_its_wording(heading: str, wanted: str | None) -> None:
    assert characteristic_of(heading) == wanted


def test_a_date_of_birth_is_told_by_its_wording() -> None:
    assert [is_birth_date(one) for one in ("Date of Birth", "Birth Date", "DOB", "Date")] == [True, True, True, False]


def test_how_somebody_heard_falls_into_the_agreed_list() -> None:
    said = (
        "Twitter",
        "a colleague told me",
        "At your spring webinar",
        "Google",
        "My council",
        "I am a member",
        "hm",
        "",
    )
    assert [heard_from(one) for one in said] == [
        "social_media",
        "word_of_mouth",
        "event",
        "website",
        "partner_organisation",
        "member",
        "other",
        None,
    ]


def test_moments_never_depend_on_the_clock_of_this_machine() -> None:
    assert read_moment("2026-05-12 10:00", "dmy", "UTC") == datetime(2026, 5, 12, 10, tzinfo=UTC).replace(tzinfo=None)
