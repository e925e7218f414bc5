"""Each export of the demonstration has its tool's layout and its tool's mess, as plain readers see them."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.demo import facts, mess, write_exports

UNTIL = date(2026, 6, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    write_exports(place, until=UNTIL)
    return place


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return facts(until=UNTIL)


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def sheet(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def zoom_reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("attendee_*.csv"))


def section(report: list[list[str]], title: str) -> list[dict[str, str]]:
    """The rows of one section by its headings, up to the next section."""
    start = next(place for place, row in enumerate(report) if row == [title])
    titles = {"Panelist Details", "Attendee Details", "Other Attended"}
    stop = next((p for p in range(start + 1, len(report)) if report[p][0] in titles), len(report))
    return [dict(zip(report[start + 1], row, strict=True)) for row in report[start + 2 : stop]]


def moment(text: str) -> datetime:
    shape = "%m/%d/%Y %I:%M:%S %p" if "/" in text else "%b %d, %Y %H:%M:%S"
    return datetime.strptime(text, shape).replace(tzinfo=UTC)


def test_a_zoom_report_has_its_four_sections_and_both_families_of_times(folder: Path) -> None:
    reports = [lines(path) for path in zoom_reports(folder)]
    assert len(reports) == 9
    assert all(report[0] == ["Attendee Report"] and ["Attendee Details"] in report for report in reports)
    assert all(["Host Details"] in report and ["Panelist Details"] in report for report in reports)
    assert any(["Other Attended"] in report for report in reports)
    shapes = {bool(re.match(r"\d\d/\d\d/\d{4}", report[3][2])) for report in reports}
    assert shapes == {True, False}
    assert {path.read_bytes()[:3] == b"\xef\xbb\xbf" for path in zoom_reports(folder)} == {True, False}


def test_people_rejoin_overlap_and_leave_before_they_came(folder: Path) -> None:
    again = overlaps = backwards = 0
    for path in zoom_reports(folder):
        last: dict[str, datetime] = {}
        for row in section(lines(path), "Attendee Details"):
            if row["Attended"] == "No":
                continue
            joined, left = moment(row["Join Time"]), moment(row["Leave Time"])
            backwards += left < joined
            if row["Email"] in last:
                again += 1
                overlaps += joined < last[row["Email"]]
            last[row["Email"]] = left
    assert again > overlaps > 0
    assert 0 < backwards <= 9


def test_a_no_show_has_one_row_without_times(folder: Path) -> None:
    for path in zoom_reports(folder):
        rows = section(lines(path), "Attendee Details")
        absent = [row for row in rows if row["Attended"] == "No"]
        assert absent
        assert all(row["Join Time"] == row["Time in Session (minutes)"] == "--" for row in absent)
        addresses = [row["Email"] for row in absent]
        assert len(addresses) == len(set(addresses))


def test_the_control_total_is_the_people_who_came_by_computer(folder: Path, told: dict[str, Any]) -> None:
    events = {event["title"]: event for event in told["events"].values()}
    gaps = []
    for path in zoom_reports(folder):
        report = lines(path)
        about = dict(zip(report[2], report[3], strict=True))
        came = {row["Email"] for row in section(report, "Attendee Details") if row["Attended"] == "Yes"}
        assert int(about["Unique Viewers"]) == len(came)
        event = events[about["Topic"]]
        bots = {row["Email"] for row in section(report, "Attendee Details") if "Notetaker" in row[NAME]}
        moved = {row["Email"] for row in section(report, "Panelist Details")} & came
        callers = len(section(report, "Other Attended")) if ["Other Attended"] in report else 0
        assert event["attendees"] == len(came - bots - moved) + callers
        gaps.append(event["attendees"] - int(about["Unique Viewers"]))
    assert any(abs(gap) > 2 for gap in gaps)


NAME = "User Name (Original Name)"


def test_one_webinar_asked_for_an_age_group(folder: Path) -> None:
    asked = [path for path in zoom_reports(folder) if "What is your age group?" in path.read_text(encoding="utf-8-sig")]
    assert len(asked) == 1
    answers = {row["What is your age group?"] for row in section(lines(asked[0]), "Attendee Details")}
    assert {"35-44", "Prefer not to say", ""} <= answers


def test_an_eventbrite_report_ends_with_its_totals_and_a_blank_row(folder: Path) -> None:
    reports = [lines(path) for path in folder.glob("report-*.csv")]
    assert len(reports) == 3
    checked = refunded = 0
    for headings, *rows in reports:
        tickets = [dict(zip(headings, row, strict=True)) for row in rows[:-2]]
        totals, blank = rows[-2], rows[-1]
        assert not any(blank)
        assert [place for place, cell in enumerate(totals) if cell] == [
            headings.index("Ticket quantity"),
            headings.index("Ticket price"),
        ]
        assert int(totals[headings.index("Ticket quantity")]) == len(tickets)
        assert Decimal(totals[headings.index("Ticket price")]) == sum(Decimal(row["Ticket price"]) for row in tickets)
        seen = [row["Attendee email"] for row in tickets if row["Attendee email"]]
        assert len(seen) == len(set(seen)) + 1, "one person holds two tickets"
        assert sum(not row["Attendee email"] for row in tickets) == 1
        refunded += sum(row["Attendee Status"] == "Refunded" for row in tickets)
        checked += "Checked In" in headings
        assert all(re.fullmatch(r"\d{12}", row["Order ID"]) for row in tickets)
    assert checked == 2
    assert refunded > 0


def test_microsoft_forms_feedback_is_anonymous_with_real_times_and_trailing_marks(
    folder: Path, told: dict[str, Any]
) -> None:
    event = next(iter(told["events"].values()))
    headings, *rows = sheet(folder / f"{event['title']}(1-{event['replies']}).xlsx")
    assert headings[:5] == ("ID", "Start time", "Completion time", "Email", "Name")
    assert headings[5].endswith("\n")
    assert len(rows) == event["replies"]
    assert all(isinstance(row[2], datetime) and row[3] == "anonymous" and row[4] is None for row in rows)
    assert sum(row[5] >= 4 for row in rows) == event["positive"]
    takeaways = headings.index("What will you take away? (tick all that apply)")
    assert all(row[takeaways] is None or row[takeaways].endswith(";") for row in rows)
    words = {cell for row in rows for cell in row[6:9]}
    assert {"Agree", "Not applicable"} <= words


def test_the_older_interest_export_is_the_beginning_of_the_newer(folder: Path, told: dict[str, Any]) -> None:
    exports = sorted((sheet(path) for path in folder.glob("Expression of interest*.xlsx")), key=len)
    older, newer = exports
    assert newer[: len(older)] == older
    after = [sheet(path) for path in folder.glob("Interest after *.xlsx")]
    assert len(newer) - 1 + sum(len(one) - 1 for one in after) == told["enquiries"]["by_form"]
    assert len(newer) > len(older) > 20
    assert "What is your ethnic group?" in newer[0]
    assert any(str(cell).isupper() and "@" in str(cell) for row in newer for cell in row)


def test_surveymonkey_has_two_header_rows_partial_responses_and_a_matrix(folder: Path, told: dict[str, Any]) -> None:
    exports = [
        report
        for path in folder.glob("*(*).csv")
        if path.name != mess.AGAIN and (report := lines(path))[0][0] == "Respondent ID"
    ]
    assert len(exports) == 3
    counts = {event["title"]: event["replies"] for event in told["events"].values()}
    partial = 0
    for upper, lower, *rows in exports:
        assert len(upper) == len(lower) == 20
        assert lower[:9] == [""] * 9
        assert {"Response", "Other (please specify)", "Open-Ended Response"} <= set(lower)
        matrix = upper.index("How far do you agree?")
        assert upper[matrix + 1 : matrix + 3] == ["", ""]
        assert all(lower[matrix : matrix + 3])
        title = next(title for title in counts if title in upper[9])
        complete = [row for row in rows if row[3]]
        assert len(complete) == counts[title]
        partial += len(rows) - len(complete)
    assert partial > 0


def money(cell: str) -> Decimal:
    plain = cell.replace(",", "")
    return -Decimal(plain[1:-1]) if plain.startswith("(") else Decimal(plain or 0)


def difference(path: Path) -> Decimal:
    """How far the printed section totals, balances and grand total are from the lines, added up."""
    out = Decimal(0)
    grand = [Decimal(0), Decimal(0)]
    debit = credit = balance = Decimal(0)
    for row in lines(path)[5:]:
        if row[0] == "Opening Balance":
            balance = money(row[4]) - money(row[5])
        elif row[0] == "Closing Balance":
            out += abs(money(row[4]) - money(row[5]) - balance)
        elif row[0] == "Total":
            out += abs(money(row[4]) - grand[0]) + abs(money(row[5]) - grand[1])
        elif row[0].startswith("Total "):
            out += abs(money(row[4]) - debit) + abs(money(row[5]) - credit) + abs(money(row[6]) - balance)
            grand = [grand[0] + debit, grand[1] + credit]
        elif row[0] and not row[1]:
            debit = credit = balance = Decimal(0)
        elif row[0]:
            debit, credit = debit + money(row[4]), credit + money(row[5])
            balance += money(row[4]) - money(row[5])
            assert (money(row[4]) == 0) != (money(row[5]) == 0), "one side of a line is filled"
            out += abs(money(row[6]) - balance)
    return out


def test_every_accounts_report_reconciles_to_the_penny_but_the_draft(folder: Path) -> None:
    reports = sorted(folder.glob("Account Transactions to *.csv"))
    assert len(reports) == 8
    assert {difference(path) for path in reports} == {Decimal(0)}
    assert difference(folder / mess.WRONG_TOTAL) == Decimal("0.01")
    assert any("Opening Balance" in path.read_text() and "Closing Balance" in path.read_text() for path in reports)


def test_accounts_lines_add_up_to_the_facts(folder: Path, told: dict[str, Any]) -> None:
    net: dict[str, Decimal] = {}
    account, count = "", 0
    for path in folder.glob("Account Transactions to *.csv"):
        for row in lines(path)[5:]:
            if row[0] and not any(row[1:]):
                account = row[0]
            elif re.match(r"\d\d \w{3} \d{4}$", row[0]):
                net[account] = net.get(account, Decimal(0)) + money(row[4]) - money(row[5])
                count += 1
    assert net == told["accounts"]["net"]
    assert count == told["accounts"]["lines"]


def test_bills_repeat_their_total_on_every_line(folder: Path, told: dict[str, Any]) -> None:
    headings, *rows = lines(folder / "Bills.csv")
    bills = [dict(zip(headings, row, strict=True)) for row in rows]
    assert {row["Currency"] for row in bills} == {"GBP"}
    assert sum(Decimal(row["LineAmount"]) for row in bills) == told["accounts"]["bills"]
    assert sum(Decimal(row["Total"]) for row in bills) > told["accounts"]["bills"]


def test_the_mess_is_there(folder: Path) -> None:
    claims = [row for row in lines(folder / "claims.csv") if row[0] == mess.BAD_CLAIM]
    assert [(row[7], row[9]) for row in claims] == [("21/05/2026", "12/05/2026")]
    sessions = [row for row in lines(folder / "session records.csv") if row[0] == mess.UNKNOWN_MATCH]
    assert len(sessions) == 1
    assert (folder / mess.PICTURE).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    again = (folder / mess.AGAIN).read_bytes()
    assert sum(path.read_bytes() == again for path in zoom_reports(folder)) == 1


def test_the_facts_leave_the_mess_out(folder: Path, told: dict[str, Any]) -> None:
    claims = [row for row in lines(folder / "claims.csv")[1:] if row[0] != mess.BAD_CLAIM]
    assert len(claims) == told["claims"]["lines"]
    held = [
        row for row in lines(folder / "session records.csv")[1:] if row[7] == "held" and row[0] != mess.UNKNOWN_MATCH
    ]
    assert len(held) == sum(states.get("held", 0) for states in told["sessions"].values())
