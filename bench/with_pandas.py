"""What many programmes do: the whole file in pandas, checked there by Great Expectations, then put into DuckDB.

The rules are those of a claim line that need no other table: about half of what `voices load` checks.
"""

from __future__ import annotations

import os
from itertools import pairwise

import duckdb
import pandas as pd

_DAYS = ("Date of work", "Claim received", "Claim complete", "Approved", "Paid")
_FILLED = ("Claim", "Line", "Person", "Kind", "Date of work", "Amount")
_KINDS = ("session_fee", "preparation", "training_day", "supervision", "travel", "access_adjustment", "other")


def load_with_pandas(claims: str, database: str) -> None:
    """Read, check and store the file. RuntimeError when a rule is broken: the invented file breaks none."""
    frame = pd.read_csv(claims, dtype=str)
    for day in _DAYS:
        frame[day] = pd.to_datetime(frame[day], format="%d/%m/%Y")
    frame["Line"] = frame["Line"].astype("int64")
    frame["Amount"] = frame["Amount"].astype("float64")
    if not _is_right(frame):
        raise RuntimeError("a rule is broken")
    with duckdb.connect(database) as connection:
        connection.register("frame", frame)
        connection.execute("create table claims as select * from frame")


def _is_right(frame: pd.DataFrame) -> bool:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    expect = gx.expectations
    today = pd.Timestamp.today().normalize()
    expectations = [expect.ExpectColumnValuesToNotBeNull(column=column) for column in _FILLED]
    expectations += [
        expect.ExpectColumnValuesToBeBetween(column=day, min_value=pd.Timestamp(2019, 1, 1), max_value=today)
        for day in _DAYS
    ]
    expectations += [
        expect.ExpectColumnPairValuesAToBeGreaterThanB(column_A=later, column_B=earlier, or_equal=True)
        for earlier, later in pairwise(_DAYS[1:])
    ]
    expectations += [
        expect.ExpectColumnValuesToBeInSet(column="Kind", value_set=list(_KINDS)),
        expect.ExpectColumnValuesToBeInSet(column="Paid to", value_set=["self", "nominated", "voucher"]),
        expect.ExpectColumnValuesToBeBetween(column="Amount", min_value=0.01, max_value=50000),
        expect.ExpectCompoundColumnsToBeUnique(column_list=["Claim", "Line"]),
    ]
    batch = (
        context.data_sources.add_pandas("run").add_dataframe_asset("claims").add_batch_definition_whole_dataframe("all")
    )
    suite = gx.ExpectationSuite(name="claims", expectations=expectations)
    result = batch.get_batch({"dataframe": frame}).validate(suite, result_format="BOOLEAN_ONLY")
    return bool(result.success)
