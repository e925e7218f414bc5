"""Numbers, days, ranges and how sure we are, as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import words
from warehouse.released import Cell


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (58, "58"), (1234, "1,234"), (0.5, "0.5"), (2.0, "2"), (None, "not recorded"), ("EV-1", "EV-1")],
)
def test_numbers_are_numerals_with_a_comma_from_a_thousand(value: float | str | None, said: str) -> None:
    assert words.number(value) == said


def test_one_and_many_are_told_apart() -> None:
    assert words.count(1, "person", "people") == "1 person"
    assert words.count(0, "person", "people") == "0 people"


@pytest.mark.parametrize(
    ("pounds", "said"), [(18400, "£18,400"), (46, "£46"), (7.5, "£7.50"), (1234.5, "£1,234"), (-300, "-£300")]
)
def test_money_has_pence_only_where_they_matter(pounds: float, said: str) -> None:
    assert words.money(pounds) == said


def test_a_day_is_written_in_full() -> None:
    assert words.day(date(2022, 2, 9)) == "9 February 2022"
    assert words.day("2022-02-09") == "9 February 2022"
    assert words.day(None) == "not recorded"


def test_a_moment_is_told_in_the_programmes_own_time() -> None:
    assert words.moment(datetime(2026, 7, 1, 5, 10, tzinfo=UTC).replace(tzinfo=None)) == "1 July 2026 at 6:10am"
    assert words.moment(datetime(2026, 11, 23, 12, 5, tzinfo=UTC)) == "23 November 2026 at 12:05pm"


@pytest.mark.parametrize(
    ("label", "said", "end"),
    [
        ("2026 Q2", "April to June 2026", date(2026, 6, 30)),
        ("2025 Q4", "October to December 2025", date(2025, 12, 31)),
        ("2025-26", "April 2025 to March 2026", date(2026, 3, 31)),
        ("2099-00", "April 2099 to March 2100", date(2100, 3, 31)),
        ("to date", "to date", None),
    ],
)
def test_periods_name_their_months(label: str, said: str, end: date | None) -> None:
    assert words.period(label) == said
    assert words.period_end(label) == end


def test_ranges_use_to_and_between_and_never_a_dash() -> None:
    assert words.span(0.43, 0.69) == "43% to 69%"
    assert words.between(0.43, 0.69) == "between 43% and 69%"


@given(st.text(max_size=60))
def test_text_from_a_file_cannot_become_markdown(text: str) -> None:
    said = words.plain(text)

    for mark in "*_`[]<>!#:|~$":
        assert said.replace("\\" + mark, "").count(mark) == 0


def test_an_address_in_a_title_becomes_no_link() -> None:
    assert "http\\:" in words.plain("see http://example.org")
    assert "www\\." in words.plain("see www.example.org")


def test_a_held_back_figure_is_said_in_words() -> None:
    assert words.withheld(Cell(None, "small")) == "held back"
    assert words.withheld(Cell(None, "too_few_to_show")) == "too few to show"


def test_held_back_line_is_never_left_out_and_says_why() -> None:
    assert words.held_back_line({}) == "None."
    line = words.held_back_line({"small": 1, "protects_another": 1})
    assert line.startswith("2 figures: 1 because too few people")
    assert line.endswith("Held back is not zero.")


@pytest.mark.parametrize(
    ("answered", "of", "low", "high", "word"),
    [
        (900, 1000, 0.47, 0.53, "firm"),
        (51, 58, 0.43, 0.69, "some doubt"),
        (40, 100, 0.35, 0.65, "weak"),
        (51, 58, 0.30, 0.69, "weak"),
        (9, 12, 0.3, 0.9, "cannot say"),
    ],
)
def test_how_sure_follows_from_the_replies_and_the_range(
    answered: int, of: int, low: float, high: float, word: str
) -> None:
    assert words.asked(answered, of, low=low, high=high).word == word


def test_how_sure_always_carries_its_numbers() -> None:
    said = words.asked(51, 58, low=0.43, high=0.69, who="partners").why

    assert said == "51 of 58 partners told us (88%). A share can be out by up to 13 points either way."


def test_a_number_that_is_itself_rounded_is_said_to_be_about_so_many() -> None:
    said = words.asked(29, 39, low=0.54, high=0.89, rounded=True).why

    assert said.startswith("About 29 of 39 people told us (74%).")


def test_those_who_chose_to_reply_never_make_us_firm() -> None:
    assert words.asked(990, 1000, low=0.5, high=0.52, chosen=True).word == "weak"


def test_a_long_title_is_cut_between_words() -> None:
    assert words.cut("What happens after the last session", 20) == "What happens after…"
    assert words.cut("Short", 20) == "Short"
