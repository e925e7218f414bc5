from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from etl.equality import EqualityStore, Said, Tally

ALEX, SAM = "P-7K3QXWBD", "P-4HRT9MZC"


def ethnicity(person: str, category: str, state: str = "answered") -> Said:
    return Said(person, "ethnicity", "2021-19", category, state)


def counted(store: EqualityStore, *people: str) -> dict[tuple[str, str, str], int]:
    return store.answers({store.token(person) for person in people}, "ethnicity")


def test_only_counts_among_the_people_asked_for_come_out(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    store.put([ethnicity(ALEX, "asian_indian"), ethnicity(SAM, "asian_indian"), ethnicity("P-22222222", "other_arab")])
    assert counted(store, ALEX, SAM) == {("2021-19", "asian_indian", "answered"): 2}
    assert counted(store, "P-99999999") == {}
    assert store.answers({store.token(ALEX)}, "sex") == {}


def test_putting_the_same_again_changes_nothing_and_a_new_answer_replaces_the_old(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    for category in ("asian_indian", "asian_indian", "black_african"):
        store.put([ethnicity(ALEX, category)])
    assert counted(store, ALEX) == {("2021-19", "black_african", "answered"): 1}


def test_silence_takes_no_answer_back_but_preferring_not_to_say_does(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    store.put([ethnicity(ALEX, "", "no_reply")])
    assert counted(store, ALEX) == {("2021-19", "", "no_reply"): 1}
    store.put([ethnicity(ALEX, "asian_indian")])
    store.put([ethnicity(ALEX, "", "no_reply")])
    assert counted(store, ALEX) == {("2021-19", "asian_indian", "answered"): 1}
    store.put([ethnicity(ALEX, "", "prefer_not_to_say")])
    assert counted(store, ALEX) == {("2021-19", "", "prefer_not_to_say"): 1}


def test_answers_are_kept_all_or_none(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    broken = Said._make((SAM, "ethnicity", "2021-19", None, "answered"))
    with pytest.raises(sqlite3.IntegrityError):
        store.put([ethnicity(ALEX, "asian_indian"), broken])
    assert counted(store, ALEX, SAM) == {}


def test_the_file_holds_no_person_no_time_and_no_order(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    store.put([ethnicity(SAM, "asian_indian"), ethnicity(ALEX, "black_african")])
    content = (tmp_path / "equality.db").read_bytes()
    assert ALEX.encode() not in content
    assert SAM.encode() not in content
    assert b"asian_indian" in content
    with closing(sqlite3.connect(tmp_path / "equality.db")) as file:
        columns = [name for _, name, *_ in file.execute("pragma table_info(answer)")]
        tokens = [token for (token,) in file.execute("select token from answer")]
    assert columns == ["token", "characteristic", "list_version", "category", "reply_state"]
    assert tokens == sorted(tokens)


def test_erasing_a_person_leaves_not_even_bytes(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    store.put([ethnicity(ALEX, "black_african"), ethnicity(SAM, "asian_indian")])
    token = store.token(ALEX).encode()
    assert token in (tmp_path / "equality.db").read_bytes()
    assert store.erase(ALEX) == 1
    assert store.erase(ALEX) == 0
    assert token not in (tmp_path / "equality.db").read_bytes()
    assert counted(store, ALEX, SAM) == {("2021-19", "asian_indian", "answered"): 1}


def test_tokens_last_in_one_home_and_mean_nothing_in_another(tmp_path: Path) -> None:
    homes = tmp_path / "one", tmp_path / "two"
    for home in homes:
        home.mkdir()
    one, again, two = EqualityStore(homes[0]), EqualityStore(homes[0]), EqualityStore(homes[1])
    assert one.token(ALEX) == again.token(ALEX)
    assert one.token(ALEX) != two.token(ALEX)
    assert len(one.token(ALEX)) == 32


def test_only_its_owner_can_read_the_store_and_its_key(tmp_path: Path) -> None:
    EqualityStore(tmp_path)
    for name in ("equality.db", "equality.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_collection_that_comes_again_is_replaced_whole(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)

    def tally(code: str, category: str, n: int) -> Tally:
        day = date(2026, 4, 1)
        return Tally(code, "selected", day, day, day, 40, "ethnicity", "2021-19", category, "answered", n)

    store.put_tally([tally("EQ-1", "asian_indian", 3), tally("EQ-1", "other_arab", 1), tally("EQ-2", "roma", 2)])
    store.put_tally([tally("EQ-1", "asian_indian", 4)])
    with closing(sqlite3.connect(tmp_path / "equality.db")) as file:
        kept = file.execute("select collection_code, year_from, category, n from tally order by 1").fetchall()
    assert kept == [("EQ-1", "2026-04-01", "asian_indian", 4), ("EQ-2", "2026-04-01", "roma", 2)]


def test_who_was_asked_is_told_in_tokens_whatever_they_said(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    store.put([ethnicity(ALEX, "asian_indian"), ethnicity(SAM, "", "prefer_not_to_say")])
    store.put([ethnicity("P-22222222", "", "not_asked")])
    tokens = [store.token(person) for person in (ALEX, SAM, "P-22222222", "P-33333333")]
    assert store.who_was_asked(tokens, "ethnicity") == {store.token(ALEX), store.token(SAM)}
    assert store.who_was_asked(tokens, "sex") == frozenset()


def test_who_was_counted_in_a_table_is_kept_in_place_of_what_its_key_had(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    store.keep_counted("sex|selected|2026-06-30|1", {"a", "b", "c"})
    store.keep_counted("sex|trained|2026-06-30|1", {"a"})
    store.keep_counted("sex|selected|2026-06-30|1", {"b", "d"})
    assert EqualityStore(tmp_path).counted() == {
        "sex|selected|2026-06-30|1": {"b", "d"},
        "sex|trained|2026-06-30|1": {"a"},
    }


def test_an_erased_person_keeps_one_nameless_place_in_every_table_they_were_counted_in(tmp_path: Path) -> None:
    store = EqualityStore(tmp_path)
    alex, sam = store.token(ALEX), store.token(SAM)
    for population in ("selected", "trained"):
        store.keep_counted(population, {alex, sam})
    store.erase(ALEX)
    selected, trained = store.counted().values()
    assert selected == trained
    assert len(selected) == 2
    assert sam in selected
    assert alex not in selected
