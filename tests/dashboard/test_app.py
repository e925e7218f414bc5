"""The app: which pages are whose, that one failure stays alone, and what no page ever says."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import doorway
from dashboard.app import PageAsk
from dashboard.discovery import discover
from dashboard.viewer import TRY_OUT, trying_out
from tests.dashboard.browsing import APP, pages, text_of, turn_to, visit
from tests.dashboard.released import answer
from tests.dashboard.specimen import ENQUIRIES, SpecimenDoor
from warehouse.released import MetricInfo, Released, Viewer

PAGES_OF = {
    "leadership": ["reach", "missing", "events", "support", "money"],
    "trustee": ["reach", "missing", "events", "support", "money"],
    "staff": ["reach", "events", "support", "eoi"],
    "staff_case": ["reach", "events", "support", "eoi"],
    "staff_finance": ["reach", "events", "support", "money", "eoi"],
    "steward": ["events", "data"],
}
NEVER_SAID = (
    *("impact", "proves", "caused", "significant", "improved", "beneficiaries", "service users", "patients"),
    *("suffers from", "hard to reach", "BAME", "BME", "non-White", "people of colour", "suppressed", "redacted"),
    *("N/A", "NaN", "<8", "no data", "anonymous", "most diverse ever", "the lived experience one"),
)


@pytest.mark.parametrize("role", list(TRY_OUT))
def test_each_role_has_its_pages_every_card_stands_and_none_says_what_we_never_say(role: str) -> None:
    found = visit(SpecimenDoor(), role)

    assert pages(found) == PAGES_OF[role]
    for page in PAGES_OF[role]:
        said = text_of(turn_to(found, page))
        assert not found.exception
        assert "We could not work this out" not in said
        assert len(found.header) > 1
        spoken = [word for word in NEVER_SAID if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE)]
        assert spoken == [], page


def test_the_first_page_lists_what_this_reader_may_ask() -> None:
    found = visit(SpecimenDoor())

    assert found.title[0].value == "What do you want to know?"
    assert "Who is in the programme now?" in text_of(found)
    assert "Which checks failed?" not in text_of(found)


def test_every_page_is_a_short_list_of_short_questions() -> None:
    for view in discover():
        assert 1 <= len(view.questions) <= 6
        assert all(len(question.ask.split()) <= 12 for question in view.questions)
        assert len({question.slug for question in view.questions}) == len(view.questions)


def test_a_page_can_ask_only_for_the_metrics_it_names() -> None:
    ask = PageAsk(SpecimenDoor(), trying_out("leadership"), frozenset({"eoi_outcome"}), "reach")

    assert ask.figure("eoi_outcome").state == "shown"
    with pytest.raises(LookupError, match="does not name the metric equality_profile"):
        ask.figure("equality_profile")


PRIVATE = "could not read Alex Sample"


class _Failing(SpecimenDoor):
    """A door behind which one metric breaks, with a person's name in the message."""

    def release(self, metric_id: str, viewer: Viewer, *, page: str = "", **filters: str) -> Released:
        if metric_id == "eoi_outcome":
            raise ValueError(PRIVATE)
        return super().release(metric_id, viewer, page=page, **filters)


def test_one_question_that_fails_leaves_the_others_and_the_log_never_holds_its_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="voices.dashboard"):
        said = text_of(turn_to(visit(_Failing()), "reach"))

    code = re.search(r"V-[0-9A-F]{4}", said)
    assert code is not None
    assert "We could not work this out" in said
    assert "58 Lived Experience Partners" in said
    assert "Traceback" not in said
    assert code[0] in caplog.text
    assert "ValueError" in caplog.text
    assert "Alex Sample" not in caplog.text + said


def test_a_new_build_is_looked_for_on_every_page_run() -> None:
    door = SpecimenDoor()
    found = visit(door)
    before = door.refreshed

    turn_to(found, "events")

    assert door.refreshed == before + 1


def test_names_are_not_on_the_list_and_opening_a_row_looks_one_up_at_the_door() -> None:
    door = SpecimenDoor()
    found = turn_to(visit(door, "staff_case"), "eoi")
    assert "Alex Sample" not in text_of(found)
    assert door.looked_up == []

    found.button(key="open-list_eoi-0").click().run()

    assert door.looked_up == ["I-0002"]
    assert not found.exception


def test_staff_without_the_permission_read_which_one_the_list_needs() -> None:
    found = turn_to(visit(SpecimenDoor(), "staff"), "eoi")

    assert "You need the staff_case permission to see this list." in text_of(found)
    assert all(row.reference not in text_of(found) for row in ENQUIRIES)


def test_the_list_shows_eight_rows_a_page_and_says_what_it_leaves_out() -> None:
    found = turn_to(visit(SpecimenDoor(), "staff_case"), "eoi")

    assert "Showing 1 to 8 of 10, longest wait first. 7 have waited more than 5 working days." in text_of(found)
    assert len([button for button in found.button if button.label.startswith("Open ")]) == 8


def test_filters_that_leave_nobody_say_how_to_see_everyone_again() -> None:
    found = turn_to(visit(SpecimenDoor(), "staff_case"), "eoi")

    found.get_by_key("assigned").set_value("AB2")
    found.get_by_key("wants").set_value("host").run()

    assert "No one matches these choices." in text_of(found)


class _Hostile(SpecimenDoor):
    """A door whose event has a title that tries to be markup."""

    def __init__(self) -> None:
        super().__init__()
        row = {**self.answers["event_turnout"].rows[0], "event_title": "![x](https://example.org/x.png)<script>**hi**"}
        self.answers["event_turnout"] = answer("event_turnout", [row])


def test_a_title_from_a_file_is_shown_as_text_and_nothing_else() -> None:
    found = turn_to(visit(_Hostile()), "events")
    spec = found.get("plotly_chart")[0].proto.spec

    assert "![x](" not in "\n".join(one.value for one in found.markdown)
    assert "<script>" not in spec.replace("\\u003c", "<")


def test_invented_people_are_said_to_be_invented_on_every_page() -> None:
    found = visit(SpecimenDoor(), invented=True)

    assert "Everyone here is invented." in text_of(found)
    assert "Everyone here is invented." in text_of(turn_to(found, "reach"))


def test_a_page_started_without_the_server_says_how_to_start_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorway, "_lent", [])

    found = AppTest.from_file(str(APP), default_timeout=60).run()

    assert found.title[0].value == "Voices is not running"


def test_with_a_login_nobody_gets_in_without_the_access_file(tmp_path: Path) -> None:
    doorway.lend(doorway.Serving(SpecimenDoor(), tmp_path / "access.toml", view_as=False))
    found = AppTest.from_file(str(APP), default_timeout=60)
    found.user = {"is_logged_in": False}
    found.run()
    assert [button.label for button in found.button] == ["Sign in"]

    found.user = {"is_logged_in": True, "email": "alex@example.org", "iat": 4_000_000_000}
    found.run()

    assert "nothing here is open to you" in found.title[0].value
    assert pages(found) == []


def test_with_a_login_the_access_file_decides_the_pages(tmp_path: Path) -> None:
    (tmp_path / "access.toml").write_text('[people]\n"alex@example.org" = ["steward"]\n', encoding="utf-8")
    doorway.lend(doorway.Serving(SpecimenDoor(), tmp_path / "access.toml", view_as=False))
    found = AppTest.from_file(str(APP), default_timeout=60)
    found.user = {"is_logged_in": True, "email": "alex@example.org", "iat": 4_000_000_000}
    found.run()

    assert pages(found) == PAGES_OF["steward"]
    assert "View as" not in text_of(found)


def test_a_reader_to_whom_nothing_is_open_sees_a_first_page_and_no_other() -> None:
    class Closed(SpecimenDoor):
        def visible(self, viewer: Viewer) -> tuple[MetricInfo, ...]:
            return ()

    found = visit(Closed())

    assert pages(found) == []
    assert not found.exception
