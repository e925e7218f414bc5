"""Who takes part, from where, and what became of those who put a hand up."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import charts, words
from dashboard.cards import (
    Ask,
    Card,
    Cell,
    Pick,
    Picture,
    Question,
    Tile,
    amount,
    cell,
    entry,
    group,
    table,
    unshown,
)

TITLE = "Who we reach"
PURPOSE = "Who takes part in Voices for Improvement, where they are, and what became of people who put a hand up."
ORDER = 10

REGIONS = 9
NOT_A_REGION = frozenset({"outside_england", "not_recorded"})
RESULTS: Mapping[str, str] = {
    "partner_journey": "On the partner journey",
    "client_or_host": "Client or host",
    "membership": "Membership",
    "in_conversation": "In conversation",
    "no_first_answer": "Waits for a first answer",
    "closed_not_now": "Closed: not now",
    "closed_no_reply": "Closed: no reply",
    "closed_declined": "Closed: declined",
}
REAL = ("partner_journey", "client_or_host", "membership")


def who(ask: Ask, _: Pick) -> Card:
    """L1: the totals."""
    people = ask.figure("people_in_programme")
    if people.state != "shown":
        return unshown(
            people,
            too_few="Too few people are in the programme to say more.",
            nothing="No open journey is recorded.",
        )
    organisations = ask.figure("client_organisations")
    by_role = {group(row, "role"): cell(row, "n") for row in people.rows}
    partners, clients = entry(by_role.get("partner")), entry(by_role.get("client"))
    client_organisations = entry(organisations.totals.get("n"))
    return Card(
        answer=f"**{partners.text} Lived Experience Partners** and **{clients.text} clients** "
        f"from {client_organisations.text} organisations take part.",
        short=f"{partners.text} Lived Experience Partners and {clients.text} clients.",
        sure=words.counted("Every open journey is counted."),
        cannot="This cannot show people who took part without a recorded journey, or how active they are.",
        tiles=(
            Tile("Lived Experience Partners", partners.text, "whose journey is open"),
            Tile("Clients", clients.text, "leaders we coach"),
            Tile("Client organisations", client_organisations.text, "matched or agreed"),
        ),
        table=table(
            ("Who", "Number"),
            [
                ("Lived Experience Partners", partners),
                ("Clients", clients),
                ("Client organisations", client_organisations),
            ],
        ),
        released=(people, organisations),
    )


def where(ask: Ask, pick: Pick) -> Card:
    """L1: the regions of one role."""
    role = pick("Show", ("partner", "client"), key="role")
    found = ask.figure("people_in_programme", by="region")
    if found.state != "shown":
        return unshown(found, too_few="Too few to split by region.", nothing="No open journey is recorded.")
    rows = [row for row in found.rows if group(row, "role") == role]
    rows.sort(key=lambda row: -amount(cell(row, "n")))
    most = max((amount(cell(row, "n")) for row in rows), default=0)
    held = sum(cell(row, "n").withheld is not None for row in rows)
    named = [row for row in rows if amount(cell(row, "n")) and group(row, "region") not in NOT_A_REGION]
    people = words.label(role)
    if not rows:
        said = short = f"No open journey of {people.lower()} is recorded by region."
    elif held:
        verb = "is" if held == 1 else "are"
        short = f"{words.count(held, 'region', 'regions')} {verb} held back; the totals are complete."
        said = (
            f"{words.count(held, 'region', 'regions')} {verb} **held back** to protect people; the totals are complete."
        )
    else:
        short = f"{len(named)} of {REGIONS} English regions."
        said = f"{people} come from **{len(named)} of {REGIONS} regions** of England."
    if named:
        where_most = words.label(group(named[0], "region"))
        said += f" {'Of those shown, ' if held else ''}{where_most} has the most: **{words.number(most)}**."
    return Card(
        answer=said,
        short=short,
        sure=words.counted("Every open journey is counted, by the region the person gave."),
        cannot="This cannot show where people work, or anything about a region that is held back.",
        picture=Picture(
            charts.rows([charts.bar(words.label(group(row, "region")), cell(row, "n"), most) for row in rows]),
            f"{people} by region. Hatched: held back to protect people.",
        ),
        table=table(
            ("Region", "People"),
            [(words.label(group(row, "region")), entry(cell(row, "n"))) for row in rows],
        ),
        released=(found,),
    )


def became(ask: Ask, _: Pick) -> Card:
    """T6: what became of expressions of interest."""
    found = ask.figure("eoi_outcome")
    when = words.period(found.filters.get("period", ""))
    if found.state != "shown":
        return unshown(found, nothing=f"No enquiry is recorded in {when}.")
    rows = {group(row, "result"): cell(row, "n") for row in found.rows}
    order = [result for result in RESULTS if result in rows]
    total = sum(amount(one) for one in rows.values())
    real = [rows.get(result, Cell(0)) for result in REAL]
    partner, client, member = (words.number(amount(one)) for one in real)
    waiting = amount(rows.get("no_first_answer", Cell(0)))
    became_real = words.number(sum(amount(one) for one in real))
    most = max((amount(one) for one in rows.values()), default=0)
    return Card(
        answer=f"Of {words.count(total, 'enquiry', 'enquiries')} in {when}, **{became_real} became real**: "
        f"{partner} on the partner journey, {client} client or host, {member} membership. "
        f"**{words.number(waiting)}** {'waits' if waiting == 1 else 'wait'} for a first answer.",
        short=f"{became_real} of {words.number(total)} became something real.",
        sure=words.counted("Every enquiry is counted at the furthest step it has reached."),
        cannot="This cannot show later starts; recent enquiries have had less time.",
        picture=Picture(
            charts.rows(
                [
                    charts.bar(RESULTS[result], rows[result], most, "focus" if result in REAL else "quiet")
                    for result in order
                ]
            ),
            f"Enquiries received {when} by furthest result. Dark: became real. Grey: not, or not yet.",
        ),
        table=table(("Furthest result", "Enquiries"), [(RESULTS[result], entry(rows[result])) for result in order]),
        released=(found,),
    )


def members(ask: Ask, _: Pick) -> Card:
    """L12: how many member charities came close."""
    found = ask.figure("member_reach")
    when = words.period(found.filters.get("period", ""))
    if found.state != "shown":
        return unshown(found, nothing="No organisation was named in enquiries or registrations.")
    reached, all_of = found.totals.get("n", Cell(None)), found.totals.get("of", Cell(None))
    share = amount(reached) / amount(all_of) if amount(all_of) else 0.0
    said = words.x_of_y(reached.value, all_of.value)
    note = f" ({words.percent(share)})" if amount(all_of) >= words.PERCENT_FROM else ""
    return Card(
        answer=f"**{said} member charities{note}** took part or enquired, {when}.",
        short=f"{said} member charities.",
        sure=words.counted("Every registration, enquiry and client journey that names an organisation is counted."),
        cannot="This cannot show reputation. People who did not name an organisation are missed, "
        "so reach is a minimum.",
        picture=Picture(
            charts.rows(
                [
                    charts.Row(
                        "Member charities",
                        said,
                        bars=charts.split(
                            [
                                (amount(reached), "focus", ""),
                                (amount(all_of) - amount(reached), "outline", ""),
                            ],
                            amount(all_of),
                        ),
                    )
                ]
            ),
            "Dark: named at least once. Outline: not named.",
        ),
        table=table(("Member charities", "Number"), [("Named at least once", entry(reached)), ("All", entry(all_of))]),
        released=(found,),
    )


QUESTIONS = (
    Question("who", "Who is in the programme now?", ("people_in_programme", "client_organisations"), who),
    Question("where", "Which regions do they come from?", ("people_in_programme",), where),
    Question("became", "What became of people who put a hand up?", ("eoi_outcome",), became),
    Question("members", "Are member charities coming closer?", ("member_reach",), members),
)
