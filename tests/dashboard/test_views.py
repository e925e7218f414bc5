"""What each question answers, in words: the normal sentence, and those for too few, nothing and held back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dashboard import words
from dashboard.cards import Card, Question, how_we_know
from dashboard.discovery import discover
from dashboard.views import data, eoi, events, missing, money, reach, support
from tests.dashboard.released import HandDoor, answer, first, info
from tests.dashboard.specimen import ENQUIRIES, PUBLISHED, SpecimenDoor
from warehouse.released import Cell, MetricInfo, Released, State, Viewer, Worklist, WorklistRow

EVERYONE = Viewer("everyone", frozenset({"leadership", "staff", "staff_case", "staff_finance", "steward"}))


class _Asking:
    """The specimen programme as a page asks it, for someone who may see all of it."""

    def __init__(self, door: SpecimenDoor | None = None) -> None:
        self.door = door or SpecimenDoor()

    def figure(self, metric: str, **filters: str) -> Released:
        return self.door.release(metric, EVERYONE, **filters)

    def rows(self, name: str, **filters: str) -> Worklist:
        return self.door.worklist(name, EVERYONE, **filters)

    def reveal(self, name: str, reference: str) -> WorklistRow:
        return self.door.reveal(name, EVERYONE, reference)

    def catalogue(self) -> tuple[MetricInfo, ...]:
        return self.door.visible(EVERYONE)


def _every_question() -> Iterator[tuple[str, Question]]:
    for view in discover():
        yield from ((f"{view.slug}-{question.slug}", question) for question in view.questions)


QUESTIONS = dict(_every_question())


def _answer(name: str) -> Card:
    return QUESTIONS[name].answer(_Asking(), first)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reach-who", "58 Lived Experience Partners and 31 clients from 17 organisations take part."),
        (
            "reach-where",
            (
                "2 regions are held back to protect people; the totals are complete. "
                "Of those shown, London has the most: 14."
            ),
        ),
        (
            "reach-became",
            (
                "Of 81 enquiries in April 2025 to March 2026, 43 became real: 33 on the partner journey, "
                "6 client or host, 4 membership. 9 wait for a first answer."
            ),
        ),
        ("reach-members", "38 of 192 member charities (20%) took part or enquired, April 2025 to March 2026."),
        (
            "missing-reflect",
            (
                "Among people who became active partners, about 43% of those who told us are Disabled, "
                "between 34% and 54%, against 17% (England): a larger share. "
                "For 1 other group we have too few to show."
            ),
        ),
        (
            "missing-told",
            (
                "About 78% of 162 people who became active partners told us about ethnicity, between 70% and 85%: "
                "the question that fewest answered. Against 31 March 2026: up."
            ),
        ),
        (
            "events-came",
            (
                "71 people came to What good support looks like on 15 September 2026. "
                "That is 64 of 98 who had signed up, and 7 people came who had not."
            ),
        ),
        (
            "events-thought",
            (
                "87% of those who replied were positive, between 76% and 93% "
                "(Leading with lived experience, 12 May 2026): 58 of 67 replies from 206 people who came."
            ),
        ),
        ("events-hard", "27 questions or doubts so far, most about clarity of offer and cost."),
        (
            "events-enough",
            "7 of 71 who came to What good support looks like replied. 16 more and you may quote a percentage.",
        ),
        (
            "support-supported",
            "Of 41 partners active all quarter, 34 had supervision and 22 had action learning, July to September 2026.",
        ),
        (
            "support-happened",
            (
                "62 of 82 sessions due were held, July to September 2026: "
                "6 moved, 5 cancelled, 1 missed and 8 without a record."
            ),
        ),
        (
            "support-sort-out",
            "3 sessions to ask about: 1 no record, 1 missed by the client and 1 moved, no new date.",
        ),
        ("support-matched", "Of 41 active partners, 9 are without a match and 1 has three or more."),
        (
            "money-on-time",
            (
                "96 of 121 claims (79% by value) were paid within 30 days of being complete, July to September 2026. "
                "10 are still unpaid."
            ),
        ),
        (
            "money-waits",
            (
                "Counted from a complete claim, half waited 11 days or less and nine in ten 33 or less; "
                "the oldest unpaid has waited 74 days."
            ),
        ),
        (
            "money-income",
            (
                "Of £100,400 client income in April 2025 to March 2026, £46,200 (46%) went to partners and £38,900 to "
                "delivery; left over £15,300."
            ),
        ),
        ("money-spent", "£3,180 of £15,580 paid to partners made taking part possible, July to September 2026."),
        (
            "eoi-waiting",
            (
                "10 wait for a first answer; the oldest has waited 15 working days; 6 have nobody assigned. "
                "31 of 44 were answered in 5 working days, July to September 2026."
            ),
        ),
        (
            "eoi-sources",
            (
                "81 enquiries, April 2025 to March 2026: 48 from events, 18 from members and 15 from the website. "
                "Became real: 21 of 48 from events, 18 of 18 from members and 4 of 15 from the website."
            ),
        ),
        (
            "data-loads",
            (
                "3 files on 23 November 2026: 1 loaded, 1 loaded in part and 1 not recognised. "
                "681 records = 664 loaded + 2 rejected + 7 ignored + 8 already known."
            ),
        ),
        (
            "data-checks",
            "1 blocking check and 0 warnings on 1 file; the oldest since 20 November 2026, owner finance lead.",
        ),
    ],
)
def test_the_normal_sentence(name: str, said: str) -> None:
    assert words.unmarked(_answer(name).answer) == said


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_every_answer_has_its_limits_its_certainty_its_short_form_and_where_it_came_from(name: str) -> None:
    card = _answer(name)

    assert card.cannot
    assert card.sure is not None
    assert 0 < len(card.short.split()) <= 13
    assert card.released or card.listing
    assert "Held back" in how_we_know(card)
    assert card.table is not None or card.listing is not None


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_every_table_fits_a_phone_and_its_row_names_are_there(name: str) -> None:
    card = _answer(name)

    if card.table:
        assert 2 <= len(card.table.columns) <= 4
        assert all(len(row) == len(card.table.columns) and row[0].text for row in card.table.rows)


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_every_number_in_a_chart_stands_in_its_table_or_sentence(name: str) -> None:
    card = _answer(name)
    if card.picture is None or card.table is None:
        return
    written = " ".join(place.text for row in card.table.rows for place in row) + f" {card.answer}"
    known = set(re.findall(r"\d[\d,.]*", written))
    notes = [note.text for note in card.picture.figure.layout.annotations]

    drawn = {number for note in notes for number in re.findall(r"(?<=<b>)[£]?(\d[\d,]*)", note)}
    assert {number.rstrip(".,") for number in drawn} <= {number.rstrip(".,") for number in known} | {"0", "1"}


@pytest.mark.parametrize("state", ["too_few", "nothing_recorded", "held_back", "refused"])
@pytest.mark.parametrize("name", list(QUESTIONS))
def test_every_question_has_a_designed_state_for_each_reason_not_to_answer(name: str, state: State) -> None:
    door = SpecimenDoor()
    door.answers = {metric: answer(metric, state=state) for metric in door.answers if "/" not in metric}
    door.lists = {name: Worklist(info(name), state) for name in door.lists}

    card = QUESTIONS[name].answer(_Asking(door), first)

    assert card.short
    assert card.picture is None
    if name not in ("data-checks", "support-sort-out") or state == "refused":
        assert card.box is not None
        assert card.box.why


def test_a_filter_that_the_door_refuses_is_told_apart_from_a_figure_for_others() -> None:
    door = SpecimenDoor()
    door.answers["days_to_pay"] = answer("days_to_pay", state="refused", reason="That is not one of the choices.")

    box = money.waits(_Asking(door), first).box

    assert box is not None
    assert (box.title, box.why) == ("We do not answer this question", "That is not one of the choices.")


def test_nothing_recorded_is_told_apart_from_none() -> None:
    door = SpecimenDoor()
    door.answers["eoi_outcome"] = answer("eoi_outcome", state="nothing_recorded", filters={"period": "2025-26"})

    card = reach.became(_Asking(door), first)

    assert card.box is not None
    assert card.box.why == "No enquiry is recorded in April 2025 to March 2026. That is not the same as none."


def test_all_checks_passed_is_an_answer_of_its_own() -> None:
    door = SpecimenDoor()
    door.answers["expectation_failures"] = answer("expectation_failures", state="nothing_recorded")

    assert data.checks(_Asking(door), first).answer == "**All checks passed.**"


def test_a_held_back_region_is_never_the_one_with_the_most() -> None:
    card = reach.where(_Asking(), first)
    assert card.table is not None

    shown = [row for row in card.table.rows if row[1].value is not None]
    assert [row[0].text for row in shown] == ["London", "North West", "South East", "Yorkshire and the Humber"]
    assert {row[1].text for row in card.table.rows if row[1].value is None} == {"held back"}


def test_printed_figures_are_said_in_their_own_words_and_never_drawn() -> None:
    card = events.printed(HandDoor({"published_figures": answer("published_figures", PUBLISHED)}), first)

    assert card.answer.split("\n") == [
        "- 250 people attended the event on 9 February 2022 (as published; how they were counted is not stated).",
        (
            "- 95% of those who completed the feedback survey responded positively. "
            "How many completed it is not recorded, so no interval can be given."
        ),
        (
            "- 71 expressions of interest were completed. That is 28 for every 100 people who attended; "
            "the source does not say that everyone who completed one attended."
        ),
        "- More than 190 member charities.",
    ]
    assert card.picture is None
    assert card.sure is not None
    assert card.sure.why == "4 figures; 1 without a recorded base. None is mixed with counted data."
    assert not re.search(r"95% of attendees|28% of|turnout|conversion", card.answer)


def test_printed_figures_are_never_named_beside_counted_ones() -> None:
    for name in ("events-came", "events-thought", "events-enough"):
        card = _answer(name)
        assert "published_figures" not in {one.metric.id for one in card.released}
        assert "95%" not in card.answer


def test_a_shortfall_is_said_to_be_met_from_grants() -> None:
    door = SpecimenDoor()
    rows = [
        {"use": "paid to partners", "pounds": Cell(700)},
        {"use": "delivery", "pounds": Cell(400)},
        {"use": "remainder", "pounds": Cell(-100)},
    ]
    door.answers["client_income_use"] = answer("client_income_use", rows, {"client_fees": Cell(1000)})

    assert "shortfall met from grants £100" in money.income(_Asking(door), first).answer


def test_a_small_sum_for_taking_part_leaves_only_the_total() -> None:
    door = SpecimenDoor()
    rows = [{"purpose": name, "pounds": Cell(None, "small")} for name in ("pay", "taking part")]
    door.answers["partner_payments"] = answer("partner_payments", rows, {"pounds": Cell(900)}, withheld={"small": 2})

    card = money.spent(_Asking(door), first)

    assert "only the total is shown: **£900**" in card.answer


def test_claims_that_wait_longest_stand_together_and_past_the_promise() -> None:
    card = money.waits(_Asking(), first)
    assert card.table is not None

    rows = {row[0].text: (row[1].text, row[2].text) for row in card.table.rows}
    assert rows["0 to 6 days"] == ("34", "0")
    assert rows["14 to 20 days"] == ("0", "0")
    assert rows["Over 62 days"] == ("2", "3")


def test_every_enquiry_answered_is_good_news_in_words() -> None:
    door = SpecimenDoor()
    answered = tuple(row for row in ENQUIRIES if not row.facts["waiting"])
    door.lists["list_eoi"] = Worklist(info("list_eoi"), "shown", answered, len(answered))

    assert eoi.waiting(_Asking(door), first).answer.startswith("**Every enquiry has had an answer.**")


def test_an_event_without_a_list_of_registrations_claims_no_turnout() -> None:
    door = SpecimenDoor()
    row = {**door.answers["event_turnout"].rows[1], "n": Cell(0), "of": Cell(0)}
    door.answers["event_turnout"] = answer("event_turnout", [row])

    assert "cannot say how many signed up" in events.came(_Asking(door), first).answer


def test_so_few_silent_that_it_is_not_shown_never_becomes_everyone_told_us() -> None:
    door = SpecimenDoor()
    profile = door.answers["equality_profile"]
    totals = {**profile.totals, "base": Cell(162), "not_stated": Cell(None, "too_few_to_show")}
    door.answers["equality_profile"] = answer("equality_profile", profile.rows, totals)

    sure = missing.reflect(_Asking(door), first).sure

    assert sure is not None
    assert "162 of 162" not in sure.why
    assert "too few did not answer to show how many" in sure.why


def test_not_stated_is_never_listed_as_a_group_of_people() -> None:
    card = missing.heard(_Asking(), first)
    assert card.table is not None

    assert "Not stated" not in " ".join(place.text for row in card.table.rows for place in row)


def test_a_month_without_a_record_makes_us_less_than_firm() -> None:
    sure = support.happened(_Asking(), first).sure

    assert sure is not None
    assert (sure.word, sure.why) == ("some doubt", "8 sessions have no record.")
