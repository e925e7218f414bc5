"""Coaching sessions, and whether Lived Experience Partners are supported."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import charts, words
from dashboard.cards import (
    Ask,
    Card,
    Cell,
    Listing,
    Pick,
    Picture,
    Question,
    amount,
    cell,
    entry,
    group,
    refused,
    table,
    unshown,
)

TITLE = "Partners and support"
PURPOSE = "Whether sessions happen, and whether Lived Experience Partners are supported in their work."
ORDER = 40

STATES: Mapping[str, str] = {
    "held": "held",
    "moved": "moved",
    "cancelled": "cancelled",
    "missed": "missed",
    "no_record": "without a record",
}
PAINTS: Mapping[str, charts.Paint] = {
    "held": "focus",
    "moved": "tint",
    "cancelled": "quiet",
    "missed": "quiet",
    "no_record": "outline",
}
KINDS: Mapping[str, str] = {
    "supervision": "Supervision",
    "action_learning": "Action learning",
    "peer_coaching": "Peer coaching",
    "debrief": "Debrief",
}


def happened(ask: Ask, _: Pick) -> Card:
    """S6: what became of the sessions that were due, month by month."""
    found = ask.figure("session_status", by="month")
    when = words.period(found.filters.get("period", ""))
    if found.state != "shown":
        return unshown(found, nothing=f"No session was due in {when}.")
    months: dict[str, dict[str, float]] = {}
    for row in found.rows:
        months.setdefault(group(row, "month"), {})[group(row, "state")] = amount(cell(row, "n"))
    whole = {state: sum(month.get(state, 0) for month in months.values()) for state in STATES}
    due = sum(whole.values())
    most = max(sum(month.values()) for month in months.values())
    rest = [f"{words.number(whole[state])} {said}" for state, said in STATES.items() if state != "held"]
    unrecorded = whole["no_record"]
    return Card(
        answer=f"**{words.x_of_y(whole['held'], due)} sessions due were held**, {when}: {words.listing(rest)}.",
        short=f"{words.x_of_y(whole['held'], due)} sessions due were held.",
        sure=words.counted("Every booked or recorded session is counted.")
        if not unrecorded
        else words.Sure("some doubt", f"{words.count(unrecorded, 'session has', 'sessions have')} no record."),
        cannot="This cannot show meetings outside booking tools and records; a booking is not proof it happened.",
        picture=Picture(
            charts.rows([_month(label, month, most) for label, month in sorted(months.items())]),
            "Sessions due in each month. Dark: held. Pale: moved. Grey: cancelled or missed. "
            "Outline: no record three days later.",
        ),
        table=table(
            ("Month", "Held", "Moved, cancelled or missed", "No record"),
            [
                (
                    words.month(label),
                    words.number(month.get("held", 0)),
                    words.number(sum(month.get(state, 0) for state in ("moved", "cancelled", "missed"))),
                    words.number(month.get("no_record", 0)),
                )
                for label, month in sorted(months.items())
            ],
        ),
        released=(found,),
    )


def sort_out(ask: Ask, _: Pick) -> Card:
    """S6: the sessions that someone must ask about, oldest first."""
    found = ask.rows("list_sessions_to_fix")
    if found.state == "refused":
        return refused(found, "staff_case")
    states: dict[str, int] = {}
    for row in found.rows:
        states[row.facts["state"]] = states.get(row.facts["state"], 0) + 1
    told = words.listing([f"{words.number(many)} {state}" for state, many in states.items()])
    if not found.rows:
        return Card(
            answer="**No session needs sorting out.**",
            short="None.",
            sure=words.counted("Every session of the last 400 days is looked at."),
            cannot="This cannot show meetings outside booking tools and records.",
        )
    return Card(
        answer=f"**{words.count(len(found.rows), 'session', 'sessions')}** to ask about: {told}.",
        short=f"{words.count(len(found.rows), 'session', 'sessions')} to ask about.",
        sure=words.counted("Every session of the last 400 days is looked at."),
        cannot="This cannot show meetings outside booking tools and records; a booking is not proof it happened.",
        listing=Listing(
            name="list_sessions_to_fix",
            found=found,
            headline=lambda row: f"**{words.plain(row.reference)}** {words.plain(row.facts['state'])}",
            badge=lambda row: (f"{row.facts['days']} days ago", False),
            detail=lambda row: words.day(row.facts["session_on"]),
            facts=lambda row: {
                "State": words.label(row.facts["state"]),
                "Planned for": words.day(row.facts["session_on"]),
                "Days ago": row.facts["days"],
                "Ask": "The Lived Experience Partner named above",
            },
            effect="The name is looked up when you open a row.",
            open_title="session to sort out",
        ),
    )


def supported(ask: Ask, _: Pick) -> Card:
    """L10: the kinds of support, each as x of y partners."""
    found = ask.figure("support_coverage")
    when = words.period(found.filters.get("period", ""))
    if found.state != "shown":
        return unshown(found, nothing="No activity attendance is recorded this quarter.")
    rows = {group(row, "activity_kind"): row for row in found.rows}
    order = [kind for kind in KINDS if kind in rows]
    said = [f"{words.number(cell(rows[kind], 'n').value)} had {KINDS[kind].lower()}" for kind in order[:2]]
    active = max(amount(cell(row, "of")) for row in found.rows)
    return Card(
        answer=f"Of **{words.number(active)} partners active all quarter**, {words.listing(said)}, {when}.",
        short=f"Of {words.number(active)} active partners, {words.listing(said)}.",
        sure=words.counted("Every attendance that a list names is counted."),
        cannot="This cannot show whether support was good, or the emotional load of the work; ask partners.",
        picture=Picture(
            charts.rows([_kind(KINDS[kind], rows[kind]) for kind in order]),
            "Partners who had each kind of support at least once. The full width is every partner active all quarter.",
        ),
        table=table(
            ("Support", "Partners reached", "Partners active"),
            [(KINDS[kind], entry(cell(rows[kind], "n")), entry(cell(rows[kind], "of"))) for kind in order],
        ),
        released=(found,),
    )


def matched(ask: Ask, _: Pick) -> Card:
    """L10: matches per active partner."""
    found = ask.figure("caseload")
    if found.state != "shown":
        return unshown(found, nothing="No active partner is recorded.")
    rows = {group(row, "matches"): cell(row, "n") for row in found.rows}
    order = [band for band in ("0", "1", "2", "3 or more") if band in rows]
    active = sum(amount(one) for one in rows.values())
    without, heavy = amount(rows.get("0", Cell(0))), amount(rows.get("3 or more", Cell(0)))
    most = max((amount(one) for one in rows.values()), default=0)
    names = {"0": "No match", "1": "1 match", "2": "2 matches", "3 or more": "3 or more matches"}
    return Card(
        answer=f"Of {words.count(active, 'active partner', 'active partners')}, **{words.number(without)} "
        f"{'is' if without == 1 else 'are'} without a match** and {words.number(heavy)} "
        f"{'has' if heavy == 1 else 'have'} three or more.",
        short=f"{words.number(without)} of {words.number(active)} without a match.",
        sure=words.counted("Every open match is counted."),
        cannot="This cannot show how much each match asks of a partner.",
        picture=Picture(
            charts.rows([charts.bar(names[band], rows[band], most) for band in order]),
            "Active partners by how many open matches they have.",
        ),
        table=table(("Matches", "Partners"), [(names[band], entry(rows[band])) for band in order]),
        released=(found,),
    )


def _month(label: str, month: Mapping[str, float], most: float) -> charts.Row:
    parts = [(month.get(state, 0.0), PAINTS[state], words.number(month.get(state, 0))) for state in STATES]
    due = sum(month.values())
    return charts.Row(
        words.month(label),
        words.number(month.get("held", 0)),
        f"of {words.number(due)} held",
        charts.split(parts, most),
    )


def _kind(label: str, row: Mapping[str, str | Cell]) -> charts.Row:
    reached, active = cell(row, "n"), cell(row, "of")
    if reached.withheld:
        return charts.held_row(label, words.withheld(reached))
    rest = amount(active) - amount(reached)
    return charts.Row(
        label,
        words.x_of_y(reached.value, active.value),
        bars=charts.split([(amount(reached), "focus", ""), (rest, "outline", "")], amount(active)),
    )


QUESTIONS = (
    Question("supported", "Are partners supported?", ("support_coverage",), supported),
    Question("happened", "Which sessions happened?", ("session_status",), happened),
    Question("sort-out", "Which sessions need sorting out?", ("list_sessions_to_fix",), sort_out, wide=True),
    Question("matched", "Is anyone overloaded or left unmatched?", ("caseload",), matched),
)
