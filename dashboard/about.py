"""What every reader may ask of the dashboard itself: how people are protected, accessibility, privacy."""

from __future__ import annotations

import streamlit as st

TITLE = "About these figures"

_PARTS = (
    (
        "protect",
        "How do we protect people?",
        (
            "Figures about people's lives are rounded to about the nearest 5. Groups too small are combined or held "
            "back. Figures change only when enough new people have joined. Before we publish, a program looks for a "
            "quite different list of answers that would give exactly the same figures, so no figure, and no "
            "comparison of figures, can show what a particular person answered.\n\n"
            "A hatched mark and the words **held back** mean that we have a figure and do not show it. Held back is "
            "not zero. **Too few to show** covers a small number and nobody at all. **Nothing recorded** means that "
            "no one wrote it down, which is not the same as none."
        ),
    ),
    (
        "sure",
        "How sure can we be?",
        (
            "**Firm**: every record was counted, or nearly everyone answered. **Some doubt**: at least 60% answered, "
            "and the share can be out by up to 15 points. **Weak**: fewer answered, or people chose themselves "
            "whether to reply. **Cannot say**: fewer than 10 answers. A likely range is where a share would usually "
            "fall if we could ask again."
        ),
    ),
    (
        "accessibility",
        "Can everyone read this?",
        (
            "Every chart has its answer in words and its numbers in a table. Everything can be reached from the "
            "keyboard. The menu at the top right changes between light and dark. If something here is hard to use, "
            "tell us: we want to mend it."
        ),
    ),
    (
        "privacy",
        "What about your data?",
        (
            "Nobody's answers about themselves are kept beside their name, shown for one person, or used to choose "
            "people. Names are opened one at a time, by the staff who need them, and each look-up is logged. "
            "You can ask to see, correct or erase what we hold about you."
        ),
    ),
    (
        "wrong",
        "Is something wrong?",
        (
            "Tell the data steward which page and question, and the code if there is one. Every card says under "
            "**How we know** which files a figure was counted from."
        ),
    ),
)


def show() -> None:
    """The page."""
    st.title(TITLE, anchor=False)
    st.container(key="purpose").markdown("How we count, what we hold back, and why.")
    for slug, ask, text in _PARTS:
        with st.container(key=f"q-{slug}", gap="small"):
            st.header(ask, anchor=slug)
            st.markdown(text)
