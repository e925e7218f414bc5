"""What staff have answered about a file that does not say it itself (the file answers template)."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from etl.dates import DateOrder, orders_shown
from etl.errors import NeedsAnswer, ask, refuse
from etl.reading import Context, Document

_ORDERS: dict[str, DateOrder] = {"dmy": "dmy", "mdy": "mdy"}


def answer_to(document: Document, context: Context, question: str) -> str:
    """The newest answer staff gave to this question about this very file, or ''."""
    known = context.known.answers
    if known.is_empty():
        return ""
    found = known.filter((pl.col("fingerprint") == document.sha256) & (pl.col("question") == question))
    return str(found.sort("answered_on").get_column("answer")[-1]).strip() if found.height else ""


def how_to_answer(document: Document, question: str, answer: str) -> str:
    """The sentence that tells staff how to answer and what happens then."""
    return (
        f"Fill in a row of the file answers template (File: {document.sha256}, Question: {question}, Answer: {answer}) "
        "and drop it in the inbox together with this file."
    )


def date_order(
    document: Document, context: Context, key: str, printed: Iterable[str], usual: DateOrder | None
) -> DateOrder | None:
    """The order of day and month: as staff declared, else as the dates themselves prove, else as is usual.

    key: the format's, for an order declared for all its files. None when nothing settles it. Raises Refused when
    dates of one file prove both orders.
    """
    declared = _ORDERS.get(answer_to(document, context, "date_order").lower()) or context.settings.date_orders.get(key)
    if declared:
        return declared
    shown = orders_shown(printed)
    if len(shown) > 1:
        raise refuse(
            "two-date-orders",
            "Some dates of this file have the day first and others the month first, so none of them can be trusted. "
            "It was probably saved again by a spreadsheet: export it again and drop it unopened.",
        )
    return shown.pop() if shown else usual


def which_order(document: Document, column: str, line: int | None = None) -> NeedsAnswer:
    """The question to staff about dates whose order nothing settles."""
    return ask(
        "date-order",
        "The dates of this file do not show which comes first, the day or the month. "
        + how_to_answer(document, "date_order", "dmy (day first) or mdy (month first)"),
        column=column,
        line=line,
    )
