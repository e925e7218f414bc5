"""What is held back can be written to a workbook, mended there and dropped back as it is."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import openpyxl

from etl.cli import main
from etl.template import ELSEWHERE_SHEET

FUNDS = """\
Month end,Restricted,Free,Agreed by
31/01/2026,42000.00,8500.00,finance_lead
27/02/2026,=41000.00,8400.00,finance_lead
31/03/2026,40000.00,8300.00,finance_lead
30/04/2026,39000.00,8200.00,finance_lead
31/05/2026,38000.00,8100.00,finance_lead
30/06/2026,37000.00,8000.00,finance_lead
"""
ACTIONS = """\
Reference,Raised,Due,What,Decision or action,Owner,From learning entry,Status,Done on
AC-0031,26/06/2026,31/07/2026,Longer practice on day one,action,programme_lead,,open,
AC-0032,26/06/2026,31/05/2026,Ask members first,action,programme_lead,,open,
AC-0033,26/06/2026,31/07/2026,Send the list,action,programme_lead,,open,
AC-0034,26/06/2026,31/07/2026,Book the room,action,programme_lead,,open,
AC-0035,26/06/2026,31/07/2026,Thank people,action,programme_lead,,open,
AC-0036,26/06/2026,31/07/2026,Write it up,action,programme_lead,,open,
"""


def _run(home: Path, *arguments: str) -> int:
    return main([*arguments, "--home", str(home)])


def _load(home: Path, folder: Path) -> int:
    return _run(home, "load", str(folder), "--quiet")


def _states(home: Path) -> list[tuple[str, str]]:
    pointer = json.loads((home / "store" / "CURRENT").read_text(encoding="utf-8"))
    with duckdb.connect(home / "store" / pointer["build"], read_only=True) as connection:
        return connection.execute("select distinct rule, state from quarantine_row order by all").fetchall()


def test_held_rows_go_out_with_their_reason_and_come_back_mended(tmp_path: Path) -> None:
    home, exports, mended = tmp_path / "home", tmp_path / "exports", tmp_path / "held.xlsx"
    exports.mkdir()
    (exports / "funds.csv").write_text(FUNDS.replace("=", ""), encoding="utf-8")
    (exports / "actions.csv").write_text(ACTIONS, encoding="utf-8")
    assert _load(home, exports) == 10

    assert _run(home, "quarantine", "-o", str(mended)) == 0
    book = openpyxl.load_workbook(mended)

    assert book.sheetnames == ["actions", "funds"]
    assert [cell.value for cell in book["funds"][2]][:4] == ["27/02/2026", "41000.00", "8400.00", "finance_lead"]
    assert book["funds"]["F2"].value == "The day is the last of a month."
    assert str(book["funds"]["G2"].value).startswith("funds.csv (")
    assert book["funds"]["H2"].value == "3"

    book["funds"]["A2"] = "28/02/2026"
    book["actions"]["C2"] = "31/07/2026"
    book.save(mended)
    assert _load(home, mended) == 0

    assert {state for _, state in _states(home)} == {"corrected"}
    assert _run(home, "quarantine", "-o", str(tmp_path / "none.xlsx")) == 0
    assert not (tmp_path / "none.xlsx").exists()


def test_a_row_that_comes_back_still_wrong_stays_held(tmp_path: Path) -> None:
    home, sheet = tmp_path / "home", tmp_path / "held.xlsx"
    (tmp_path / "funds.csv").write_text(FUNDS.replace("=", ""), encoding="utf-8")
    _load(home, tmp_path / "funds.csv")
    _run(home, "quarantine", "-o", str(sheet))

    assert _load(home, sheet) == 10

    assert _states(home) == [("funds_position.S1", "open")]


def test_a_cell_that_looks_like_a_formula_goes_out_as_text(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "held.xlsx"
    (tmp_path / "funds.csv").write_text(FUNDS, encoding="utf-8")
    _load(home, tmp_path / "funds.csv")

    _run(home, "quarantine", "-o", str(out))

    cell = openpyxl.load_workbook(out)["funds"]["B2"]
    assert (cell.value, cell.data_type) == ("=41000.00", "s")


def test_a_record_of_a_tool_is_to_be_mended_in_the_tool(tmp_path: Path) -> None:
    from etl.formats import xero_account_transactions

    home, out = tmp_path / "home", tmp_path / "held.xlsx"
    (tmp_path / "xero.csv").write_bytes(xero_account_transactions.EXAMPLE)
    _load(home, tmp_path / "xero.csv")

    _run(home, "quarantine", "-o", str(out))

    sheet = openpyxl.load_workbook(out)[ELSEWHERE_SHEET]
    assert [cell.value for cell in sheet[1]][:3] == ["File", "Kind of file", "Line"]
    assert sheet.max_row > 1
