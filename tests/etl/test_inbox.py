"""The inbox: the only way in, and nothing leaves it before its outcome is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import inbox
from etl.errors import UsageError
from etl.home import SETTINGS, Home, open_home
from etl.report import FileReport, Message, Outcome


def _home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def test_dropped_files_are_copies_and_keep_their_folders(tmp_path: Path) -> None:
    home = _home(tmp_path)
    (tmp_path / "exports" / "zoom").mkdir(parents=True)
    (tmp_path / "exports" / "zoom" / "1.csv").write_text("a")

    dropped = inbox.drop(home, [tmp_path / "exports"])

    assert [one.label for one in dropped] == ["zoom/1.csv"]
    assert (tmp_path / "exports" / "zoom" / "1.csv").exists()
    assert dropped[0].path == home.inbox / "zoom" / "1.csv"


def test_a_name_that_is_taken_does_not_overwrite_what_waits(tmp_path: Path) -> None:
    home = _home(tmp_path)
    (home.inbox / "1.csv").write_text("first")
    (tmp_path / "1.csv").write_text("second")

    inbox.drop(home, [tmp_path / "1.csv"])

    assert [one.path.read_text() for one in inbox.waiting(home)] == ["second", "first"]


def test_every_path_that_is_not_there_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"one\.csv.*two\.csv"):
        inbox.drop(_home(tmp_path), [tmp_path / "one.csv", tmp_path / "two.csv"])


def test_half_copied_lock_and_system_files_are_not_waiting(tmp_path: Path) -> None:
    home = _home(tmp_path)
    for name in (".1.csv", "~$claims.xlsx", ".DS_Store", "Thumbs.db", "real.csv"):
        (home.inbox / name).write_text("x")

    assert [one.label for one in inbox.waiting(home)] == ["real.csv"]


def test_a_refused_file_has_its_reason_beside_it(tmp_path: Path) -> None:
    home = _home(tmp_path)
    (home.inbox / "month").mkdir()
    (home.inbox / "month" / "1.csv").write_text("x")
    report = FileReport("1.csv", "f" * 64, outcome="refused", messages=[Message("error", "why", "Because.")])

    inbox.put_away(home, inbox.waiting(home)[0], report)

    assert (home.refused / "ffffffffffff_1.csv.reason.txt").read_text() == "Because.\n"
    assert list(home.inbox.iterdir()) == []


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "voices.toml").write_text('time_zone = "Londres"\ncolour = "teal"\nkeep_builds = 1\n')

    with pytest.raises(UsageError) as caught:
        open_home(tmp_path)

    assert all(word in str(caught.value) for word in ("3 wrong", "time_zone", "colour", "keep_builds"))


def test_every_wrong_date_order_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "voices.toml").write_text(
        '[date_orders]\nzoom = "dmy"\nms_forms = "ymd"\neventbrite = 3\nxero_bills = "dmy"\n'
    )

    with pytest.raises(UsageError) as caught:
        open_home(tmp_path)

    said = str(caught.value)
    assert all(
        word in said for word in ("3 wrong", "date_orders.zoom", "date_orders.ms_forms", "date_orders.eventbrite")
    )
    assert "date_orders.xero_bills" not in said


def test_date_orders_are_a_table_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "voices.toml").write_text('date_orders = "dmy"\n')

    with pytest.raises(UsageError, match=r"\[date_orders\]"):
        open_home(tmp_path)


def test_the_settings_written_on_first_use_hold_once_their_lines_are_taken_in(tmp_path: Path) -> None:
    lines = SETTINGS.splitlines()[1:]
    (tmp_path / "voices.toml").write_text(
        "\n".join(line.removeprefix("# ") for line in lines if " = " in line or "[" in line)
    )

    assert open_home(tmp_path).settings.date_orders == {"zoom_webinar_attendee": "dmy"}


@pytest.mark.parametrize("outcome", ["loaded", "refused"])
def test_a_file_with_the_longest_name_there_can_be_is_put_away(tmp_path: Path, outcome: Outcome) -> None:
    home = _home(tmp_path)
    (home.inbox / ("é" * 125 + ".xlsx")).write_text("x")

    inbox.put_away(home, inbox.waiting(home)[0], FileReport("long", sha256="0" * 64, outcome=outcome))

    kept = [path.name for path in (*home.done.iterdir(), *home.refused.iterdir()) if path.suffix == ".xlsx"]
    assert len(kept) == 1
    assert kept[0].startswith("000000000000_éé")
    assert inbox.waiting(home) == []
