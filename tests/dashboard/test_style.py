"""The look: contrast computed from the colours themselves, and nothing that is fetched from elsewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard import style

ROOM = style.SHEET.parent
CONFIG: dict[str, Any] = tomllib.loads((ROOM / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
APPEARANCES = ("light", "dark")


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert _contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("appearance", APPEARANCES)
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("textColor", "backgroundColor", 7),
        ("linkColor", "backgroundColor", 7),
        ("grayTextColor", "backgroundColor", 7),
        ("grayTextColor", "grayBackgroundColor", 4.5),
        ("orangeTextColor", "orangeBackgroundColor", 4.5),
        ("textColor", "secondaryBackgroundColor", 7),
        ("borderColor", "backgroundColor", 3),
        ("borderColor", "secondaryBackgroundColor", 3),
    ],
)
def test_text_and_borders_can_be_seen_in_both_appearances(
    appearance: str, text: str, ground: str, least: float
) -> None:
    theme = CONFIG["theme"][appearance]

    assert _contrast(theme[text], theme[ground]) >= least


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_marks_of_a_chart_can_be_seen_and_white_can_be_read_on_a_button(appearance: str) -> None:
    theme = CONFIG["theme"][appearance]
    marks = [theme["chartCategoricalColors"][at] for at in (0, 1, 6, 7, 9)]

    assert all(_contrast(mark, theme["backgroundColor"]) >= 3 for mark in marks)
    assert _contrast(theme["chartSequentialColors"][5], theme["backgroundColor"]) >= 3
    assert _contrast("#FFFFFF", theme["primaryColor"]) >= 4.5


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_the_focus_ring_can_be_seen_on_the_page(appearance: str) -> None:
    ring = re.search(r"--focus: (#[0-9a-f]{6})", style.SHEET.read_text(encoding="utf-8"))
    assert ring is not None

    assert _contrast(ring[1].upper(), CONFIG["theme"][appearance]["backgroundColor"]) >= 3


@pytest.mark.parametrize("name", ["chartSequentialColors", "chartDivergingColors", "chartCategoricalColors"])
@pytest.mark.parametrize("appearance", APPEARANCES)
def test_every_scale_has_the_ten_colours_that_the_browser_needs(appearance: str, name: str) -> None:
    assert len(CONFIG["theme"][appearance][name]) == 10


def test_nothing_in_the_look_is_fetched_from_elsewhere() -> None:
    texts = [style.SHEET, style.LOGO, ROOM / ".streamlit" / "config.toml"]
    written = "\n".join(path.read_text(encoding="utf-8") for path in texts)

    assert set(re.findall(r"https?://[^\s\"')]+", written)) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in written
    assert CONFIG["browser"]["gatherUsageStats"] is False


def test_what_anyone_may_read_is_fonts_their_licence_and_two_marks() -> None:
    static = ROOM / "static"
    found = {path.relative_to(static).as_posix() for path in static.rglob("*") if path.is_file()}

    assert found == {
        "icon.png",
        "logo.svg",
        "fonts/OFL.txt",
        "fonts/public-sans-latin-wght-italic.woff2",
        "fonts/public-sans-latin-wght-normal.woff2",
    }
    faces = [Path(face["url"]).name for face in CONFIG["theme"]["fontFaces"]]
    assert all((static / "fonts" / name).read_bytes().startswith(b"wOF2") for name in faces)


def test_errors_are_not_shown_and_no_page_takes_a_file() -> None:
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["runner"]["magicEnabled"] is False
    sources = [path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py")]
    assert not any("file_uploader" in source or "unsafe_allow" in source for source in sources)
