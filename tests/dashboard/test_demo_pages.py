"""Every page for every role, on the demo programme, through the real door."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dashboard.viewer import TRY_OUT
from etl.doorway import open_door
from etl.home import open_home
from tests.dashboard.browsing import pages, text_of, turn_to, visit
from tests.dashboard.test_app import NEVER_SAID, PAGES_OF
from warehouse.release import Door


@pytest.fixture(scope="module")
def demo_copy(loaded_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo, for opening a page writes to the access log."""
    root = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(loaded_demo, root)
    return root


@pytest.fixture(scope="module")
def demo_door(demo_copy: Path) -> Door:
    """The door of that copy."""
    return open_door(open_home(demo_copy))


@pytest.mark.parametrize("role", list(TRY_OUT))
def test_every_page_answers_from_the_demo(demo_door: Door, role: str) -> None:
    found = visit(demo_door, role, invented=True)

    assert pages(found) == PAGES_OF[role]
    for page in PAGES_OF[role]:
        said = text_of(turn_to(found, page))
        assert not found.exception
        assert "We could not work this out" not in said
        assert "We do not answer this question" not in said
        spoken = [word for word in NEVER_SAID if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE)]
        assert spoken == [], page


def test_the_demo_shows_answers_not_only_states(demo_door: Door) -> None:
    found = visit(demo_door)

    for page in PAGES_OF["leadership"]:
        turn_to(found, page)
        assert len(found.get("plotly_chart")) + len(found.metric) >= 2, page


def test_the_published_figures_of_the_demo_are_said_exactly(demo_door: Door) -> None:
    said = text_of(turn_to(visit(demo_door), "events"))

    assert (
        "250 people attended the event on 9 February 2022 (as published; how they were counted is not stated)." in said
    )
    assert (
        "95% of those who completed the feedback survey responded positively. "
        "How many completed it is not recorded, so no interval can be given."
    ) in said
    assert "That is 28 for every 100 people who attended" in said
    assert "More than 190 member charities." in said


def test_opening_an_enquiry_of_the_demo_writes_to_the_access_log(demo_copy: Path, demo_door: Door) -> None:
    found = turn_to(visit(demo_door, "staff_case"), "eoi")

    found.button(key="open-list_eoi-0").click().run()

    assert "This look-up is in the access log." in text_of(found)
    lines = (demo_copy / "logs" / "access.jsonl").read_text(encoding="utf-8").splitlines()
    opened = [line for line in lines if '"action": "reveal_name"' in line]
    assert len(opened) == 1
    assert '"page": "eoi"' in opened[0]
