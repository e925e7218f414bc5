"""Expressions of interest: who still waits for an answer, and where enquiries come from."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import charts, words
from dashboard.cards import (
    Ask,
    Card,
    Listing,
    Pick,
    Picture,
    Question,
    Released,
    Worklist,
    WorklistRow,
    amount,
    cell,
    group,
    refused,
    table,
    unshown,
)

TITLE = "Expressions of interest"
PURPOSE = "Who has put a hand up, and who we still need to get back to."
ORDER = 60

PROMISE = 5
REAL = frozenset({"partner_journey", "client_or_host", "membership"})
WISHES: Mapping[str, str] = {
    "anything": "Anything",
    "coach": "Coach",
    "be coached": "Be coached",
    "host": "Take part as an organisation",
    "membership": "Join as a member",
    "hear more": "Hear more",
}
WANTS: Mapping[str, str] = {
    "coach": "to coach",
    "be coached": "to be coached",
    "host": "their organisation to take part",
    "membership": "to join as a member",
    "hear more": "to hear more",
}
SOURCES: Mapping[str, str] = {
    "event": "events",
    "member": "members",
    "website": "the website",
    "word_of_mouth": "word of mouth",
    "partner_organisation": "partner organisations",
    "social_media": "social media",
    "other": "elsewhere",
    "not_recorded": "places not recorded",
}
SHOWN: Mapping[str, str] = {"waiting": "Waiting for a first answer", "open": "All that are open"}
ANYONE = "anyone"


def waiting(ask: Ask, pick: Pick) -> Card:
    """S1: the open enquiries, longest wait first."""
    answered = ask.figure("eoi_answered_in_time")
    found = ask.rows("list_eoi")
    if found.state == "refused":
        return refused(found, "staff_case")
    if not found.rows:
        return unshown(answered, nothing="No enquiry is open.", complete_list=True)
    wait = [row for row in found.rows if _days(row) is not None]
    show = pick("Show", tuple(SHOWN), key="show", say=SHOWN.__getitem__)
    staff = (ANYONE, *sorted({row.facts.get("assigned", "nobody") for row in found.rows}))
    whose = pick("Looked after by", staff, key="assigned", say=words.label)
    wish = pick("They want to", tuple(WISHES), key="wants", say=WISHES.__getitem__)
    rows = tuple(
        row
        for row in (wait if show == "waiting" else found.rows)
        if whose in {ANYONE, row.facts.get("assigned", "nobody")}
        and (wish == "anything" or wish in row.facts.get("wants", "").split("; "))
    )
    late = sum((_days(row) or 0) > PROMISE for row in rows)
    return Card(
        answer=_said(wait, answered),
        short=f"{words.count(len(wait), 'enquiry waits', 'enquiries wait')} for a first answer.",
        sure=words.counted("Every enquiry that is open is on this list."),
        cannot="This cannot show answers given but not written down. An automatic reply is not an answer.",
        listing=Listing(
            name="list_eoi",
            found=Worklist(found.metric, "shown", rows, len(rows), as_of=found.as_of, build=found.build),
            headline=lambda row: f"**{words.plain(row.reference)}** wants {words.plain(_wishes(row))}",
            badge=_badge,
            detail=_detail,
            facts=_facts,
            effect=_effect(rows, late),
            open_title="expression of interest",
        ),
        released=(answered,),
    )


def sources(ask: Ask, _: Pick) -> Card:
    """S2: where enquiries came from, and which became real."""
    found = ask.figure("eoi_outcome", by="source")
    when = words.period(found.filters.get("period", ""))
    if found.state != "shown":
        return unshown(found, nothing="No source is recorded.")
    came: dict[str, float] = {}
    real: dict[str, float] = {}
    for row in found.rows:
        source, many = group(row, "source"), amount(cell(row, "n"))
        came[source] = came.get(source, 0) + many
        if group(row, "result") in REAL:
            real[source] = real.get(source, 0) + many
    order = sorted(came, key=lambda source: -came[source])
    most = came[order[0]]
    top = words.listing([f"{words.number(came[source])} from {_source(source)}" for source in order[:3]])
    compared = [
        f"{words.x_of_y(real.get(source, 0), came[source])} from {_source(source)}"
        for source in order[:3]
        if came[source] >= 10
    ]
    total = sum(came.values())
    became = f" Became real: {words.listing(compared)}." if compared else ""
    return Card(
        answer=f"{words.count(total, 'enquiry', 'enquiries')}, {when}: **{top}**.{became}",
        short=f"Most from {_source(order[0])}.",
        sure=words.counted("Every enquiry is counted once, under the one source it names."),
        cannot="This cannot show what else influenced people; one source is recorded per enquiry. "
        "Sources with under 10 enquiries are named without a comparison.",
        picture=Picture(
            charts.rows(
                [
                    charts.Row(
                        words.label(_source(source)),
                        words.number(came[source]),
                        f", {words.number(real.get(source, 0))} became real",
                        charts.split(
                            [
                                (real.get(source, 0), "focus", ""),
                                (came[source] - real.get(source, 0), "outline", ""),
                            ],
                            most,
                        ),
                    )
                    for source in order
                ]
            ),
            f"Enquiries received {when} by source. Dark: became real. Outline: not, or not yet.",
        ),
        table=table(
            ("Source", "Enquiries", "Became real"),
            [
                (words.label(_source(source)), words.number(came[source]), words.number(real.get(source, 0)))
                for source in order
            ],
        ),
        released=(found,),
    )


def _said(wait: list[WorklistRow], answered: Released) -> str:
    if not wait:
        said = "**Every enquiry has had an answer.**"
    else:
        longest = max(_days(row) or 0 for row in wait)
        alone = sum(row.facts.get("assigned", "nobody") == "nobody" for row in wait)
        said = (
            f"**{words.number(len(wait))} {'waits' if len(wait) == 1 else 'wait'} for a first answer**; the oldest "
            f"has waited **{words.count(longest, 'working day', 'working days')}**; {words.number(alone)} "
            f"{'has' if alone == 1 else 'have'} nobody assigned."
        )
    if answered.state != "shown":
        return said
    in_time = words.x_of_y(answered.value("n"), answered.value("of"))
    return (
        f"{said} {in_time} were answered in {PROMISE} working days, {words.period(answered.filters.get('period', ''))}."
    )


def _source(code: str) -> str:
    return SOURCES.get(code, words.label(code).lower())


def _days(row: WorklistRow) -> int | None:
    text = row.facts.get("waiting", "")
    return int(float(text)) if text.replace(".", "", 1).isdigit() else None


def _badge(row: WorklistRow) -> tuple[str, bool]:
    days = _days(row)
    if days is None:
        return words.label(row.facts.get("status", "answered")).lower(), False
    late = days > PROMISE
    return f"{words.count(days, 'working day', 'working days')}{', late' if late else ''}", late


def _detail(row: WorklistRow) -> str:
    assigned = row.facts.get("assigned", "nobody")
    whose = "no one looking after this yet" if assigned == "nobody" else f"with {assigned}"
    came = f"came {words.day(row.facts.get('received'))}"
    only = ", reply to this message only" if row.facts.get("may_send_news") == "no" else ""
    return f"{came}, {whose}{only}"


def _wishes(row: WorklistRow) -> str:
    wishes = [WANTS.get(wish, wish) for wish in row.facts.get("wants", "").split("; ") if wish]
    return words.listing(wishes, none="to hear from us")


def _facts(row: WorklistRow) -> Mapping[str, str]:
    known = row.facts
    assigned = known.get("assigned", "nobody")
    return {
        "Wants": _wishes(row),
        "Came": words.day(known.get("received")),
        "Looked after by": "No one yet" if assigned == "nobody" else assigned,
        "Last contact": words.day(known.get("last_contact") or None),
        "Next contact due": words.day(known.get("next_due") or None),
        "May we reply?": words.label(known.get("may_reply", words.NOT_RECORDED)),
        "May we send news?": words.label(known.get("may_send_news", words.NOT_RECORDED)),
        **({"In their words": known["message"]} if known.get("message") else {}),
    }


def _effect(rows: tuple[WorklistRow, ...], late: int) -> str:
    if not rows:
        return "No one matches these choices. Choose Anyone and Anything to see every enquiry again."
    return f"{words.number(late)} {'has' if late == 1 else 'have'} waited more than {PROMISE} working days."


QUESTIONS = (
    Question(
        "waiting",
        "Who have we not answered yet?",
        ("eoi_answered_in_time", "list_eoi"),
        waiting,
        wide=True,
    ),
    Question("sources", "Which routes bring people to us?", ("eoi_outcome",), sources),
)
