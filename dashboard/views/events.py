"""Events: who came, what they thought, what was hard, and what our reports printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard import charts, words
from dashboard.cards import (
    Ask,
    Card,
    Cell,
    Pick,
    Picture,
    Question,
    Released,
    amount,
    cell,
    entry,
    group,
    table,
    unshown,
)

TITLE = "Events and feedback"
PURPOSE = "Who came to our events, what they told us, and the questions they found hard."
ORDER = 30

COUNTS_FROM, PERCENTAGES_FROM = 10, words.PERCENT_FROM
ON_CHART = 6
_Row = Mapping[str, str | Cell]


def came(ask: Ask, _: Pick) -> Card:
    """T5: turnout, event by event."""
    found = ask.figure("event_turnout", by="event", period="to date")
    if found.state != "shown":
        return unshown(found, nothing="No event is recorded.")
    rows = _newest_first(found)
    last = rows[0]
    most = max(1.0, *(amount(cell(row, "of")) + amount(cell(row, "walk_ins")) for row in rows))
    return Card(
        answer=f"**{words.count(amount(cell(last, 'attendees')), 'person', 'people')} came** to "
        f"{_title(last)} on {words.day(group(last, 'event_on'))}. {_signed_up(last)}",
        short=f"{words.number(cell(last, 'attendees').value)} people came to the latest event.",
        sure=words.counted("Everyone the registration and attendance lists name is counted once."),
        cannot="This cannot show people who shared a screen or joined by phone without a name.",
        picture=Picture(
            charts.rows([_turnout(row, most) for row in rows[:ON_CHART]]),
            "People at each event, newest first. Dark: had signed up and came. Pale: came without signing up. "
            "Outline: signed up and did not come.",
        ),
        table=table(
            ("Event", "Came", "Came of those signed up", "Without signing up"),
            [
                (
                    _named(row),
                    entry(cell(row, "attendees")),
                    words.x_of_y(cell(row, "n").value, cell(row, "of").value),
                    entry(cell(row, "walk_ins")),
                )
                for row in rows
            ],
        ),
        released=(found,),
    )


def thought(ask: Ask, _: Pick) -> Card:
    """T5: positive replies with their likely range, beside how many replied."""
    found = ask.figure("feedback_positive", by="event", period="to date")
    if found.state != "shown":
        return unshown(
            found,
            too_few="Counts are shown from 10 replies, percentages from 23.",
            nothing="No feedback that can be counted is recorded.",
            held="Answers are held back below 10 replies.",
        )
    replied = ask.figure("feedback_reply_rate", by="event", period="to date")
    rates = {group(row, "event"): row for row in replied.rows}
    rows = _newest_first(found)
    told = next((row for row in rows if cell(row, "n").withheld is None), None)
    return Card(
        answer=_opinion(told, rates) if told else "**Too few replied** to any event to say what people thought.",
        short=_opinion_short(told),
        sure=_opinion_sure(told, rates),
        cannot=f"This cannot show what those thought who did not reply. {_most_silent(told, rates)}".strip(),
        picture=Picture(
            charts.rows([_positive(row) for row in rows[:ON_CHART]]),
            "Replies that were positive, newest event first. Dot: their share. Pale bar: likely range. "
            "Under 23 replies: how many of how many.",
        ),
        table=table(
            ("Event", "Positive", "Share (likely range)", "Replied"),
            [
                (
                    _named(row),
                    _positive_of(row),
                    _share_entry(row),
                    _replied(rates.get(group(row, "event"))),
                )
                for row in rows
            ],
        ),
        how={"Likely range": "95% Wilson interval. If we could ask again, the share would usually fall inside it."},
        released=(found, replied),
    )


def hard(ask: Ask, _: Pick) -> Card:
    """T5 and S13: the hard questions by topic."""
    found = ask.figure("hard_questions", period="to date")
    if found.state != "shown":
        return unshown(found, nothing="No hard question is recorded. Ask for them.")
    rows = sorted(found.rows, key=lambda row: -amount(cell(row, "n")))
    total = sum(amount(cell(row, "n")) for row in rows)
    most = amount(cell(rows[0], "n"))
    named = [words.label(group(row, "topic")).lower() for row in rows if group(row, "topic") != "other"]
    top = words.listing(named[:2], none="other things")
    return Card(
        answer=f"{words.count(total, 'question or doubt', 'questions or doubts')} so far, "
        f"most about **{words.plain(top)}**.",
        short=f"Most about {words.plain(top)}.",
        sure=words.counted("Every comment given a topic is counted; staff choose the topic."),
        cannot="This cannot show doubts that people kept to themselves.",
        picture=Picture(
            charts.rows([charts.bar(words.label(group(row, "topic")), cell(row, "n"), most) for row in rows]),
            "Comments and questions by topic, all events.",
        ),
        table=table(("Topic", "Comments"), [(words.label(group(row, "topic")), entry(cell(row, "n"))) for row in rows]),
        released=(found,),
    )


def enough(ask: Ask, _: Pick) -> Card:
    """S12: how many replies are still needed before a percentage may be quoted."""
    found = ask.figure("feedback_reply_rate", by="event", period="to date")
    if found.state != "shown":
        return unshown(found, nothing="No form has been tied to an event.")
    rows = _newest_first(found)
    last = rows[0]
    replies, asked = amount(cell(last, "n")), amount(cell(last, "of"))
    need = max(0, PERCENTAGES_FROM - int(replies))
    if not replies:
        said = f"The form for {_title(last)} has no replies yet."
    elif need:
        said = (
            f"{words.x_of_y(replies, asked)} who came to {_title(last)} replied. "
            f"**{need} more** and you may quote a percentage."
        )
    else:
        said = (
            f"{words.x_of_y(replies, asked)} who came to {_title(last)} replied. "
            "**You may quote it with its likely range.**"
        )
    scale = max(*(amount(cell(row, "n")) for row in rows[:ON_CHART]), float(PERCENTAGES_FROM)) * 1.1
    return Card(
        answer=said,
        short=f"{need} more replies for the latest event." if need else "Enough for the latest event.",
        sure=words.counted("Every completed form and every attendee is counted."),
        cannot="This cannot show whether those who replied are typical; more replies do not cure that. "
        "Near 50%, the range is about 13 points either way at 50 replies, 10 at 97.",
        picture=Picture(
            charts.rows([_progress(row, scale) for row in rows[:ON_CHART]]),
            "Replies to each form, newest first, against the 10 that a count needs and the 23 that a percentage needs.",
        ),
        table=table(
            ("Form for", "Came", "Replied", "Still needed"),
            [
                (
                    _named(row),
                    entry(cell(row, "of")),
                    entry(cell(row, "n")),
                    words.number(max(0, PERCENTAGES_FROM - int(amount(cell(row, "n"))))),
                )
                for row in rows
            ],
        ),
        released=(found,),
    )


def printed(ask: Ask, _: Pick) -> Card:
    """D13: figures of our own reports, in words, never charted or mixed with what was counted."""
    found = ask.figure("published_figures")
    if found.state != "shown":
        return unshown(found, nothing="No published figure is held.", complete_list=True)
    attended = next((row for row in found.rows if group(row, "unit") == "people"), None)
    lines = [line for row in found.rows if (line := _printed(row, attended))]
    missing = sum(group(row, "base_recorded") == "no" for row in found.rows)
    return Card(
        answer="\n".join(f"- {line}" for line in lines),
        short=f"{words.count(len(found.rows), 'figure', 'figures')} as printed, kept apart.",
        sure=words.Sure(
            "cannot say",
            f"{words.count(len(found.rows), 'figure', 'figures')}; {missing} without a recorded base. "
            "None is mixed with counted data.",
        ),
        cannot="This cannot show how they were counted.",
        table=table(
            ("Figure", "As printed", "Base", "Printed in"),
            [
                (
                    group(row, "figure_ref"),
                    group(row, "statement"),
                    _base(row),
                    f"{group(row, 'publication')}, {words.day(group(row, 'published_on'))}",
                )
                for row in found.rows
            ],
            text=True,
        ),
        released=(found,),
    )


def _newest_first(found: Released) -> list[_Row]:
    real = [row for row in found.rows if group(row, "event") != "no_event"]
    return sorted(real or found.rows, key=lambda row: group(row, "event_on"), reverse=True)


def _title(row: _Row) -> str:
    return words.plain(words.cut(group(row, "event_title"), 60))


def _named(row: _Row) -> str:
    on = group(row, "event_on")
    return f"{group(row, 'event_title')}, {words.day(on)}" if on else group(row, "event_title")


def _on_chart(row: _Row) -> str:
    """Its title, cut, and its month: the same event may be held again."""
    on = group(row, "event_on")
    title = words.cut(re.sub(r" \([A-Z][a-z]+ \d{4}\)$", "", group(row, "event_title")), 24)
    return f"{title}, {words.short_month(on)}" if on else title


def _signed_up(row: _Row) -> str:
    if not amount(cell(row, "of")):
        return "Nobody's registration is recorded, so we cannot say how many signed up."
    came_of = words.x_of_y(cell(row, "n").value, cell(row, "of").value)
    walk_ins = amount(cell(row, "walk_ins"))
    rest = f", and {words.count(walk_ins, 'person', 'people')} came who had not" if walk_ins else ""
    return f"That is {came_of} who had signed up{rest}."


def _turnout(row: _Row, most: float) -> charts.Row:
    signed, of, walk_ins = (amount(cell(row, name)) for name in ("n", "of", "walk_ins"))
    away = max(0.0, of - signed)
    return charts.Row(
        _on_chart(row),
        words.number(cell(row, "attendees").value),
        bars=charts.split(
            [
                (signed, "focus", words.number(signed)),
                (walk_ins, "tint", words.number(walk_ins)),
                (away, "outline", words.number(away)),
            ],
            most,
        ),
    )


def _positive(row: _Row) -> charts.Row:
    counted, share = cell(row, "n"), cell(row, "share")
    if counted.withheld:
        return charts.held_row(_on_chart(row), words.withheld(counted))
    said = words.x_of_y(counted.value, cell(row, "of").value)
    if share.value is None:
        return charts.Row(_on_chart(row), said)
    return charts.share(_on_chart(row), amount(share), amount(cell(row, "low")), amount(cell(row, "high")))


def _positive_of(row: _Row) -> str:
    counted = cell(row, "n")
    return words.withheld(counted) if counted.withheld else words.x_of_y(counted.value, cell(row, "of").value)


def _share_entry(row: _Row) -> str:
    counted, share = cell(row, "n"), cell(row, "share")
    if counted.withheld:
        return words.withheld(counted)
    if share.value is None:
        return f"from {PERCENTAGES_FROM} replies"
    return f"{words.percent(amount(share))} ({words.span(amount(cell(row, 'low')), amount(cell(row, 'high')))})"


def _replied(row: _Row | None) -> str:
    return words.x_of_y(cell(row, "n").value, cell(row, "of").value) if row else words.NOT_RECORDED


def _opinion(row: _Row, rates: Mapping[str, _Row]) -> str:
    share, of = cell(row, "share"), amount(cell(row, "of"))
    rate = rates.get(group(row, "event"))
    from_people = f" from {words.number(cell(rate, 'of').value)} people who came" if rate else ""
    event = f"{_title(row)}, {words.day(group(row, 'event_on'))}"
    if share.value is None:
        said = words.x_of_y(cell(row, "n").value, of)
        return f"**{said} replies were positive** ({event}). Percentages need {PERCENTAGES_FROM} replies."
    low, high = amount(cell(row, "low")), amount(cell(row, "high"))
    return (
        f"**{words.percent(amount(share))} of those who replied were positive**, {words.between(low, high)} "
        f"({event}): {words.x_of_y(cell(row, 'n').value, of)} replies{from_people}."
    )


def _opinion_short(row: _Row | None) -> str:
    if row is None:
        return "Too few replied to say."
    share = cell(row, "share")
    if share.value is None:
        return f"{words.x_of_y(cell(row, 'n').value, cell(row, 'of').value)} replies were positive."
    return f"{words.percent(amount(share))} of those who replied were positive."


def _opinion_sure(row: _Row | None, rates: Mapping[str, _Row]) -> words.Sure:
    rate = rates.get(group(row, "event")) if row else None
    if row is None or rate is None:
        return words.Sure("cannot say", "Too few people replied.")
    share = cell(row, "share")
    return words.asked(
        amount(cell(rate, "n")),
        amount(cell(rate, "of")),
        low=amount(cell(row, "low")) if share.value is not None else None,
        high=amount(cell(row, "high")) if share.value is not None else None,
        who="people who came",
        chosen=True,
    )


def _most_silent(row: _Row | None, rates: Mapping[str, _Row]) -> str:
    rate = rates.get(group(row, "event")) if row else None
    if rate and amount(cell(rate, "n")) * 2 < amount(cell(rate, "of")):
        return "Most people did not tell us."
    return ""


def _progress(row: _Row, scale: float) -> charts.Row:
    replies = amount(cell(row, "n"))
    ticks = (charts.Tick(COUNTS_FROM / scale, "10"), charts.Tick(PERCENTAGES_FROM / scale, "23"))
    return charts.Row(
        _on_chart(row),
        words.number(replies),
        f"of {words.number(cell(row, 'of').value)}",
        charts.split([(replies, "focus", "")], scale),
        ticks=ticks,
    )


def _printed(row: _Row, attended: _Row | None) -> str:
    value, unit = amount(cell(row, "value")), group(row, "unit")
    if unit == "people":
        return (
            f"{words.number(value)} people attended the event on {words.day(group(row, 'about_to'))} "
            "(as published; how they were counted is not stated)."
        )
    if unit == "percent" and group(row, "base_recorded") == "no":
        return (
            f"{words.number(value)}% of those who completed the feedback survey responded positively. "
            "How many completed it is not recorded, so no interval can be given."
        )
    if unit == "forms":
        per_hundred = f"{100 * value / amount(cell(attended, 'value')):.0f}" if attended else ""
        rest = (
            f" That is {per_hundred} for every 100 people who attended; the source does not say that everyone "
            "who completed one attended."
        )
        return f"{words.number(value)} expressions of interest were completed.{rest if attended else ''}"
    if unit == "organisations" and group(row, "qualifier") == "more_than":
        return f"More than {words.number(value)} member charities."
    return words.plain(group(row, "statement"))


def _base(row: _Row) -> str:
    if group(row, "base_recorded") == "no":
        return "not recorded"
    if group(row, "base_recorded") == "not_needed":
        return "not needed"
    return words.number(cell(row, "base").value)


QUESTIONS: Sequence[Question] = (
    Question("came", "How many people came?", ("event_turnout",), came),
    Question(
        "thought", "What did people think, and how many told us?", ("feedback_positive", "feedback_reply_rate"), thought
    ),
    Question("hard", "What were the hard questions?", ("hard_questions",), hard),
    Question("enough", "How many more replies do we need?", ("feedback_reply_rate",), enough),
    Question("printed", "Figures printed in our reports", ("published_figures",), printed),
)
