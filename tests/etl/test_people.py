"""Names and addresses stay in the people store; everything else sees a key."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.errors import UsageError
from etl.people import People

TODAY = date(2026, 6, 30)


def _contacts(*rows: tuple[str, str, str | None, str | None]) -> pl.DataFrame:
    names = ["reference", "full_name", "known_as", "phone"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def test_one_address_however_it_is_typed_is_one_person(tmp_path: Path) -> None:
    people = People(tmp_path, TODAY)

    keys = people.keys_for("a" * 64, ["Alex@Example.org ", "alex@example.org", "sam@example.org"])

    assert keys["Alex@Example.org "] == keys["alex@example.org"] != keys["sam@example.org"]


def test_a_key_is_p_and_eight_characters_that_can_be_read_aloud(tmp_path: Path) -> None:
    keys = People(tmp_path, TODAY).keys_for("a" * 64, [f"person{number}@example.org" for number in range(200)])

    assert len(set(keys.values())) == 200
    assert all(key.startswith("P-") and len(key) == 10 for key in keys.values())
    assert not set("".join(key[2:] for key in keys.values())) & set("01ILO")


@pytest.mark.parametrize("nobody", ["", "anonymous", "Anonymous", "Alex", "Alex Sample"])
def test_what_is_no_address_names_nobody(tmp_path: Path, nobody: str) -> None:
    assert People(tmp_path, TODAY).keys_for("a" * 64, [nobody]) == {}


def test_the_same_secret_gives_the_same_key_in_another_store(tmp_path: Path) -> None:
    first = People(tmp_path / _folder(tmp_path, "one"), TODAY)
    shutil.copy(tmp_path / "one" / "key", tmp_path / _folder(tmp_path, "two") / "key")

    assert first.keys_for("a" * 64, ["alex@example.org"]) == People(tmp_path / "two", TODAY).keys_for(
        "b" * 64, ["alex@example.org"]
    )


def test_another_secret_is_refused_before_everybody_looks_new(tmp_path: Path) -> None:
    People(tmp_path, TODAY)
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "key").write_bytes(b"x" * 32)

    with pytest.raises(UsageError, match="not the one this people store was made with"):
        People(tmp_path, TODAY)


def test_the_secret_and_the_store_are_their_owners_alone(tmp_path: Path) -> None:
    People(tmp_path, TODAY)

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "people.db").stat().st_mode & 0o777 == 0o600


def test_nothing_of_a_file_that_was_not_accepted_is_written(tmp_path: Path) -> None:
    people = People(tmp_path, TODAY)
    kept, refused = "a" * 64, "b" * 64
    people.keys_for(kept, ["alex@example.org"])
    people.keys_for(refused, ["sam@example.org"])

    people.keep([kept])

    with closing(sqlite3.connect(tmp_path / "people.db")) as store:
        assert store.execute("select value from contact_point").fetchall() == [("alex@example.org",)]


def test_a_name_is_found_again_by_its_key(tmp_path: Path) -> None:
    people = People(tmp_path, TODAY)
    keys = people.keys_for("a" * 64, ["alex@example.org"])
    people.note("a" * 64, _contacts(("alex@example.org", "Alex Sample", "Alex", "07700 900123")), keys)

    people.keep(["a" * 64])

    assert people.names(list(keys.values())) == {keys["alex@example.org"]: "Alex Sample"}


def test_an_empty_name_in_a_later_file_does_not_erase_the_name(tmp_path: Path) -> None:
    people = People(tmp_path, TODAY)
    for sha, name in (("a" * 64, "Alex Sample"), ("b" * 64, "")):
        keys = people.keys_for(sha, ["alex@example.org"])
        people.note(sha, _contacts(("alex@example.org", name, None, None)), keys)
        people.keep([sha])

    assert list(people.names(list(keys.values())).values()) == ["Alex Sample"]


def test_who_left_is_not_written_to_for_any_purpose(tmp_path: Path) -> None:
    people = People(tmp_path, TODAY)
    keys = people.keys_for("a" * 64, ["stays@example.org", "leaves@example.org", "new@example.org"])
    stays, leaves = keys["stays@example.org"], keys["leaves@example.org"]
    people.note_permissions(
        "a" * 64,
        [
            (stays, "marketing", "consent", "2026-02-03", "N-2", None, None),
            (leaves, "marketing", "consent", "2026-02-03", "N-2", None, "2026-03-01"),
        ],
    )
    people.keep(["a" * 64])

    flags = {row["person_key"]: row for row in people.contact_flags().to_dicts()}

    assert flags[stays]["may_reply"]
    assert flags[stays]["may_market"]
    assert not flags[leaves]["may_reply"]
    assert not flags[leaves]["may_market"]
    assert flags[keys["new@example.org"]]["may_reply"]
    assert not flags[keys["new@example.org"]]["may_market"]


def test_one_displayed_name_is_one_attendee_inside_one_event_only(tmp_path: Path) -> None:
    people = People(tmp_path, TODAY)

    assert people.attendee_key("e1", "name:Alex  Sample") == people.attendee_key("e1", "name:alex sample")
    assert people.attendee_key("e1", "name:alex sample") != people.attendee_key("e2", "name:alex sample")


def _folder(base: Path, name: str) -> str:
    (base / name).mkdir()
    return name
