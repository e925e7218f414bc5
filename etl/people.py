"""The people store: names and addresses in, `person_key` out. The warehouse never sees more than the key.

A key is P- and 8 letters or digits, made by a keyed hash of the e-mail address (HMAC-SHA-256, RFC 2104), so that
the same person has the same key in every file. The secret is made on first use, readable by its owner alone.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from etl.errors import UsageError
from etl.keys import KEY_LENGTH

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that reads as another letter
_REFERENCE = re.compile(r"P-[0-9A-Z]{8}")
_NO_ADDRESS = {"", "anonymous"}
_KEPT_YEARS_AFTER_CONTACT = 2

PERMISSION_COLUMNS = ("person_key", "purpose", "basis", "given_on", "wording", "optout_offered_at", "opted_out_at")
PAYEE_COLUMNS = ("payee_text", "payee_kind", "person_key", "confirmed_on", "confirmed_by")

_SCHEMA = """
create table if not exists person (
    person_key text primary key, full_name text, known_as text, preferred_channel text,
    created_on text not null, last_contact_on text, merged_into text, delete_after text not null
) without rowid;
create table if not exists contact_point (
    person_key text not null, kind text not null, value text not null, value_hmac text not null,
    is_current integer not null default 1, primary key (person_key, value_hmac)
) without rowid;
create index if not exists contact_by_hmac on contact_point (value_hmac);
create table if not exists contact_permission (
    person_key text not null, purpose text not null, basis text not null, given_on text, wording text,
    optout_offered_at text, opted_out_at text, primary key (person_key, purpose)
) without rowid;
create table if not exists payee_name (
    payee_text text primary key, payee_kind text not null, person_key text,
    confirmed_on text not null, confirmed_by text not null
) without rowid;
create table if not exists secret_check (value text primary key) without rowid;
"""


@dataclass
class _Pending:
    """What one file tells of people, kept aside until the file is known to be accepted."""

    addresses: dict[str, str] = field(default_factory=dict)
    contacts: list[tuple[str, str | None, str | None, str | None]] = field(default_factory=list)
    permissions: list[tuple[str | None, ...]] = field(default_factory=list)
    payees: list[tuple[str | None, ...]] = field(default_factory=list)


class People:
    """The people store of one home. Nothing is written until `keep` is told which files were accepted."""

    def __init__(self, folder: Path, today: date) -> None:
        self._folder = folder
        self._today = today
        self._secret = read_secret(folder / "key")
        self._database = folder / "people.db"
        self._pending: dict[str, _Pending] = {}
        self._owner: dict[str, str] = {}  # person_key -> HMAC of its address, this run's and the store's
        with self._open() as store:
            store.executescript(_SCHEMA)
            self._prove_secret(store)

    def keys_for(self, sha256: str, references: Iterable[str]) -> dict[str, str]:
        """reference -> person_key, for every reference that names somebody.

        A reference is an e-mail address as typed or a P- reference. One that is neither (empty, `anonymous`,
        a bare name) is left out. A P- reference that nobody has is returned as it stands: a check finds it.
        """
        pending = self._pending.setdefault(sha256, _Pending())
        keys: dict[str, str] = {}
        by_address: dict[str, list[str]] = {}
        for reference in references:
            bare = reference.strip()
            if _REFERENCE.fullmatch(bare.upper()):
                keys[reference] = bare.upper()
            elif "@" in bare and bare.casefold() not in _NO_ADDRESS:
                by_address.setdefault(bare.casefold(), []).append(reference)
        digests = {address: self._hmac(address) for address in by_address}
        self._learn_owners(set(digests.values()))
        for address, spellings in by_address.items():
            person_key = self._key_of(digests[address])
            pending.addresses[person_key] = address
            keys.update(dict.fromkeys(spellings, person_key))
        return keys

    def attendee_key(self, event_key: str, who: str) -> str:
        """The key of one attendee inside one event: `who` is a person_key, or "name:" and a displayed name."""
        folded = " ".join(who.split()).casefold()
        return self._hmac(f"attendee|{event_key}|{folded}")[:KEY_LENGTH]

    def note(self, sha256: str, contacts: pl.DataFrame, keys: Mapping[str, str]) -> None:
        """Keep aside names and phones: a frame of reference, full_name, known_as, phone (text)."""
        pending = self._pending.setdefault(sha256, _Pending())
        for reference, full_name, known_as, phone in contacts.select(
            "reference", "full_name", "known_as", "phone"
        ).iter_rows():
            if reference in keys:
                pending.contacts.append((keys[reference], full_name, known_as, phone))

    def note_permissions(self, sha256: str, rows: Iterable[tuple[str | None, ...]]) -> None:
        """Keep aside rows of contact_permission, in its column order."""
        self._pending.setdefault(sha256, _Pending()).permissions.extend(rows)

    def note_payees(self, sha256: str, rows: Iterable[tuple[str | None, ...]]) -> None:
        """Keep aside rows of payee_name, in its column order."""
        self._pending.setdefault(sha256, _Pending()).payees.extend(rows)

    def keep(self, accepted: Iterable[str]) -> None:
        """Write what the accepted files tell of people, in one transaction."""
        with self._open() as store, store:
            for sha256 in accepted:
                if pending := self._pending.get(sha256):
                    self._write(store, pending)

    def all_keys(self) -> pl.DataFrame:
        """Every person_key, of the store and of this run's files: one text column."""
        with self._open() as store:
            stored = [key for (key,) in store.execute("select person_key from person")]
        pending = {key for file in self._pending.values() for key in file.addresses}
        return pl.DataFrame({"person_key": sorted(pending.union(stored))}, schema={"person_key": pl.String})

    def payees(self) -> pl.DataFrame:
        """Confirmed payee wordings, of the store and of this run's files: payee_text, payee_kind, person_key (text)."""
        with self._open() as store:
            found = dict.fromkeys(store.execute("select payee_text, payee_kind, person_key from payee_name"))
        for file in self._pending.values():
            found.update(dict.fromkeys(row[:3] for row in file.payees))
        newest = {str(row[0]): row for row in found}
        names = ["payee_text", "payee_kind", "person_key"]
        return pl.DataFrame(
            [newest[name] for name in sorted(newest)], schema=dict.fromkeys(names, pl.String), orient="row"
        )

    def contact_flags(self) -> pl.DataFrame:
        """person_key (text), may_reply, may_programme, may_market (bool): yes or no, never an address.

        Writing in is leave to answer; leaving stops every use at once.
        """
        with self._open() as store:
            rows = store.execute(
                """
                select person_key,
                       max(opted_out_at is not null) = 0,
                       max(purpose = 'programme' and basis <> 'none') = 1 and max(opted_out_at is not null) = 0,
                       max(purpose = 'marketing' and basis in ('consent', 'soft_opt_in')) = 1
                           and max(opted_out_at is not null) = 0
                from (
                    select person_key, purpose, basis, opted_out_at from contact_permission
                    union all select person_key, 'reply', 'consent', null from person
                )
                group by person_key order by person_key
                """
            ).fetchall()
        flags = {"may_reply": pl.Int64, "may_programme": pl.Int64, "may_market": pl.Int64}
        frame = pl.DataFrame(rows, schema={"person_key": pl.String, **flags}, orient="row")
        return frame.with_columns(pl.col(*flags).cast(pl.Boolean))

    def names(self, person_keys: list[str]) -> dict[str, str]:
        """person_key -> the name to show on an opened, logged worklist row; the address where no name is held."""
        with self._open() as store:
            found: dict[str, str] = {}
            for person_key in person_keys:
                row = store.execute(
                    """
                    select coalesce(nullif(p.full_name, ''), c.value)
                    from person p left join contact_point c on c.person_key = p.person_key and c.kind = 'email'
                    where p.person_key = ? limit 1
                    """,
                    [person_key],
                ).fetchone()
                if row and row[0]:
                    found[person_key] = row[0]
        return found

    def _key_of(self, digest: str) -> str:
        """The key of one address; on the rare collision the next candidate is taken."""
        for person_key in _candidates(digest):
            if self._owner.setdefault(person_key, digest) == digest:
                return person_key
        raise AssertionError("as many collisions in a row cannot happen")

    def _learn_owners(self, digests: set[str]) -> None:
        """Read who already holds the keys that these addresses could get."""
        with self._open() as store:
            store.execute("create temp table asked (person_key text primary key) without rowid")
            store.executemany(
                "insert or ignore into asked values (?)",
                ((candidate,) for digest in digests for candidate in _candidates(digest)),
            )
            self._owner.update(
                store.execute(
                    "select person_key, value_hmac from contact_point join asked using (person_key) "
                    "where kind = 'email'"
                )
            )

    def _write(self, store: sqlite3.Connection, pending: _Pending) -> None:
        today = self._today.isoformat()
        delete_after = self._today.replace(day=1, year=self._today.year + _KEPT_YEARS_AFTER_CONTACT).isoformat()
        store.executemany(
            "insert or ignore into person (person_key, created_on, delete_after) values (?, ?, ?)",
            ((person_key, today, delete_after) for person_key in pending.addresses),
        )
        store.executemany(
            "insert or ignore into contact_point (person_key, kind, value, value_hmac) values (?, 'email', ?, ?)",
            ((key, address, self._hmac(address)) for key, address in pending.addresses.items()),
        )
        for person_key, full_name, known_as, phone in pending.contacts:
            store.execute(
                "update person set full_name = coalesce(nullif(?, ''), full_name), "
                "known_as = coalesce(nullif(?, ''), known_as) where person_key = ?",
                [full_name or "", known_as or "", person_key],
            )
            if phone:
                store.execute(
                    "insert or ignore into contact_point (person_key, kind, value, value_hmac) "
                    "values (?, 'phone', ?, ?)",
                    [person_key, phone, self._hmac(phone)],
                )
        store.executemany("insert or replace into contact_permission values (?, ?, ?, ?, ?, ?, ?)", pending.permissions)
        store.executemany("insert or replace into payee_name values (?, ?, ?, ?, ?)", pending.payees)

    def _hmac(self, text: str) -> str:
        return hmac.digest(self._secret, text.encode(), "sha256").hex()

    def _prove_secret(self, store: sqlite3.Connection) -> None:
        mine = self._hmac("secret check")
        found = store.execute("select value from secret_check").fetchone()
        if found is None:
            with store:
                store.execute("insert into secret_check values (?)", [mine])
        elif found[0] != mine:
            raise UsageError(
                f"The secret in {self._folder / 'key'} is not the one this people store was made with. "
                "Put the right key file back; with another one, everybody would look like a new person."
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        private_file(self._database)
        with closing(sqlite3.connect(self._database)) as store:
            yield store


def _candidates(digest: str) -> list[str]:
    """The keys that one address could get, the first one nearly always."""
    keys = []
    for attempt in range(3):
        number = int.from_bytes(hashlib.sha256(f"{attempt}|{digest}".encode()).digest()[:8], "big")
        letters = []
        for _ in range(8):
            number, place = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[place])
        keys.append("P-" + "".join(letters))
    return keys


def read_secret(path: Path) -> bytes:
    """The 32 secret bytes in `path`, made on first use and readable by their owner alone."""
    if not path.exists():
        hidden = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        hidden.replace(path)
    return path.read_bytes()


def private_file(path: Path) -> None:
    """Make `path` an empty file that only its owner can read, if it is not there yet."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
