"""The question card as a value: its answer, chart, table, and how we know; and its states without a chart.

Nothing here draws. A view makes a `Card` from released values; `draw.py` puts it on the page. Chart, table
and download come from one card, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from dashboard import words
from dashboard.charts import Figure
from dashboard.tables import Entry, Table, amount, as_csv, cell, entry, group, table
from warehouse.released import Cell, MetricInfo, Reason, Released, Source, Worklist, WorklistRow

__all__ = [
    "Ask",
    "Box",
    "Card",
    "Cell",
    "Entry",
    "Listing",
    "Pick",
    "Picture",
    "Question",
    "Released",
    "Table",
    "Tile",
    "Worklist",
    "WorklistRow",
    "amount",
    "broken",
    "cell",
    "download",
    "entry",
    "group",
    "held_back",
    "how_we_know",
    "refused",
    "table",
    "unshown",
]

Kind = Literal["too_few", "nothing_recorded", "held_back", "refused", "unanswered", "broken"]

HELD_ENDING = "Held back is not zero."
NONE_ENDING = "That is not the same as none."
_FILES_NAMED = 4


class Ask(Protocol):
    """What `app.py` hands a view: the door, for this viewer and this page's metrics alone."""

    def figure(self, metric: str, **filters: str) -> Released:
        """One protected answer."""

    def rows(self, name: str, **filters: str) -> Worklist:
        """Rows for permitted staff."""

    def reveal(self, name: str, reference: str) -> WorklistRow:
        """One opened row with its name; the look-up is logged."""

    def catalogue(self) -> tuple[MetricInfo, ...]:
        """What may be asked at all: every metric that this viewer may see."""


class Pick(Protocol):
    """Draws one choice in the card's place for controls and gives the choice made."""

    def __call__(
        self, label: str, options: Sequence[str], *, key: str, say: Callable[[str], str] = ..., first: str = ""
    ) -> str:
        """One of `options`: `first`, or else the first of them, unless the reader chose."""


@dataclass(frozen=True)
class Picture:
    """A chart with the line that says how to read its marks. The answer is its text alternative."""

    figure: Figure
    reads: str


@dataclass(frozen=True)
class Tile:
    """One large figure with what it counts and a quiet note."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Listing:
    """A worklist to draw: eight rows a page, opened one at a time.

    headline and detail say one row in words; badge is its wait and whether that is late. facts are those of
    the opened row, in reading order.
    """

    name: str
    found: Worklist
    headline: Callable[[WorklistRow], str]
    badge: Callable[[WorklistRow], tuple[str, bool]]
    detail: Callable[[WorklistRow], str]
    facts: Callable[[WorklistRow], Mapping[str, str]]
    effect: str
    open_title: str


@dataclass(frozen=True)
class Box:
    """A designed state in the place of the chart: what is so, why, and whom to ask or what will change it."""

    kind: Kind
    title: str
    why: str
    who: str = ""


@dataclass(frozen=True)
class Card:
    """One answered question. With `box` set, the box stands in the place of answer and chart."""

    answer: str = ""
    short: str = ""
    sure: words.Sure | None = None
    cannot: str = ""
    picture: Picture | None = None
    tiles: tuple[Tile, ...] = ()
    table: Table | None = None
    listing: Listing | None = None
    box: Box | None = None
    how: Mapping[str, str] = field(default_factory=dict)
    released: tuple[Released, ...] = ()

    @property
    def held(self) -> int:
        """How many figures of this card are held back."""
        return sum(sum(found.withheld.values()) for found in self.released)


@dataclass(frozen=True)
class Question:
    """One question of a page: the words people ask it in, the metrics it may use, and how it is answered.

    The first metric says whose question it is. wide: its controls and its list stand across the page.
    """

    slug: str
    ask: str
    metrics: tuple[str, ...]
    answer: Callable[[Ask, Pick], Card]
    wide: bool = False


_TITLES: Mapping[Kind, str] = {
    "too_few": "Too few to tell",
    "nothing_recorded": "Nothing recorded yet",
    "held_back": "Held back to protect people",
    "refused": "This is for other readers",
    "unanswered": "We do not answer this question",
    "broken": "We could not work this out",
}


def unshown(
    found: Released,
    *,
    too_few: str = "Too few people are counted to say more.",
    nothing: str,
    held: str = "Showing this could point at someone.",
    complete_list: bool = False,
) -> Card:
    """The card of an answer that the door did not show: its F, 0, H or refusal sentence.

    complete_list: nothing recorded then really means none, because the product itself keeps the list.
    """
    if found.state == "refused":
        return refused(found)
    if found.state == "held_back":
        return held_back(found, held)
    if found.state == "too_few":
        why, short = too_few, "Too few to tell."
    else:
        why = nothing if complete_list else f"{nothing} {NONE_ENDING}"
        short = nothing
    kind: Kind = "too_few" if found.state == "too_few" else "nothing_recorded"
    return Card(short=short, box=_titled(Box(kind, "", why)), released=(found,))


def held_back(found: Released, why: str) -> Card:
    """The card of an answer held back whole."""
    ending = "" if why.endswith(HELD_ENDING) else f" {HELD_ENDING}"
    box = _titled(Box("held_back", "", f"{why}{ending}"))
    return Card(short="Held back to protect people.", box=box, released=(found,))


def refused(found: Released | Worklist, permission: str = "") -> Card:
    """The card of a question that this reader's role does not open."""
    if found.metric.title and found.reason and not permission:  # theirs to ask, but not in this way
        return Card(short="Not answered.", box=_titled(Box("unanswered", "", found.reason)))
    why = (
        f"You need the {permission} permission to see this list."
        if permission
        else "Your role does not open these figures."
    )
    box = _titled(Box("refused", "", why, "The data steward keeps the list of who may see what."))
    return Card(short="For other readers.", box=box, released=(found,) if isinstance(found, Released) else ())


def broken(code: str) -> Card:
    """The card of an answer that failed on our side; the code stands in the log beside what went wrong."""
    why = (
        "Something went wrong on our side. Other questions on this page are not affected. "
        f"Try again, or tell the data steward the code {code}."
    )
    return Card(short="We could not work this out.", box=_titled(Box("broken", "", why)))


def how_we_know(card: Card) -> dict[str, str]:
    """The rows of *How we know*: what is counted and how, from which files, as of when, what is held back."""
    found = card.released
    if not found and card.listing:
        listed = card.listing.found
        return {
            "What this lists": words.sentence(listed.metric.plain),
            "How it is worked out": words.sentence(listed.metric.formula),
            "Rows": f"{words.number(listed.total)}.",
            "As of": f"Counted up to {words.moment(listed.as_of)}, build {listed.build}.",
            "Held back": "Names, until a row is opened.",
        }
    if not found:
        return dict(card.how)
    rows = {"What this counts": _each(found, lambda one: one.metric.plain)}
    rows["How it is worked out"] = _each(found, lambda one: words.sentence(one.metric.formula))
    rows.update(card.how)
    periods = list(dict.fromkeys(words.period(one.filters["period"]) for one in found if "period" in one.filters))
    if periods:
        rows["Period"] = f"{words.listing(periods)}."
    if card.cannot:
        rows["Cannot show"] = card.cannot
    rows["Counted"] = _counted(found)
    rows["Sources"] = _sources(found)
    rows["Files"] = _files(found)
    rows["As of"] = _as_of(found)
    held: dict[Reason, int] = {}
    for one in found:
        for reason, many in one.withheld.items():
            held[reason] = held.get(reason, 0) + many
    rows["Held back"] = words.held_back_line(held)
    return rows


def download(card: Card, ask: str) -> bytes:
    """The card's table as CSV, with its definition, as-of and source as footnotes."""
    if card.table is None:
        return b""
    notes = [ask, *(f"{name}: {text}" for name, text in how_we_know(card).items())]
    return as_csv(card.table, [words.unmarked(note) for note in notes])


def _titled(box: Box) -> Box:
    return Box(box.kind, _TITLES[box.kind], box.why, box.who)


def _each(found: Sequence[Released], say: Callable[[Released], str]) -> str:
    if len({one.metric.id for one in found}) == 1:
        return say(found[0])
    said = dict.fromkeys(f"{one.metric.title}: {say(one)}" for one in found)
    return " ".join(said)


def _counted(found: Sequence[Released]) -> str:
    bases = dict.fromkeys(f"{one.metric.title}: {words.number(one.n)}" for one in found if one.n is not None)
    if len(bases) > _FILES_NAMED:
        return "Each row has its own base."
    return f"{'; '.join(bases)}." if bases else "Not shown."


def _all_sources(found: Sequence[Released]) -> list[Source]:
    unique = {source.sha256: source for one in found for source in one.sources}
    return sorted(unique.values(), key=lambda source: (-source.rows, source.file_name))


def _sources(found: Sequence[Released]) -> str:
    sources = _all_sources(found)
    if not sources and any(one.metric.disclosure == "declared" for one in found):
        return "Equality answers, counted once a quarter in a store of their own, apart from names."
    if not sources:
        return "The product's own record of each load."
    kinds = words.listing(sorted({words.label(source.format) for source in sources}))
    rows = sum(source.rows for source in sources)
    return f"{words.count(rows, 'row', 'rows')} of {words.count(len(sources), 'file', 'files')}: {kinds}."


def _files(found: Sequence[Released]) -> str:
    sources = _all_sources(found)
    if not sources:
        return "None that can be named here."
    named = [f"{one.file_name} ({one.sha256[:8]})" for one in sources[:_FILES_NAMED]]
    rest = len(sources) - len(named)
    if rest:
        named.append(f"{rest} more")
    return f"{words.listing(named)}."


def _as_of(found: Sequence[Released]) -> str:
    moments = [one.as_of for one in found if one.as_of]
    if not moments:
        return "Not recorded."
    builds = words.listing(dict.fromkeys(one.build for one in found if one.build))
    return f"Counted up to {words.moment(max(moments))}, build {builds}."
