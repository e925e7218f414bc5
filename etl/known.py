"""What is known before a file is read: which files were met before, and what formats may look up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import polars as pl

from etl.people import People
from etl.reading import Known
from warehouse.store import Store

_GUESSED_FORM = re.compile(r"F-[0-9A-F]{8}")


@dataclass(frozen=True)
class FileBefore:
    """How a file with this digest ended the last time it was met."""

    outcome: str
    reason: str | None
    quarantined: int
    subject: str | None

    @property
    def is_settled(self) -> bool:
        """True when reading it again cannot change anything: loaded in full, under a form that was not guessed."""
        guessed = self.subject is not None and _GUESSED_FORM.fullmatch(self.subject)
        return self.outcome in {"loaded", "empty"} and not guessed


def files_before(store: Store) -> Mapping[str, FileBefore]:
    """Digest -> how that file ended last, from the published build."""
    current = store.current()
    if current is None:
        return {}
    with store.reader(current) as reader:
        rows = reader.query(
            """
            select f.sha256, f.outcome, f.reason, f.quarantined, f.subject
            from source_file f join load_run r using (run_id)
            qualify row_number() over (partition by f.sha256 order by r.started_at desc, f.run_id desc) = 1
            """
        ).rows
    return {sha: FileBefore(outcome, reason, held, subject) for sha, outcome, reason, held, subject in rows}


def known_now(connection: duckdb.DuckDBPyConnection, people: People) -> Known:
    """What formats may look up: of the build, and of this run's templates, which are read first."""
    return Known(
        questions=_both(connection, "feedback_question").filter(
            ~pl.col("form_code").str.contains(f"^{_GUESSED_FORM.pattern}$")
        ),
        answers=_answers(connection),
        accounts=_both(connection, "account_map"),
        payees=people.payees(),
        organisations=_both(connection, "organisation").filter(~pl.col("is_void")),
    )


def _answers(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """What staff answered. The code of a known event becomes its key, which may be made from a tool's id."""
    codes = _both(connection, "event").filter(pl.col("event_code").is_not_null())
    keys = codes.group_by(said=pl.col("event_code").str.to_uppercase()).agg(found=pl.col("event_key").min())
    answer = pl.col("answer").str.strip_chars()
    return (
        _both(connection, "file_answer")
        .with_columns(said=pl.when(question="which_event").then(answer.str.to_uppercase()))
        .join(keys, on="said", how="left")
        .with_columns(answer=pl.coalesce("found", answer))
        .drop("said", "found")
    )


def _both(connection: duckdb.DuckDBPyConnection, table: str) -> pl.DataFrame:
    found: pl.DataFrame = connection.sql(
        f"select * exclude (unread) from staged.{table} union all by name select * from build.{table}"
    ).pl()
    return found
