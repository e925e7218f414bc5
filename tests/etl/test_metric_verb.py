"""The verb `metric`: what is asked wrongly is wrong usage, never a fault of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.cli import main


@pytest.mark.parametrize("name", ["self", "metric_id", "viewer", "page"])
def test_a_word_of_the_door_itself_is_no_filter(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["metric", "event_turnout", "--as", "staff", "--where", f"{name}=x", "--home", str(tmp_path / "home")]
    assert main(asked) == 2
    assert f"no figure has a filter {name}" in capsys.readouterr().err
