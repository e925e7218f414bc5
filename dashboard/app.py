"""The dashboard: who is looking, which pages are theirs, and the one that is open."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import about, doorway, draw, style, viewer
from dashboard.cards import Card, Question, broken
from dashboard.discovery import View, discover
from warehouse.released import MetricInfo, Released, Viewer, Worklist, WorklistRow

_log = logging.getLogger("voices.dashboard")


@dataclass(frozen=True)
class PageAsk:
    """The door as one page holds it: for one viewer, and for the metrics that the page names."""

    door: doorway.DoorOut
    viewer: Viewer
    metrics: frozenset[str]
    page: str

    def figure(self, metric: str, **filters: str) -> Released:
        """One protected answer."""
        return self.door.release(self._own(metric), self.viewer, page=self.page, **filters)

    def rows(self, name: str, **filters: str) -> Worklist:
        """Rows for permitted staff."""
        return self.door.worklist(self._own(name), self.viewer, page=self.page, **filters)

    def reveal(self, name: str, reference: str) -> WorklistRow:
        """One opened row with its name; the look-up is logged."""
        return self.door.reveal(self._own(name), self.viewer, reference, page=self.page)

    def catalogue(self) -> tuple[MetricInfo, ...]:
        """What may be asked at all: every metric that this viewer may see."""
        return self.door.visible(self.viewer)

    def _own(self, metric: str) -> str:
        if metric not in self.metrics:
            raise LookupError(f"This page does not name the metric {metric}; add it to its question.")
        return metric


def main() -> None:
    """One run of the app."""
    st.set_page_config(page_title="Voices", page_icon=str(style.ICON), layout="wide")
    st.html(style.SHEET)
    st.logo(str(style.LOGO), size="large")
    serving = doorway.borrowed()
    if serving is None:
        draw.notice("Voices is not running", "Start it with the command **voices serve**.")
        return
    who = _who(serving)
    if who is None:
        return
    serving.door.refresh()
    may = {info.id for info in serving.door.visible(who)}
    views = [opened for view in discover() if (opened := view.opened_to(may))]
    links = {view.slug: _page(view, serving, who) for view in views}
    about_page = st.Page(about.show, title=about.TITLE, url_path="about", visibility="hidden")
    first = st.Page(partial(_home, serving, views, links), title="Home", url_path="home", default=True)
    page = st.navigation([first, *links.values(), about_page], position="top")
    st.set_page_config(page_title=f"{page.title} – Voices")
    page.run()
    draw.footer(about_page)


def _page(view: View, serving: doorway.Serving, who: Viewer) -> st.Page:
    return st.Page(partial(_show, view, serving, who), title=view.title, url_path=view.slug)


def _home(serving: doorway.Serving, views: Sequence[View], links: dict[str, st.Page]) -> None:
    draw.heading(
        "What do you want to know?",
        f"Questions about {serving.programme}, and the answers we can stand behind.",
    )
    draw.contents([(view.title, [one.ask for one in view.questions], links[view.slug]) for view in views])


def _show(view: View, serving: doorway.Serving, who: Viewer) -> None:
    """One page. Each question is answered for itself, so that one that fails leaves the others standing."""
    ask = PageAsk(serving.door, who, view.metrics, view.slug)
    quiet = draw.heading(view.title, view.purpose)
    short = st.container()
    answered = [(question, _answered(question, ask)) for question in view.questions]
    draw.freshness(quiet, [card for _, card in answered])
    draw.short_panel(short, answered)


def _answered(question: Question, ask: PageAsk) -> Card:
    frame = draw.Frame(question)
    try:
        card = question.answer(ask, frame.pick)
        frame.show(card, ask)
    except Exception as error:
        card = broken(_logged(question, error))
        frame.show(card, ask)
    return card


def _logged(question: Question, error: Exception) -> str:
    """A short code for the page. The log gets the code, the kind of error and where; a message may hold a value."""
    where = "".join(traceback.format_tb(error.__traceback__))
    code = "V-" + hashlib.sha256(f"{type(error).__name__}{where}".encode()).hexdigest()[:4].upper()
    _log.error("%s: the question %s failed with %s\n%s", code, question.slug, type(error).__name__, where)
    return code


def _who(serving: doorway.Serving) -> Viewer | None:
    if serving.view_as:
        return viewer.trying_out(draw.view_as(viewer.TRY_OUT_WORDS, invented=serving.invented))
    if not st.user.is_logged_in:
        draw.notice("Voices", f"Questions about {serving.programme}, and the answers we can stand behind.")
        if st.button("Sign in", type="primary"):
            st.login()
        return None
    found = viewer.signed_in(st.user.to_dict(), serving.access_file, datetime.now(UTC))
    if found is None:
        draw.notice(
            "You are signed in, but nothing here is open to you",
            "Your sign-in may be over, or you are not in the access file yet. Sign out and in again, "
            "or ask the data steward.",
        )
    if st.button("Sign out"):
        st.logout()
    return found


if __name__ == "__main__":
    main()
