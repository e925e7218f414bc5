"""The command's own manners: help that can be pasted, answers on stdout, sentences for what went wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from etl import verbs
from etl.cli import main, verb_names


@pytest.mark.parametrize("verb", verb_names())
def test_every_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])

    assert ended.value.code == 0
    assert f"example: voices {verb}" in capsys.readouterr().out


def test_a_figure_is_answered_as_the_role_sees_it(loaded_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(loaded_demo)]

    assert main(["metric", "people_in_programme", "--as", "trustee", "--where", "by=region", "--json", *home]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert answer["metric"] == "people_in_programme"
    assert all(row["n"]["value"] is None or row["n"]["value"] >= 8 for row in answer["rows"])
    assert any(row["n"]["withheld"] for row in answer["rows"])


@pytest.mark.parametrize("role", ["minister", "LEADERSHIP", "", "staff"])
def test_a_role_that_may_not_ask_learns_nothing(
    role: str, loaded_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["metric", "equality_profile", "--as", role, "--where", "population=selected", "--json"]

    code = main([*asked, "--where", "characteristic=ethnicity", "--home", str(loaded_demo)])
    answer = json.loads(capsys.readouterr().out)

    assert (code, answer["state"], answer["rows"], answer["totals"]) == (2, "refused", [], {})


def test_the_pilots_printed_figures_are_there_and_counted_nowhere(
    loaded_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(loaded_demo)]
    main(["metric", "published_figures", "--as", "trustee", "--json", *home])
    printed = {row["figure_ref"]: row["value"]["value"] for row in json.loads(capsys.readouterr().out)["rows"]}

    main(["metric", "feedback_positive", "--as", "trustee", "--where", "by=event", "--json", *home])
    events = json.loads(capsys.readouterr().out)["rows"]

    assert {name: float(value) for name, value in printed.items()} == {
        "PF-01": 250,
        "PF-02": 95,
        "PF-03": 71,
        "PF-04": 190,
    }
    assert not [row for row in events if str(row.get("event_on", "")) < "2022-04-01"]


def test_a_fault_of_ours_says_so_and_names_its_place_but_no_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(_: object) -> int:
        raise ValueError("alex@example.org")

    monkeypatch.setattr(verbs, "status", broken)

    assert main(["status", "--home", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "a fault of Voices" in said
    assert "ValueError" in said
    assert "alex@example.org" not in said


def test_nothing_published_yet_is_said_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "--home", str(tmp_path)]) == 2
    assert "voices load" in capsys.readouterr().err
    assert main(["status", "--home", str(tmp_path)]) == 0
    assert "nothing yet" in capsys.readouterr().out


def test_a_reader_that_stops_reading_is_no_fault() -> None:
    program = f"{sys.executable} -m etl.cli formats | head -n 1"

    ended = subprocess.run(["bash", "-o", "pipefail", "-c", program], check=False, capture_output=True, text=True)

    assert "fault" not in ended.stderr
    assert ended.stdout.startswith("Exports")


def test_a_demo_is_not_made_over_a_programme_that_is_there(
    loaded_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--home", str(loaded_demo), "--no-serve", "--quiet"]) == 0
    assert "already holds a programme" in capsys.readouterr().out
