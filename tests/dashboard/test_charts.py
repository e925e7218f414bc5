"""Row charts: built as one dict, drawn only from what is shown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts, style
from warehouse.released import Cell

ALL_KINDS = (
    charts.bar("London", Cell(14), 14),
    charts.bar("South West", Cell(None, "small"), 14),
    charts.share("White", 0.57, 0.43, 0.69, ticks=(charts.Tick(0.81, "England 81%"),)),
    charts.Row("June", "3", "of 5 held", charts.split([(3, "focus", "3"), (1, "tint", ""), (1, "outline", "")], 5)),
    charts.Row("Theme", note="held back", held="row"),
)


def _spec(*rows: charts.Row, promise: charts.Promise | None = None) -> dict[str, Any]:
    found: dict[str, Any] = charts.rows(rows, promise=promise, validate=True).to_plotly_json()
    return found


def test_every_kind_of_row_passes_plotlys_own_checks() -> None:
    spec = _spec(*ALL_KINDS, promise=charts.Promise(2, "our promise: 30 days"))

    assert {trace["type"] for trace in spec["data"]} == {"bar", "scatter"}


def test_a_chart_has_no_title_legend_hover_or_axis() -> None:
    layout = _spec(*ALL_KINDS)["layout"]

    assert "title" not in layout
    assert layout["showlegend"] is False
    assert layout["hovermode"] is False
    assert layout["xaxis"]["visible"] is False
    assert layout["yaxis"]["visible"] is False


def test_a_held_back_row_is_hatched_at_one_width_whatever_the_data() -> None:
    for most in (8, 800):
        trace = _spec(charts.bar("South West", Cell(None, "small"), most))["data"][0]

        assert trace["marker"]["pattern"]["shape"] == "/"
        assert trace["x"] == pytest.approx((style.SWATCH - 0.002,))


def test_a_held_back_row_says_so_in_words_and_shows_no_number() -> None:
    notes = _spec(charts.bar("South West", Cell(None, "small"), 9))["layout"]["annotations"]

    assert [note["text"] for note in notes] == ["South West", "held back"]


def test_true_zero_is_a_number_without_a_mark() -> None:
    spec = _spec(charts.bar("East", Cell(0), 9))

    assert not spec["data"]
    assert spec["layout"]["annotations"][1]["text"] == "<b>0</b>"


@given(st.lists(st.tuples(st.floats(0, 1000), st.sampled_from(["focus", "tint", "outline"])), min_size=1, max_size=5))
def test_touching_bars_keep_their_order_and_stay_inside_the_row(parts: list[tuple[float, Any]]) -> None:
    full = sum(size for size, _ in parts) or 1.0
    bars = charts.split([(size, paint, "") for size, paint in parts], full)

    starts = [bar.start for bar in bars]
    assert starts == sorted(starts)
    assert all(bar.start + bar.length <= 1 + style.GAP + 1e-9 for bar in bars)


def test_text_from_a_file_is_no_tag() -> None:
    notes = _spec(charts.bar("<a href='x'>London</a>", Cell(1), 1))["layout"]["annotations"]

    assert "<a" not in notes[0]["text"]


def test_colours_are_the_browsers_placeholders_so_that_one_figure_serves_light_and_dark() -> None:
    text = str(_spec(*ALL_KINDS))

    assert style.FOCUS in text
    assert "#14566B" not in text
