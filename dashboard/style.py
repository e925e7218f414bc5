"""The tokens of the look: colours by role, sizes, and the one style sheet.

Chart colours are Streamlit's placeholders: the browser swaps them for the colours of config.toml in the
appearance in use, so one figure serves light and dark. They are imported by name so that an upgrade that
drops them fails loudly.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from streamlit.elements.lib.streamlit_plotly_theme import (
    BG_COLOR,
    CATEGORY_0,
    CATEGORY_1,
    CATEGORY_6,
    CATEGORY_7,
    CATEGORY_8,
    CATEGORY_9,
    SEQUENTIAL_2,
    SEQUENTIAL_5,
)

_HERE: Final = Path(__file__).parent

SHEET: Final = _HERE / "style.css"
ICON: Final = _HERE / "static" / "icon.png"
LOGO: Final = _HERE / "static" / "logo.svg"

PAGE: Final[str] = BG_COLOR
FOCUS: Final[str] = CATEGORY_0  # the answer; nearly every mark
SECOND: Final[str] = CATEGORY_1  # past the promise
QUIET: Final[str] = CATEGORY_6  # neutral bars
HELD: Final[str] = CATEGORY_7  # hatch strokes and outlines
RULE: Final[str] = CATEGORY_8  # hairlines
INK: Final[str] = CATEGORY_9  # comparator ticks, promise line
TINT: Final[str] = SEQUENTIAL_2  # interval bars, "still here"; always with EDGE
EDGE: Final[str] = SEQUENTIAL_5

ROW: Final = 56  # pixels: the label line, the mark line and a hairline
BARE_ROW: Final = 34  # a label line alone: held back, or a true zero
TICKED_ROW: Final = 72  # with the comparator's label under the mark
TEXT: Final = 14
LINE: Final = 48  # letters that a chart's label line holds on the narrowest phone
NOTE: Final = 12.5
DOT: Final = 14
BAR: Final = 16
INTERVAL: Final = 11
GAP: Final = 0.004  # the page-coloured gap between touching marks, as a part of the width
SWATCH: Final = 0.064  # how wide the held-back hatch is; never made from data
