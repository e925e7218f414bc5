"""The equality store: what people said about themselves, under tokens that nothing else knows.

A token is an HMAC-SHA-256 (RFC 2104) of the person_key under a second key that is used nowhere else. The store
holds no person_key, no address, no time, no response and no order of arrival. Counts leave it, and the tokens of who
was counted in a table that was let out; those go to the release alone, never into a build.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from etl.people import private_file, read_secret

TOKEN_LENGTH = 32

_SCHEMA = """
create table if not exists answer (
    token text not null, characteristic text not null, list_version text not null,
    category text not null, reply_state text not null, primary key (token, characteristic)
) without rowid;
create table if not exists tally (
    collection_code text not null, population text not null, year_from text not null,
    opened_on text not null, closed_on text not null, asked integer not null,
    characteristic text not null, list_version text not null, category text not null,
    reply_state text not null, n integer not null,
    primary key (collection_code, characteristic, list_version, category, reply_state)
) without rowid;
create table if not exists counted (
    release_key text not null, token text not null, primary key (release_key, token)
) without rowid;
"""


class Said(NamedTuple):
    """One person's answer to one question. category is '' unless reply_state is `answered`."""

    person_key: str
    characteristic: str
    list_version: str
    category: str
    reply_state: str


class Tally(NamedTuple):
    """How many people gave one answer when one population was asked once."""

    collection_code: str
    population: str
    year_from: date
    opened_on: date
    closed_on: date
    asked: int
    characteristic: str
    list_version: str
    category: str
    reply_state: str
    n: int


class EqualityStore:
    """The equality store of one home: `equality.db` and its key, readable by their owner alone."""

    def __init__(self, people_dir: Path) -> None:
        self._database = people_dir / "equality.db"
        self._key = read_secret(people_dir / "equality.key")
        with self._open() as store:
            store.executescript(_SCHEMA)

    def token(self, person_key: str) -> str:
        """32 hex characters that stand for a person in this store and nowhere else."""
        return hmac.new(self._key, person_key.encode(), hashlib.sha256).hexdigest()[:TOKEN_LENGTH]

    def put(self, rows: Iterable[Said]) -> None:
        """Keep answers, all or none. The last load's answer to a question replaces the person's earlier one.

        A question left empty takes nothing back: it is kept only where the person had said nothing yet.
        """
        tokens = [(self.token(row.person_key), *row[1:]) for row in rows]
        with self._open() as store, store:
            store.executemany(
                """
                insert into answer values (?, ?, ?, ?, ?)
                on conflict (token, characteristic) do update set
                    list_version = excluded.list_version, category = excluded.category,
                    reply_state = excluded.reply_state
                where excluded.reply_state <> 'no_reply'
                """,
                tokens,
            )

    def put_tally(self, rows: Iterable[Tally]) -> None:
        """Keep tallies, all or none. A collection that comes again is replaced whole."""
        texts = [tuple(part.isoformat() if isinstance(part, date) else part for part in row) for row in rows]
        with self._open() as store, store:
            store.executemany(
                "delete from tally where collection_code = ?", [(code,) for code in sorted({row[0] for row in texts})]
            )
            store.executemany("insert into tally values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", texts)

    def erase(self, person_key: str) -> int:
        """Delete every answer of one person and overwrite where it stood; how many there were.

        Where they were counted in a table that was let out, one random token keeps their place, with no link to them.
        """
        token, nobody = self.token(person_key), secrets.token_hex(TOKEN_LENGTH // 2)
        with self._open() as store, store:
            store.execute("update counted set token = ? where token = ?", (nobody, token))
            return store.execute("delete from answer where token = ?", (token,)).rowcount

    def answers(self, tokens: Iterable[str], characteristic: str) -> dict[tuple[str, str, str], int]:
        """(list_version, category, reply_state) -> people, among those of `tokens` who were asked."""
        with self._open() as store:
            _want(store, tokens)
            found = store.execute(
                """
                select list_version, category, reply_state, count(*)
                from answer join wanted using (token) where characteristic = ? group by 1, 2, 3 order by 1, 2, 3
                """,
                (characteristic,),
            ).fetchall()
        return {(version, category, state): people for version, category, state, people in found}

    def asked(self) -> set[str]:
        """The characteristics that anybody was asked about by name."""
        with self._open() as store:
            return {name for (name,) in store.execute("select distinct characteristic from answer")}

    def who_was_asked(self, tokens: Iterable[str], characteristic: str) -> frozenset[str]:
        """Those of `tokens` who were asked one question, whatever they said."""
        with self._open() as store:
            _want(store, tokens)
            found = store.execute(
                "select token from answer join wanted using (token) "
                "where characteristic = ? and reply_state <> 'not_asked'",
                (characteristic,),
            ).fetchall()
        return frozenset(token for (token,) in found)

    def keep_counted(self, key: str, tokens: Iterable[str]) -> None:
        """Keep who is counted in one table, all or none, in place of what was kept under its key.

        A table that never came to be published leaves its key behind; only the ledger says which tables there are.
        """
        with self._open() as store, store:
            store.execute("delete from counted where release_key = ?", (key,))
            store.executemany("insert into counted values (?, ?)", ((key, token) for token in sorted(tokens)))

    def counted(self) -> dict[str, frozenset[str]]:
        """The tokens of who was counted, by the table's key."""
        found: dict[str, set[str]] = {}
        with self._open() as store:
            for key, token in store.execute("select release_key, token from counted"):
                found.setdefault(key, set()).add(token)
        return {key: frozenset(tokens) for key, tokens in found.items()}

    def tallies(self) -> list[Tally]:
        """Every tally of every population, in a fixed order."""
        with self._open() as store:
            found = store.execute(
                "select * from tally order by collection_code, characteristic, list_version, category, reply_state"
            ).fetchall()
        return [Tally(*row[:2], *map(date.fromisoformat, row[2:5]), *row[5:]) for row in found]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        private_file(self._database)
        with closing(sqlite3.connect(self._database)) as store:
            store.execute("pragma secure_delete = on")
            store.execute("pragma temp_store = memory")
            yield store


def _want(store: sqlite3.Connection, tokens: Iterable[str]) -> None:
    store.execute("create temp table wanted (token text primary key) without rowid")
    store.executemany("insert or ignore into wanted values (?)", ((token,) for token in tokens))
