"""Whether people are paid on time, and where client income goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import charts, words
from dashboard.cards import Ask, Card, Cell, Pick, Picture, Question, amount, cell, entry, group, table, unshown

TITLE = "Money and promises"
PURPOSE = "Whether we pay people when we said we would, and where client income goes."
ORDER = 50

PROMISE = 30
BAND = 7
LAST_BAND = 63


def on_time(ask: Ask, _: Pick) -> Card:
    """T7: claims paid within the promise, by number and by value."""
    found = ask.figure("paid_within_30_days")
    when = words.period(found.filters.get("period", ""))
    if found.state != "shown":
        return unshown(found, nothing=f"No claim was complete in {when}.")
    totals = found.totals
    paid, due = totals.get("n", Cell(None)), totals.get("of", Cell(None))
    pounds, of_pounds = totals.get("n_pounds", Cell(None)), totals.get("of_pounds", Cell(None))
    unpaid = amount(totals.get("unpaid", Cell(0)))
    by_value = amount(pounds) / amount(of_pounds) if amount(of_pounds) else 0.0
    late = amount(due) - amount(paid) - unpaid
    return Card(
        answer=f"**{words.x_of_y(paid.value, due.value)} claims ({words.percent(by_value)} by value) were paid within "
        f"{PROMISE} days** of being complete, {when}. {_unpaid(unpaid)}",
        short=f"{words.x_of_y(paid.value, due.value)} claims within {PROMISE} days.",
        sure=words.counted("Every complete claim is counted, paid or not."),
        cannot="This cannot show people who never claimed.",
        picture=Picture(
            charts.rows(
                [
                    charts.Row(
                        "By number of claims",
                        words.x_of_y(paid.value, due.value),
                        bars=charts.split(
                            [
                                (amount(paid), "focus", words.number(amount(paid))),
                                (late, "second", words.number(late)),
                                (unpaid, "outline_second", words.number(unpaid)),
                            ],
                            amount(due),
                        ),
                    ),
                    charts.Row(
                        "By value",
                        words.money(amount(pounds)),
                        f"of {words.money(amount(of_pounds))}",
                        charts.split(
                            [
                                (amount(pounds), "focus", ""),
                                (amount(of_pounds) - amount(pounds), "second", ""),
                            ],
                            amount(of_pounds),
                        ),
                    ),
                ]
            ),
            f"Dark: paid within {PROMISE} days. Orange: paid later. Orange outline: over {PROMISE} days and not paid yet.",
        ),
        table=table(
            ("Claims", "Number", "Value"),
            [
                (f"Paid within {PROMISE} days", entry(paid), entry(pounds, words.money)),
                ("All that were due", entry(due), entry(of_pounds, words.money)),
                ("Not paid yet", words.number(unpaid), words.NOT_RECORDED),
            ],
        ),
        released=(found,),
    )


QUESTIONS: Sequence[Question] = (
    Question("on-time", "Are we paying people on time?", ("paid_within_30_days",), on_time),
)


def _unpaid(unpaid: float) -> str:
    if not unpaid:
        return "None is still unpaid."
    return f"{words.number(unpaid)} {'is' if unpaid == 1 else 'are'} still unpaid."
