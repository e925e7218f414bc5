"""Row charts: a label line with its number, a mark line below it; no axis, legend, hover or title.

Every chart is one dict handed to Plotly whole, because adding traces, shapes and notes one by one copies and
validates the figure each time. x runs from 0 to 1 (the full width), y in pixels from the top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from plotly.graph_objects import Figure

__all__ = [
    "Bar",
    "Figure",
    "Paint",
    "Promise",
    "Row",
    "Tick",
    "bar",
    "clean",
    "held_row",
    "rows",
    "share",
    "split",
]

from dashboard import style, words
from dashboard.tables import amount
from warehouse.released import Cell

Paint = Literal["focus", "tint", "quiet", "second", "outline", "outline_second", "held"]
_FILLS: dict[Paint, str] = {
    "focus": style.FOCUS,
    "tint": style.TINT,
    "quiet": style.QUIET,
    "second": style.SECOND,
    "outline": style.PAGE,
    "outline_second": style.PAGE,
    "held": style.PAGE,
}
_EDGES: dict[Paint, str] = {
    "tint": style.EDGE,
    "outline": style.FOCUS,
    "outline_second": style.SECOND,
    "held": style.HELD,
}
_INSIDE: dict[Paint, str] = {"tint": style.INK, "outline": style.INK, "outline_second": style.INK}


@dataclass(frozen=True)
class Bar:
    """A stretch of a row from `start`, both as parts of the full width; `text` stands inside it."""

    start: float
    length: float
    paint: Paint = "focus"
    text: str = ""


@dataclass(frozen=True)
class Tick:
    """A public comparator: an upright line at `at` with its label below."""

    at: float
    label: str


@dataclass(frozen=True)
class Row:
    """One row: its name at the left, its figure in bold and a note at the right, and its marks.

    held: "swatch" hatches the right end beside the words; "row" hatches the whole row, for rows that share
    one total. A hatch never takes its length from data.
    """

    label: str
    figure: str = ""
    note: str = ""
    bars: tuple[Bar, ...] = ()
    interval: tuple[float, float] | None = None
    dot: float | None = None
    ticks: tuple[Tick, ...] = ()
    held: Literal["", "swatch", "row"] = ""


@dataclass(frozen=True)
class Promise:
    """A line right across, after the first `after` rows: what we promised."""

    after: int
    label: str


def bar(label: str, found: Cell, most: float, paint: Paint = "focus", *, said: str = "", note: str = "") -> Row:
    """A row of one bar on the scale of `most`, with its figure at the right; held back where the cell is."""
    if found.withheld:
        return held_row(label, words.withheld(found))
    size = amount(found)
    return Row(label, said or words.number(found.value), note, split([(size, paint, "")], most))


def share(label: str, found: float, low: float, high: float, *, note: str = "", ticks: tuple[Tick, ...] = ()) -> Row:
    """A row of a share with its likely range: a dot on a pale bar, the full width being everyone."""
    said = f"({low * 100:.0f} to {high * 100:.0f}){note}"
    return Row(label, words.percent(found), said, interval=(low, high), dot=found, ticks=ticks)


def held_row(label: str, words: str, ticks: tuple[Tick, ...] = ()) -> Row:
    """A row whose figure is held back: hatched swatch and words; public comparators stay."""
    return Row(label, note=words, ticks=ticks, held="swatch")


def split(parts: Iterable[tuple[float, Paint, str]], full: float) -> tuple[Bar, ...]:
    """Bars that touch, from the left edge: (size, paint, text inside), sizes on the scale of `full`."""
    bars: list[Bar] = []
    start = 0.0
    for size, paint, text in parts:
        length = size / full if full else 0.0
        if length > 0:
            bars.append(Bar(start, max(length - style.GAP, style.GAP), paint, text if length > 0.08 else ""))
        start += length
    return tuple(bars)


def rows(found: Sequence[Row], *, promise: Promise | None = None, validate: bool = False) -> Figure:
    """The figure of these rows, top to bottom. `validate` is for tests: it is slow."""
    height = [_height(row) for row in found]
    tops = [sum(height[:at]) for at in range(len(found))]
    whole = sum(height)
    bars: dict[Paint, list[tuple[float, Bar]]] = defaultdict(list)
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    dots: list[tuple[float, float]] = []
    intervals: list[tuple[float, float, float]] = []
    for row, top, tall in zip(found, tops, height, strict=True):
        middle = top + 37
        notes.extend(_labels(row, top + 15))
        for bar in row.bars:
            bars[bar.paint].append((middle, bar))
        if row.held:
            whole_row = row.held == "row"
            swatch = Bar(0, 1, "held") if whole_row else Bar(1 - style.SWATCH, style.SWATCH - 0.002, "held")
            bars["held"].append((middle if whole_row else top + 15, swatch))
        if row.interval or row.dot is not None or row.ticks:
            shapes.append(_across(middle, style.RULE, 1))
        if row.interval:
            intervals.append((middle, row.interval[0], row.interval[1]))
        if row.dot is not None:
            dots.append((row.dot, middle))
        for tick in row.ticks:
            shapes.append(_upright(tick.at, middle - 10, middle + 10))
            notes.append(_note(_inside(tick.at), middle + 21, clean(tick.label), _side(tick.at), style.NOTE))
        shapes.append(_across(top + tall - 1, style.RULE, 1))
    if promise:
        line = tops[promise.after] - 1 if promise.after < len(tops) else whole - 1
        shapes.append(_across(line, style.INK, 2))
        notes.append(_note(1, line - 10, clean(promise.label), "right", style.NOTE))
    data = [_bar_trace(paint, marks) for paint, marks in bars.items()]
    if intervals:
        data.append(_interval_trace(intervals))
    if dots:
        data.append(_dot_trace(dots))
    return _figure(data, shapes, notes, whole, validate)


def _height(row: Row) -> int:
    if row.ticks:
        return style.TICKED_ROW
    has_mark = row.bars or row.interval or row.dot is not None or row.held == "row"
    return style.ROW if has_mark else style.BARE_ROW


def clean(text: str) -> str:
    """Text from a file, so that Plotly reads no tag in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _figure(
    data: list[dict[str, Any]],
    shapes: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    height: float,
    validate: bool,
) -> Figure:
    axis = {"fixedrange": True, "visible": False, "showgrid": False, "zeroline": False}
    layout = {
        "height": height + 4,
        "margin": {"l": 1, "r": 1, "t": 2, "b": 2, "pad": 0},
        "xaxis": axis | {"range": [0, 1]},
        "yaxis": axis | {"range": [height, 0]},
        "barmode": "overlay",
        "showlegend": False,
        "dragmode": False,
        "hovermode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": style.TEXT, "color": style.INK},
        "shapes": shapes,
        "annotations": notes,
    }
    spec = {"data": data, "layout": layout}
    return Figure(spec) if validate else Figure(spec, _validate=False)


def _labels(row: Row, at: float) -> list[dict[str, Any]]:
    room = style.LINE - len(row.figure) - len(row.note)
    found = [_note(0, at, clean(words.cut(row.label, max(room, 12))), "left", style.TEXT)]
    right = f"<b>{clean(row.figure)}</b>" if row.figure else ""
    if row.note:
        joint = "" if not right or row.note.startswith(",") else " "
        right += f"{joint}{clean(row.note)}"
    if right:
        held = row.held == "swatch"
        found.append(_note(1 - style.SWATCH - 0.016 if held else 1, at, right, "right", style.TEXT))
    return found


def _note(x: float, y: float, text: str, anchor: str, size: float) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": anchor,
        "yanchor": "middle",
        "align": anchor,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": size, "color": style.INK},
    }


def _inside(at: float) -> float:
    return min(max(at, 0.0), 1.0)


def _side(at: float) -> str:
    if at < 0.12:
        return "left"
    return "right" if at > 0.88 else "center"


def _across(y: float, colour: str, width: float) -> dict[str, Any]:
    line = {"color": colour, "width": width}
    return {"type": "line", "x0": 0, "x1": 1, "y0": y, "y1": y, "layer": "below", "line": line}


def _upright(x: float, y0: float, y1: float) -> dict[str, Any]:
    line = {"color": style.INK, "width": 3}
    return {"type": "line", "x0": x, "x1": x, "y0": y0, "y1": y1, "layer": "above", "line": line}


def _bar_trace(paint: Paint, marks: list[tuple[float, Bar]]) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": _FILLS[paint]}
    if paint in _EDGES:
        marker["line"] = {"color": _EDGES[paint], "width": 1 if paint in {"tint", "held"} else 1.5}
    if paint == "held":
        marker["pattern"] = {
            "shape": "/",
            "fgcolor": style.HELD,
            "bgcolor": style.PAGE,
            "size": 6,
            "solidity": 0.25,
            "fillmode": "replace",
        }
    return {
        "type": "bar",
        "orientation": "h",
        "base": [bar.start for _, bar in marks],
        "x": [bar.length for _, bar in marks],
        "y": [at for at, _ in marks],
        "width": [12 if bar.length < 0.1 and paint == "held" else style.BAR for _, bar in marks],
        "text": [bar.text for _, bar in marks],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": style.NOTE, "color": _INSIDE.get(paint, style.PAGE)},
        "constraintext": "none",
        "marker": marker,
        "cliponaxis": False,
    }


def _interval_trace(found: list[tuple[float, float, float]]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [low for _, low, _ in found],
        "x": [high - low for _, low, high in found],
        "y": [at for at, _, _ in found],
        "width": [style.INTERVAL] * len(found),
        "marker": {"color": style.TINT, "line": {"color": style.EDGE, "width": 1}},
    }


def _dot_trace(found: list[tuple[float, float]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in found],
        "y": [y for _, y in found],
        "cliponaxis": False,
        "marker": {
            "size": style.DOT,
            "color": style.FOCUS,
            "opacity": 1,
            "line": {"color": style.PAGE, "width": 2},
        },
    }
