"""The demonstration as a whole: it repeats itself, nobody in it is real, and its facts agree with its files."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from etl.demo import facts, latest_quarter_end, names, write_exports, write_settings
from etl.demo.dice import Dice, bank_holidays, last_quarter_end, later_by_working_days
from etl.demo.enquiries import STAFF
from etl.demo.people import organisations, people
from etl.demo.world import build
from etl.errors import UsageError
from etl.home import open_home

UNTIL = date(2026, 6, 30)
# the first ten hex digits of SHA-256 of names that are printed in the programme's own report, lower case
REAL_NAMES = """
    026ad9b14a 03d04f7fce 0454d527a7 055fced1da 08614c84a3 11552b0121 16ba68845f 1934d8bfae 194557e31d
    1b192e4f3a 1ca8cc4a0e 1cf8531a22 1d27eb9eed 1fd6227a46 2349319e87 239127e091 2a2ad329cc 2b0bdf103e
    2be4e33aa3 30aa4547d9 31d76ef217 3476c832df 3806ed7715 3a06acb323 3dac2672d7 3e4e823f00 3f693e1286
    3fb22a5597 40f469b565 4a2b5e1822 4ac5160f5f 4d1e58c90b 5d702eb079 5e608d7bec 5eb67f9f84 61bffea921
    65244d3d4d 68d85a0a12 6ad3facecd 71be92cbdf 79a6a933df 7ca840127c 805618876c 806653fb9d 8081a4830f
    80c95d0e9e 81f8f6dde8 83ed5207a4 8696223da2 8aaf2b0423 8b166ac710 8d20e19b8f 972964b66b 975b4f76de
    9a79c62e37 a06ca00701 a68a7f9242 acb655ad25 ae06995ac4 bbc3b99c3a c24762dad7 c5422c052b c5ec167f80
    c6d5efe035 c89d33260e c9805e8417 ccf54874c8 cd0299854a d249331063 d334cbac4b d528a9c486 d5e5116f74
    d8d7a2f09c dae11efb69 dc2ac975b9 e5787dfc06 e5ba114641 e9be9100ad eeac781600 ef72e8cef6 f4aa0655cd
    f6fca588bb f7f9120faf f9846d74a1 fd188ebac8
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    write_exports(place, until=UNTIL)
    return place


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def words(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.csv"):
        if not path.read_bytes().startswith(b"\x89PNG"):
            yield from re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8-sig"))
    for path in folder.glob("*.xlsx"):
        for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True):
            yield from re.findall(r"[^\W\d_]+", " ".join(str(cell) for cell in row if cell))


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_scale_seed_and_day_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_exports(tmp_path, until=UNTIL)
    assert digests(tmp_path) == digests(folder)


def test_another_seed_gives_another_programme(folder: Path, tmp_path: Path) -> None:
    write_exports(tmp_path, seed=2, until=UNTIL)
    ours, others = digests(folder), digests(tmp_path)
    assert ours["claims.csv"] != others["claims.csv"]
    assert ours["published figures.csv"] == others["published figures.csv"]


def test_three_times_the_scale_has_three_times_the_people_and_events() -> None:
    once, thrice = facts(until=UNTIL), facts(scale=3, until=UNTIL)
    assert len(thrice["events"]) == 3 * len(once["events"])
    assert 2.9 < thrice["enquiries"]["people"] / once["enquiries"]["people"] < 3.1
    assert 2 < thrice["claims"]["lines"] / once["claims"]["lines"] < 4


def test_past_ten_times_events_grow_larger_instead_of_more_numerous() -> None:
    ten, twenty = build(10, 1, UNTIL), build(20, 1, UNTIL)
    assert len(ten.events) == len(twenty.events) == 130
    crowd = [sum(len(event.guests) for event in world.events) for world in (ten, twenty)]
    assert 1.8 < crowd[1] / crowd[0] < 2.2


def test_nobody_in_it_is_named_in_the_programmes_own_report(folder: Path) -> None:
    found = {word for word in words(folder) if hashlib.sha256(word.lower().encode()).hexdigest()[:10] in REAL_NAMES}
    listed = {
        name
        for name in (*names.FIRST, *names.LAST, *names.PLACES)
        if hashlib.sha256(name.lower().encode()).hexdigest()[:10] in REAL_NAMES
    }
    assert found == set()
    assert listed == set()


def test_no_two_people_share_a_name_or_an_address_even_at_a_large_scale() -> None:
    pool = people(60, 1, organisations(60, 1))
    assert len({person.name for person in pool}) == len(pool) == 60 * 520
    assert len({person.email for person in pool}) == len(pool)


def test_addresses_and_telephone_numbers_can_reach_nobody(folder: Path) -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8-sig")
        for path in folder.glob("*.csv")
        if not path.read_bytes().startswith(b"\x89PNG")
    )
    hosts = set(re.findall(r"@([\w.-]+)", text))
    assert hosts == {"example.org", "example.com"}
    phones = {person.phone for person in build(1, 1, UNTIL).people if person.phone}
    assert phones
    assert all(re.fullmatch(r"07700 900\d{3}|01632 960\d{3}", phone) for phone in phones)
    addresses = set(re.findall(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b", text))
    assert addresses
    assert all(address.startswith("192.0.2.") for address in addresses)


def test_nothing_happened_before_counting_starts_but_the_published_figures(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        if path.name in {"published figures.csv", "organisations.csv"} or path.read_bytes().startswith(b"\x89PNG"):
            continue
        years = {int(year) for year in re.findall(r"\b\d\d/\d\d/(20\d\d)\b", path.read_text(encoding="utf-8-sig"))}
        assert all(2024 <= year <= 2027 for year in years), path.name


def test_what_happened_had_happened_by_the_last_day(folder: Path) -> None:
    sessions = rows(folder, "session records.csv")
    late = [row for row in sessions if day(row["Date"]) > UNTIL]
    assert late
    assert {row["What happened"] for row in late} == {"booked"}
    for row in rows(folder, "claims.csv"):
        assert all(not row[name] or day(row[name]) <= UNTIL for name in ("Claim received", "Approved", "Paid"))
    assert all(day(row["Date of step"]) <= UNTIL for row in rows(folder, "journeys.csv"))


def day(text: str) -> date:
    number, month, year = text.split("/")
    return date(int(year), int(month), int(number))


def test_the_published_figures_are_the_four_of_the_report(folder: Path) -> None:
    found = {
        row["Reference"]: (row["Value"], row["Qualifier"], row["Base recorded?"], row["May compare?"])
        for row in rows(folder, "published figures.csv")
    }
    assert found == {
        "PF-01": ("250", "exact", "not_needed", "yes"),
        "PF-02": ("95", "exact", "no", "no"),
        "PF-03": ("71", "exact", "not_needed", "yes"),
        "PF-04": ("190", "more_than", "not_needed", "yes"),
    }
    assert {
        (row["Publication"], row["Published on"], row["Base"]) for row in rows(folder, "published figures.csv")
    } == {("Valuing Lived Experience Learning Report", "31/05/2022", "")}


def test_benchmarks_add_up_to_their_totals(folder: Path) -> None:
    sums: dict[tuple[str, str, str], int] = {}
    totals: dict[tuple[str, str, str], set[int]] = {}
    for row in rows(folder, "benchmarks.csv"):
        one = (row["Characteristic"], row["Level"], row["Who is counted"])
        sums[one] = sums.get(one, 0) + int(row["Count"])
        totals.setdefault(one, set()).add(int(row["Total"]))
        assert row["Source"] == "ONS, Census 2021"
        assert row["Licence"] == "Open Government Licence v3.0"
    for one, total in totals.items():
        assert len(total) == 1
        assert abs(sums[one] - max(total)) * 10_000 <= max(total), one


def test_a_bodys_equality_counts_add_up_to_the_people_asked(folder: Path) -> None:
    sums: dict[tuple[str, str, str], int] = {}
    for row in rows(folder, "equality totals.csv"):
        one = (row["Collection"], row["Characteristic"], row["Asked"])
        sums[one] = sums.get(one, 0) + int(row["Number"])
    assert sums
    assert all(total == int(asked) for (_, _, asked), total in sums.items())


def test_claims_paid_in_thirty_days_agree_with_the_register(folder: Path) -> None:
    """The register is read by hand here: one claim is complete in a quarter and paid within 30 days."""
    spring: dict[str, tuple[date, str]] = {}
    for row in rows(folder, "claims.csv"):
        if row["Claim complete"] and date(2026, 1, 1) <= day(row["Claim complete"]) <= date(2026, 3, 31):
            spring[row["Claim"]] = (day(row["Claim complete"]), row["Paid"])
    in_time = [ref for ref, (valid, paid) in spring.items() if paid and (day(paid) - valid).days <= 30]
    told = facts(until=UNTIL, today=date(2026, 8, 1))["claims"]["in_30_days"]["2026 Q1"]
    assert (told["n"], told["of"]) == (len(in_time), len(spring))
    assert 0 < told["n"] < told["of"]


def test_the_ledger_holds_what_the_paid_claims_add_up_to() -> None:
    told = facts(until=UNTIL)
    accounts = told["accounts"]["net"]
    out = accounts["Partner pay"] + accounts["Partner expenses"] + accounts["Access adjustments"]
    assert out == told["claims"]["paid_pounds"] > Decimal(10_000)


def test_about_three_quarters_of_equality_answers_are_declared() -> None:
    for name in ("ethnicity", "disability", "orientation"):
        told = facts(until=UNTIL)["equality"]["enquirers"]
        answered = sum(told[name]["answered"].values())
        assert answered + told[name]["prefer_not_to_say"] + told[name]["no_reply"] == told["asked"]
        assert 0.65 < answered / told["asked"] < 0.85


def test_a_day_that_ends_no_quarter_is_refused() -> None:
    with pytest.raises(UsageError, match="last day of a quarter"):
        facts(until=date(2026, 6, 29))
    with pytest.raises(UsageError, match="31 March 2024"):
        facts(until=date(2023, 12, 31))
    with pytest.raises(UsageError, match="1 or more"):
        facts(scale=0, until=UNTIL)


def test_the_last_quarter_is_over() -> None:
    assert last_quarter_end(date(2026, 6, 30)) == date(2026, 3, 31)
    assert last_quarter_end(date(2026, 7, 1)) == date(2026, 6, 30)
    assert last_quarter_end(date(2026, 1, 15)) == date(2025, 12, 31)
    assert last_quarter_end(latest_quarter_end()) < latest_quarter_end()


def test_bank_holidays_are_those_of_england() -> None:
    """gov.uk/bank-holidays for 2026."""
    assert sorted(bank_holidays(2026, 2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
    ]
    assert later_by_working_days(date(2026, 4, 2), 1, bank_holidays(2026, 2026)) == date(2026, 4, 7)


def test_chance_repeats_itself_and_keeps_its_shares() -> None:
    throws = [Dice(1, "a test").pick({"often": 0.9, "seldom": 0.1}) for _ in range(3)]
    assert len(set(throws)) == 1
    dice = Dice(1, "another test")
    seldom = sum(dice.pick({"often": 0.9, "seldom": 0.1}) == "seldom" for _ in range(5000))
    assert 400 < seldom < 600


def test_settings_say_that_people_are_invented(tmp_path: Path) -> None:
    write_settings(tmp_path)
    settings = open_home(tmp_path).settings
    assert settings.invented
    assert settings.counting_starts == date(2022, 4, 1)


def test_staff_codes_are_letters_and_numbers_and_no_initials_of_anyone() -> None:
    assert all(re.fullmatch(r"Q[A-C]\d", code) for code in STAFF)
