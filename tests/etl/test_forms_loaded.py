"""Forms through the whole run: a guess first, then its catalogue entry, then a newer export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from etl.home import Home, open_home
from etl.pipeline import load
from tests.etl.form_exports import lines, responses

TODAY = date(2026, 11, 1)
HEADINGS = (
    *("Form", "Version", "Question ID", "Wording", "Kind", "Lowest", "Highest", "Which way is better"),
    *("Options (one per line)", "Headline?", "Goes to", "Opens", "Closes", "Event or activity", "Named?"),
    "Entered in error? (yes)",
)
ASKED = ["How was it?", "What will you take away?"]


def dropped(home: Home, name: str, content: str) -> dict[str, object]:
    (home.inbox / name).write_text(content, encoding="utf-8")
    [file] = load(home, [], today=TODAY).files
    return file.as_json()


def answers(home: Home) -> list[tuple[object, ...]]:
    newest = max(home.store.glob("wh_*.duckdb"))
    with duckdb.connect(newest, read_only=True) as build:
        return build.execute(
            "select form_code, question_id, coalesce(option_code, number_value::int::text) as answer "
            "from feedback_answer order by all"
        ).fetchall()


def test_a_form_loads_at_once_and_its_catalogue_entry_then_corrects_what_was_guessed(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    given = (["4", "New ideas;People;"], ["5", "People;"])
    first = dropped(home, "form.csv", responses(ASKED, *given))
    assert (first["format"], first["outcome"]) == ("ms_forms", "loaded")
    guessed = {code for code, *_ in answers(home)}
    assert len(answers(home)) == 5
    assert len(guessed) == 1

    scale = ["F-EV02", "1", "overall", ASKED[0], "scale", "1", "5", "higher_better", "", "yes", "feedback"]
    multi = ["F-EV02", "1", "takeaways", ASKED[1], "multi", "", "", "none", "New ideas\nPeople", "no", "feedback"]
    rest = ["12/05/2026", "", "", "no", ""]
    assert dropped(home, "questions.csv", lines(HEADINGS, scale + rest, multi + rest))["outcome"] == "loaded"

    again = dropped(home, "form.csv", responses(ASKED, *given))
    assert again["outcome"] == "loaded"
    assert answers(home) == [
        ("F-EV02", "overall", "4"),
        ("F-EV02", "overall", "5"),
        ("F-EV02", "takeaways", "New ideas"),
        ("F-EV02", "takeaways", "People"),
        ("F-EV02", "takeaways", "People"),
    ]

    newer = dropped(home, "form (2).csv", responses(ASKED, *given, ["3", "New ideas;"]))
    assert newer["rows"] == {"read": 3, "loaded": 1, "quarantined": 0, "ignored": 0, "duplicate": 2}
    assert len(answers(home)) == 7
