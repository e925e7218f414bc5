"""Staff assign and close an enquiry, however it came, without writing down again who it is from."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from etl.home import Home, open_home
from etl.keys import key
from etl.pipeline import load
from etl.report import FileReport
from tests.etl.form_exports import responses
from tests.etl.template_room import sheet

TODAY = date(2026, 11, 1)
FORM, ASKED = "F-EOI", ("Your name", "Your e-mail", "What would you like?")
ALEX, SAM = (key("expression_of_interest", FORM, key("response", FORM, number)) for number in (1, 2))
GIVEN = (["Alex Sample", "alex@example.org", "Hear more;"], ["Sam Sample", "sam@example.org", "Be coached;"])


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two enquiries from a form and one that staff wrote down."""
    home = open_home(tmp_path_factory.mktemp("enquiries") / "home")
    questions = (
        ("full_name", ASKED[0], "text", ""),
        ("email", ASKED[1], "text", ""),
        ("wants", ASKED[2], "multi", "Be coached\nHear more"),
    )
    entry = {"Form": FORM, "Version": "1", "Lowest": "", "Highest": "", "Which way is better": "none"}
    entry |= {
        "Headline?": "no",
        "Goes to": "eoi",
        "Opens": "01/05/2026",
        "Closes": "",
        "Event or activity": "",
        "Named?": "yes",
    }
    sheet(
        home.inbox / "questions.csv",
        "form_questions",
        *(
            entry
            | {
                "Question ID": name,
                "Wording": wording,
                "Kind": kind,
                "Options (one per line)": options,
                "Named?": "yes",
            }
            for name, wording, kind, options in questions
        ),
    )
    (home.inbox / "form.csv").write_text(responses(ASKED, *GIVEN), encoding="utf-8")
    sheet(home.inbox / "enquiries.csv", "enquiries", {"Event": "", "Organisation": "", "Person": "jo@example.org"})
    assert {file.outcome for file in load(home, [], today=TODAY).files} == {"loaded"}
    return home


def told(home: Home, *rows: dict[str, str]) -> FileReport:
    sheet(home.inbox / "status.csv", "enquiry_status", *rows)
    (file,) = load(home, [], today=TODAY).files
    return file


def enquiries(home: Home) -> dict[str, tuple[Any, ...]]:
    with duckdb.connect(max(home.store.glob("wh_*.duckdb")), read_only=True) as build:
        rows = build.execute("select * exclude (source_sha, source_part, source_line, as_of, run_id, row_digest) "
                             "from expression_of_interest").fetchall()  # fmt: skip
    return {row[0]: row[1:] for row in rows}


def test_a_row_changes_who_looks_after_an_enquiry_and_where_it_stands_and_nothing_else(asked: Home) -> None:
    before = enquiries(asked)
    by_hand = key("expression_of_interest", "I-0171")
    assert set(before) == {ALEX, SAM, by_hand}

    file = told(
        asked,
        {"Enquiry": ALEX[:6].upper(), "Assigned to": "QB2", "Status": "closed_not_now", "Closed on": "01/06/2026"},
        {"Enquiry": SAM[:6], "Assigned to": "QC3", "Status": ""},
        {"Enquiry": "I-0171", "Assigned to": "", "Status": "on_hold"},
        {"Enquiry": SAM[:6], "Status": "closed_declined", "Entered in error?": "yes"},
    )

    assert file.outcome == "loaded"
    assert (file.rows.loaded, file.rows.ignored) == (3, 1)
    changed = {
        ALEX: ("QB2", "closed_not_now", date(2026, 6, 1)),
        SAM: ("QC3", "new", None),
        by_hand: ("JS1", "on_hold", None),
    }
    assert {name: row[-4:-1] for name, row in enquiries(asked).items()} == changed
    assert {name: (*row[:-4], row[-1]) for name, row in enquiries(asked).items()} == {
        name: (*row[:-4], row[-1]) for name, row in before.items()
    }

    (asked.inbox / "newer.csv").write_text(
        responses(ASKED, *GIVEN, ["Kim Sample", "kim@example.org", "Hear more;"]), encoding="utf-8"
    )
    load(asked, [], today=TODAY)
    after = enquiries(asked)
    assert len(after) == 4
    assert {name: after[name][-4:-1] for name in changed} == changed


def test_an_enquiry_that_nobody_knows_is_one_fault_of_its_line(asked: Home) -> None:
    before = enquiries(asked)

    file = told(asked, *({"Enquiry": "I-0171"} for _ in range(5)), {"Enquiry": "ABCDEF", "Status": ""})

    assert [(message.code, message.line) for message in file.messages if message.severity == "error"] == [("C-S0", 7)]
    assert file.rows.quarantined == 1
    assert set(enquiries(asked)) == set(before)


def test_a_closed_enquiry_needs_the_day_it_was_closed(asked: Home) -> None:
    file = told(asked, {"Enquiry": SAM[:6], "Status": "closed_no_reply", "Closed on": ""})

    assert "expression_of_interest.S3" in {message.code for message in file.messages}
