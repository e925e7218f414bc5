"""A worklist as real elements, so that every row can be reached and opened from the keyboard.

Names are not on the list: opening a row looks its name up at the door, which logs it.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import words
from dashboard.cards import Ask, Listing, WorklistRow

PAGE = 8


def show(listing: Listing, ask: Ask) -> None:
    """Eight rows a page, the longest wait first; what the filters and the page leave out is said above."""
    rows = listing.found.rows
    pages = max(1, -(-len(rows) // PAGE))
    key = f"page-{listing.name}"
    at = min(max(int(st.session_state.get(key, 1)), 1), pages)
    shown = rows[(at - 1) * PAGE : at * PAGE]
    with st.container(key=f"list-{listing.name}", gap=None):
        st.container(key=f"effect-{listing.name}").markdown(f":small[:gray[{_effect(listing, at)}]]")
        for place, row in enumerate(shown):
            _row(listing, row, ask, f"{listing.name}-{place}")
    if pages > 1:
        st.pagination(pages, key=key)


def _effect(listing: Listing, at: int) -> str:
    many = len(listing.found.rows)
    if not many:
        return listing.effect
    first = (at - 1) * PAGE + 1
    return f"Showing {first} to {min(first + PAGE - 1, many)} of {many}, longest wait first. {listing.effect}"


def _row(listing: Listing, row: WorklistRow, ask: Ask, key: str) -> None:
    """Keyed by place: one reference may stand on two rows (two sessions of one pair)."""
    badge, late = listing.badge(row)
    with st.container(key=f"row-{key}", horizontal=True, vertical_alignment="center"):
        with st.container(gap="xsmall"):
            st.markdown(listing.headline(row))
            wait = f":orange-badge[:material/schedule: {badge}]" if late else f":gray-badge[{badge}]"
            st.markdown(f"{wait} :small[:gray[{words.plain(listing.detail(row))}]]")
        if st.button(f"Open {row.reference}", key=f"open-{key}", width=140):
            _open(listing, row, ask)


def _open(listing: Listing, row: WorklistRow, ask: Ask) -> None:
    opened = replace(row, name=ask.reveal(listing.name, row.reference).name)
    name = opened.name or "Name not held"
    drawer = st.dialog(f"{words.plain(name)}: {listing.open_title}", position="right", width="medium", icon=None)
    drawer(_facts)(listing, opened)


def _facts(listing: Listing, row: WorklistRow) -> None:
    st.markdown(f":small[:gray[{words.plain(row.reference)}. This look-up is in the access log.]]")
    facts = {name: words.plain(text) for name, text in listing.facts(row).items()}
    st.table(facts, border="horizontal", alt="What is recorded of this row")
    st.markdown(
        ":small[:gray[To change what is here, change it in the tool it came from and drop the new export "
        "in the inbox.]]"
    )
