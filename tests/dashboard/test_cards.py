"""The question card: its states, its *How we know*, its download."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard.cards import Box, Card, broken, download, entry, how_we_know, refused, table, unshown
from tests.dashboard.released import answer, info
from warehouse.released import Cell, State, Worklist


def _box(card: Card) -> Box:
    assert card.box is not None
    return card.box


@pytest.mark.parametrize(
    ("state", "title", "why"),
    [
        ("too_few", "Too few to tell", "3 partners have answered."),
        ("nothing_recorded", "Nothing recorded yet", "No journey is recorded. That is not the same as none."),
        ("held_back", "Held back to protect people", "It could point at someone. Held back is not zero."),
        ("refused", "This is for other readers", "Your role does not open these figures."),
    ],
)
def test_each_reason_for_no_answer_is_a_state_of_its_own(state: State, title: str, why: str) -> None:
    card = unshown(
        answer("m", state=state),
        too_few="3 partners have answered.",
        nothing="No journey is recorded.",
        held="It could point at someone.",
    )

    assert (_box(card).title, _box(card).why) == (title, why)
    assert card.short


def test_nothing_on_a_list_that_the_product_keeps_complete_means_none() -> None:
    card = unshown(answer("m", state="nothing_recorded"), nothing="All checks passed.", complete_list=True)

    assert _box(card).why == "All checks passed."


def test_a_worklist_for_others_names_the_permission_it_needs() -> None:
    card = refused(Worklist(info("list_eoi"), "refused"), "staff_case")

    assert _box(card).why == "You need the staff_case permission to see this list."


def test_a_failed_card_gives_a_code_and_says_that_the_others_stand() -> None:
    why = _box(broken("V-7F3A")).why

    assert "V-7F3A" in why
    assert "Other questions on this page are not affected." in why


def test_how_we_know_carries_formula_files_as_of_and_what_is_held_back() -> None:
    card = Card(
        cannot="This cannot show why.",
        released=(answer("people_in_programme", withheld={"small": 1, "protects_another": 1}, n=58),),
    )

    rows = how_we_know(card)

    assert rows["What this counts"] == "What is counted, in plain words."
    assert rows["How it is worked out"] == "Count of things."
    assert rows["Period"] == "July to September 2026."
    assert rows["Cannot show"] == "This cannot show why."
    assert rows["Counted"] == "People in programme: 58."
    assert rows["Sources"] == "431 rows of 1 file: Template journeys."
    assert rows["Files"] == "journeys april.xlsx (a1b2c3d4)."
    assert rows["As of"] == "Counted up to 23 November 2026 at 6:10am, build 000012."
    assert rows["Held back"].startswith("2 figures: ")


def test_the_held_back_row_is_never_left_out() -> None:
    assert how_we_know(Card(released=(answer("m"),)))["Held back"] == "None."


def test_the_download_holds_the_cards_own_table_and_its_footnotes() -> None:
    card = Card(
        table=table(("Region", "People"), [("London", entry(Cell(14))), ("=cmd", entry(Cell(None, "small")))]),
        released=(answer("m", withheld={"small": 1}),),
    )

    rows = list(csv.reader(io.StringIO(download(card, "Which regions?").decode("utf-8-sig"))))

    assert rows[1] == ["London", "14", "shown"]
    assert rows[2] == ["'=cmd", "", "held back"]
    assert ["Which regions?"] in rows
    assert any(row and row[0].startswith("As of: Counted up to 23 November 2026") for row in rows)


def test_held_counts_every_withheld_cell_of_every_metric() -> None:
    card = Card(released=(answer("a", withheld={"small": 2}), answer("b", withheld={"too_few_to_show": 1})))

    assert card.held == 3
