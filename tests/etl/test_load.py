"""From files in a folder to a published build, through the command as staff use it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from etl.cli import main
from etl.formats import discover
from tests.conftest import samples
from tests.store_content import content

ORGANISATIONS = """\
Code,Name,Type,Setting,Region,Charity number,Other names,Member?,Member since,Member until,First client agreement
O-HILL,Hilltop Carers,member_charity,voluntary,north_west,1999999,,yes,01/04/2021,,
O-VALE,Vale Health Trust,nhs,nhs_provider,london,,,no,,,01/05/2024
"""
FUNDS = """\
Month end,Restricted,Free,Agreed by
31/01/2026,42000.00,8500.00,finance_lead
28/02/2026,41000.00,8400.00,finance_lead
31/03/2026,40000.00,8300.00,finance_lead
30/04/2026,39000.00,8200.00,finance_lead
31/05/2026,38000.00,8100.00,finance_lead
"""
ACCOUNTS = """\
Account Transactions
Voices programme (invented)
For the period 1 January 2026 to 31 January 2026

Date,Source,Description,Reference,Debit,Credit,Running Balance
Room hire,,,,,,
02 Jan 2026,Spend Money,Hall Lettings - room,RH-1,100.00,,100.00
05 Jan 2026,Spend Money,Hall Lettings - room,RH-2,50.00,,150.00
Total Room hire,,,,150.00,0.00,
Total,,,,150.00,0.00,
"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

Load = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def load(home: Path, capsys: pytest.CaptureFixture[str]) -> Load:
    """Runs `voices load --json` on paths; gives the exit code and the printed object."""

    def run(*paths: Path) -> tuple[int, dict[str, Any]]:
        code = main(["load", *map(str, paths), "--home", str(home), "--json", "--quiet"])
        printed: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, printed

    return run


def _file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    pointer = json.loads((home / "store" / "CURRENT").read_text(encoding="utf-8"))
    with duckdb.connect(home / "store" / pointer["build"], read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_good_file_is_loaded_published_and_put_away(tmp_path: Path, home: Path, load: Load) -> None:
    code, printed = load(_file(tmp_path, "organisations.csv", ORGANISATIONS))

    (file,) = printed["files"]
    assert code == 0
    assert printed["build"] == "wh_000001"
    assert file["format"] == "template_organisations"
    assert file["outcome"] == "loaded"
    assert file["rows"] == {"read": 2, "loaded": 2, "quarantined": 0, "ignored": 0, "duplicate": 0}
    assert file["tables"] == {"organisation": 2}
    assert _rows(home, "select org_code from organisation order by 1") == [("O-HILL",), ("O-VALE",)]
    assert not list((home / "inbox").iterdir())
    assert len(list((home / "done").iterdir())) == 1


def test_a_file_name_decides_nothing(tmp_path: Path, load: Load) -> None:
    _, printed = load(_file(tmp_path, "attendee_81234567890_2026_05_12.csv", ORGANISATIONS))

    assert printed["files"][0]["format"] == "template_organisations"


def test_the_same_file_again_is_already_loaded_and_the_store_is_identical(
    tmp_path: Path, home: Path, load: Load
) -> None:
    path = _file(tmp_path, "organisations.csv", ORGANISATIONS)
    load(path)
    before = content(home, whole=True)

    code, printed = load(path)

    assert (code, printed["build"]) == (0, None)
    assert printed["files"][0]["outcome"] == "already_loaded"
    assert content(home, whole=True) == before


def test_a_newer_file_that_overlaps_changes_only_what_is_new(tmp_path: Path, home: Path, load: Load) -> None:
    load(_file(tmp_path, "funds.csv", FUNDS))

    _, printed = load(_file(tmp_path, "newer.csv", FUNDS.replace("8100.00", "8150.00")))

    assert printed["files"][0]["rows"]["loaded"] == 1
    assert printed["files"][0]["rows"]["duplicate"] == 4
    assert _rows(home, "select free from funds_position where month_end = date '2026-05-31'")[0][0] == 8150


def test_a_row_that_breaks_a_rule_is_held_back_and_the_rest_is_loaded(tmp_path: Path, home: Path, load: Load) -> None:
    one_wrong = FUNDS.replace("28/02/2026", "27/02/2026")

    code, printed = load(_file(tmp_path, "funds.csv", one_wrong + "30/06/2026,37000.00,8000.00,finance_lead\n"))

    (file,) = printed["files"]
    assert (code, file["outcome"]) == (10, "partly_loaded")
    assert file["rows"] == {"read": 6, "loaded": 5, "quarantined": 1, "ignored": 0, "duplicate": 0}
    assert [(message["code"], message["line"]) for message in file["messages"] if message["severity"] == "error"] == [
        ("funds_position.S1", 3)
    ]
    assert _rows(home, "select rule, line, state from quarantine_row") == [("funds_position.S1", 3, "open")]


def test_more_than_one_bad_row_in_five_refuses_the_whole_file(tmp_path: Path, home: Path, load: Load) -> None:
    two_wrong = FUNDS.replace("28/02/2026", "27/02/2026").replace("31/03/2026", "30/03/2026")

    code, printed = load(_file(tmp_path, "funds.csv", two_wrong))

    assert (code, printed["files"][0]["outcome"]) == (11, "refused")
    assert _rows(home, "select count(*) from funds_position") == [(0,)]


@pytest.mark.parametrize(
    ("name", "body", "code", "word"),
    [
        ("one changed amount", ACCOUNTS.replace("RH-2,50.00", "RH-2,51.00"), "total-differs", "does not add up"),
        ("a missing column", FUNDS.replace("Free,", "").replace("8500.00,", ""), "missing-heading", '"Free"'),
        ("an unknown column", FUNDS.replace("Agreed by", "Agreed by,Diagnosis"), "unknown-heading", '"Diagnosis"'),
        ("a wrong date order", FUNDS.replace("31/01/2026", "01/31/2026"), "wrong-date-order", "month first"),
        ("a ragged row", FUNDS.replace("8400.00,", "8,400.00,"), "ragged-row", "line 3"),
        ("no content at all", "", "empty-file", "empty"),
        ("a password", OLE + "EncryptedPackage".encode("utf-16-le"), "password", "password"),
        ("a picture renamed .csv", b"\x89PNG\r\n\x1a\n" + bytes(64), "not-an-export", "picture"),
        ("an unknown kind of file", "Lorem,Ipsum\n1,2\n", "unrecognised", "does not know"),
    ],
)
def test_what_is_wrong_is_said_in_its_own_words_and_nothing_changes(
    name: str, body: str | bytes, code: str, word: str, tmp_path: Path, home: Path, load: Load
) -> None:
    load(_file(tmp_path, "organisations.csv", ORGANISATIONS))
    before = content(home)

    exit_code, printed = load(_file(tmp_path, f"{name}.csv", body))

    (file,) = printed["files"]
    assert exit_code == 11
    assert file["outcome"] in {"refused", "unrecognised"}
    assert code in {message["code"] for message in file["messages"]}
    assert any(word in message["text"] for message in file["messages"])
    assert {table: content(home)[table] for table in ("organisation", "funds_position", "ledger_line")} == {
        table: before[table] for table in ("organisation", "funds_position", "ledger_line")
    }
    assert [path.name for path in (home / "refused").iterdir() if path.suffix == ".txt"]


def test_headings_without_rows_are_a_normal_empty_file(tmp_path: Path, load: Load) -> None:
    code, printed = load(_file(tmp_path, "funds.csv", FUNDS.splitlines()[0] + "\n"))

    assert (code, printed["files"][0]["outcome"]) == (0, "empty")


def test_a_sheet_of_a_workbook_that_is_no_template_is_named_because_it_was_not_read(tmp_path: Path, load: Load) -> None:
    from etl.template_workbook import write_template

    path = tmp_path / "funds.xlsx"
    write_template("funds", path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Last year").append(["Room", 2, 3])
    book.save(path)

    _, printed = load(path)

    said = {message["code"]: message["text"] for message in printed["files"][0]["messages"]}
    assert '"Last year"' in said["sheet-not-read"]
    assert "How to fill this in" not in said["sheet-not-read"]


def test_no_message_holds_what_stood_in_a_row(tmp_path: Path, load: Load) -> None:
    telling = "Xylophone"
    body = FUNDS.replace("finance_lead", telling) + f"{telling},{telling},{telling},{telling}\n"

    _, printed = load(_file(tmp_path, "funds.csv", body))

    assert telling not in json.dumps(printed)


def test_check_says_the_same_and_keeps_nothing(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, "funds.csv", FUNDS)

    code = main(["check", str(path), "--home", str(home), "--json", "--quiet"])

    printed = json.loads(capsys.readouterr().out)
    assert (code, printed["build"], printed["files"][0]["outcome"]) == (0, None, "loaded")
    assert path.exists()
    assert not (home / "store" / "CURRENT").exists()
    assert not [path for folder in ("inbox", "done", "refused") for path in (home / folder).iterdir()]


def test_a_path_that_is_not_there_is_wrong_usage(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(tmp_path / "nowhere.csv"), "--home", str(home)]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_every_formats_own_example_loads_or_asks_for_what_it_lacks(tmp_path: Path, load: Load) -> None:
    folder = tmp_path / "examples"
    folder.mkdir()
    for one in discover():
        _file(folder, f"{one.KEY}.export", one.EXAMPLE)

    _, printed = load(folder)

    for file in printed["files"]:
        rows = file["rows"]
        assert file["format"] == file["file"].removesuffix(".export")
        assert rows["read"] == rows["loaded"] + rows["quarantined"] + rows["ignored"] + rows["duplicate"]
        assert file["outcome"] in {"loaded", "partly_loaded"}


@pytest.mark.samples
def test_every_real_export_is_recognised_and_balances_and_again_changes_nothing(home: Path, load: Load) -> None:
    folder = samples()
    if folder is None:
        return
    expected = {
        "zoom_webinar_attendee": "zoom_webinar_attendee",
        "ms_forms": "ms_forms",
        "surveymonkey": "surveymonkey",
        "eventbrite": "eventbrite",
    }

    _, printed = load(folder)
    before = content(home, whole=True)
    _, again = load(folder)

    for file in printed["files"]:
        tool = Path(file["file"]).parts[0]
        rows = file["rows"]
        assert file["format"] == expected.get(tool, file["format"])
        assert rows["read"] == rows["loaded"] + rows["quarantined"] + rows["ignored"] + rows["duplicate"]
        if tool not in {*expected, "xero"}:
            assert file["outcome"] in {"unrecognised", "refused"}
            assert file["messages"][0]["text"]
    outcomes = {file["sha256"]: file["outcome"] for file in again["files"]}
    assert all(
        outcomes[file["sha256"]] == "already_loaded"
        for file in printed["files"]
        if file["outcome"] in {"loaded", "partly_loaded", "empty"}
    )
    assert content(home, whole=True) == before


@pytest.mark.samples
@pytest.mark.parametrize(("year", "tickets", "pounds"), [(2022, 287, 15495), (2023, 284, 16380)])
def test_a_real_ticket_report_counts_its_tickets_and_money_without_its_totals_row(
    year: int, tickets: int, pounds: int, home: Path, load: Load
) -> None:
    """The expected numbers are the file's own totals row, and a count of its other lines by hand."""
    folder = samples()
    if folder is None:
        return
    report = folder / "eventbrite" / f"crick_{year}_anon.csv"
    lines = report.read_text(encoding="utf-8").splitlines()[1:-1]

    load(report)

    ((attendees, sold, money),) = _rows(
        home,
        "select count(distinct attendee_key), sum(tickets), sum(face_value * tickets) from event_registration",
    )
    assert attendees == sold == tickets == len(lines)
    assert money == pounds == sum(float(line.split(",")[-2]) for line in lines)


def test_two_loads_cannot_run_at_once(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from etl.home import open_home
    from warehouse.store import Store

    with Store(open_home(home).store).lock():
        code = main(["load", str(_file(tmp_path, "funds.csv", FUNDS)), "--home", str(home), "--quiet"])

    assert code == 2
    assert "Another load is at work" in capsys.readouterr().err


def test_a_file_that_cannot_be_moved_does_not_stop_the_others(
    tmp_path: Path, home: Path, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.move

    def move(source: Path, target: Path) -> Path:
        if Path(source).name == "a.csv":
            raise OSError(13, "Permission denied")
        return Path(real(source, target))

    monkeypatch.setattr("etl.inbox.shutil.move", move)
    folder = tmp_path / "files"
    folder.mkdir()
    _file(folder, "a.csv", FUNDS)
    _file(folder, "b.csv", ORGANISATIONS)

    code, printed = load(folder)

    assert code == 0
    assert "not-put-away" in {message["code"] for message in printed["files"][0]["messages"]}
    assert [path.name for path in (home / "inbox").iterdir()] == ["a.csv"]


def test_what_a_killed_load_left_behind_is_gone_when_the_pages_open(tmp_path: Path, home: Path, load: Load) -> None:
    from etl.doorway import open_door
    from etl.home import open_home

    load(_file(tmp_path, "funds.csv", FUNDS))
    (home / "store" / "work_20260101.duckdb").write_text("somebody@example.org")

    open_door(open_home(home))

    assert not (home / "store" / "work_20260101.duckdb").exists()


def test_everything_in_the_home_is_its_owners_alone(tmp_path: Path, home: Path, load: Load) -> None:
    load(_file(tmp_path, "funds.csv", FUNDS))

    for folder in ("store", "people"):
        assert (home / folder).stat().st_mode & 0o077 == 0
        for path in (home / folder).iterdir():
            assert path.stat().st_mode & 0o077 == 0, path.name
    shutil.rmtree(home)
    assert not os.path.lexists(home)
