"""Where equality answers enter their store, and where protected figures leave it: once a quarter, as counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import duckdb
import polars as pl

from etl.equality import EqualityStore, Said, Tally
from etl.equality_answers import place
from etl.run import Run
from etl.work import Work
from warehouse.equality_release import release_equality
from warehouse.periods import EARLIEST
from warehouse.policy import policy


def keep_equality(store: EqualityStore, accepted: Iterable[Work]) -> None:
    """Put the accepted files' answers under tokens. An answer whose giver has no key is not kept."""
    said: list[Said] = []
    for work in accepted:
        if work.equality is not None:
            for reference, characteristic, answer in work.equality.select(
                "reference", "characteristic", "answer"
            ).iter_rows():
                if person_key := work.keys.get(reference or ""):
                    placed = place(characteristic, answer or "")
                    said.append(
                        Said(person_key, characteristic, placed.list_version, placed.category, placed.reply_state)
                    )
        if work.tallies is not None:
            named = work.tallies.select(Tally._fields).with_columns(pl.col("category").fill_null(""))
            store.put_tally(Tally(*row) for row in named.iter_rows())
    store.put(said)


class _Restricted:
    """What the release may see of the equality store: counts, and tokens of who was counted. Never an answer."""

    def __init__(self, store: EqualityStore) -> None:
        self._store = store
        self._asked = store.asked()
        self._token = cache(store.token)

    def count(self, person_keys: Sequence[str], characteristic: str) -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = {}
        if characteristic in self._asked:
            tokens = [self._token(key) for key in person_keys]
            for (_, category, state), people in self._store.answers(tokens, characteristic).items():
                counts[category, state] = counts.get((category, state), 0) + people
        return counts

    def asked(self, person_keys: Sequence[str], characteristic: str) -> frozenset[str]:
        return self._store.who_was_asked([self._token(key) for key in person_keys], characteristic)

    def counted(self) -> dict[str, frozenset[str]]:
        return self._store.counted()

    def keep_counted(self, key: str, tokens: frozenset[str]) -> None:
        self._store.keep_counted(key, tokens)


def release_figures(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Renew the equality figures that are due. Only counts and tokens come out of the store, only to the method."""
    release_equality(
        connection,
        _Restricted(run.equality),
        policy(run.home.root / "policy.toml"),
        run.facts.today,
        run.equality.tallies(),
        counting_starts=run.home.settings.counting_starts or EARLIEST,
        build_no=run.facts.build_no,
        code_version=run.facts.code_version,
    )
