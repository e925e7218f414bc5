"""The only way into the store: what is held, what is refused, what passes, and what a broken check does."""

from __future__ import annotations

import gc
import logging
import random
import traceback
from datetime import date, datetime

import pytest

from expectations.catalogue import Suite, suites
from expectations.check import CheckBroken
from expectations.judge import quiet
from expectations.rule import stop
from warehouse.tables import tables

TOO_MUCH = 60000


def _passed(world, table: str) -> list[tuple[object, ...]]:
    return world.rows(f"select source_sha, source_line from passed.{table} order by all")


def _failed(verdict, file: str) -> dict[str, int]:
    return {result.rule: result.failed for result in verdict.results if result.source_sha == file and result.failed}


def _pay(world, file: str, place: int, **changes: object) -> None:
    own = {"payment_key": f"{file}-{place}", "claim_ref": f"CL-{file}-{place}"}
    world.stage_example("payment", file, place, **{**own, **changes})


def test_a_record_that_breaks_a_stop_rule_is_held_with_its_place_rule_and_column(world):
    world.remember()
    for line in range(2, 8):
        _pay(world, "claims", line)
    _pay(world, "claims", 8, amount=TOO_MUCH)
    verdict = world.check("payment")
    assert world.rows("select * from held.record") == [
        ("claims", "", 8, "payment", "C-S4.amount", "stop", "amount"),
    ]
    assert _passed(world, "payment") == [("claims", line) for line in range(2, 8)]
    assert verdict.held == {"claims": 1}
    assert verdict.refused == {}
    [result] = [result for result in verdict.results if result.rule == "C-S4.amount"]
    assert (result.checked, result.failed, result.first_line, result.owner) == (7, 1, 8, "finance_lead")


def test_every_failing_row_is_held_however_many_there_are(world):
    world.remember()
    _pay(world, "claims", 1)
    columns = ", ".join(name for name, *_ in world.rows("describe staged.payment"))
    world.connection.execute(
        f"""
        insert into staged.payment
        select {columns} from (
            select * replace ('k' || i as payment_key, 'CL-' || i as claim_ref, i as source_line,
                              case when i <= 10001 then 70000 else 60 end as amount)
            from staged.payment, range(2, 60001) t(i)
        )
        """
    )
    verdict = world.check("payment")
    held = "select count(*), count(distinct source_line), max(source_line) from held.record"
    assert world.rows(held) == [(10000, 10000, 10001)]
    assert world.rows("select count(*) from passed.payment") == [(50000,)]
    assert _failed(verdict, "claims")["C-S4.amount"] == 10000
    assert verdict.held == {"claims": 10000}


def test_a_warning_loads_the_row(world):
    world.remember()
    _pay(world, "claims", 2, session_key=None)
    verdict = world.check("payment")
    assert _failed(verdict, "claims") == {"payment.W5": 1}
    assert _passed(world, "payment") == [("claims", 2)]
    assert world.rows("select * from held.record") == []


def test_a_refuse_rule_refuses_its_file_and_no_other(world):
    world.remember()
    _pay(world, "one claim, two people", 2, claim_ref="CL-1", person_key="P-PARTNER1")
    _pay(world, "one claim, two people", 3, claim_ref="CL-1", person_key="P-PARTNER2")
    _pay(world, "one claim, two people", 4)
    _pay(world, "good", 2)
    verdict = world.check("payment")
    [broken] = verdict.refused.pop("one claim, two people")
    assert (broken.rule, broken.table, broken.failed, broken.first_line) == ("payment.R2", "payment", 2, 2)
    assert verdict.refused == {}
    assert verdict.held == {}
    assert _passed(world, "payment") == [("good", 2)]
    assert world.rows("select distinct source_sha, severity from held.record") == [("one claim, two people", "refuse")]


@pytest.mark.parametrize(
    ("records", "bad", "refused"),
    [(4, 4, False), (5, 1, False), (5, 2, True), (10, 2, False), (10, 3, True)],
)
def test_a_file_is_refused_when_more_than_one_in_five_of_at_least_five_records_fail(world, records, bad, refused):
    world.remember()
    for line in range(records):
        _pay(world, "claims", line + 2, amount=TOO_MUCH if line < bad else 60)
    verdict = world.check("payment")
    assert {rule.rule for rule in verdict.refused.get("claims", [])} == ({"C-R6"} if refused else set())
    assert len(_passed(world, "payment")) == (0 if refused else records - bad)
    assert verdict.held == {"claims": bad}


@pytest.mark.parametrize(("rows_of_a_good_one", "rows_of_a_bad_one", "bad"), [(1, 20, 1), (20, 1, 2)])
def test_one_in_five_is_counted_in_records_not_in_rows(world, rows_of_a_good_one, rows_of_a_bad_one, bad):
    world.remember()
    for line in range(2, 7):
        is_bad = line < 2 + bad
        for number in range(rows_of_a_bad_one if is_bad else rows_of_a_good_one):
            amount = TOO_MUCH if is_bad else 60
            _pay(world, "claims", line, payment_key=f"k{line}-{number}", line=number, amount=amount)
    verdict = world.check("payment")
    assert set(verdict.refused) == (set() if bad == 1 else {"claims"})
    assert verdict.held == {"claims": bad}


def test_a_held_record_takes_all_its_rows_in_every_table_with_it(world):
    world.remember()
    world.stage_example("application", "journeys", 2, application_key="new", opened_on=date(2026, 6, 1))
    world.stage_example(
        "pathway_stage", "journeys", 2, application_key="new", stage="paused", entered_on=date(2026, 6, 1)
    )
    world.check("application", "pathway_stage")
    assert world.rows("select rule from held.record") == [("pathway_stage.S2",)]
    assert _passed(world, "application") == []
    assert _passed(world, "pathway_stage") == []


def test_what_pointed_at_a_held_record_is_held_as_well_link_by_link(world):
    """An independent walk over two hundred random chains of pair, session and claim says who may pass."""
    world.remember()
    chance = random.Random(20260701)
    expected: dict[str, set[str]] = {"coaching_match": set(), "coaching_session": set(), "payment": set()}
    for number in range(200):
        match_good, session_good, payment_good = (chance.random() > 0.3 for _ in range(3))
        match, session = f"m{number}", f"s{number}"
        world.stage_example(
            "coaching_match",
            f"pairs {number}",
            2,
            match_key=match,
            match_ref=f"M-{number}",
            rhythm_weeks=4 if match_good else 90,
        )
        world.stage_example(
            "coaching_session",
            f"sessions {number}",
            2,
            session_key=session,
            match_key=match,
            held_mins=60 if session_good else 900,
        )
        _pay(world, f"claims {number}", 2, session_key=session, amount=60 if payment_good else TOO_MUCH)
        if match_good:
            expected["coaching_match"].add(f"pairs {number}")
        if match_good and session_good:
            expected["coaching_session"].add(f"sessions {number}")
        if match_good and session_good and payment_good:
            expected["payment"].add(f"claims {number}")
    verdict = world.check("payment", "coaching_session", "coaching_match")
    for table, files in expected.items():
        assert {file for file, _ in _passed(world, table)} == files, table
    assert verdict.refused == {}


def test_a_record_held_late_orphans_what_was_checked_before_it(world):
    """The pair is fine, but its record's last row is not: the pair goes, then the session, then the claim."""
    world.remember()
    world.stage_example("coaching_match", "pairs", 2, match_key="new", match_ref="M-9")
    world.stage_example("ledger_line", "pairs", 2, amount=TOO_MUCH)
    world.stage_example("coaching_session", "sessions", 2, session_key="s9", match_key="new")
    _pay(world, "claims", 2, session_key="s9")
    world.check("coaching_match", "coaching_session", "payment", "ledger_line")
    assert world.rows("select source_sha, rule from held.record order by all") == [
        ("claims", "C-S5.session_key"),
        ("pairs", "C-S4.amount"),
        ("sessions", "coaching_session.S1"),
    ]


def test_a_refused_file_orphans_what_needs_it(world):
    world.remember()
    for line in range(2, 7):
        weeks = 90 if line < 4 else 4
        world.stage_example(
            "coaching_match", "pairs", line, match_key=f"m{line}", match_ref=f"M-{line}", rhythm_weeks=weeks
        )
    world.stage_example("coaching_session", "sessions", 2, session_key="s9", match_key="m6")
    verdict = world.check("coaching_match", "coaching_session")
    assert set(verdict.refused) == {"pairs"}
    assert _passed(world, "coaching_session") == []


def test_what_the_build_already_holds_is_not_orphaned(world):
    world.remember()
    world.stage_example("coaching_match", "pairs", 2, rhythm_weeks=90)
    world.stage_example("coaching_session", "sessions", 2)
    world.check("coaching_match", "coaching_session")
    assert _passed(world, "coaching_match") == []
    assert _passed(world, "coaching_session") == [("sessions", 2)]


def test_the_same_record_twice_is_no_fault_but_two_versions_of_it_are(world):
    world.remember()
    for file, amount in (("same", 60), ("different", 70), ("later", 70)):
        _pay(world, file, 2, payment_key=file, line=1, claim_ref=file)
        as_of = datetime.fromisoformat("2026-07-01 09:00") if file == "later" else date(2026, 7, 1)
        _pay(world, file, 3, payment_key=file, line=1, claim_ref=file, amount=amount, as_of=as_of)
    verdict = world.check("payment")
    assert {file: _failed(verdict, file).get("C-S1", 0) for file in ("same", "different", "later")} == {
        "same": 0,
        "different": 2,
        "later": 0,
    }


def test_two_files_may_give_one_key_differently(world):
    """An overlapping newer export is not a repeat within one file."""
    world.remember()
    _pay(world, "june", 2, payment_key="k", amount=60)
    _pay(world, "july", 2, payment_key="k", amount=70)
    verdict = world.check("payment")
    assert verdict.held == {}


def test_a_value_that_could_not_be_read_is_named_once(world):
    world.remember()
    _pay(world, "claims", 2, amount=None, unread="amount,paid_on")
    verdict = world.check("payment")
    assert _failed(verdict, "claims") == {"C-S0": 1}
    assert world.rows("select rule, column_name from held.record") == [("C-S0", "amount,paid_on")]


def test_an_empty_text_is_not_filled_in(world):
    world.remember()
    _pay(world, "claims", 2, claim_ref="")
    assert _failed(world.check("payment"), "claims") == {"C-S6.claim_ref": 1}


def test_results_are_given_for_each_file_and_rule(world):
    world.remember()
    _pay(world, "good", 2)
    _pay(world, "bad", 2, paid_to="friend")
    _pay(world, "bad", 3)
    verdict = world.check("payment")
    counts = {(r.source_sha, r.rule): (r.checked, r.failed) for r in verdict.results}
    assert counts["good", "C-S3.paid_to"] == (1, 0)
    assert counts["bad", "C-S3.paid_to"] == (2, 1)
    assert len(counts) == 2 * len(suites()["payment"].rules)


def test_what_passed_has_the_table_s_own_columns_and_no_more(world):
    world.remember()
    _pay(world, "claims", 2)
    world.check("payment")
    names = [name for name, *_ in world.rows("describe passed.payment")]
    assert names == [column.name for column in tables()["payment"].all_columns]


def test_a_table_without_rows_passes_with_nothing(world):
    verdict = world.check("payment")
    assert verdict.results == []
    assert _passed(world, "payment") == []


def test_a_rule_that_cannot_be_decided_stops_everything_and_names_itself(world):
    world.remember()
    _pay(world, "claims", 2)
    world.connection.execute("drop view known.coaching_session")
    with pytest.raises(CheckBroken) as broken:
        world.check("payment")
    assert (broken.value.table, broken.value.rule) == ("payment", "C-S5.session_key")


def test_an_error_inside_a_check_is_neither_a_pass_nor_bad_data_and_tells_no_value(world, monkeypatch, caplog):
    world.remember()
    _pay(world, "claims", 2, claim_ref="CL-SECRET")
    payment = suites()["payment"]
    errs = stop("payment.S9", "Every claim is a number.", "r.claim_ref::int > 0", {})
    broken_suite = Suite("payment", payment.owner, payment.example, (), (*payment.rules, errs))
    monkeypatch.setattr("expectations.check.suites", lambda: {"payment": broken_suite})
    with pytest.raises(CheckBroken) as broken, caplog.at_level("DEBUG"):
        world.check("payment")
    assert broken.value.rule == "payment.S9"
    told = "".join(traceback.format_exception(broken.value)) + caplog.text
    assert "SECRET" not in told
    assert broken.value.__context__ is None


def test_no_value_gets_into_what_a_check_says(world, caplog, capsys):
    world.remember()
    with caplog.at_level("DEBUG"):
        _pay(world, "claims", 2, claim_ref="CL-SECRET", paid_to="Alex SECRET", amount=TOO_MUCH)
        verdict = world.check("payment")
    assert verdict.held == {"claims": 1}
    printed = capsys.readouterr()
    held = world.rows("select * from held.record")
    assert "SECRET" not in repr(verdict) + repr(held) + caplog.text + printed.out + printed.err
    assert printed.out + printed.err == ""


def test_what_the_library_logs_while_it_works_is_not_kept(caplog):
    """On some errors it logs the failing row's value."""
    loud = logging.getLogger("great_expectations.execution_engine.sqlalchemy_execution_engine")
    with quiet():
        loud.error("SECRET")
    assert caplog.text == ""
    loud.error("heard again")
    assert "heard again" in caplog.text


def test_the_run_keeps_its_connection_and_its_transaction(world):
    world.remember()
    world.connection.execute("create table mine (n int)")
    world.connection.begin()
    world.connection.execute("insert into mine values (1)")
    _pay(world, "claims", 2)
    world.check("payment")
    gc.collect()
    assert world.rows("select * from mine") == [(1,)]
    world.connection.rollback()
    assert world.rows("select * from mine") == []


def test_a_second_check_of_the_same_run_starts_afresh(world):
    world.remember()
    _pay(world, "claims", 2, amount=TOO_MUCH)
    assert world.check("payment").held == {"claims": 1}
    world.connection.execute("update staged.payment set amount = 60")
    assert world.check("payment").held == {}
    assert _passed(world, "payment") == [("claims", 2)]


def test_a_table_without_a_suite_cannot_be_checked(world):
    world.connection.execute("create table staged.stranger (source_sha text)")
    with pytest.raises(KeyError):
        world.check("stranger")
