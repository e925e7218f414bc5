"""How a filled template becomes rows: kinds of cells, people, references, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from etl.errors import Refused
from etl.keys import key
from etl.reading import Settings
from etl.template import templates
from etl.template_stage import TemplateStage
from etl.template_workbook import write_template
from etl.text import read_document
from tests.etl.template_room import cleared, one_row, opened, room, sheet, staged


@pytest.fixture(scope="module")
def whole_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One room for all tests of this file."""
    with room(tmp_path_factory.mktemp("room") / "work.duckdb") as connection:
        yield connection


@pytest.fixture
def work(whole_room: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """An empty room to stage in."""
    return cleared(whole_room)


def test_cells_that_cannot_be_read_are_empty_and_named(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    staged(work, sheet(tmp_path / "c.csv", "claims", {"Amount": "lots", "Paid": "soon"}, {}))
    rows = work.execute(
        "select source_line, amount, paid_on, unread from staged.payment order by source_line"
    ).fetchall()
    assert rows == [
        (2, None, None, "amount,paid_on"),
        (3, Decimal("60.00"), date(2026, 6, 26), ""),
    ]


def test_empty_cells_take_their_default_and_blanks_around_cells_do_not_count(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    changes = {"Chose not to be paid?": " ", "Paid to": "", "Fund": " F1\u00a0", "Kind": " Session Fee "}
    staged(work, sheet(tmp_path / "c.csv", "claims", changes))
    assert one_row(work, "select declined_by_choice, paid_to, fund, kind, unread from staged.payment") == (
        False, "self", "F1", "session_fee", "",
    )  # fmt: skip


def test_a_code_that_is_on_no_list_is_left_for_its_check_to_name(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    staged(work, sheet(tmp_path / "c.csv", "claims", {"Kind": "sandwiches"}))
    assert one_row(work, "select kind, unread from staged.payment") == ("sandwiches", "")


def test_people_are_put_in_by_key_and_one_that_is_nobody_is_unread(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    people = ({"Person": "A.Sample@example.org"}, {"Person": "P-7K3QXWBD"}, {"Person": "Alex"})
    (stage,) = staged(work, sheet(tmp_path / "c.csv", "claims", *people))
    assert sorted(stage.references()) == ["ALEX", "P-7K3QXWBD", "a.sample@example.org"]
    assert work.execute("select person_key, unread from staged.payment order by source_line").fetchall() == [
        ("key of a.sample@example.org", ""),
        ("P-7K3QXWBD", ""),
        (None, "person_key"),
    ]


def test_a_claim_names_its_session_or_activity_by_the_key_that_these_have(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    lines = [
        {"Session or activity": said}
        for said in ("M-0012 16/06/2026", "m-0012 16/06/2026 2", "A-2026-07", "", "the long one")
    ]
    staged(work, sheet(tmp_path / "c.csv", "claims", *lines))
    match = key("coaching_match", "M-0012")
    first, second = (key("coaching_session", match, date(2026, 6, 16), slot) for slot in (1, 2))
    assert work.execute(
        "select session_key, activity_key, unread from staged.payment order by source_line"
    ).fetchall() == [
        (first, None, ""),
        (second, None, ""),
        (None, key("activity", "A-2026-07"), ""),
        (None, None, ""),
        (None, None, "session_key"),
    ]


def test_two_sessions_of_one_day_are_told_apart_by_their_start_and_a_repeated_row_is_not_a_second_one(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    starts = [{"Start (hh:mm)": start} for start in ("14:00", "09:00", "14:00")]
    staged(work, sheet(tmp_path / "s.csv", "sessions", *starts))
    rows = work.execute("select source_line, slot, start_at from staged.coaching_session order by 1").fetchall()
    assert [(line, slot, f"{start:%H:%M}") for line, slot, start in rows] == [
        (2, 2, "13:00"), (3, 1, "08:00"), (4, 2, "13:00"),
    ]  # fmt: skip


def test_a_booked_session_has_its_minutes_planned_and_nobody_has_confirmed_it(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    staged(work, sheet(tmp_path / "s.csv", "sessions", {"What happened": "booked"}))
    assert one_row(work, "select planned_mins, held_mins, recorded_on from staged.coaching_session") == (60, None, None)


def test_a_journey_is_said_once_however_many_steps_it_has(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    steps = ({"Step": "screened"}, {"Step": "selected"}, {"Step": "trained", "Region": "london"})
    staged(work, sheet(tmp_path / "j.csv", "journeys", *steps))
    assert work.execute("select source_line, region from staged.application order by 1").fetchall() == [
        (2, "north_west"),
        (4, "london"),
    ]
    assert one_row(work, "select count(*), count(distinct application_key) from staged.pathway_stage") == (3, 1)
    assert one_row(work, "select count(distinct p.application_key) from staged.pathway_stage p semi join "
                         "staged.application a using (application_key)") == (1,)  # fmt: skip


def test_a_match_pairs_the_journeys_its_people_were_on_that_day(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    client = {"Person": "P-4HRT9MZC", "Role": "client", "Organisation": "O-HILL"}
    journeys = sheet(
        tmp_path / "j.csv",
        "journeys",
        {"Opened": "01/01/2025"},
        {"Opened": "18/05/2026"},
        {"Opened": "01/12/2026"},
        client,
    )
    staged(work, journeys, sheet(tmp_path / "m.csv", "matches", {}))
    assert one_row(work, "select partner_key, client_key from staged.coaching_match") == (
        key("application", "P-7K3QXWBD", "partner", date(2026, 5, 18)),
        key("application", "P-4HRT9MZC", "client", date(2026, 5, 18)),
    )


def test_a_journey_belongs_to_the_latest_enquiry_before_it_opened(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    enquiries = sheet(
        tmp_path / "e.csv",
        "enquiries",
        *({"Reference": ref, "Received": day, "Person": "P-7K3QXWBD"}
          for ref, day in (("I-1A", "01/02/2026"), ("I-2B", "14/05/2026"), ("I-3C", "14/06/2026"))),
    )  # fmt: skip
    staged(work, enquiries, sheet(tmp_path / "j.csv", "journeys", {}))
    assert one_row(work, "select eoi_key from staged.application") == (key("expression_of_interest", "I-2B"),)


def test_follow_up_finds_an_enquiry_by_its_reference_or_by_the_six_characters_of_one_from_a_form(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    work.execute("insert into build.expression_of_interest by name select 'abc123' || repeat('0', 20) as eoi_key, "
                 "'P-1' as person_key, now()::timestamp as received_at, 'event' as source, false as wants_coach, "
                 "false as wants_be_coached, false as wants_host, false as wants_membership, true as wants_hear_more, "
                 "'new' as status, 'x' as source_sha, 1 as source_line, now()::timestamp as as_of, 'r' as run_id, "
                 "1 as row_digest, false as is_void")  # fmt: skip
    asked = ({"Enquiry": "I-0171"}, {"Enquiry": "ABC123"}, {"Enquiry": "I-9999"}, {"Enquiry": "I-0171"})
    staged(work, sheet(tmp_path / "e.csv", "enquiries", {}), sheet(tmp_path / "f.csv", "follow_up", *asked))
    assert work.execute("select eoi_key, ordinal from staged.eoi_touchpoint order by source_line").fetchall() == [
        (key("expression_of_interest", "I-0171"), None),
        ("abc123" + "0" * 20, None),
        (key("expression_of_interest", "I-9999"), None),
        (key("expression_of_interest", "I-0171"), 2),
    ]


def test_an_event_has_the_key_that_the_tools_report_gives_it(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    events = (
        {"Code": "EV-2026-02"},
        {"Code": "EV-2026-03", "Platform": "teams", "Tool's own ID": "", "Title": "Working  Together Well"},
        {"Code": "EV-2026-04", "Platform": "in_person", "Tool's own ID": ""},
    )
    staged(work, sheet(tmp_path / "e.csv", "events", *events))
    day = date(2026, 5, 12)
    assert work.execute("select event_code, event_key from staged.event order by 1").fetchall() == [
        ("EV-2026-02", key("event", "zoom", "81234567890", day)),
        ("EV-2026-03", key("event", "teams", "working together well", day)),
        ("EV-2026-04", key("event", "EV-2026-04")),
    ]
    assert work.execute("select system, external_id, on_day from staged.event_alias").fetchall() == [
        ("zoom", "81234567890", day)
    ]


def test_a_register_row_goes_to_its_event_or_its_activity_and_an_absence_from_an_event_goes_nowhere(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    register = sheet(
        tmp_path / "r.csv",
        "paper_register",
        {"Person or first name": "Sam"},
        {"Status": "absent"},
        {"Event or activity": "A-2026-07", "Person or first name": "P-7K3QXWBD", "Status": "absent"},
    )
    _, stage = staged(work, sheet(tmp_path / "e.csv", "events", {}), register)
    event = key("event", "zoom", "81234567890", date(2026, 5, 12))
    assert work.execute(
        "select source_line, event_key, attendee_key, person_key from staged.event_attendance"
    ).fetchall() == [(2, event, key("attendee", event, "name:Sam"), None)]
    assert work.execute("select source_line, person_key, status from staged.activity_attendance").fetchall() == [
        (4, "P-7K3QXWBD", "absent")
    ]
    assert (stage.read, stage.ignored()) == (3, 1)


def test_an_interview_gives_one_wave_and_a_row_for_each_theme_that_was_coded(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    both = ({"Hope": "", "Listening": "0"}, {"Measure": "rating", "Coded by": "self"})
    staged(work, sheet(tmp_path / "j.csv", "journeys", {}), sheet(tmp_path / "i.csv", "interviews", *both))
    assert one_row(work, "select count(*) from staged.outcome_wave") == (1,)
    strengths = dict(
        work.execute("select theme, value from staged.outcome_response where measure = 'strength'").fetchall()
    )
    assert len(strengths) == 7
    assert (strengths["listening"], strengths["confidence"]) == (0, 2)
    assert one_row(work, "select count(distinct wave_key), count(*) from staged.outcome_response r semi join "
                         "staged.outcome_wave using (wave_key)") == (1, 15)  # fmt: skip


def test_a_row_entered_in_error_is_staged_as_void(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    staged(work, sheet(tmp_path / "c.csv", "claims", {"Entered in error?": "yes"}))
    assert one_row(work, "select is_void, unread from staged.payment") == (True, "")


def test_private_rows_name_the_required_columns_that_are_empty(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    stage = opened(work, sheet(tmp_path / "p.csv", "payees", {"Kind": "sandwich", "Confirmed on": ""}, {}))
    assert stage.private("payee_name").get_column("unread").to_list() == ["payee_kind,confirmed_on", ""]


def test_dates_with_the_month_first_refuse_the_whole_file(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = ({"Paid": "12/31/2026"}, {"Paid": "11/30/2026", "Approved": "06/22/2026"}, {})
    with pytest.raises(Refused) as refused:
        opened(work, sheet(tmp_path / "c.csv", "claims", *rows))
    assert [(message.code, message.column) for message in refused.value.messages] == [
        ("wrong-date-order", "Approved"),
        ("wrong-date-order", "Paid"),
    ]
    assert "has 2 dates with the month first" in refused.value.messages[1].text


def test_strange_missing_and_repeated_headings_are_all_named_at_once(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "c.csv", "claims", {}, drop=["Amount", "Date of work"])
    path.write_text(path.read_text().replace("Paid to", "Payment route").replace("Rate version", "Fund"))
    with pytest.raises(Refused) as refused:
        TemplateStage(work, read_document(path), templates()["claims"], Settings())
    texts = {message.code: message.text for message in refused.value.messages}
    assert set(texts) == {"unknown-heading", "missing-heading", "repeated-heading"}
    assert '"Payment route"' in texts["unknown-heading"]
    assert '"Date of work", "Amount"' in texts["missing-heading"]
    assert '"Fund"' in texts["repeated-heading"]


def test_columns_that_may_be_left_out_are_empty(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    staged(work, sheet(tmp_path / "c.csv", "claims", {}, drop=["Approved", "Paid", "Fund", "Chose not to be paid?"]))
    assert one_row(work, "select approved_on, fund, declined_by_choice, unread from staged.payment") == (
        None, None, False, "",
    )  # fmt: skip


def test_parquet_is_read_like_the_sheet_it_stands_for(work: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    example = dict(zip(templates()["claims"].headings, templates()["claims"].example, strict=True))
    rows = pl.DataFrame([example | {"Claim": f"CL-{n}AB"} for n in (1, 2)]).with_columns(
        pl.col("Paid").str.to_date("%d/%m/%Y"), pl.col("Amount").cast(pl.Decimal(10, 2)), pl.col("Line").cast(pl.Int64)
    )
    rows.write_parquet(path)
    staged(work, path)
    assert work.execute("select source_line, paid_on, amount, line, unread from staged.payment").fetchall() == [
        (1, date(2026, 6, 26), Decimal("60.00"), 1, ""),
        (2, date(2026, 6, 26), Decimal("60.00"), 1, ""),
    ]


def test_dates_and_numbers_typed_in_excel_are_read_as_what_they_are(
    work: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "sessions.xlsx"
    write_template("sessions", path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page.append([])
    page.append(["M-0013", date(2026, 6, 17), timedelta(hours=9, minutes=30), 45.0, "Video", "Pro bono", "", "held"])
    book.save(path)
    book.close()
    (stage,) = staged(work, path)
    columns = "on_day, start_at, held_mins, paid_kind, funded_by, unread"
    assert one_row(work, f"select {columns} from staged.coaching_session") == (
        date(2026, 6, 17), datetime.fromisoformat("2026-06-17T08:30"), 45, "pro_bono", "not_recorded", "",
    )  # fmt: skip
    assert (stage.read, stage.ignored()) == (3, 2), "the example and the blank row are records that are not data"
