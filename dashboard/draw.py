"""Draws a page of question cards with Streamlit: heading, In short, cards, footer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import lists, words
from dashboard.cards import Ask, Box, Card, Question, Table, Tile, download, how_we_know

_CHART_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
_ALT_LENGTH = 200
_SIDE_BY_SIDE = 4  # choices that stand side by side; more are a drop-down
_ICONS: Mapping[str, str] = {
    "too_few": "group",
    "nothing_recorded": "edit_note",
    "held_back": "lock",
    "refused": "visibility_off",
    "unanswered": "block",
    "broken": "error",
}


class Frame:
    """The place of one card. It opens when the first control or the card itself is drawn."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._outer = st.container(key=f"q-{question.slug}", gap="small")
        self._left: DeltaGenerator | None = None
        self._right: DeltaGenerator | None = None
        self._said: DeltaGenerator | None = None
        self._controls: DeltaGenerator | None = None

    def pick(
        self, label: str, options: Sequence[str], *, key: str, say: Callable[[str], str] = words.label, first: str = ""
    ) -> str:
        """A segmented control (a drop-down from five choices) bound to the page's address."""
        self._open(beside=not self._question.wide)
        start = first if first in options else options[0]
        with self._place(self._controls):
            if len(options) <= _SIDE_BY_SIDE:
                chosen = st.segmented_control(
                    label, options, default=start, required=True, format_func=say, key=key, bind="query-params"
                )
            else:
                chosen = st.selectbox(
                    label, options, index=options.index(start), format_func=say, key=key, bind="query-params", width=300
                )
        return chosen if chosen in options else start

    def show(self, card: Card, ask: Ask) -> None:
        """The card, in the reading order of every width: question, answer, how sure, chart, data, how."""
        self._open(beside=bool(card.picture or card.tiles))
        slug = self._question.slug
        with self._place(self._said):
            if not card.box:
                st.container(key=f"answer-{slug}").markdown(card.answer)
                if card.sure:
                    st.container(key=f"sure-{slug}").markdown(card.sure.line)
                if card.cannot:
                    st.container(key=f"cannot-{slug}").markdown(f":small[:gray[{card.cannot}]]")
        with self._place(self._right):
            if card.box:
                _box(card.box, slug)
            if card.listing and not card.box:
                lists.show(card.listing, ask)
            if card.box is None and (card.picture or card.tiles or card.table):
                self._tabs(card)
            elif card.released or card.listing:
                with st.container(key=f"know-{slug}"), st.expander("How we know"):
                    _how(card, self._question.ask)

    def _tabs(self, card: Card) -> None:
        slug, ask = self._question.slug, self._question.ask
        names = ["Chart"] if card.picture else ["Figures"] if card.tiles else []
        names += ["Data"] if card.table else []
        names += ["How we know"]
        tabs = dict(zip(names, st.tabs(names, key=f"tabs-{slug}"), strict=True))
        if card.picture:
            with tabs["Chart"]:
                st.markdown(f":small[:gray[{card.picture.reads}]]")
                figure = card.picture.figure
                figure.layout.meta = {"appearance": st.context.theme.type}
                alt = words.cut(words.unmarked(card.answer), _ALT_LENGTH)
                st.plotly_chart(figure, alt=alt, config=_CHART_CONFIG, key=f"fig-{slug}")
        if card.tiles:
            with tabs["Figures"]:
                _tiles(card.tiles, slug)
        if card.table:
            with tabs["Data"]:
                _data(card.table, slug, ask)
                st.download_button(
                    "Download this table (CSV)",
                    data=partial(download, card, ask),
                    file_name=f"voices-{slug}.csv",
                    mime="text/csv",
                    icon=":material/download:",
                    key=f"csv-{slug}",
                    on_click="ignore",
                )
        with tabs["How we know"]:
            _how(card, ask)

    def _open(self, *, beside: bool) -> None:
        if self._left is not None:
            return
        with self._outer:
            if beside:
                self._left, self._right = st.columns([5, 7], gap="medium")
            else:
                self._left, self._right = st.container(gap="small"), st.container()
        with self._left:
            st.header(self._question.ask, anchor=self._question.slug)
            self._said = st.container(gap="small")
            self._controls = st.container(key=f"picks-{self._question.slug}", horizontal=True)

    def _place(self, found: DeltaGenerator | None) -> DeltaGenerator:
        return self._outer if found is None else found


def heading(title: str, purpose: str) -> DeltaGenerator:
    """The page's name and purpose; gives the place of the quiet line, which is filled when all is drawn."""
    st.title(title, anchor=False)
    st.container(key="purpose").markdown(purpose)
    return st.container(key="freshness")


def short_panel(place: DeltaGenerator, answered: Sequence[tuple[Question, Card]]) -> None:
    """The *In short* panel: each question as a link to its card, with its answer in a few words."""
    said = [(question, card.short) for question, card in answered if card.short]
    if len(said) < 2:
        return
    with place.container(key="in-short"):
        st.header("In short", anchor=False)
        with st.grid(2, min_column_width=300, gap="small"):
            for question, short in said:
                st.markdown(f"[{question.ask}](#{question.slug})  \n{short}")


def freshness(place: DeltaGenerator, cards: Sequence[Card]) -> None:
    """The quiet line under a page's purpose: data to, updated, and how many figures are held back."""
    found = [one for card in cards for one in card.released]
    ends = [end for one in found if (end := words.period_end(one.filters.get("period", "")))]
    moments = [one.as_of for one in found if one.as_of]
    held = sum(card.held for card in cards)
    said = [f"Data to {words.day(max(ends))}."] if ends else []
    said += [f"Updated {words.moment(max(moments))}."] if moments else []
    if held:
        verb = "is" if held == 1 else "are"
        said += [f"{words.count(held, 'figure', 'figures')} on this page {verb} held back to protect people."]
    place.markdown(f":small[:gray[{' '.join(said)}]]")


def contents(pages: Sequence[tuple[str, Sequence[str], st.Page]]) -> None:
    """The first page's list: each page with its questions and the way to it."""
    with st.grid(2, min_column_width=300, gap="large"):
        for number, (title, asked, link) in enumerate(pages):
            with st.container(key=f"q-page-{number}", gap="small"):
                st.header(title, anchor=False)
                st.markdown("\n".join(f"- {one}" for one in asked))
                st.page_link(
                    link, label=f"Go to {title.lower()}", icon=":material/arrow_forward:", icon_position="right"
                )


def notice(title: str, text: str) -> None:
    """A page with nothing but this to say."""
    st.title(title, anchor=False)
    st.container(key="purpose").markdown(text)


def view_as(choices: Mapping[str, str], *, invented: bool) -> str:
    """The labelled switch for trying the dashboard out on this computer; kept in the page's address."""
    with st.container(key="view-as", horizontal=True, vertical_alignment="center"):
        told = "**Trying it out on this computer.**"
        if invented:
            told += " Everyone here is invented."
        st.container(width="content").markdown(told)
        chosen = st.selectbox(
            "View as", list(choices), format_func=choices.__getitem__, key="as", bind="query-params", width=310
        )
    return chosen or next(iter(choices))


def footer(about: st.Page) -> None:
    """The same last words under every page."""
    with st.container(key="foot"):
        st.markdown(
            "**About these figures.** We hold back any figure that could point at a person, and we say so. "
            "Numbers come from the people who told us, not everyone."
        )
        st.page_link(about, label="How we protect people")


def _box(box: Box, slug: str) -> None:
    with st.container(key=f"box-{slug}", gap="small"):
        st.markdown(f":material/{_ICONS[box.kind]}: **{box.title}**")
        st.markdown(box.why)
        if box.who:
            st.markdown(f":small[:gray[{words.plain(box.who)}]]")


def _tiles(tiles: Sequence[Tile], slug: str) -> None:
    with st.container(key=f"tiles-{slug}"), st.grid(len(tiles), min_column_width=140, gap="medium"):
        for tile in tiles:
            with st.container(gap="xsmall"):
                st.metric(tile.label, tile.value)
                if tile.note:
                    st.markdown(f":small[:gray[{tile.note}]]")


def _data(found: Table, slug: str, ask: str) -> None:
    key = f"{'text' if found.words else 'nums'}-{slug}"
    with st.container(key=key):
        st.table(_frame(found), border="horizontal", alt=words.cut(f"Data: {ask}", _ALT_LENGTH))


def _how(card: Card, ask: str) -> None:
    rows = {name: _told(text) for name, text in how_we_know(card).items()}
    st.table(rows, border="horizontal", alt=words.cut(f"How we know: {ask}", _ALT_LENGTH))


def _frame(found: Table) -> object:
    """A frame whose first column heads its rows. Through Arrow, whose conversion keeps text as it is."""
    columns = {name: [_told(row[at].text) for row in found.rows] for at, name in enumerate(found.columns)}
    return pa.table(columns).to_pandas().set_index(found.columns[0])


def _told(text: str) -> str:
    """A table's text as plain text, with places to break a long name on a phone."""
    return words.plain(text).replace("_", "_\u200b")
