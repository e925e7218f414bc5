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
CLOCKS: Mapping[str, str] = {"claim_complete": "From a complete claim", "work_done": "From the work itself"}


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
            f"Dark: paid within {PROMISE} days. Orange: paid later. Orange outline: waiting for over {PROMISE} days.",
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


def waits(ask: Ask, pick: Pick) -> Card:
    """T7: how long people wait, in steps of seven days, those still waiting among them."""
    clock = pick("Count from", tuple(CLOCKS), key="clock", say=CLOCKS.__getitem__)
    found = ask.figure("days_to_pay", clock=clock)
    when = words.period(found.filters.get("period", ""))
    if found.state != "shown":
        return unshown(
            found,
            too_few=f"{words.count(found.n or 0, 'claim', 'claims')} so far; waits are shown from 8 people.",
            nothing=f"No claim is recorded in {when}.",
            held="Waits are held back below 8 people.",
        )
    days = {name: words.number(found.value(name)) for name in ("median", "ninth_decile", "longest", "longest_open")}
    still = amount(found.totals.get("open", Cell(0)))
    rows = _bands(found.rows) if found.rows else []
    most = max((paid + waiting for _, paid, waiting in rows), default=0)
    oldest = f"; the oldest unpaid has waited **{days['longest_open']} days**" if still else ""
    return Card(
        answer=f"Counted {CLOCKS[clock].lower()}, half waited **{days['median']} days or less** and nine in ten "
        f"{days['ninth_decile']} or less{oldest}.",
        short=f"Half waited {days['median']} days or less, nine in ten {days['ninth_decile']}.",
        sure=words.counted("Every claim is counted, unpaid ones to today."),
        cannot="This cannot show people who never claimed, or waits by equality group: that would need linking, "
        "which we do not do.",
        picture=Picture(
            charts.rows(
                [_band(label, paid, waiting, most) for label, paid, waiting in rows],
                promise=charts.Promise(min(PROMISE // BAND + 1, len(rows)), f"our promise of {PROMISE} days ends here"),
            ),
            f"Claims by days to payment, {when}. Solid: paid. Outline: still waiting.",
        )
        if rows
        else None,
        table=table(
            ("Days", "Paid", "Still waiting"),
            [(label, words.number(paid), words.number(waiting)) for label, paid, waiting in rows],
        ),
        how={"Half, nine in ten": "Average (median) and ninth decile of calendar days."},
        released=(found,),
    )


def income(ask: Ask, _: Pick) -> Card:
    """T8: what client income paid for."""
    found = ask.figure("client_income_use")
    when = words.period(found.filters.get("period", ""))
    fees = amount(found.totals.get("client_fees", Cell(None)))
    if found.state != "shown" or not fees:
        return unshown(found, nothing=f"No client income is recorded in {when}.")
    used = {group(row, "use"): amount(cell(row, "pounds")) for row in found.rows}
    partners, delivery = used.get("paid to partners", 0.0), used.get("delivery", 0.0)
    left = fees - partners - delivery
    rest = "left over" if left >= 0 else "shortfall met from grants"
    full = max(fees, partners, delivery)
    bars: tuple[tuple[str, float, charts.Paint], ...] = (
        ("Client income", fees, "quiet"),
        ("Paid to partners", partners, "focus"),
        ("Delivery", delivery, "focus"),
        (words.label(rest), abs(left), "tint" if left >= 0 else "outline"),
    )
    return Card(
        answer=f"Of {words.money(fees)} client income in {when}, **{words.money(partners)} "
        f"({words.percent(partners / fees)}) went to partners** and {words.money(delivery)} to delivery; "
        f"{rest} {words.money(abs(left))}.",
        short=f"{words.money(partners)} of {words.money(fees)} reached partners.",
        sure=words.counted("Every sum received and paid in the accounts is counted."),
        cannot="This cannot show unpaid time and overheads not booked to the programme, or future income.",
        picture=Picture(
            charts.rows(
                [charts.bar(label, Cell(size), full, paint, said=words.money(size)) for label, size, paint in bars]
            ),
            f"Pounds, {when}. Grey: what came in. Dark: what it paid for. Pale: left over. Outline: met from grants.",
        ),
        table=table(
            ("What", "Pounds"),
            [(label, entry(Cell(size), words.money)) for label, size, _ in bars],
        ),
        released=(found,),
    )


def spent(ask: Ask, _: Pick) -> Card:
    """T9: what people were paid for, and what made taking part possible."""
    found = ask.figure("partner_payments", by="purpose")
    when = words.period(found.filters.get("period", ""))
    whole = found.totals.get("pounds", Cell(None))
    if found.state != "shown":
        return unshown(
            found,
            too_few="Fewer than 8 people were paid, so no amount is shown.",
            nothing=f"No payment to partners is recorded in {when}: check whether people know they can claim.",
        )
    rows = {group(row, "purpose"): cell(row, "pounds") for row in found.rows}
    part = rows.get("taking part", Cell(0))
    full = max([amount(one) for one in rows.values()] + [1.0])
    names = {"pay": "Pay", "taking part": "Travel, time, adjustments, care"}
    order = [name for name in names if name in rows]
    if part.withheld:
        said = f"Fewer than 8 people were paid for taking part, so only the total is shown: **{_whole(whole)}**."
    else:
        said = f"**{words.money(amount(part))} of {_whole(whole)}** paid to partners made taking part possible, {when}."
    return Card(
        answer=said,
        short=f"{_whole(whole)} was paid to partners.",
        sure=words.counted("Every line of every claim paid is counted."),
        cannot="This cannot show needs nobody mentioned. There is no target to spend less, and a low figure is no "
        "good news.",
        picture=Picture(
            charts.rows(
                [
                    charts.bar(names[name], rows[name], full, "quiet", said=words.money(amount(rows[name])))
                    for name in order
                ]
            ),
            f"Pounds paid to partners, {when}.",
        ),
        table=table(
            ("What it was for", "Pounds"),
            [
                *((names[name], entry(rows[name], words.money)) for name in order),
                ("All", entry(whole, words.money)),
            ],
        ),
        released=(found,),
    )


def _bands(rows: Sequence[Mapping[str, str | Cell]]) -> list[tuple[str, float, float]]:
    """(days, paid, waiting), without a gap from the first step to the last, the long ones together."""
    found: dict[int, tuple[float, float]] = {}
    for row in rows:
        start = min(int(group(row, "from")), LAST_BAND)
        paid, waiting = found.get(start, (0.0, 0.0))
        still = amount(cell(row, "open"))
        found[start] = (paid + amount(cell(row, "n")) - still, waiting + still)
    steps = range(0, max(found, default=0) + 1, BAND)
    return [
        (
            f"Over {LAST_BAND - 1} days" if start == LAST_BAND else f"{start} to {start + BAND - 1} days",
            *found.get(start, (0.0, 0.0)),
        )
        for start in steps
    ]


def _band(label: str, paid: float, waiting: float, most: float) -> charts.Row:
    late = label.startswith("Over") or int(label.split(maxsplit=1)[0]) > PROMISE
    said = [f"{words.number(paid)} paid"] if paid or not waiting else []
    said += [f"{words.number(waiting)} waiting"] if waiting else []
    solid: charts.Paint = "second" if late else "focus"
    hollow: charts.Paint = "outline_second" if late else "outline"
    return charts.Row(label, ", ".join(said), bars=charts.split([(paid, solid, ""), (waiting, hollow, "")], most))


def _whole(whole: Cell) -> str:
    return words.withheld(whole) if whole.withheld else words.money(amount(whole))


def _unpaid(unpaid: float) -> str:
    if not unpaid:
        return "None is still unpaid."
    return f"{words.number(unpaid)} {'is' if unpaid == 1 else 'are'} still unpaid."


QUESTIONS = (
    Question("on-time", "Are we paying people on time?", ("days_to_pay", "paid_within_30_days"), on_time),
    Question("waits", "How long do people wait to be paid?", ("days_to_pay",), waits),
    Question("income", "Where does client income go?", ("client_income_use",), income),
    Question("spent", "Do we spend what taking part needs?", ("partner_payments",), spent),
)
